// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/sse/parser.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace sse_parser_test {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;
namespace sse = chatwire::sse;
using chatwire::errc;

// Everything a stream of bytes can come to.
struct outcome {
    std::vector<sse::event> events{};
    chatwire::error_code error{};
    std::string last_id{};
    long long retry = -1;
    std::uint64_t comments = 0, ignored = 0, offset = 0;
    std::string ignored_text{};
    std::vector<chatwire::diagnostic> log{};
    bool done = false;

    bool operator==(outcome const&) const = default;
};

class run {
public:
    explicit run(sse::options o = {}) : p_(o, &log_) {}

    void bytes(std::string_view s)
    {
        // Through prepare, with a full copy after each call: a view that dangles would show under ASan.
        auto const room = p_.prepare(s.size());
        BOOST_REQUIRE(room.size() >= s.size());
        if (!s.empty())
            std::memcpy(room.data(), s.data(), s.size());
        p_.commit(s.size());
        drain();
    }
    // Bytes that are gone as soon as they may be.
    void lend(std::string_view s)
    {
        std::vector<char> const all(s.begin(), s.end());
        p_.lend({all.data(), all.size()});
        drain();
    }
    // Events taken as ahead() shows them, wherever one may end, as far as that goes.
    void lend_and_take(std::string_view s)
    {
        std::vector<char> const all(s.begin(), s.end());
        p_.lend({all.data(), all.size()});
        for (;;) {
            sse::event_view v;
            auto const ahead = p_.ahead();
            auto const line = ahead.find_first_of("\r\n");
            if (ahead.empty() || line == ahead.npos || !p_.take(line, v)) {
                if (!p_.next(v))
                    break;
            }
            out_.events.emplace_back(v);
        }
    }
    outcome end()
    {
        p_.commit_eof();
        drain();
        return state();
    }
    outcome state()
    {
        out_.error = p_.error();
        out_.last_id = p_.last_event_id();
        out_.retry = p_.retry() ? static_cast<long long>(p_.retry()->count()) : -1;
        out_.comments = p_.comments();
        out_.ignored = p_.ignored_lines();
        out_.ignored_text = p_.ignored_text();
        out_.offset = p_.offset();
        out_.done = p_.done();
        out_.log = log_.kept();
        return out_;
    }

private:
    void drain()
    {
        sse::event_view v;
        while (p_.next(v))
            out_.events.emplace_back(v);
        BOOST_TEST(!p_.next(v));
    }

    chatwire::diagnostics log_{};
    sse::parser p_;
    outcome out_{};
};

outcome whole(std::string_view s, sse::options o = {})
{
    run r(o);
    r.bytes(s);
    return r.end();
}

// The outcome of the whole input, after checking that no way of splitting it comes to another.
outcome parse(std::string_view s, sse::options o = {})
{
    auto const expected = whole(s, o);
    auto check = [&](std::vector<std::string_view> const& parts) {
        run r(o);
        for (auto part : parts)
            r.bytes(part);
        return r.end() == expected;
    };
    for (std::size_t i = 0; i <= s.size(); ++i)
        for (auto const put : {&run::lend, &run::lend_and_take}) {
            run r(o);
            (r.*put)(s.substr(0, i));
            (r.*put)(s.substr(i));
            BOOST_TEST((r.end() == expected), "lent, split at " << i);
        }
    std::vector<std::string_view> single;
    for (std::size_t i = 0; i < s.size(); ++i)
        single.push_back(s.substr(i, 1));
    BOOST_TEST(check(single), "byte by byte");
    for (std::size_t i = 0; i <= s.size(); ++i)
        BOOST_TEST(check({s.substr(0, i), s.substr(i)}), "split at " << i);
    if (s.size() <= 48)
        for (std::size_t i = 0; i <= s.size(); ++i)
            for (std::size_t j = i; j <= s.size(); ++j)
                BOOST_TEST(check({s.substr(0, i), s.substr(i, j - i), s.substr(j)}), "splits at " << i << ", " << j);
    return expected;
}

