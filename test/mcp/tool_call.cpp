// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/mcp/tool_call.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mcp_tool_call)

namespace mcp_tool_call_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(without_arguments_there_is_an_empty_object)
{
    mcp::tool_call const c;
    BOOST_TEST(c.arguments.text() == "{}");
    BOOST_TEST(stateless(c.version));
    c.reporter.progress(1); // to nobody
    BOOST_TEST(c.reporter.take().empty());
}

} // namespace mcp_tool_call_test
BOOST_AUTO_TEST_SUITE_END()
