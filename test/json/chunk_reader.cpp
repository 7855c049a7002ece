// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/chunk_reader.hpp>

#include "support/read.hpp"

#include <boost/test/unit_test.hpp>

#include <iterator>
#include <random>
#include <string>
#include <string_view>

namespace json_chunk_reader_test {

BOOST_AUTO_TEST_SUITE(json_chunk_reader)

using namespace chatwire;

namespace {

// Everything that is read out of one event: each chunk's JSON on a line, then the failure if there is one.
std::string read(std::string_view data, std::string_view deviations = "",
                 json::read_options const& o = json::read_options::for_answers())
{
    diagnostics log;
    json::chunk_reader<> reader(&log, o);
    std::string out;
    reader.start(data, 100);
    for (;;) {
        auto const r = reader.next();
        if (!r) {
            out += r.error().what();
            break;
        }
        if (!*r)
            break;
        out += json::to_text(reader.chunk()) + '\n';
    }
    auto const after = reader.next();
    BOOST_TEST((after && !*after)); // it stays over
    BOOST_TEST(support::codes(log) == deviations, data);
    return out;
}

std::string envelope(std::string_view rest)
{
    return R"({"id":"i","object":"chat.completion.chunk","created":1,"model":"m",)" + std::string(rest) + "}";
}

} // namespace

BOOST_AUTO_TEST_CASE(by_the_book)
{
    auto const text = envelope(R"("choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}])");
    BOOST_TEST(read(text) == text + '\n');
    auto strict = json::read_options::for_answers();
    strict.strict = true;
    BOOST_TEST(read(text, "", strict) == text + '\n');
}

BOOST_AUTO_TEST_CASE(data_without_a_chunk)
{
    BOOST_TEST(read("") == "");
    BOOST_TEST(read(" ") == "");
    BOOST_TEST(read("null", "not_an_object") == "");
    BOOST_TEST(read("[]", "not_an_object") == "");
    BOOST_TEST(read("\"ping\"", "not_an_object") == "");
    BOOST_TEST(read("ping").find("malformed JSON at byte 0") != std::string::npos);
    BOOST_TEST(read("{").find("malformed JSON at byte 1") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(several_chunks_in_one_event)
{
    auto const a = envelope(R"("choices":[])");
    auto const b = envelope(R"("choices":[],"usage":null)");
    BOOST_TEST(read(a + b, "several_chunks") == a + '\n' + b + '\n');
    BOOST_TEST(read(a + "\n" + b + " null", "several_chunks not_an_object") == a + '\n' + b + '\n');
    BOOST_TEST(read(a + b.substr(0, 20), "several_chunks").starts_with(a + "\npeer_violation: "));
}

BOOST_AUTO_TEST_CASE(anything_may_be_missing_or_null)
{
    BOOST_TEST(
        read(R"({"choices":[{"delta":{"content":"hi"},"finish_reason":"stop"}]})",
             "missing_member missing_member missing_member missing_member missing_member") ==
        R"({"id":"","object":"chat.completion.chunk","created":0,"model":"","choices":[{"index":0,"delta":{"content":"hi"},"finish_reason":"stop"}]})"
        "\n");
    BOOST_TEST(read(R"({"id":null,"object":null,"created":null,"model":null,"choices":null,"usage":null})",
                    "null_member null_member null_member null_member null_member") ==
               R"({"id":"","object":"chat.completion.chunk","created":0,"model":"","choices":[],"usage":null})"
               "\n");
    BOOST_TEST(
        read(envelope(R"("choices":[{"index":null,"delta":null,"finish_reason":null}])"), "null_member null_member") ==
        envelope(R"("choices":[{"index":0,"delta":{},"finish_reason":null}])") + '\n');
    BOOST_TEST(
        read(
            envelope(
                R"("choices":[{"index":0,"delta":{"role":null,"content":null,"tool_calls":null,"refusal":null},"finish_reason":null}])"),
            "null_member null_member") ==
        envelope(R"("choices":[{"index":0,"delta":{"content":null,"refusal":null},"finish_reason":null}])") + '\n');
}

BOOST_AUTO_TEST_CASE(what_azure_sends)
{
    BOOST_TEST(
        read(
            R"({"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0}]})") ==
        R"({"id":"","object":"","created":0,"model":"","choices":[],"prompt_filter_results":[{"prompt_index":0}]})"
        "\n");
    BOOST_TEST(
        read(envelope(R"("choices":[{"index":0,"finish_reason":null,"content_filter_offsets":{"check_offset":44}}])"),
             "missing_member") ==
        envelope(
            R"("choices":[{"index":0,"delta":{},"finish_reason":null,"content_filter_offsets":{"check_offset":44}}])") +
            '\n');
}

