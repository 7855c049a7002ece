// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/error.hpp>
#include <chatwire/sse/parser.hpp>

int main()
{
    chatwire::sse::parser parser;
    (void)parser;
    return chatwire::make_error_code(chatwire::errc::line_limit) == chatwire::condition::limit ? 0 : 1;
}
