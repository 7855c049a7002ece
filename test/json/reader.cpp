// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/reader.hpp>

#include <chatwire/json/chunk.hpp>
#include <chatwire/json/completion.hpp>
#include <chatwire/json/request.hpp>

#include "support/random_json.hpp"
#include "support/round_trip.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace json_reader_test {

BOOST_AUTO_TEST_SUITE(json_reader)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(a_document_and_nothing_else)
{
    BOOST_TEST(*json::read<std::string>(" \"a\" \n") == "a");
    BOOST_TEST(support::why_not<std::string>("\"a\" 1") ==
               "bad_json malformed JSON at byte 4: expected the end of the document");
    BOOST_TEST(support::why_not<std::string>("") == "bad_json malformed JSON at byte 0: expected a string");
}

BOOST_AUTO_TEST_CASE(deviations_are_told)
{
    diagnostics log;
    BOOST_TEST((*json::read<std::int64_t>("2.0", &log) == 2));
    BOOST_TEST((log.kept().at(0) == diagnostic{"float_number", 0, "2.0"}));
    json::read_options strict;
    strict.strict = true;
    auto const r = json::read<std::int64_t>("2.0", nullptr, strict);
    BOOST_TEST((r.error().code == errc::wrong_type));
    BOOST_TEST(r.error().message == "float_number at byte 0");
}

BOOST_AUTO_TEST_CASE(raw_text_of_unknown_origin)
{
    BOOST_TEST(json::parse_raw(" {\"a\" : 1}\n")->text() == "{\"a\" : 1}");
    BOOST_TEST(!json::parse_raw("{").has_value());
    BOOST_TEST(!json::parse_raw("1 1").has_value());
    BOOST_TEST(!json::parse_raw("\"\xFF\"").has_value());
}

BOOST_AUTO_TEST_CASE(into_an_object)
{
    std::string target = "before";
    BOOST_TEST(json::read_into(target, "\"after\"").has_value());
    BOOST_TEST(target == "after");
    BOOST_TEST((json::read_into(target, "1").error().code == errc::wrong_type));
}

// Whatever is read can be written as JSON, and reads again as the same.
template <class T>
void check_changed(std::string_view good, unsigned seed)
{
    support::random_json make(seed);
    int accepted = 0;
    for (int i = 0; i < 3000; ++i) {
        std::string text(good);
        for (auto n = make.below(3); n > 0; --n) {
            // another value somewhere, or another byte
            if (auto const colon = text.find(':', make.below(text.size())); make.below(2) && colon != text.npos)
                text.insert(colon + 1, make.value(2) + (make.below(2) ? ",\"y\":" : ""));
            else
                text = make.changed(std::move(text));
            if (text.empty())
                text = "x";
        }
        auto const value = json::read<T>(text, nullptr, json::read_options::for_answers());
        if (!value)
            continue;
        ++accepted;
        auto const out = json::to_text(*value);
        boost::system::error_code ec;
        boost::json::parse(out, ec);
        BOOST_REQUIRE_MESSAGE((!ec || out.find("\\u") != out.npos), text << " gave " << out);
        auto const again = json::read<T>(out, nullptr, json::read_options::for_answers());
        BOOST_REQUIRE_MESSAGE((again && json::to_text(*again) == out), text << " gave " << out);
    }
    BOOST_TEST(accepted > 500);
}

BOOST_AUTO_TEST_CASE(changed_texts)
{
    check_changed<request>(
        R"({"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a"}]},{"role":"assistant","tool_calls":[{"id":"i","type":"function",)"
        R"("function":{"name":"f","arguments":"{}"}}]}],"stop":["a"],"tool_choice":{"type":"function","function":{"name":"f"}},"n":1,"temperature":0.5,"x":[]})",
        1);
    check_changed<completion>(
        R"({"id":"i","object":"o","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"c","refusal":null},)"
        R"("logprobs":{"content":[{"token":"t","logprob":-1,"bytes":[1],"top_logprobs":[]}]},"finish_reason":"stop"}],"usage":{"prompt_tokens":1}})",
        2);
    check_changed<chunk>(
        R"({"id":"i","object":"o","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"c","tool_calls":[{"index":0,"id":"t"}]},"finish_reason":""}]})",
        3);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_reader_test