BOOST_AUTO_TEST_CASE(kindred_types)
{
    BOOST_TEST(read(R"({"id":17,"object":"o","created":1731346024.5309,"model":"m","choices":[]})",
                    "number_for_string float_number") ==
               R"({"id":"17","object":"o","created":1731346024,"model":"m","choices":[]})"
               "\n");
    BOOST_TEST(read(envelope(R"("choices":[{"index":0,"delta":{},"finish_reason":""}])"), "empty_finish_reason") ==
               envelope(R"("choices":[{"index":0,"delta":{},"finish_reason":null}])") + '\n');
    BOOST_TEST(
        read(
            envelope(
                R"("choices":[{"index":0,"delta":{"tool_calls":[{"function":{"arguments":{"a":1}}}]},"finishReason":"STOP"}])"),
            "not_a_string missing_member alias_member") ==
        envelope(
            R"("choices":[{"index":0,"delta":{"tool_calls":[{"index":null,"function":{"arguments":"{\"a\":1}"}}]},"finish_reason":"STOP"}])") +
            '\n');
}

BOOST_AUTO_TEST_CASE(things_in_the_wrong_place)
{
    BOOST_TEST(
        read(envelope(R"("choices":[{"index":0,"message":{"role":"assistant","content":"a"},"finish_reason":null}])"),
             "missing_member message_for_delta") ==
        envelope(R"("choices":[{"index":0,"delta":{"role":"assistant","content":"a"},"finish_reason":null}])") + '\n');
    // a delta that answers nothing leaves it to the message, and keeps what else it says
    for (std::string const silent : {R"("role":"assistant")", R"("role":"assistant","content":"")",
                                     R"("role":"assistant","content":null,"refusal":"")"})
        BOOST_TEST(
            read(envelope(R"("choices":[{"index":0,"delta":{)" + silent +
                          R"(},"message":{"role":"assistant","content":"a"},"finish_reason":"stop"}])"),
                 "message_for_delta") ==
            envelope(R"("choices":[{"index":0,"delta":{"role":"assistant","content":"a"},"finish_reason":"stop"}])") +
                '\n');
    BOOST_TEST(
        read(
            envelope(
                R"("choices":[{"index":0,"delta":{"role":"assistant","reasoning":"hm","x":1},"message":{"content":"a","y":2},"finish_reason":null}])"),
            "message_for_delta") ==
        envelope(
            R"("choices":[{"index":0,"delta":{"role":"assistant","content":"a","reasoning":"hm","y":2,"x":1},"finish_reason":null}])") +
            '\n');
    // with both, the delta counts
    BOOST_TEST(
        read(envelope(
                 R"("choices":[{"index":0,"delta":{"content":"a"},"message":{"content":"b"},"finish_reason":null}])"),
             "message_beside_delta") ==
        envelope(R"("choices":[{"index":0,"delta":{"content":"a"},"finish_reason":null}])") + '\n');
    BOOST_TEST(
        read(
            envelope(
                R"("choices":[{"index":0,"delta":{},"finish_reason":"stop","usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}])"),
            "usage_in_choice") ==
        envelope(
            R"("choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3})") +
            '\n');
}

