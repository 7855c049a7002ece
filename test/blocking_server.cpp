// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// What only the server on threads has; test/server.cpp has the rest.
#include "support/raw_client.hpp"
#include "support/servers.hpp"

#include <chatwire/blocking_server.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <set>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(blocking_server_)

namespace blocking_server_test {

using namespace chatwire;
using test::gate;
using test::raw_client;
using test::says;

std::string const question =
    test::post("/v1/chat/completions", R"({"model":"m","stream":true,"messages":[{"role":"user","content":"Hi"}]})");

BOOST_AUTO_TEST_CASE(connections_wait_for_a_thread_and_count)
{
    server_options o;
    o.threads = 1;
    o.limits.max_connections = 2;
    test::blocking_server_kit kit(o);
    kit.on_completion(says({test::saying("a"), test::finishing()}));
    auto const port = kit.start();
    raw_client first(port);
    first.send(question.substr(0, 10)); // and keeps the thread
    raw_client second(port);
    second.send(question);
    raw_client third(port);
    BOOST_TEST(third.ask(question).status == 503); // so the second has been taken on
    BOOST_TEST((second.received.empty()));
    first.close();
    BOOST_TEST(second.answer().status == 200);
}

BOOST_AUTO_TEST_CASE(a_kept_connection_gives_its_thread_to_one_that_waits)
{
    server_options o;
    o.threads = 1;
    test::blocking_server_kit kit(o);
    auto const go_on = std::make_shared<gate>();
    kit.on_completion(says({test::saying("a"), go_on, test::finishing()}));
    auto const port = kit.start();
    raw_client first(port);
    first.send(question);
    BOOST_TEST(first.wait_for("\"a\""));
    raw_client second(port), third(port); // one that is busy is not in the way
    go_on->open();
    BOOST_TEST(first.answer().complete);
    for (auto* waiting : {&second, &third}) {
        BOOST_TEST(waiting->ask(question).complete);
        BOOST_TEST(first.rest() == "");
    }
    // and nothing is in the way of the last
    BOOST_TEST(third.ask(question).status == 200);
}

BOOST_AUTO_TEST_CASE(a_flood_of_connections_leaves_nothing_behind)
{
    server_options o;
    o.threads = 1;
    o.limits.max_connections = 1;
    test::blocking_server_kit kit(o);
    kit.on_completion(says({test::saying("a"), test::finishing()}));
    auto const port = kit.start();
    raw_client first(port);
    BOOST_TEST(first.ask(question).status == 200);
    {
        std::vector<raw_client> many;
        for (int i = 0; i < 100; ++i)
            many.emplace_back(port);
        int told = 0;
        for (auto& c : many) {
            auto const text = c.rest(); // either way it is closed
            BOOST_TEST((text.empty() || text.starts_with("HTTP/1.1 503 ")));
            told += !text.empty();
        }
        BOOST_TEST(told > 0);
    }
    BOOST_TEST(first.ask(question).status == 200);
    kit.server.stop();
    BOOST_TEST(kit.join().has_value());
}

BOOST_AUTO_TEST_CASE(handlers_run_beside_each_other_and_beside_connections)
{
    // each waits for the other to have begun
    auto const a = std::make_shared<gate>(), b = std::make_shared<gate>();
    test::script const meet{.steps = [&](request const& r) {
        bool const is_a = r.messages.at(0).text() == "a";
        return std::vector<test::step>{std::function<void()>([=] { (is_a ? a : b)->open(); }), is_a ? b : a,
                                       test::saying("met"), test::finishing()};
    }};
    server_options o;
    o.threads = 2;
    test::blocking_server_kit kit(o);
    kit.on_completion(meet);
    auto const port = kit.start();
    raw_client one(port), two(port);
    auto const ask = [](char const* who) {
        return test::post("/v1/chat/completions",
                          std::string(R"({"model":"m","messages":[{"role":"user","content":")") + who + "\"}]}");
    };
    one.send(ask("a"));
    two.send(ask("b"));
    BOOST_TEST((one.answer().body.find("met") != std::string::npos));
    BOOST_TEST((two.answer().body.find("met") != std::string::npos));
}

BOOST_AUTO_TEST_CASE(a_handler_that_outlives_its_server_is_waited_for)
{
    auto const go_on = std::make_shared<gate>();
    std::atomic<bool> ended{false};
    auto script = says({test::saying("a"), go_on, std::function<void()>([&] { ended = true; })});
    std::thread opener;
    {
        server_options o;
        o.drain_timeout = std::chrono::milliseconds(1);
        test::blocking_server_kit kit(o);
        kit.on_completion(script);
        raw_client caller(kit.start());
        caller.send(question);
        BOOST_TEST(caller.wait_for("\"a\""));
        kit.server.stop();
        BOOST_TEST(kit.join().has_value()); // it is cut off, and goes on
        BOOST_TEST(!ended);
        opener = std::thread([&] { go_on->open(); });
    }
    BOOST_TEST(ended);
    opener.join();
}

// What this process may open, until it ends.
struct few_descriptors {
    rlimit before{};
    explicit few_descriptors(rlim_t more)
    {
        ::getrlimit(RLIMIT_NOFILE, &before);
        int const next = ::dup(0);
        ::close(next);
        rlimit const few{static_cast<rlim_t>(next) + more, before.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &few);
    }
    ~few_descriptors() { ::setrlimit(RLIMIT_NOFILE, &before); }
};

BOOST_AUTO_TEST_CASE_TEMPLATE(running_out_of_descriptors_harms_nobody_for_long, Kit, test::server_kits)
{
    Kit kit;
    kit.on_completion(says({test::saying("a"), test::finishing()}));
    auto const port = kit.start();
    raw_client before(port);
    BOOST_TEST(before.ask(question).status == 200);
    {
        few_descriptors const few(8);
        std::vector<raw_client> many;
        for (int i = 0; i < 8; ++i)
            many.emplace_back(port);
        for (auto& c : many)
            if (c.connected())
                c.send(question);
        BOOST_TEST(before.ask(question).status == 200); // what there was goes on
    }
    raw_client after(port);
    BOOST_TEST(after.ask(question).status == 200);
}

} // namespace blocking_server_test
BOOST_AUTO_TEST_SUITE_END()
