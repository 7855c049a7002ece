// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chatwire.hpp>

#ifndef CHATWIRE_TLS
#error "what was installed with TLS came without it"
#endif

int main()
{
    bool const secure = chatwire::transport::options{}.secure && chatwire::transport::tls_client();
    return secure && chatwire::make_error_code(chatwire::errc::line_limit) == chatwire::condition::limit ? 0 : 1;
}