BOOST_AUTO_TEST_CASE(errors)
{
    for (
        auto const* data :
        {R"({"error":"no"})", R"({"error":{"message":"no"}})",
         R"([])"
         R"({"object":"error","message":"no"})",
         R"({"id":"i","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"error":{"message":"no"}})",
         R"({"id":"i","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{},"error":{"message":"no"},"finish_reason":"error"}]})",
         R"({"message":"no","code":1})", R"({"detail":"no"})"})
        BOOST_TEST(read(data, std::string_view(data).starts_with("[]") ? "not_an_object" : "") ==
                       "api_refusal: the service reported an error in the stream: no",
                   data);
}

BOOST_AUTO_TEST_CASE(an_error_that_is_none)
{
    for (std::string const none : {"null", "false", "\"\"", "{}"}) {
        auto const text = envelope(R"("choices":[],"error":)" + none);
        BOOST_TEST(read(text, "empty_error") == text + '\n');
    }
}

BOOST_AUTO_TEST_CASE(strict)
{
    auto o = json::read_options::for_answers();
    o.strict = true;
    for (auto const* data :
         {"null", R"({"choices":[]})", R"({"id":"i","object":"o","created":1.5,"model":"m","choices":[]})",
          R"({"id":"i","object":"o","created":1,"model":"m","choices":[],"error":null})"})
        BOOST_TEST(read(data, "", o).starts_with("peer_violation: "), data);
}

BOOST_AUTO_TEST_CASE(offsets_are_those_of_the_stream)
{
    diagnostics log;
    json::chunk_reader<> reader(&log);
    reader.start("null", 1000);
    BOOST_TEST(!*reader.next());
    BOOST_TEST((log.kept().at(0) == diagnostic{"not_an_object", 1000, "null"}));
}

// Whatever it held before.
BOOST_AUTO_TEST_CASE(memory_is_reused_and_nothing_else)
{
    std::string_view const texts[] = {
        R"({"id":"a","object":"o","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"text"},"finish_reason":null}]})",
        R"({"id":"b","object":"p","created":2,"model":"n","choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3},"x":1})",
        R"({"id":"c","object":"q","created":3,"model":"o","choices":[{"index":1,"delta":{"tool_calls":[{"index":0,"id":"t","function":{"name":"f"}}]},"finish_reason":"stop","y":2},)"
        R"({"index":0,"delta":{"content":[]},"finish_reason":null}],"service_tier":"flex","system_fingerprint":"f"})"};
    for (auto const first : texts)
        for (auto const second : texts) {
            json::chunk_reader<> used, fresh;
            used.start(first);
            BOOST_TEST(*used.next());
            used.start(second);
            BOOST_TEST(*used.next());
            fresh.start(second);
            BOOST_TEST(*fresh.next());
            BOOST_TEST((used.chunk() == fresh.chunk()));
        }
}

// Events that are alike, in every way in which a guess about the next could be wrong. What a reader that learns gives
// must be what one gives that does not: chunks, failures, diagnostics.
class compared {
public:
    void event(std::string_view text)
    {
        auto const learning = take(learning_, learning_log_, text), plain = take(plain_, plain_log_, text);
        BOOST_TEST(learning == plain, text);
        BOOST_TEST((learning_log_.kept() == plain_log_.kept()), text);
        BOOST_TEST(learning_log_.count() == plain_log_.count());
        // ... and where what is read comes with more bytes behind it, as in a buffer
        auto const more = std::string(text) + "\n\ndata: ";
        if (auto const n = ahead_.repeats(more)) {
            BOOST_TEST(n <= text.size(), text);
            if (n == text.size() && ahead_.accept(text, offset_)) {
                BOOST_TEST(json::to_text(ahead_.chunk()) + '\n' == plain, text);
                ++hits;
            } else {
                take(ahead_, ahead_log_, text);
            }
        } else {
            take(ahead_, ahead_log_, text);
        }
        BOOST_TEST((ahead_log_.kept() == plain_log_.kept()), text);
        offset_ += text.size() + 8;
    }

