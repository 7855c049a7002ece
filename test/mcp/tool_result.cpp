// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/writer.hpp>
#include <chatwire/mcp/tool_result.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mcp_tool_result)

namespace mcp_tool_result_test {

using namespace chatwire;
using mcp::tool_result;

BOOST_AUTO_TEST_CASE(a_result_is_for_models_and_perhaps_for_programs)
{
    BOOST_TEST(json::to_text(tool_result::text("a")) == R"({"content":[{"type":"text","text":"a"}],"isError":false})");
    BOOST_TEST(json::to_text(tool_result::error("b")) == R"({"content":[{"type":"text","text":"b"}],"isError":true})");
    BOOST_TEST(json::to_text(tool_result::json(raw_json::trusted(R"({"x":1})"))) ==
               R"({"content":[{"type":"text","text":"{\"x\":1}"}],"structuredContent":{"x":1},"isError":false})");
    BOOST_TEST(json::to_text(tool_result{}) == R"({"content":[],"isError":false})");
}

} // namespace mcp_tool_result_test
BOOST_AUTO_TEST_SUITE_END()
