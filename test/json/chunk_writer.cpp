// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/chunk_writer.hpp>
#include <chatwire/pathors/dialect.hpp>
#include <chatwire/sse/writer.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace json_chunk_writer_test {
namespace {

using namespace chatwire;
using namespace std::string_view_literals;

template <class Chunk>
std::string slowly(Chunk const& c)
{
    std::string out;
    sse::write_data(out, json::to_text(c));
    return out;
}

// Texts of all the lengths at which a copy may go wrong, and of all the kinds that are escaped.
std::string const& some_text(std::mt19937& random)
{
    static std::vector<std::string> const all = [] {
        std::vector<std::string> texts;
        for (std::size_t const n :
             {0U, 1U, 2U, 5U, 8U, 15U, 16U, 17U, 31U, 32U, 33U, 47U, 48U, 49U, 127U, 128U, 129U, 500U, 5000U})
            texts.push_back(std::string(n, 'x'));
        for (auto const special :
             {"\""sv, "\\"sv, "\n"sv, "\r\n"sv, "\t"sv, "\0"sv, "\x1f"sv, "\x7f"sv, "\xC3\xA9"sv, "\xE4\xBD\xA0"sv,
              "\xF0\x9F\x98\x80"sv, "\xF0\x9F"sv, "\x80"sv, "\xED\xA0\x80"sv, "\xFF"sv, "data: "sv, "\"}\n\n"sv})
            for (std::size_t const before : {0U, 1U, 14U, 15U, 16U, 127U})
                for (std::size_t const after : {0U, 3U, 16U})
                    texts.push_back(std::string(before, 'b') + std::string(special) + std::string(after, 'a'));
        texts.push_back(std::string(128, '\x01'));
        texts.push_back(std::string(128, '\xFF'));
        return texts;
    }();
    return all[random() % all.size()];
}

// A chunk that is changed again and again. What is changed often and what seldom is what a stream has of both.
template <class Dialect>
class changing {
public:
    explicit changing(unsigned seed) : random_(seed) { c_.choices.resize(1); }

    basic_chunk<Dialect> const& next()
    {
        std::size_t const changes = std::size_t{1} << below(4); // mostly few
        if (below(3) != 0)
            change_texts();
        else
            for (std::size_t i = 0; i < changes; ++i)
                change();
        return c_;
    }

    basic_chunk<Dialect>& chunk() { return c_; }

    void change_texts()
    {
        if (c_.obfuscation)
            c_.obfuscation = text();
        for (auto& choice : c_.choices) {
            auto& d = choice.delta;
            if (d.content && below(2))
                d.content = text();
            for (auto* const t : {&d.refusal, &d.reasoning_content, &d.reasoning})
                if (*t && below(2))
                    *t = text();
            for (auto& call : d.tool_calls)
                if (call.function && call.function->arguments && below(2))
                    call.function->arguments = text();
        }
    }

    // False: it has none.
    bool change_one_text(basic_chunk<Dialect>& c)
    {
        if (c.obfuscation)
            c.obfuscation = text();
        if (c.choices.size() != 1)
            return false;
        std::vector<std::string*> texts;
        auto& d = c.choices.front().delta;
        if (d.content && d.content->is_string())
            texts.push_back(&d.content->make_string());
        for (auto* const t : {&d.refusal, &d.reasoning_content, &d.reasoning})
            if (*t)
                texts.push_back(&**t);
        for (auto& call : d.tool_calls)
            if (call.function && call.function->arguments)
                texts.push_back(&*call.function->arguments);
        if (texts.empty())
            return false;
        *texts[below(texts.size())] = text();
        return true;
    }

private:
    std::size_t below(std::size_t n) { return random_() % n; }
    std::string text() { return some_text(random_); }
    std::string name()
    {
        static constexpr std::string_view names[] = {"",
                                                     "m",
                                                     "fp_560af6e559",
                                                     "fp_560af6e558",
                                                     "a name of sixteen",
                                                     "chatcmpl-C8Xk2v9QmT7pLr4sWn1Yb6ZdHf3Gj",
                                                     "chatcmpl-C8Xk2v9QmT7qLr4sWn1Yb6ZdHf3Gj",
                                                     "chatcmpl-C8Xk2v9QmT7pLr4sWn1Yb6ZdHf3Gk",
                                                     "a name that has more than forty-eight bytes, and so is long",
                                                     "a name that has more than forty-eight bytes, and so is lonG",
                                                     "with \"quotes\"\n and \xFF"};
        return std::string(names[below(std::size(names))]);
    }