std::vector<std::string> data_of(outcome const& o)
{
    std::vector<std::string> all;
    for (auto const& e : o.events)
        all.push_back(e.data);
    return all;
}

using texts = std::vector<std::string>;

std::string with_line_ends(std::string_view s, std::string_view end)
{
    std::string out;
    for (char c : s)
        c == '\n' ? out.append(end) : out.append(1, c);
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sse_parser)

BOOST_AUTO_TEST_CASE(lines_of_data_are_joined)
{
    auto const r = parse("data: YHOO\ndata: +2\ndata: 10\n\n");
    BOOST_TEST(data_of(r) == texts{"YHOO\n+2\n10"});
    BOOST_TEST(r.events.at(0).type == "message");
    BOOST_TEST(r.events.at(0).offset == 6u);
    BOOST_TEST(r.done);
    BOOST_TEST(r.log.empty());
}

BOOST_AUTO_TEST_CASE(ids_stay_until_changed)
{
    // a comment; an event with an id; one that sets the id to nothing; one that has none, with two spaces
    auto const r =
        parse(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n");
    BOOST_TEST(data_of(r) == (texts{"first event", "second event", " third event"}));
    BOOST_TEST(r.events[0].id == "1");
    BOOST_TEST(r.events[1].id == "");
    BOOST_TEST(r.last_id == "");
    BOOST_TEST(r.comments == 1u);

    auto const kept = parse("id: a\ndata: 1\n\ndata: 2\n\nid: b\n\ndata: 3\n\n");
    BOOST_TEST(kept.events[0].id == "a");
    BOOST_TEST(kept.events[1].id == "a");
    BOOST_TEST(kept.events[2].id == "b");
    BOOST_TEST(kept.last_id == "b");
}

BOOST_AUTO_TEST_CASE(the_last_id_counts_only_once_its_block_is_complete)
{
    run r;
    r.bytes("id: 1\ndata: x\n\nid: 2\ndata: y\n");
    BOOST_TEST(r.state().last_id == "1");
    r.bytes("\n");
    BOOST_TEST(r.state().last_id == "2");
}

BOOST_AUTO_TEST_CASE(empty_data_is_data)
{
    // two lines of nothing make one LF; the last event is not terminated
    auto const r = parse("data\n\ndata\ndata\n\ndata:", sse::options::strict());
    BOOST_TEST(data_of(r) == (texts{"", "\n"}));
}

BOOST_AUTO_TEST_CASE(one_space_after_the_colon_does_not_matter)
{
    BOOST_TEST(data_of(parse("data:test\n\ndata: test\n\n")) == (texts{"test", "test"}));
    BOOST_TEST(data_of(parse("data:\ttest\n\ndata:   test\n\n")) == (texts{"\ttest", "  test"}));
}

BOOST_AUTO_TEST_CASE(every_line_end)
{
    auto const text = "event: a\ndata: 1\ndata: 2\n\n: c\n\nid: 7\ndata: 3\n\n";
    auto const expected = parse(text);
    BOOST_TEST(data_of(expected) == (texts{"1\n2", "3"}));
    BOOST_TEST(expected.events[0].type == "a");
    BOOST_TEST(expected.events[1].type == "message");
    for (auto end : {"\r"sv, "\r\n"sv}) {
        auto const r = parse(with_line_ends(text, end));
        BOOST_TEST(data_of(r) == data_of(expected));
        BOOST_TEST(r.last_id == "7");
        BOOST_TEST(r.comments == 1u);
    }
}

BOOST_AUTO_TEST_CASE(mixed_line_ends)
{
    BOOST_TEST(data_of(parse("data:1\rdata:2\ndata:3\r\n\rdata:4\n\r\n")) == (texts{"1\n2\n3", "4"}));
    // the LF after "CR b" belongs to b's line: nothing is swallowed
    BOOST_TEST(data_of(parse("data:a\rdata:b\ndata:c\n\n")) == texts{"a\nb\nc"});
    BOOST_TEST(data_of(parse("data:a\r\rdata:b\n\ndata:c\n\n")) == (texts{"a", "b", "c"}));
    // CR LF CR is a line end and a blank line
    BOOST_TEST(data_of(parse("data:a\r\n\r")) == texts{"a"});
    // LF CR is two line ends
    BOOST_TEST(data_of(parse("data:a\n\rdata:b\n\r")) == (texts{"a", "b"}));
}

BOOST_AUTO_TEST_CASE(an_event_does_not_wait_for_the_lf_of_its_crlf)
{
    run r;
    r.bytes("data: a\r\n\r");
    BOOST_TEST(data_of(r.state()) == texts{"a"});
    r.bytes("\n");
    r.bytes("data: b\r\n\r\n");
    BOOST_TEST(data_of(r.state()) == (texts{"a", "b"}));
    BOOST_TEST(r.state().ignored == 0u);
}

BOOST_AUTO_TEST_CASE(one_byte_order_mark)
{
    BOOST_TEST(data_of(parse("\xEF\xBB\xBF"
                             "data: a\n\n")) == texts{"a"});
    BOOST_TEST(parse("\xEF\xBB\xBF"
                     "data: a\n\n")
                   .events[0]
                   .offset == 9u);
    BOOST_TEST(parse("\xEF\xBB\xBF").events.empty());
    BOOST_TEST(parse("\xEF\xBB\xBF\n").ignored == 0u);
    // a second one belongs to the name of the first field
    auto const twice = parse("\xEF\xBB\xBF\xEF\xBB\xBF"
                             "data: a\n\ndata: b\n\n");
    BOOST_TEST(data_of(twice) == texts{"b"});
    BOOST_TEST(twice.ignored == 1u);
    // and one that is not at the start as well
    BOOST_TEST(data_of(parse("\n\xEF\xBB\xBF"
                             "data: a\n\n"))
                   .empty());
    BOOST_TEST(data_of(parse("data:\xEF\xBB\xBF\n\n")) == texts{"\xEF\xBB\xBF"});
    // what only begins like one
    BOOST_TEST(parse("\xEF\xBB"
                     "data: a\n\n")
                   .ignored == 1u);
}

BOOST_AUTO_TEST_CASE(comments)
{
    auto const r = parse(": OPENROUTER PROCESSING\n\n:\n\n: keep-alive\n: x\ndata: [DONE]\n\n");
    BOOST_TEST(data_of(r) == texts{"[DONE]"});
    BOOST_TEST(r.comments == 4u);
    // in the middle of an event
    BOOST_TEST(data_of(parse("data:1\n:ping\ndata:2\n\n")) == texts{"1\n2"});
    BOOST_TEST(parse(":data: x\n\n").events.empty());
    // a comment that a proxy made data is data
    BOOST_TEST(data_of(parse("data: : ping\n\n")) == texts{": ping"});
}

BOOST_AUTO_TEST_CASE(the_type_belongs_to_one_event)
{
    auto const r = parse("event: add\ndata: 1\n\ndata: 2\n\nevent: x\nevent: y\ndata: 3\n\nevent\ndata: 4\n\n");
    BOOST_TEST(r.events[0].type == "add");
    BOOST_TEST(r.events[1].type == "message");
    BOOST_TEST(r.events[2].type == "y");
    BOOST_TEST(r.events[3].type == "message");
    // also when its event had no data
    BOOST_TEST(parse("event: add\n\ndata: 1\n\n").events.at(0).type == "message");
}

BOOST_AUTO_TEST_CASE(blocks_without_data_are_no_events)
{
    BOOST_TEST(parse("event: a\nid: 1\nretry: 5\n\n\n\n\n").events.empty());
    BOOST_TEST(parse("\n\r\r\n\n").events.empty());
    BOOST_TEST(parse("").done);
}

BOOST_AUTO_TEST_CASE(an_id_with_a_nul_is_ignored)
{
    auto const r = parse("id: 1\ndata: a\n\nid: 2\0002\ndata: b\n\n"sv);
    BOOST_TEST(r.events[1].id == "1");
    BOOST_TEST(r.last_id == "1");
    BOOST_TEST(r.ignored == 1u);
    // elsewhere a NUL is a byte like others
    BOOST_TEST(data_of(parse("data: a\0b\n\n"sv)) == texts{std::string("a\0b", 3)});
}

BOOST_AUTO_TEST_CASE(retry_is_digits)
{
    BOOST_TEST(parse("retry: 2500\n\n").retry == 2500);
    BOOST_TEST(parse("retry:0\n").retry == 0);
    BOOST_TEST(parse("retry: 03000\n").retry == 3000);
    BOOST_TEST(parse("retry: 1\nretry: 2\n").retry == 2);
    BOOST_TEST(parse("retry: 99999999999999999999999999\n").retry == 2147483647);
    for (auto bad :
         {"retry: 1000x\n", "retry: -1\n", "retry:  1\n", "retry: 1 \n", "retry\n", "retry:\n", "retry: 1.5\n"}) {
        BOOST_TEST(parse(bad).retry == -1, bad);
        BOOST_TEST(parse(bad).ignored == 1u, bad);
    }
    BOOST_TEST(parse("retry: 7\nretry: x\n").retry == 7);
}

BOOST_AUTO_TEST_CASE(unknown_fields_are_ignored_and_counted)
{
    auto const r = parse("Data: 1\n data: 2\ndata : 3\ndataX: 4\nfoo\ndata: 5\n\n");
    BOOST_TEST(data_of(r) == texts{"5"});
    BOOST_TEST(r.ignored == 5u);
    BOOST_TEST(r.ignored_text == "Data: 1\n data: 2\ndata : 3\ndataX: 4\nfoo");
}

BOOST_AUTO_TEST_CASE(an_error_body_without_framing_can_be_read)
{
    auto const r = parse("{\n  \"error\": {\"message\": \"no\"}\n}");
    BOOST_TEST(r.events.empty());
    BOOST_TEST(r.ignored_text == "{\n  \"error\": {\"message\": \"no\"}\n}");
    auto const big = whole(std::string(5000, 'x') + "\n" + std::string(5000, 'y') + "\n");
    BOOST_TEST(big.ignored == 2u);
    BOOST_TEST(big.ignored_text == std::string(sse::parser::max_ignored_text, 'x'));
}

BOOST_AUTO_TEST_CASE(the_field_error_is_an_event)
{
    auto const bytes = "error: {\"code\":500}\n\ndata: [DONE]\n\n";
    auto const r = parse(bytes);
    BOOST_REQUIRE(r.events.size() == 2u);
    BOOST_TEST(r.events[0].type == "error");
    BOOST_TEST(r.events[0].data == "{\"code\":500}");
    BOOST_TEST(r.events[0].offset == 7u);
    BOOST_TEST(r.events[1].type == "message");
    BOOST_REQUIRE(r.log.size() == 1u);
    BOOST_TEST(r.log[0].code == "error_field");
    BOOST_TEST(r.log[0].excerpt == "error: {\"code\":500}");

    auto const strict = parse(bytes, sse::options::strict());
    BOOST_TEST(data_of(strict) == texts{"[DONE]"});
    BOOST_TEST(strict.ignored == 1u);
    BOOST_TEST(strict.log.empty());
}

BOOST_AUTO_TEST_CASE(the_field_error_costs_no_other_event)
{
    auto const r = parse("event: x\ndata: 1\nerror: no\ndata: 2\n\nerror\n\n");
    BOOST_REQUIRE(r.events.size() == 2u);
    BOOST_TEST(r.events[0].type == "error");
    BOOST_TEST(r.events[1].type == "x");
    BOOST_TEST(r.events[1].data == "1\n2");
    BOOST_TEST(r.ignored == 1u); // the empty one

    auto const cut = parse("data: 1\nerror: n");
    BOOST_REQUIRE(cut.events.size() == 2u);
    BOOST_TEST(cut.events[0].type == "error");
    BOOST_TEST(!cut.events[0].terminated);
    BOOST_TEST(cut.events[1].data == "1");
}

BOOST_AUTO_TEST_CASE(what_the_end_cuts_off_is_shown_as_such)
{
    for (auto bytes : {"data: a\n\ndata: [DONE]", "data: a\n\ndata: [DONE]\n", "data: a\r\n\r\ndata: [DONE]\r"}) {
        auto const r = parse(bytes);
        BOOST_TEST(data_of(r) == (texts{"a", "[DONE]"}));
        BOOST_TEST(r.events[0].terminated);
        BOOST_TEST(!r.events[1].terminated);
        BOOST_REQUIRE(r.log.size() == 1u);
        BOOST_TEST(r.log[0].code == "unterminated_event");
        BOOST_TEST(r.log[0].excerpt == "[DONE]");
        BOOST_TEST(r.done);

        auto const strict = parse(bytes, sse::options::strict());
        BOOST_TEST(data_of(strict) == texts{"a"});
        BOOST_TEST(strict.log.size() == 1u);
    }
    BOOST_TEST(parse("data: a\n\n: bye").log.empty());
    BOOST_TEST(parse("data: a\n\nid: 2").last_id == "");
    BOOST_TEST(parse("da", sse::options::strict()).log.size() == 1u);
}

BOOST_AUTO_TEST_CASE(content_that_looks_like_framing)
{
    BOOST_TEST(data_of(parse("data: data: [DONE]\\n\\ndata: x\n\n")) == texts{"data: [DONE]\\n\\ndata: x"});
}

BOOST_AUTO_TEST_CASE(utf8_is_not_looked_at)
{
    BOOST_TEST(data_of(parse("data: \xF0\x9F\x98\x80\xC3\n\ndata: \x80\xFF\n\n")) ==
               (texts{"\xF0\x9F\x98\x80\xC3", "\x80\xFF"}));
}

BOOST_AUTO_TEST_CASE(an_endless_line_stops_at_the_limit)
{
    sse::options o;
    o.limits.max_line = 16;
    BOOST_TEST(data_of(parse("data: 0123456789\n\n", o)) == texts{"0123456789"});
    BOOST_TEST((parse("data: 0123456789a\n\n", o).error == errc::line_limit));
    BOOST_TEST((parse("data: 1\n\ndata: 0123456789a", o).error == errc::line_limit));
    BOOST_TEST(parse("data: 1\n\ndata: 0123456789a", o).events.size() == 1u);
    BOOST_TEST((parse(":56789012345678901234567", o).error == errc::line_limit));
}

BOOST_AUTO_TEST_CASE(an_endless_event_stops_at_the_limit)
{
    sse::options o;
    o.limits.max_event = 8;
    BOOST_TEST(data_of(parse("data:12345678\n\n", o)) == texts{"12345678"});
    BOOST_TEST(data_of(parse("data:123\ndata:5678\n\n", o)) == texts{"123\n5678"});
    BOOST_TEST((parse("data:123456789\n\n", o).error == errc::event_limit));
    BOOST_TEST((parse("data:1234\ndata:6789\n\n", o).error == errc::event_limit));
    BOOST_TEST((parse("data\ndata\ndata\ndata\ndata\ndata\ndata\ndata\ndata\ndata\n\n", o).error == errc::event_limit));
    BOOST_TEST((parse("data:123456789", o).error == errc::event_limit));
}

BOOST_AUTO_TEST_CASE(a_stream_of_too_many_events_stops_at_the_limit)
{
    sse::options o;
    o.limits.max_events = 2;
    BOOST_TEST(data_of(parse("data:1\n\n:\n\nevent:x\n\ndata:2\n\n", o)) == (texts{"1", "2"})); // events, not blocks
    for (auto const third : {"data:3\n\n", "data:3", "error:3\n\n"}) {
        auto const r = parse(std::string("data:1\n\ndata:2\n\n") + third, o);
        BOOST_TEST((r.error == errc::event_limit), third);
        BOOST_TEST(r.events.size() == 2u);
    }
}

BOOST_AUTO_TEST_CASE(an_error_is_for_good)
{
    sse::options o;
    o.limits.max_line = 8;
    sse::parser p(o);
    p.feed("data: 123456\n\n");
    sse::event_view v;
    BOOST_TEST(!p.next(v));
    p.feed("data: 1\n\n");
    BOOST_TEST(!p.next(v));
    BOOST_TEST((p.error() == errc::line_limit));
    p.commit_eof();
    BOOST_TEST(!p.next(v));
    BOOST_TEST(!p.done());
}

BOOST_AUTO_TEST_CASE(memory_stays_bounded_when_nothing_is_dispatched)
{
    sse::options o;
    o.limits = {64, 64};
    sse::parser p(o);
    sse::event_view v;
    for (int i = 0; i < 20000; ++i) {
        p.feed(i % 2 ? ": comment\r\nevent: something\r" : "\nid: 123456\n");
        BOOST_REQUIRE(!p.next(v));
    }
    BOOST_TEST(!p.error());
    BOOST_TEST(p.prepare(1).size() < 4096u);
    BOOST_TEST(p.offset() == 20000u / 2 * 40);
}

// Were work per line proportional to what is buffered, the sizes below would take minutes.
BOOST_AUTO_TEST_CASE(work_is_linear_whatever_the_line_end)
{
    for (auto end : {"\n"sv, "\r"sv, "\r\n"sv}) {
        std::string bytes;
        constexpr std::size_t n = 200000;
        for (std::size_t i = 0; i < n; ++i)
            bytes.append("data: x").append(end).append(end);
        sse::parser p;
        p.feed(bytes);
        sse::event_view v;
        std::size_t count = 0;
        while (p.next(v))
            count += v.data == "x";
        BOOST_TEST(count == n);
        BOOST_TEST(p.offset() == bytes.size());
    }
}

BOOST_AUTO_TEST_CASE(a_long_line_in_small_parts_is_linear)
{
    sse::parser p;
    sse::event_view v;
    std::string const part(64, 'x');
    p.feed("data: ");
    constexpr std::size_t n = 100000;
    for (std::size_t i = 0; i < n; ++i) {
        p.feed(part);
        BOOST_REQUIRE(!p.next(v));
    }
    p.feed("\n\n");
    BOOST_REQUIRE(p.next(v));
    BOOST_TEST(v.data.size() == n * part.size());
}

BOOST_AUTO_TEST_CASE(in_steady_state_the_room_does_not_grow)
{
    sse::parser p;
    sse::event_view v;
    std::size_t most = 0;
    for (int i = 0; i < 10000; ++i) {
        auto const room = p.prepare(256);
        most = std::max(most, room.size());
        auto const text = "data: {\"i\":" + std::to_string(i) + "}\n\ndata: half"s;
        std::memcpy(room.data(), text.data(), text.size());
        p.commit(text.size());
        BOOST_REQUIRE(p.next(v));
        BOOST_REQUIRE(!p.next(v));
        p.feed("\n\n");
        BOOST_REQUIRE(p.next(v));
        BOOST_REQUIRE(v.data == "half");
    }
    BOOST_TEST(most <= 4096u);
}

BOOST_AUTO_TEST_CASE(what_was_lent_may_be_kept)
{
    sse::parser p;
    sse::event_view v;
    {
        std::string const bytes = "data: one\n\ndata: two\n\ndata: th";
        p.lend(bytes);
        BOOST_REQUIRE(p.next(v));
        BOOST_TEST(v.data.data() == bytes.data() + 6); // not copied
        p.keep();
    }
    BOOST_REQUIRE(p.next(v));
    BOOST_TEST(v.data == "two");
    BOOST_TEST(!p.next(v));
    p.lend("ree\n\n");
    BOOST_REQUIRE(p.next(v));
    BOOST_TEST(v.data == "three");
    BOOST_TEST(v.offset == 28U);
}

BOOST_AUTO_TEST_CASE(ahead_are_the_data_of_a_plain_event)
{
    sse::parser p({.limits = {.max_line = 20, .max_event = 12, .max_events = 4}});
    sse::event_view v;
    p.feed("data: first\n\n");
    BOOST_TEST(p.ahead() == ""); // a byte order mark may stand there
    BOOST_REQUIRE(p.next(v));
    p.feed("data: second\n\ndata:third\r\n\r\nid: 1\ndata: fourth\n\ndata: much too long\n\n");
    BOOST_TEST(p.ahead().starts_with("second\n\n"));
    BOOST_TEST(!p.take(5, v)); // it does not end there
    BOOST_REQUIRE(p.take(6, v));
    BOOST_TEST((sse::event(v) == sse::event(sse::event_view{"message", "second", "", 19, true})));
    BOOST_TEST(p.ahead().starts_with("third\r"));
    BOOST_REQUIRE(p.take(5, v));
    BOOST_TEST(v.data == "third");
    BOOST_TEST(p.ahead() == "");
    BOOST_REQUIRE(p.next(v));
    BOOST_TEST(v.data == "fourth");
    BOOST_TEST(v.id == "1");
    BOOST_TEST(p.ahead().starts_with("much"));
    BOOST_TEST(!p.take(13, v)); // the limit is for next() to name
    BOOST_TEST(!p.error());
    BOOST_TEST(!p.next(v));
    BOOST_TEST((p.error() == errc::event_limit));
    BOOST_TEST(p.ahead() == "");

    sse::parser few({.limits = {.max_events = 1}});
    few.feed("data: 1\n\ndata: 2\n\n");
    BOOST_REQUIRE(few.next(v));
    BOOST_TEST(few.ahead() == "2\n\n");
    BOOST_TEST(!few.take(1, v));
    BOOST_TEST(!few.error());
    BOOST_TEST(!few.next(v));
    BOOST_TEST((few.error() == errc::event_limit));
}

BOOST_AUTO_TEST_CASE(a_copy_goes_on_by_itself)
{
    sse::parser a;
    a.feed("data: one\nda");
    sse::event_view v;
    BOOST_TEST(!a.next(v));
    sse::parser b = a;
    a.feed("ta: two\n\n");
    b.feed("ta: 2\n\n");
    BOOST_REQUIRE(b.next(v));
    BOOST_TEST(v.data == "one\n2");
    BOOST_REQUIRE(a.next(v));
    BOOST_TEST(v.data == "one\ntwo");
}

// Invariant: whatever the bytes, every split gives the same, and the parser ends.
BOOST_AUTO_TEST_CASE(random_streams_at_random_splits)
{
    std::mt19937 rng(20240229);
    auto below = [&](std::size_t n) { return static_cast<std::size_t>(rng() % n); };
    std::string_view const words[] = {
        "data", "data:", "data: ", "event:", "id: ", "retry:", "error:",       ":",    "\n",     "\r",
        "\r\n", "\n\n",  "x",      "12",     " ",    "\0"sv,   "\xEF\xBB\xBF", "\xEF", "[DONE]", "\r\r"};
    sse::options o;
    o.limits = {24, 32};
    for (int round = 0; round < 3000; ++round) {
        std::string s;
        for (auto n = below(30); n > 0; --n)
            s += words[below(std::size(words))];
        auto const options = round % 3 == 0 ? sse::options::strict() : round % 3 == 1 ? o : sse::options{};
        auto const expected = whole(s, options);
        for (int i = 0; i < 5; ++i) {
            run r(options);
            for (std::string_view rest = s; !rest.empty();) {
                auto const n = 1 + below(std::min<std::size_t>(rest.size(), 7));
                r.bytes(rest.substr(0, n));
                rest.remove_prefix(n);
            }
            BOOST_REQUIRE(r.end() == expected);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace sse_parser_test
