// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/stream_text.hpp>

#include <boost/test/unit_test.hpp>

#include <string_view>

namespace client_stream_text_test {
namespace {

using namespace chatwire;

} // namespace

BOOST_AUTO_TEST_SUITE(client_stream_text)

BOOST_AUTO_TEST_CASE(one_piece)
{
    using kind = stream_text::kind;
    struct {
        std::string_view data;
        kind what;
        std::string_view text, note;
    } const cases[] = {
        {"{}", kind::chunk, "{}", ""},
        {"{\"a\": \"[DONE]\"}", kind::chunk, "{\"a\": \"[DONE]\"}", ""},
        {" {}", kind::chunk, " {}", ""},
        {"null", kind::chunk, "null", ""},
        {"ping", kind::chunk, "ping", ""},
        {"[DONE]", kind::done, "[DONE]", ""},
        {" [DONE] ", kind::done, "[DONE]", "padded_done"},
        {"[DONE].", kind::chunk, "[DONE].", ""},
        {"[done]", kind::chunk, "[done]", ""},
        {"", kind::nothing, "", "empty_event"},
        {"  ", kind::nothing, "", "empty_event"},
        {": OPENROUTER PROCESSING", kind::nothing, ": OPENROUTER PROCESSING", "comment_as_data"},
        {"data: {\"a\":1}", kind::chunk, "{\"a\":1}", "double_data_prefix"},
        {"data:[DONE]", kind::done, "[DONE]", "double_data_prefix"},
        {"data:", kind::nothing, "", "double_data_prefix"},
        {"ChatCompletionChunk: {}", kind::chunk, "{}", "chunk_prefix"},
        {"error: it broke ", kind::error, "it broke", "error_as_data"},
    };
    for (auto const& c : cases) {
        auto const t = stream_text::classify(c.data);
        BOOST_TEST((t.what == c.what), c.data);
        BOOST_TEST(t.text == c.text, c.data);
        BOOST_TEST(t.note == c.note, c.data);
        // always a part of the data, so that offsets can be told
        BOOST_TEST((t.text.data() >= c.data.data() && t.text.data() <= c.data.data() + c.data.size()), c.data);
    }
}

BOOST_AUTO_TEST_CASE(several_lines)
{
    BOOST_TEST(!stream_text::is_joined("{}"));
    BOOST_TEST(!stream_text::is_joined("{\n\"a\":\n1}"));
    BOOST_TEST(!stream_text::is_joined("{\"a\":\n1"));
    BOOST_TEST(stream_text::is_joined("{\"a\":1}\n{\"a\":2}"));
    BOOST_TEST(stream_text::is_joined("{\"a\":1}\n[DONE]"));
    BOOST_TEST(stream_text::is_joined(": hm\n\ndata: {}"));
    BOOST_TEST(!stream_text::is_joined("{\"a\":1}\n{\"a\":"));
    BOOST_TEST(!stream_text::is_joined("words\nin lines"));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace client_stream_text_test
