// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/reader.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/mcp/content_block.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(mcp_content_block)

namespace mcp_content_block_test {

using namespace chatwire;
using mcp::content_block;

BOOST_AUTO_TEST_CASE(every_kind_is_read_and_written)
{
    std::size_t kind = 0;
    for (std::string const text :
         {R"({"type":"text","text":"a","annotations":{"priority":1}})",
          R"({"type":"image","data":"AA==","mimeType":"image/png"})",
          R"({"type":"audio","data":"AA==","mimeType":"audio/wav"})",
          R"({"type":"resource_link","uri":"u:x","name":"n","title":"t","description":"d","mimeType":"m","size":3})",
          R"({"type":"resource","resource":{"uri":"u:x","mimeType":"m","text":"words"}})",
          R"({"type":"tune","notes":[1]})"}) {
        auto const b = json::read<content_block>(text);
        BOOST_TEST_REQUIRE(b.has_value(), text);
        BOOST_TEST(b->index() == kind++);
        BOOST_TEST(json::to_text(*b) == text);
    }
    BOOST_TEST(!json::read<content_block>(R"({"type":"text"})").has_value());
}

} // namespace mcp_content_block_test
BOOST_AUTO_TEST_SUITE_END()
