// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/core.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <exception>
#include <stdexcept>
#include <string>

BOOST_AUTO_TEST_SUITE(server_core_test)

namespace core_test {

using namespace chatwire;
using namespace std::chrono_literals;

server_options at_most(std::size_t connections)
{
    server_options o;
    o.limits.max_connections = connections;
    return o;
}

BOOST_AUTO_TEST_CASE(connections_are_counted_and_bounded)
{
    server_core core(at_most(2));
    int left = 0;
    core.on_leave = [&] { ++left; };
    server_core::ticket a, b, c;
    BOOST_TEST(core.enter({[] {}, [] {}}, a));
    BOOST_TEST(core.enter({[] {}, [] {}}, b));
    BOOST_TEST(!core.enter({[] {}, [] {}}, c));
    BOOST_TEST(core.connections() == 2u);
    core.leave(a);
    BOOST_TEST(left == 1);
    BOOST_TEST(core.enter({[] {}, [] {}}, c));
    core.leave(b);
    core.leave(c);
    BOOST_TEST(core.connections() == 0u);
}

// A server on its way to the end, at moments that the test chooses.
struct ending {
    explicit ending(std::chrono::milliseconds delay = 0ms, std::chrono::milliseconds timeout = 30s)
        : core([&] {
              server_options o;
              o.drain_delay = delay;
              o.drain_timeout = timeout;
              return o;
          }())
    {
        for (auto& one : open)
            BOOST_TEST(core.enter({[this] { ++woken; }, [this] { ++cancelled; }}, one));
        core.leave(open[1]);
    }
    ~ending()
    {
        core.leave(open[0]);
        core.leave(open[2]);
    }

    io::time_point advance(std::chrono::milliseconds since_begin)
    {
        return core.advance(begin + since_begin, [this] {
            BOOST_TEST(woken == 0); // those who look for another connection must find no door
            ++closed;
        });
    }
    int health()
    {
        server_call c;
        c.head.method = "HEAD";
        c.head.target = "/healthz";
        auto const r = core.routes().match(c);
        BOOST_TEST_REQUIRE(r.has_value());
        BOOST_TEST(!(*r)->guard);
        return (*r)->begin(c)->whole()->status;
    }