    std::size_t hits = 0;

private:
    std::string take(json::chunk_reader<>& r, diagnostics& log, std::string_view text)
    {
        log.max_kept = 1'000'000;
        std::string out;
        r.start(text, offset_);
        for (;;) {
            auto const next = r.next();
            if (!next)
                return out + next.error().what() + '|' + next.error().param;
            if (!*next)
                return out;
            out += json::to_text(r.chunk()) + '\n';
        }
    }

    diagnostics learning_log_{}, plain_log_{}, ahead_log_{};
    json::chunk_reader<> learning_{&learning_log_}, ahead_{&ahead_log_};
    json::chunk_reader<> plain_{&plain_log_, json::read_options::for_answers(), false};
    std::uint64_t offset_ = 6;
};

std::string alike(std::string_view id, std::string_view content, std::string_view rest)
{
    return R"({"id":")" + std::string(id) +
           R"(","object":"chat.completion.chunk","created":1,"model":"m","choices":[)" +
           R"({"index":0,"delta":{"role":null,"content":")" + std::string(content) + R"("},"finish_reason":null}])" +
           std::string(rest) + '}';
}

BOOST_AUTO_TEST_CASE(events_that_are_nearly_alike)
{
    std::string_view const contents[] = {"a",
                                         "",
                                         "b\\n",
                                         "longer than sixteen bytes, with \\\"quotes\\\"",
                                         "\xc3\xa9",
                                         "\\u00e9\\ud83d\\ude00",
                                         "\xff",
                                         "\\ud800",
                                         "\\",
                                         "\\x",
                                         "a\",\"content\":\"b",
                                         "\"",
                                         "a\"},\"x\":{\"y\":\"",
                                         "\xf0\x9f",
                                         "\t",
                                         "a\"},\"finish_reason\":\"stop\"},{\"index\":1,\"delta\":{\"content\":\"b"};
    std::string_view const rests[] = {
        "",
        ",\"p\":\"x\"",
        ",\"p\":\"\"",
        ",\"p\":7",
        ",\"p\":{\"a\":[1,\"b\"]}",
        ",\"p\":NaN",
        ",\"p\":\"\xff\"",
        ",\"p\":1,\"p\":2",
        ",\"error\":null",
        ",\"error\":\"out\"",
        ",\"usage\":null",
        ",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2,\"total_tokens\":3}",
        ",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":20,\"total_tokens\":21}",
        ",\"usage\":{\"prompt_tokens\":1.0,\"completion_tokens\":2,\"total_tokens\":3}",
        ",\"usage\":{\"prompt_tokens\":99999999999999999999,\"completion_tokens\":2,\"total_tokens\":3}",
        ",\"obfuscation\":\"abc\"",
        ",\"obfuscation\":null",
        ",\"id\":\"again\"",
        " ",
        "} {\"id\":\"c\""};
    std::size_t hits = 0;
    for (auto const first : contents)
        for (auto const second : rests) {
            compared c;
            c.event(alike("one", "x", second));
            c.event(alike("one", first, second));
            c.event(alike("one", "y", second));
            c.event(alike("one", first, second));
            c.event(alike("two", first, second));
            c.event(alike("two", first, ""));
            c.event(alike("two", "z", second));
            hits += c.hits;
        }
    BOOST_TEST(hits > 200U);
    // each followed by each
    for (auto const* const content : {"a", "\\n"})
        for (auto const first : rests)
            for (auto const second : rests) {
                compared c;
                for (auto const rest : {first, first, second, first, second, second})
                    c.event(alike("one", content, rest));
            }
}