    template <class T>
    void vary(nullable<T>& member, T value)
    {
        switch (below(3)) {
        case 0: member.reset(); break;
        case 1: member = nullptr; break;
        default: member = std::move(value);
        }
    }
    template <class T>
    void vary(std::optional<T>& member, T value)
    {
        if (below(2))
            member.reset();
        else
            member = std::move(value);
    }
    void vary(raw_members& members)
    {
        members.clear();
        for (auto n = below(3); n > 0; --n)
            members.append(name(), raw_json::trusted(below(2) ? "[1,\n {\"a\":null}]" : "0.5"));
    }

    double number()
    {
        static double const numbers[] = {0.0, -0.0, 1.5, std::numeric_limits<double>::quiet_NaN()};
        return numbers[below(4)];
    }

    chatwire::logprobs some_logprobs()
    {
        chatwire::logprobs l;
        l.content = std::vector<token_logprob>{{.token = text(), .logprob = number()}};
        return l;
    }

    chatwire::moderation some_moderation()
    {
        moderation_result r;
        r.category_scores.append("violence") = number();
        return {.input = moderation_results{.model = name(), .results = {r}}};
    }

    tool_call_delta some_call()
    {
        tool_call_delta call;
        vary(call.index, static_cast<std::int64_t>(below(3)));
        if (below(3) == 0) {
            vary(call.id, name());
            vary(call.type, open_enum<tool_type>(below(2) ? "function" : "custom"));
            vary(call.custom, custom_call_delta{.input = text()});
            vary(call.extra);
        }
        if (below(4) != 0) {
            call.function.emplace();
            vary(call.function->arguments, text());
            if (below(4) == 0) {
                vary(call.function->name, name());
                vary(call.function->extra);
            }
        }
        return call;
    }

    void change()
    {
        auto& c = c_;
        auto const which = below(32);
        if (c.choices.empty() || which == 0) {
            c.choices.resize(below(8) == 0 ? below(3) : 1);
            return;
        }
        auto& choice = c.choices[below(c.choices.size())];
        auto& d = choice.delta;
        switch (which) {
        case 1: c.id = name(); break;
        case 2: c.object = below(2) ? "chat.completion.chunk" : name(); break;
        case 3: c.created = static_cast<std::int64_t>(below(3)) - 1; break;
        case 4: c.model = name(); break;
        case 5: vary(c.usage, usage{.prompt_tokens = static_cast<std::int64_t>(below(2))}); break;
        case 6:
            vary(c.service_tier, open_enum<service_tier>(below(3) == 0   ? open_enum<service_tier>(name())
                                                         : below(2) != 0 ? service_tier::default_
                                                                         : service_tier::flex));
            break;
        case 7: vary(c.system_fingerprint, name()); break;
        case 8: vary(c.moderation, some_moderation()); break;
        case 9:
        case 10: vary(c.obfuscation, text()); break;
        case 11: vary(c.extra); break;
        case 12: choice.index = static_cast<std::int64_t>(below(10)); break;
        case 13: vary(d.role, open_enum<role>(below(2) ? "assistant" : "bard")); break;
        case 14:
        case 15:
        case 16: vary(d.content, content(text())); break;
        case 17: d.content = content{text_part{.text = text()}}; break;
        case 18:
        case 19: {
            d.tool_calls.clear();
            for (auto n = below(5) == 0 ? 2 : below(2); n > 0; --n)
                d.tool_calls.push_back(some_call());
            break;
        }
        case 20: vary(d.refusal, text()); break;
        case 21: vary(d.reasoning_content, text()); break;
        case 22: vary(d.reasoning, text()); break;
        case 23: vary(d.function_call, function_call_delta{.name = name(), .arguments = text()}); break;
        case 24: vary(d.audio, audio_delta{.data = text()}); break;
        case 25: vary(d.annotations, std::vector<annotation>(below(2))); break;
        case 26: vary(d.extra); break;
        case 27: vary(choice.finish_reason, open_enum<finish_reason>(below(2) ? "stop" : "whim")); break;
        case 28: vary(choice.logprobs, some_logprobs()); break;
        case 29: vary(choice.extra); break;
        case 30: change_extension(c.ext); break;
        default: { // as a chunk is whose members were moved out
            auto const moved = std::move(c);
            if (below(2))
                c.choices = moved.choices;
        }
        }
    }

