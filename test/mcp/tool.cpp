// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/writer.hpp>
#include <chatwire/mcp/tool.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mcp_tool)

namespace mcp_tool_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(what_is_told_of_a_tool)
{
    BOOST_TEST(json::to_text(mcp::tool{.name = "n"}) == R"({"name":"n","inputSchema":{"type":"object"}})");
    mcp::tool const t{.name = "n",
                      .title = "t",
                      .description = "d",
                      .input_schema = raw_json::trusted(R"({"type":"object","required":["a"]})"),
                      .output_schema = raw_json::trusted("{}"),
                      .annotations = mcp::tool_annotations{.title = "x", .read_only = true, .destructive = false},
                      .needs = {"sampling"}};
    BOOST_TEST(json::to_text(t) ==
               R"({"name":"n","title":"t","description":"d","inputSchema":{"type":"object","required":["a"]},)"
               R"("outputSchema":{},"annotations":{"title":"x","readOnlyHint":true,"destructiveHint":false}})");
}

} // namespace mcp_tool_test
BOOST_AUTO_TEST_SUITE_END()