// A message where a delta belongs is the answer, or says again what the deltas said, as events before it decide.
BOOST_AUTO_TEST_CASE(what_depends_on_events_before_is_not_repeated)
{
    auto const with_message = [](std::string_view content) {
        return R"({"id":"i","object":"o","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant"},"message":{"content":")" +
               std::string(content) + R"("},"finish_reason":null}]})";
    };
    for (auto const* const deltas : {"", "text"}) {
        compared c;
        for (int i = 0; i < 3; ++i) {
            c.event(with_message("a"));
            c.event(alike("i", deltas, ""));
            c.event(alike("i", "", ""));
            c.event(with_message("b"));
        }
    }
}

// Bytes that are changed here and there, in events that were alike.
BOOST_AUTO_TEST_CASE(events_with_changed_bytes)
{
    std::mt19937 rng(6);
    auto const below = [&](std::size_t n) { return static_cast<std::size_t>(rng() % n); };
    std::string_view const bits[] = {"\"",
                                     "\\",
                                     "\\\"",
                                     "\\u00e9",
                                     "\\ud83d",
                                     "\xc3",
                                     "\xa9",
                                     "{",
                                     "}",
                                     "[",
                                     "]",
                                     ",",
                                     ":",
                                     "null",
                                     "1",
                                     "-",
                                     ".5",
                                     "e9",
                                     " ",
                                     "\x01",
                                     "\n",
                                     "a",
                                     "\"a\":1,",
                                     ",\"a\":\"b\"",
                                     "\"error\":\"e\","};
    std::string_view const bases[] = {
        R"({"id":"i","object":"o","created":12,"model":"m","choices":[{"index":0,"delta":{"content":"text"},"finish_reason":null}],"p":"xyz"})",
        R"({"id":"i","object":"o","created":12,"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\": 1"}}]},"finish_reason":null}]})",
        R"({"choices":[],"created":12,"id":"i","model":"m","object":"o","usage":{"prompt_tokens":5,"completion_tokens":17,"total_tokens":22},"timings":{"ms":1.25,"n":[1,2]}})"};
    std::size_t hits = 0;
    for (int round = 0; round < 150; ++round) {
        compared c;
        std::string base(bases[below(3)]);
        for (int i = 0; i < 24; ++i) {
            auto text = base;
            auto const at = below(text.size());
            switch (below(4)) {
            case 0: break;
            case 1: text.replace(at, below(3), bits[below(std::size(bits))]); break;
            case 2: text.insert(at, bits[below(std::size(bits))]); break;
            default:
                text.replace(text.find("\":\"", below(text.size() / 2)) + 3, 1, std::string(below(30), 'w'));
                break;
            }
            c.event(text);
            if (below(8) == 0)
                base = text;
        }
        hits += c.hits;
    }
    BOOST_TEST(hits > 200U);
}

BOOST_AUTO_TEST_CASE(limits_hold_for_what_is_repeated)
{
    diagnostics log;
    log.max_count = 5;
    auto o = json::read_options::for_answers();
    o.limits.max_document = alike("one", "1234", "").size();
    json::chunk_reader<> reader(&log, o);
    for (int i = 0; i < 4; ++i) {
        auto const text = alike("one", std::to_string(i), "");
        reader.start(text);
        BOOST_TEST(*reader.next());
        BOOST_TEST(!*reader.next());
    }
    BOOST_TEST(log.count() == 4U);
    auto const longer = alike("one", "12345", "");
    reader.start(longer);
    auto const refused = reader.next();
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().code == errc::body_limit));
    auto const text = alike("one", "7", "");
    reader.start(text);
    BOOST_TEST(*reader.next());
    BOOST_TEST(!*reader.next());
    reader.start(text); // one deviation too many
    auto const limited = reader.next();
    BOOST_REQUIRE(!limited);
    BOOST_TEST((limited.error().code == errc::diagnostic_limit));
    BOOST_TEST(limited.error().param == "choices[0].delta.role");
    BOOST_TEST(log.count() == 6U);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_chunk_reader_test