    io::time_point const begin = io::clock::now();
    server_core core;
    server_core::ticket open[3];
    int closed = 0, woken = 0, cancelled = 0;
};

BOOST_AUTO_TEST_CASE(a_server_ends_step_by_step)
{
    ending e(5s, 30s);
    BOOST_TEST((e.advance(0ms) == io::never));
    BOOST_TEST(!e.core.has_news());
    BOOST_TEST(!e.core.ending());
    BOOST_TEST(e.health() == 200);
    e.core.stop();
    BOOST_TEST(e.core.has_news());

    BOOST_TEST((e.advance(1s) == e.begin + 6s)); // all is served, and the health path says that it is the end
    BOOST_TEST(!e.core.has_news());
    BOOST_TEST(e.core.ending());
    BOOST_TEST(!e.core.draining());
    BOOST_TEST(e.health() == 503);
    BOOST_TEST(e.closed == 0);
    e.core.stop(); // no news
    BOOST_TEST(!e.core.has_news());
    BOOST_TEST((e.advance(2s) == e.begin + 6s));

    BOOST_TEST((e.advance(6s) == e.begin + 36s));
    BOOST_TEST(e.core.draining());
    BOOST_TEST(e.closed == 1);
    BOOST_TEST(e.woken == 2);
    BOOST_TEST((e.advance(7s) == e.begin + 36s)); // once
    BOOST_TEST(e.woken == 2);
    BOOST_TEST(e.cancelled == 0);

    BOOST_TEST((e.advance(36s) == io::never));
    BOOST_TEST(e.cancelled == 2);
    BOOST_TEST(e.closed == 1);
}

BOOST_AUTO_TEST_CASE(a_server_without_delay_drains_at_once_and_perhaps_for_ever)
{
    ending e(0ms, 0ms);
    e.core.stop();
    BOOST_TEST((e.advance(1s) == io::never));
    BOOST_TEST(e.core.draining());
    BOOST_TEST((e.advance(1000h) == io::never));
    BOOST_TEST(e.cancelled == 0);
}

BOOST_AUTO_TEST_CASE(a_server_that_is_to_stop_now_skips_what_is_left)
{
    for (int before : {0, 1, 2}) { // nothing, the delay, the drain
        ending e(5s, 30s);
        if (before > 0) {
            e.core.stop();
            e.advance(1s);
        }
        if (before > 1)
            e.advance(6s);
        e.core.stop(true);
        e.core.stop(); // does not undo it
        BOOST_TEST(e.core.has_news());
        BOOST_TEST((e.advance(7s) == io::never));
        BOOST_TEST(e.core.draining());
        BOOST_TEST(e.closed == 1);
        BOOST_TEST(e.woken == 2);
        BOOST_TEST(e.cancelled == 2);
    }
}

BOOST_AUTO_TEST_CASE(the_health_path_is_as_configured)
{
    auto const status = [](std::string health_path, std::string target) {
        server_options o;
        o.api_keys = {"k"};
        o.health_path = std::move(health_path);
        server_core core(o);
        server_call c;
        c.head.method = "GET";
        c.head.target = std::move(target);
        auto const r = core.routes().match(c);
        return r ? (*r)->begin(c)->whole()->status : r.error().status;
    };
    BOOST_TEST(status("/healthz", "/healthz") == 200);
    BOOST_TEST(status("/live", "/live") == 200);
    BOOST_TEST(status("/live", "/healthz") == 404);
    BOOST_TEST(status("", "/healthz") == 404);
}

BOOST_AUTO_TEST_CASE(what_is_foreign_depends_on_where_it_listens)
{
    server_options o;
    o.allowed_origins = {"https://app.example"};
    o.allowed_hosts = {"gateway.example"};
    server_core core(o);
    BOOST_TEST(core.listening(true, 8080).has_value());
    auto const& rules = core.routes().origins;
    BOOST_TEST(rules.loopback);
    BOOST_TEST(rules.port == 8080);
    BOOST_TEST(rules.knows_origin("https://app.example"));
    BOOST_TEST(rules.knows_host("gateway.example"));

    for (auto const* bad : {"*", "null", "app.example", "https://app.example/"}) {
        server_options wrong;
        wrong.allowed_origins = {"https://fine.example", bad};
        auto const r = server_core(wrong).listening(false, 1);
        BOOST_TEST((r.error().code == errc::invalid_argument));
        BOOST_TEST(r.error().message == "allowed_origins: '" + std::string(bad) + "' is not an origin");
    }
    for (auto const* bad : {"", "*", "gateway.example:80", "http://gateway.example"}) {
        server_options wrong;
        wrong.allowed_hosts = {bad};
        BOOST_TEST((server_core(wrong).listening(false, 1).error().code == errc::invalid_argument));
    }
}

BOOST_AUTO_TEST_CASE(the_end_of_a_handler_is_the_end_of_its_answer)
{
    delta_queue fine, refused, broken, ended;
    close_after_handler(fine, nullptr);
    BOOST_TEST(fine.closed());
    BOOST_TEST(!fine.error());

    auto no = refusal(429, "too many");
    close_after_handler(refused, std::make_exception_ptr(exception(no)));
    BOOST_TEST(refused.error()->status == 429);

    close_after_handler(broken, std::make_exception_ptr(std::runtime_error("inside")));
    BOOST_TEST((broken.error()->code == errc::unexpected_exception));
    BOOST_TEST(broken.error()->message.find("inside") == std::string::npos);

    ended.close(failure(errc::bad_value)); // what the handler said itself counts
    close_after_handler(ended, std::make_exception_ptr(std::runtime_error("x")));
    BOOST_TEST((ended.error()->code == errc::bad_value));
}

BOOST_AUTO_TEST_CASE(a_handler_answers_for_the_models_of_the_options)
{
    server_options o;
    o.models = {"m"};
    o.api_keys = {"k"};
    server_core core(o);
    core.on_completion([](request, std::function<void()>) -> std::unique_ptr<plan> { return nullptr; });
    server_call c;
    c.head.method = "GET";
    c.head.target = "/v1/models";
    auto const r = core.routes().match(c);
    BOOST_REQUIRE(r);
    BOOST_TEST((*r)->guard(c).has_value());
    BOOST_TEST((*r)->begin(c)->whole()->body.find(R"("id":"m")") != std::string::npos);
}

} // namespace core_test
BOOST_AUTO_TEST_SUITE_END()