    static void change_extension(no_extension&) {}
    void change_extension(pathors::session_member& ext) { vary(ext.session_id, name()); }

    std::mt19937 random_;
    basic_chunk<Dialect> c_{};
};

template <class Dialect, class Block = json::detail::text_block>
void same_as_slowly(unsigned seed, std::size_t chunks)
{
    changing<Dialect> source(seed);
    json::chunk_writer<Dialect, Block> events(&sse::write_data), bare;
    std::string out, text;
    for (std::size_t i = 0; i < chunks; ++i) {
        auto const& c = source.next();
        if (i % 7 == 0)
            out.clear(); // else it goes on
        auto const start = out.size();
        events.write(out, c);
        BOOST_TEST_REQUIRE(std::string_view(out).substr(start) == slowly(c), "seed " << seed << ", chunk " << i);
        text.clear();
        bare.write(text, c);
        BOOST_TEST_REQUIRE(text == json::to_text(c), "seed " << seed << ", chunk " << i);
    }
}

chunk plain_chunk(std::string_view text)
{
    chunk c{.id = "chatcmpl-C8Xk2v9QmT7pLr4sWn1Yb6ZdHf3Gj", .created = 1757000000, .model = "gpt-4o-mini-2024-07-18"};
    c.choices.resize(1);
    c.choices[0].delta.content = text;
    return c;
}

// Counts how often the slow way is gone.
std::size_t framed = 0;
void counting_frame(std::string& out, std::string_view json)
{
    ++framed;
    sse::write_data(out, json);
}

BOOST_AUTO_TEST_SUITE(json_chunk_writer)

BOOST_AUTO_TEST_CASE(writes_what_the_slow_way_writes)
{
    for (unsigned seed = 0; seed < 12; ++seed)
        same_as_slowly<openai>(seed, 1500);
    for (unsigned seed = 0; seed < 6; ++seed)
        same_as_slowly<pathors::dialect>(seed, 1500);
    for (unsigned seed = 0; seed < 6; ++seed) { // what other machines do
        same_as_slowly<openai, json::detail::word_block>(seed, 1500);
        same_as_slowly<openai, json::detail::byte_block>(seed, 1500);
    }
}

BOOST_AUTO_TEST_CASE(chunks_of_one_shell_are_written_the_same_way)
{
    std::mt19937 random(1);
    for (unsigned seed = 0; seed < 8; ++seed) {
        changing<openai> shells(seed);
        json::chunk_writer<> writer(&sse::write_data);
        std::string out;
        for (int i = 0; i < 20; ++i) {
            chunk c = shells.next();
            changing<openai> choices(seed + 1000);
            writer.write(out, c);
            for (int k = 0; k < 50; ++k) {
                auto const& other = choices.next();
                c.choices = other.choices;
                c.obfuscation = other.obfuscation;
                out.clear();
                writer.write_next(out, c);
                BOOST_TEST_REQUIRE(out == slowly(c), "seed " << seed << ", chunk " << i << ", " << k);
            }
        }
    }
}

// Each of its texts in turn, and the obfuscation.
BOOST_AUTO_TEST_CASE(the_next_text_is_written_the_same_way)
{
    for (unsigned seed = 0; seed < 300; ++seed) {
        changing<openai> shells(seed);
        json::chunk_writer<> writer(&sse::write_data);
        std::string buffer;
        json::appender out(buffer);
        for (int i = 0; i < 20; ++i) {
            chunk c = shells.next();
            writer.write(out, c);
            std::string expected = slowly(c);
            for (int k = 0; k < 8; ++k) {
                if (shells.change_one_text(c))
                    writer.write_text(out, c);
                else
                    writer.write(out, c);
                expected += slowly(c);
            }
            BOOST_TEST_REQUIRE(out.settle() == expected, "seed " << seed << ", chunk " << i);
            buffer.clear();
            out.attach();
        }
    }
}

// Each pair differs in one member, and the writer has been shown the first.
BOOST_AUTO_TEST_CASE(no_member_is_overlooked)
{
    for (unsigned seed = 0; seed < 2000; ++seed) {
        changing<openai> source(seed);
        for (int i = 0; i < 8; ++i)
            (void)source.next();
        json::chunk_writer<> writer(&sse::write_data);
        std::string out;
        writer.write(out, source.chunk());
        source.change_texts();
        writer.write(out, source.chunk());
        out.clear();
        auto const& c = source.next();
        writer.write(out, c);
        BOOST_TEST_REQUIRE(out == slowly(c), "seed " << seed << "\n" << out << "\n" << slowly(c));
    }
}

BOOST_AUTO_TEST_CASE(a_steady_stream_is_rendered_twice)
{
    framed = 0;
    json::chunk_writer<> writer(&counting_frame);
    std::string out, expected;
    for (int i = 0; i < 2000; ++i) {
        auto c = plain_chunk(i % 10 == 0 ? "a \"quote\"\n" : "word" + std::to_string(i));
        writer.write(out, c);
        expected += slowly(c);
    }
    BOOST_TEST(out == expected);
    BOOST_TEST(framed == 2U);
}

BOOST_AUTO_TEST_CASE(every_kind_of_text_and_several_choices_are_remembered)
{
    std::vector<chunk> kinds(6, plain_chunk(""));
    for (auto& c : kinds)
        c.choices[0].delta.content.reset();
    kinds[0].choices[0].delta.content = "";
    kinds[1].choices[0].delta.content = "";
    kinds[1].choices[0].index = 1;
    kinds[2].choices[0].delta.refusal = "";
    kinds[3].choices[0].delta.reasoning_content = "";
    kinds[4].choices[0].delta.reasoning = "";
    kinds[5].choices[0].delta.tool_calls = {{.index = 0, .function = function_call_delta{.arguments = ""}}};
    framed = 0;
    json::chunk_writer<> writer(&counting_frame);
    std::string out, expected;
    for (int i = 0; i < 600; ++i) {
        auto& c = kinds[static_cast<std::size_t>(i) % kinds.size()];
        auto const word = "word" + std::to_string(i);
        auto& d = c.choices[0].delta;
        if (d.content)
            d.content = word;
        for (auto* const text : {&d.refusal, &d.reasoning_content, &d.reasoning})
            if (*text)
                *text = word;
        for (auto& call : d.tool_calls)
            call.function->arguments = word;
        writer.write(out, c);
        expected += slowly(c);
    }
    BOOST_TEST(out == expected);
    BOOST_TEST(framed == 12U);
}

BOOST_AUTO_TEST_CASE(what_is_never_alike_is_soon_not_looked_at)
{
    framed = 0;
    json::chunk_writer<> writer(&counting_frame);
    std::string out;
    for (int i = 0; i < 2000; ++i) {
        auto c = plain_chunk("x");
        c.created = i;
        out.clear();
        writer.write(out, c);
        BOOST_TEST_REQUIRE(out == slowly(c));
    }
    BOOST_TEST(framed < 2100U); // two for each that was kept, one for each other

    // and is looked at again once it pays
    framed = 0;
    for (int i = 0; i < 2000; ++i) {
        out.clear();
        writer.write(out, plain_chunk(std::to_string(i)));
    }
    BOOST_TEST(framed < 600U);
}

BOOST_AUTO_TEST_CASE(raw_json_with_line_ends_is_framed_line_by_line)
{
    json::chunk_writer<> writer(&sse::write_data);
    for (auto const* const text : {"a", "b\n", "c"}) {
        auto c = plain_chunk(text);
        c.extra.append("x", raw_json::trusted("{\"a\":\n[1,\r\n2]}"));
        std::string out;
        writer.write(out, c);
        BOOST_TEST(out == slowly(c));
        BOOST_TEST(out.find("\ndata: [1,") != out.npos);
    }
}

// A frame that says how long the text is cannot be filled in.
BOOST_AUTO_TEST_CASE(a_frame_that_depends_on_the_text_is_asked_each_time)
{
    auto const frame = [](std::string& out, std::string_view json) {
        out += std::to_string(json.size()) + ':' + std::string(json);
    };
    json::chunk_writer<> writer(+frame);
    for (std::size_t n = 0; n < 50; ++n) {
        auto const c = plain_chunk(std::string(n, 'x'));
        std::string out, expected;
        writer.write(out, c);
        frame(expected, json::to_text(c));
        BOOST_TEST(out == expected);
    }
}

BOOST_AUTO_TEST_CASE(a_writer_can_be_moved)
{
    json::chunk_writer<> first(&sse::write_data);
    std::string out;
    first.write(out, plain_chunk("a"));
    auto second = std::move(first);
    out.clear();
    second.write(out, plain_chunk("b"));
    BOOST_TEST(out == slowly(plain_chunk("b")));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace json_chunk_writer_test
