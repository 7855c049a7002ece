// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/writer.hpp>
#include <chatwire/mcp/implementation.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mcp_implementation)

namespace mcp_implementation_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(name_and_version_are_always_there)
{
    BOOST_TEST(json::to_text(mcp::implementation{}) == R"({"name":"","version":""})");
    BOOST_TEST(json::to_text(mcp::implementation{"n", "t", "v"}) == R"({"name":"n","title":"t","version":"v"})");
}

} // namespace mcp_implementation_test
BOOST_AUTO_TEST_SUITE_END()
