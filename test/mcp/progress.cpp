// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/writer.hpp>
#include <chatwire/mcp/detail/wire.hpp>
#include <chatwire/mcp/progress.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mcp_progress)

namespace mcp_progress_test {

using namespace chatwire;
using mcp::progress;

BOOST_AUTO_TEST_CASE(only_what_is_known_is_told)
{
    BOOST_TEST(json::to_text(progress{.done = 0}) == R"({"progress":0})");
    BOOST_TEST(json::to_text(progress{.done = 0.5, .total = 1, .message = "half"}) ==
               R"({"progress":0.5,"total":1,"message":"half"})");
}

} // namespace mcp_progress_test
BOOST_AUTO_TEST_SUITE_END()
