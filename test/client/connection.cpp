// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "transcripts.hpp"

#include <chatwire/client/connection.hpp>
#include <chatwire/http/writer.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(client_connection_)

namespace client_connection_test {

using namespace chatwire;
using connection = client_connection<>;
using answer = client_call::answer;

static_assert(io::endpoint<connection>);

struct client {
    client_options options{};
    connection c{options};
    std::string events{};

    void start(answer expects, std::string method = "POST")
    {
        events.clear();
        c.start("request", {.method = std::move(method), .expects = expects}, std::make_shared<diagnostics>());
        c.consume(c.output().size());
        over = false;
    }
    void take()
    {
        while (!over) {
            auto e = c.next_event();
            if (!e) {
                events += "failure " + test::told(e.error());
                over = true;
            } else if (*e) {
                events += test::told(**e);
                over = std::holds_alternative<stream_end>(**e) || std::holds_alternative<client_document>(**e);
            } else {
                return;
            }
        }
    }
    void give(std::string_view bytes)
    {
        while (!bytes.empty() && !over) {
            auto const room = c.prepare();
            BOOST_REQUIRE(!room.empty());
            auto const n = std::min(room.size(), bytes.size());
            std::copy_n(bytes.begin(), n, room.begin());
            c.commit(n);
            bytes.remove_prefix(n);
            take();
        }
    }
    void give_eof()
    {
        c.commit_eof();
        take();
    }
    bool over = true;
};

enum class framing { length, chunks, connection };

std::string bytes_of(test::client_transcript const& t, framing f)
{
    auto head = t.head();
    bool const no_body = head.status == 204;
    if (f == framing::length && !no_body)
        head.fields.insert("Content-Length", std::to_string(t.body.size()));
    if (f == framing::chunks && !no_body)
        head.fields.insert("Transfer-Encoding", "chunked");
    std::string out;
    BOOST_REQUIRE(!http::write_head(out, head));
    if (f != framing::chunks)
        return out + t.body;
    for (std::size_t i = 0; i < t.body.size(); i += 33)
        out += test::framed(std::string_view(t.body).substr(i, 33));
    return no_body ? out : out + "0\r\n\r\n";
}

// The events of a transcript are those of client/exchange.cpp, where it comes in pieces of HTTP.
BOOST_AUTO_TEST_CASE(every_answer_means_the_same_however_it_is_framed_and_split)
{
    for (auto const& t : test::client_transcripts())
        for (auto const f : {framing::length, framing::chunks, framing::connection}) {
            BOOST_TEST_CONTEXT(t.name << ", framing " << static_cast<int>(f))
            {
                auto const bytes = bytes_of(t, f);
                auto const check = [&](std::vector<std::string_view> const& pieces) {
                    client x;
                    x.start(t.expects);
                    for (auto const p : pieces)
                        x.give(p);
                    if (f == framing::connection && !x.over)
                        x.give_eof();
                    BOOST_TEST(x.events == t.events);
                };
                std::string_view const all = bytes;
                check({all});
                for (std::size_t i = 1; i < all.size(); ++i)
                    check({all.substr(0, i), all.substr(i)});
                std::vector<std::string_view> single;
                for (std::size_t i = 0; i < all.size(); ++i)
                    single.push_back(all.substr(i, 1));
                check(single);
            }
        }
}

BOOST_AUTO_TEST_CASE(interim_answers_are_passed_over)
{
    client x;
    x.start(answer::document);
    x.give("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + test::http_answer("[1]"));
    BOOST_TEST(x.events == "document [1] ");
    BOOST_TEST((x.c.settle() == connection::state::ready));
}

BOOST_AUTO_TEST_CASE(a_connection_is_used_again)
{
    client x;
    for (int i = 0; i < 3; ++i) {
        x.start(answer::document, "GET");
        BOOST_TEST(!x.c.answered());
        x.give(test::http_answer("[1]"));
        BOOST_TEST(x.c.answered());
        BOOST_TEST(x.events == "document [1] ");
        BOOST_TEST((x.c.settle() == connection::state::ready));

        x.start(answer::stream);
        x.give(test::chunked(test::stream_body()));
        BOOST_TEST(x.events.ends_with("end finished "));
        BOOST_TEST((x.c.settle() == connection::state::ready));

        x.start(answer::completion);
        x.give(test::http_answer(R"({"error":"no"})", 404));
        BOOST_TEST(x.events == "failure refused 404 'no'");
        BOOST_TEST((x.c.settle() == connection::state::ready));
    }
}

BOOST_AUTO_TEST_CASE(the_rest_after_the_end_of_a_stream_is_read_but_not_for_ever)
{
    auto const head = test::chunked_head();
    auto const body = test::framed(test::stream_body());
    {
        client x;
        x.start(answer::stream);
        x.give(head + body);
        BOOST_TEST(x.events.ends_with("end finished "));
        BOOST_TEST((x.c.settle() == connection::state::unfinished));
        auto const put = [&](std::string_view bytes) {
            auto const room = x.c.prepare();
            std::copy_n(bytes.begin(), bytes.size(), room.begin());
            x.c.commit(bytes.size());
        };
        put(test::framed("data: more\n\n"));
        BOOST_TEST((x.c.settle() == connection::state::unfinished));
        put("0\r\n\r\n");
        BOOST_TEST((x.c.settle() == connection::state::ready));
    }
    {
        client x;
        x.start(answer::stream);
        x.give(head + body);
        auto const more = test::framed(std::string(10'000, 'x'));
        std::size_t given = 0;
        while (x.c.settle() == connection::state::unfinished && given < 1'000'000) {
            auto const room = x.c.prepare();
            std::copy_n(more.begin(), more.size(), room.begin());
            x.c.commit(more.size());
            given += more.size();
        }
        BOOST_TEST((x.c.settle() == connection::state::spent));
        BOOST_TEST(given < 100'000u);
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_used_again_says_so)
{
    auto const spent_after = [](std::string_view bytes, bool eof = false) {
        client x;
        x.start(answer::document, "GET");
        x.give(bytes);
        if (eof)
            x.give_eof();
        BOOST_TEST(x.over);
        return x.c.settle() == connection::state::spent;
    };
    BOOST_TEST(spent_after(test::http_answer("[1]", 200, "application/json", "Connection: close\r\n")));
    BOOST_TEST(spent_after("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\nContent-Length: 3\r\n\r\n[1]"));
    BOOST_TEST(spent_after(test::until_close("[1]", "application/json"), true));
    BOOST_TEST(spent_after(test::http_answer("[1]") + "HTTP/1.1 408 Request Timeout\r\n\r\n"));
    BOOST_TEST(!spent_after(test::http_answer("[1]")));

    client x; // the service answers before it has the whole request
    x.start(answer::document);
    x.c.start("a long request", {.method = "POST"}, std::make_shared<diagnostics>());
    x.c.consume(2);
    x.over = false;
    x.give(test::http_answer(R"({"error":"too large"})", 413));
    BOOST_TEST(x.events == "failure refused 413 'too large'");
    BOOST_TEST((x.c.settle() == connection::state::spent));
}

BOOST_AUTO_TEST_CASE(broken_framing_is_a_failure)
{
    auto const fails = [](std::string_view bytes, errc code, bool eof = true) {
        client x;
        x.start(answer::document, "GET");
        x.give(bytes);
        if (eof && !x.over)
            x.give_eof();
        BOOST_TEST(x.events.starts_with("failure " + std::string(to_string(code))), x.events);
        BOOST_TEST((x.c.settle() == connection::state::spent));
    };
    fails("", errc::connection_lost);
    fails("HTTP/1.1 200", errc::incomplete_message);
    fails("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n[1", errc::incomplete_message);
    fails("SSH-2.0-x\r\n", errc::bad_start_line);
    fails("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", errc::bad_content_length);
    fails("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", errc::bad_chunk);
    fails("HTTP/1.1 200 OK\r\n" + std::string(100'000, 'x'), errc::head_limit);
}

BOOST_AUTO_TEST_CASE(a_stream_whose_framing_breaks_tells_how_it_ended)
{
    auto const ends = [](std::string_view bytes, std::string_view end) {
        client x;
        x.start(answer::stream);
        x.give(test::chunked_head());
        x.give(bytes);
        if (!x.over)
            x.give_eof();
        BOOST_TEST(x.events.ends_with(std::string(end)), x.events);
        BOOST_TEST((x.c.settle() == connection::state::spent));
    };
    using namespace test;
    ends(framed(event(chunk_a)), "end truncated incomplete_message 200 '' ");
    ends(framed(event(chunk_a)) + "xyz\r\n", "end truncated bad_chunk 200 '' ");
    ends(framed(event(chunk_a)).substr(0, 60),
         "end truncated truncated_stream 200 'the stream ended inside an event: malfor' ");
    // whole, but for its [DONE]: every choice has its finish_reason
    ends(framed(event(chunk_a) + event(chunk_end)), "end finished_without_done ");
}

} // namespace client_connection_test

BOOST_AUTO_TEST_SUITE_END()
