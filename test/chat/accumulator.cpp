// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/accumulator.hpp>

#include "support/read.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace chat_accumulator_test {
namespace {

using namespace chatwire;

completion folded(std::vector<std::string_view> const& chunks)
{
    accumulator<> a;
    for (auto const c : chunks)
        BOOST_TEST(!a.add(support::read_answer<chunk>(c)));
    return a.take();
}

} // namespace

BOOST_AUTO_TEST_SUITE(chat_accumulator)

BOOST_AUTO_TEST_CASE(nothing)
{
    accumulator<> a;
    BOOST_TEST(a.empty());
    BOOST_TEST(!a.complete());
    BOOST_TEST((a.snapshot() == completion{}));
}

BOOST_AUTO_TEST_CASE(the_first_envelope_that_says_something)
{
    auto const c = folded({
        R"({"id":"","object":"","created":0,"model":"","choices":[],"prompt_filter_results":[1]})",
        R"({"id":"a","object":"chat.completion.chunk","created":5,"model":"m","choices":[],"system_fingerprint":"f","service_tier":"auto"})",
        R"({"id":"b","object":"chat.completion.chunk","created":6,"model":"n","choices":[],"system_fingerprint":"g","service_tier":"flex"})",
    });
    BOOST_TEST(
        json::to_text(c) ==
        R"({"id":"a","object":"chat.completion","created":5,"model":"m","choices":[],"service_tier":"flex","system_fingerprint":"f","prompt_filter_results":[1]})");
}

BOOST_AUTO_TEST_CASE(usage_is_the_last_and_never_a_sum)
{
    auto const c = folded({
        R"({"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":1,"total_tokens":6}})",
        R"({"choices":[],"usage":null})",
        R"({"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}})",
        R"({"choices":[],"usage":{}})",
    });
    BOOST_TEST((*c.usage == usage{5, 2, 7}));
    BOOST_TEST(folded({R"({"choices":[],"usage":null})"}).usage.is_absent());
    BOOST_TEST((*folded({R"({"choices":[],"usage":{}})"}).usage == usage{}));
}

BOOST_AUTO_TEST_CASE(several_choices)
{
    accumulator<> a;
    auto const add = [&](std::string_view text) { BOOST_TEST(!a.add(support::read_answer<chunk>(text))); };
    add(R"({"choices":[{"index":1,"delta":{"content":"b"}}]})");
    BOOST_TEST(!a.complete());
    add(R"({"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"B"},"finish_reason":"stop"}]})");
    BOOST_TEST(!a.complete());
    add(R"({"choices":[{"index":0,"delta":{"content":"A"},"finish_reason":"length"}]})");
    BOOST_TEST(a.complete());
    auto const c = a.snapshot();
    BOOST_REQUIRE(c.choices.size() == 2u);
    BOOST_TEST(c.choices[0].message.text() == "aA");
    BOOST_TEST((c.choices[0].finish_reason == finish_reason::length));
    BOOST_TEST(c.choices[1].message.text() == "bB");
    BOOST_TEST((a.take() == c));
    BOOST_TEST(a.empty());
    BOOST_TEST((a.take() == completion{}));
}

BOOST_AUTO_TEST_CASE(padding_and_errors_that_are_none_are_not_part_of_an_answer)
{
    auto const c = folded({R"({"choices":[],"obfuscation":"abc","error":null,"x":1})"});
    BOOST_TEST((c.extra == raw_members{{"x", raw_json::trusted("1")}}));
}

BOOST_AUTO_TEST_CASE(the_last_moderation_counts)
{
    auto const c = folded(
        {R"({"choices":[],"moderation":{"input":{"type":"error","code":"a","message":""},"output":{"type":"error","code":"b","message":""}}})",
         R"({"choices":[],"moderation":null})"});
    BOOST_REQUIRE(c.moderation.has_value());
    BOOST_TEST(std::get<moderation_error>(c.moderation->output).code == "b");
}

BOOST_AUTO_TEST_CASE(limits)
{
    accumulator<> a({.max_choices = 2, .max_content = 3});
    BOOST_TEST(!a.add(chunk{.choices = {{.index = 7}, {.index = -2, .delta = {.content = "abc"}}}}));
    BOOST_TEST((a.add(chunk{.choices = {{.index = 8}}}) == errc::choice_limit));
    BOOST_TEST((a.add(chunk{.choices = {{.index = 7, .delta = {.content = "d"}}}}) == errc::content_limit));
    BOOST_TEST(a.snapshot().choices[0].message.text() == "abc");
    // what is taken out makes room
    a.take();
    BOOST_TEST(!a.add(chunk{.choices = {{.delta = {.content = "def"}}}}));
}

// An answer cut into chunks at any two places folds into itself.
BOOST_AUTO_TEST_CASE(folding_undoes_cutting)
{
    std::string const text = "Gr\xC3\xBC\xC3\x9F dich, \xF0\x9F\x98\x80 \"Welt\"\n";
    for (std::size_t i = 0; i <= text.size(); ++i)
        for (std::size_t j = i; j <= text.size(); ++j) {
            accumulator<> a;
            for (auto const& part : {text.substr(0, i), text.substr(i, j - i), text.substr(j)})
                BOOST_TEST(!a.add(chunk{.choices = {{.delta = {.content = part}}}}));
            BOOST_TEST(a.take().text() == text);
        }
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_accumulator_test
