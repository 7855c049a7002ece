// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// The ten ways in which a streamed answer ends: a test each, through both clients.
#include "../support/answers.hpp"
#include "../support/clients.hpp"
#include "../support/peer.hpp"
#include "../support/until.hpp"

#include <boost/test/tree/traverse.hpp>
#include <boost/test/tree/visitor.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <set>
#include <string>
#include <string_view>
#include <thread>

BOOST_AUTO_TEST_SUITE(quirks_ends)

namespace quirks_ends_test {

using namespace chatwire;
using namespace chatwire::test;
using namespace std::chrono_literals;

client_options options()
{
    return {.base_url = "http://h/v1",
            .api_key = "k",
            .credentials_in_the_clear = true,
            .idle_timeout = 60s,
            .retries = {.max_retries = 0}};
}
request const hello{.model = "m", .messages = {message::user("Hi")}};

std::string const open = event(chunk_a), stop = event(chunk_end), done = event("[DONE]");

// What a program sees of a stream: the text, and its end. A stream that was refused has no text.
struct seen {
    std::string text{};
    stream_end end{};
};

template <class Kit>
seen ask(client_options const& o, std::string const& answer, bool stall = false)
{
    peer p({[&](far_end& end) {
        end.request();
        end.send(answer);
        if (stall)
            end.until_closed();
    }});
    Kit kit(p.connector(), o);
    seen s;
    auto stream = kit(kit.client.stream(hello));
    if (!stream) {
        s.end = stream.error();
        return s;
    }
    for (;;) {
        auto c = kit(stream->next());
        // a failure is told by the chunk that does not come, too
        if (!c || !*c) {
            s.end = stream->end();
            BOOST_TEST(c.has_value() == s.end.success());
            BOOST_TEST(stream->completion().text() == s.text);
            return s;
        }
        s.text += (*c)->text();
    }
}

void check(seen const& s, how h, std::string_view text)
{
    BOOST_TEST(to_string(s.end.how) == to_string(h));
    BOOST_TEST(s.text == text);
    BOOST_TEST(s.end.error.has_value() == !success(h));
}
void check(seen const& s, how h, std::string_view text, errc code)
{
    check(s, h, text);
    BOOST_REQUIRE(s.end.error);
    BOOST_TEST(s.end.error->code == make_error_code(code));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(finished, Kit, client_kits)
{
    check(ask<Kit>(options(), chunked(open + stop + done)), how::finished, "Hel");
    // whatever becomes of the connection then
    check(ask<Kit>(options(), chunked_head() + framed(open + stop + done)), how::finished, "Hel");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(finished_without_done, Kit, client_kits)
{
    check(ask<Kit>(options(), chunked(open + stop)), how::finished_without_done, "Hel");
    check(ask<Kit>(options(), until_close(open + stop)), how::finished_without_done, "Hel");
    check(ask<Kit>(options(), chunked_head() + framed(open + stop)), how::finished_without_done, "Hel");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(done_without_finish_reason, Kit, client_kits)
{
    check(ask<Kit>(options(), chunked(open + done)), how::done_without_finish_reason, "Hel");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(truncated, Kit, client_kits)
{
    check(ask<Kit>(options(), chunked(open)), how::truncated, "Hel", errc::truncated_stream);
    check(ask<Kit>(options(), until_close(open)), how::truncated, "Hel", errc::truncated_stream);
    check(ask<Kit>(options(), until_close("")), how::truncated, "", errc::truncated_stream);
    // the connection ends inside of what was announced
    check(ask<Kit>(options(), chunked_head() + framed(open)), how::truncated, "Hel", errc::incomplete_message);
    // and what is no stream at all
    check(ask<Kit>(options(), until_close("<html>", "text/html")), how::truncated, "", errc::bad_content_type);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(error_event, Kit, client_kits)
{
    auto const s = ask<Kit>(options(), chunked(open + event(R"({"error":{"message":"no","code":500}})") + stop + done));
    check(s, how::error_event, "Hel", errc::error_event);
    BOOST_TEST(s.end.error->message == "no");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(refused, Kit, client_kits)
{
    auto const s = ask<Kit>(options(), http_answer(R"({"error":{"message":"no"}})", 429));
    check(s, how::refused, "", errc::refused);
    BOOST_TEST(s.end.error->status == 429);
    check(ask<Kit>(options(), http_answer(R"({"error":{"message":"no"}})")), how::refused, "", errc::refused);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(cancelled, Kit, client_kits)
{
    peer p({[](far_end& end) {
        end.request();
        end.send(chunked_head() + framed(open));
        end.until_closed();
    }});
    Kit kit(p.connector(), options());
    auto stream = kit(kit.client.stream(hello)).value();
    BOOST_TEST(kit(stream.next()).value()->text() == "Hel");
    std::atomic<bool> over{false};
    std::thread other([&] {
        while (!over) { // for as long as it takes: before the read has begun, it is no business of that read
            kit.client.cancel();
            std::this_thread::sleep_for(1ms);
        }
    });
    auto const c = kit(stream.next());
    over = true;
    other.join();
    BOOST_TEST(!c.has_value());
    check({"Hel", stream.end()}, how::cancelled, "Hel", errc::cancelled);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(timeout, Kit, client_kits)
{
    auto o = options();
    o.idle_timeout = 10ms;
    check(ask<Kit>(o, chunked_head() + framed(open), true), how::timeout, "Hel", errc::idle_timeout);
    o = options();
    o.total_timeout = 30ms;
    check(ask<Kit>(o, chunked_head() + framed(open), true), how::timeout, "Hel", errc::total_timeout);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(limit, Kit, client_kits)
{
    auto o = options();
    o.sse.max_line = 200;
    auto const long_line = event(std::string(1000, 'x'));
    check(ask<Kit>(o, chunked(open + long_line)), how::limit, "Hel", errc::line_limit);
    o = options();
    o.max_diagnostics = 1;
    check(ask<Kit>(o, chunked(open + event("null") + event("null") + stop + done)), how::limit, "Hel",
          errc::diagnostic_limit);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(transport, Kit, client_kits)
{
    // nobody there; and somebody who goes before a word
    peer nobody({});
    Kit kit(nobody.connector(), options());
    auto const stream = kit(kit.client.stream(hello));
    BOOST_REQUIRE(!stream);
    check({{}, stream.error()}, how::transport, "", errc::connect_failed);
    check(ask<Kit>(options(), ""), how::transport, "", errc::connection_lost);
}

// The list is complete: there are no other names, and each is a test above.
BOOST_AUTO_TEST_CASE(there_are_ten)
{
    namespace ut = boost::unit_test;
    struct : ut::test_tree_visitor {
        std::set<std::string> seen{};
        void visit(ut::test_case const& c) override { seen.insert(c.p_name.get().substr(0, c.p_name.get().find('<'))); }
    } tests;
    ut::traverse_test_tree(ut::framework::current_test_case().p_parent_id, tests, true);
    std::set<std::string_view> names;
    for (unsigned i = 0; i < 10; ++i)
        names.insert(to_string(static_cast<how>(i)));
    BOOST_TEST(names.size() == 10u);
    for (auto const name : names)
        BOOST_TEST(tests.seen.contains(std::string(name)), name);
}

} // namespace quirks_ends_test

BOOST_AUTO_TEST_SUITE_END()
