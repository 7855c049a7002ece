// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/sse/parser.hpp>
#include <chatwire/sse/writer.hpp>

#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <vector>

namespace sse_writer_test {
namespace {

using namespace std::string_view_literals;
namespace sse = chatwire::sse;
using chatwire::errc;

std::string written(sse::event_view const& e)
{
    std::string out;
    BOOST_TEST(!sse::write_event(out, e));
    return out;
}

std::vector<sse::event> read(std::string_view bytes)
{
    sse::parser p(sse::options::strict());
    p.feed(bytes);
    p.commit_eof();
    std::vector<sse::event> all;
    for (sse::event_view v; p.next(v);)
        all.emplace_back(v);
    BOOST_TEST(p.done());
    BOOST_TEST(p.ignored_lines() == 0u);
    return all;
}

std::string normalised(std::string_view s)
{
    std::string out;
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (s[i] == '\r') {
            out += '\n';
            if (i + 1 < s.size() && s[i + 1] == '\n')
                ++i;
        } else {
            out += s[i];
        }
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(sse_writer)

BOOST_AUTO_TEST_CASE(data_alone)
{
    std::string out = "before";
    sse::write_data(out, "{\"a\":1}");
    BOOST_TEST(out == "beforedata: {\"a\":1}\n\n");
}

BOOST_AUTO_TEST_CASE(all_fields)
{
    BOOST_TEST(written({"delta", "x", "7"}) == "event: delta\nid: 7\ndata: x\n\n");
    BOOST_TEST(written({"message", "x"}) == "data: x\n\n");
    BOOST_TEST(written({"", "x"}) == "data: x\n\n");
    BOOST_TEST(written({"message", ""}) == "data: \n\n");
}

BOOST_AUTO_TEST_CASE(line_ends_in_the_data_become_lines)
{
    BOOST_TEST(written({"", "a\nb\rc\r\nd"}) == "data: a\ndata: b\ndata: c\ndata: d\n\n");
    BOOST_TEST(written({"", "a\n"}) == "data: a\ndata: \n\n");
    BOOST_TEST(written({"", "\n\r"}) == "data: \ndata: \ndata: \n\n");
    std::string out;
    sse::write_data(out, "x\n\nevent: forged");
    BOOST_TEST(out == "data: x\ndata: \ndata: event: forged\n\n");
}

BOOST_AUTO_TEST_CASE(names_that_would_break_out_of_their_line_are_refused)
{
    for (auto bad : {"a\nb"sv, "a\r"sv, "\n"sv}) {
        std::string out = "kept";
        BOOST_TEST((sse::write_event(out, {bad, "x"}) == errc::invalid_argument));
        BOOST_TEST((sse::write_event(out, {"", "x", bad}) == errc::invalid_argument));
        BOOST_TEST(out == "kept");
    }
    std::string out;
    BOOST_TEST((sse::write_event(out, {"", "x", "a\0b"sv}) == errc::invalid_argument));
    BOOST_TEST(out.empty());
}

BOOST_AUTO_TEST_CASE(comments_make_no_event)
{
    std::string out;
    sse::write_comment(out);
    sse::write_comment(out, "ping");
    sse::write_comment(out, "two\r\nlines\n\ndata: forged");
    BOOST_TEST(out == ":\n\n: ping\n\n: two\n: lines\n: \n: data: forged\n\n");
    BOOST_TEST(read(out).empty());
    sse::parser p;
    p.feed(out);
    sse::event_view v;
    BOOST_TEST(!p.next(v));
    BOOST_TEST(p.comments() == 6u);
}

BOOST_AUTO_TEST_CASE(retry)
{
    std::string out;
    BOOST_TEST(!sse::write_retry(out, std::chrono::milliseconds(1500)));
    BOOST_TEST(out == "retry: 1500\n\n");
    BOOST_TEST((sse::write_retry(out, std::chrono::milliseconds(-1)) == errc::invalid_argument));
    BOOST_TEST(out == "retry: 1500\n\n");
    sse::parser p;
    p.feed(out);
    sse::event_view v;
    BOOST_TEST(!p.next(v));
    BOOST_TEST(p.retry().value().count() == 1500);
}

// Invariant: what the writer takes, the parser gives back, with the line ends of the data made LF.
BOOST_AUTO_TEST_CASE(random_events_round_trip)
{
    std::mt19937 rng(7);
    auto text = [&](std::string_view alphabet, std::size_t most) {
        std::string s;
        for (auto n = rng() % (most + 1); n > 0; --n)
            s += alphabet[rng() % alphabet.size()];
        return s;
    };
    for (int round = 0; round < 2000; ++round) {
        std::string bytes;
        std::vector<sse::event> sent;
        std::string id;
        for (auto n = rng() % 6; n > 0; --n) {
            sse::event e;
            e.type = text("ab :\t\0\xEF\xBB\xBF"sv, 4);
            e.data = text("ab: \r\n\n\0\xEF\xBB\xBF{}"sv, 20);
            e.id = text("12 :\xFF"sv, 3);
            if (rng() % 4 == 0)
                sse::write_comment(bytes, text("ab\r\n: "sv, 8));
            BOOST_TEST(!sse::write_event(bytes, e.view()));
            if (!e.id.empty())
                id = e.id;
            if (e.type.empty())
                e.type = "message";
            e.id = id;
            e.data = normalised(e.data);
            sent.push_back(e);
        }
        auto got = read(bytes);
        for (auto& e : got)
            e.offset = 0;
        BOOST_REQUIRE((got == sent));
    }
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace sse_writer_test
