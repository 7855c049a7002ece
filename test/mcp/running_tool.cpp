// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/mcp/running_tool.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mcp_running_tool)

namespace mcp_running_tool_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(it_is_an_operation_with_a_result)
{
    class ready final : public mcp::running_tool {
        io::action resume(io::outcome const&) override
        {
            result_ = mcp::tool_result::text("here");
            return io::action::finish();
        }
    };
    ready r;
    mcp::running_tool& t = r;
    BOOST_TEST((t.resume({}).what == io::action::kind::done));
    BOOST_TEST((t.take() == mcp::tool_result::text("here")));
}

} // namespace mcp_running_tool_test
BOOST_AUTO_TEST_SUITE_END()
