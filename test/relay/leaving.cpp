// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// A caller who goes away stops whoever answers, whatever they do: a model, or a service that is asked. Both servers.
// How long it takes until they know: --run_test=relay_leaving --log_level=message
#include "../support/answers.hpp"
#include "../support/figures.hpp"
#include "../support/raw_client.hpp"
#include "../support/relayed.hpp"
#include "../support/servers.hpp"
#include "../support/stand_in.hpp"
#include "../support/until.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

BOOST_AUTO_TEST_SUITE(relay_leaving)

namespace relay_leaving_test {

using namespace chatwire;
using namespace std::chrono_literals;
using test::far_end;
using test::figures;
using test::raw_client;
using test::until;

constexpr int times = 5;

std::string ask(bool stream)
{
    return test::post("/v1/chat/completions", stream ? test::asks_for_stream : test::asks_at_once);
}

template <class Kit>
std::string driver()
{
    return std::is_same_v<Kit, test::blocking_server_kit> ? "blocking" : "coroutine";
}

// What is known of a model, from outside.
struct model {
    std::atomic<int> begun{0}, refused{0};
    std::atomic<std::size_t> said{0};
    figures::clock::time_point told_at{}; // of the last refusal, once it is counted
    std::atomic<bool> cancelled{true};

    test::script script(std::function<std::vector<test::step>()> steps)
    {
        return {.steps =
                    [this, steps](request const&) {
                        auto made = steps();
                        ++begun;
                        return made;
                    },
                .refused =
                    [this](failure const& f) {
                        told_at = figures::clock::now();
                        cancelled = cancelled && f.code == make_error_code(errc::cancelled);
                        ++refused;
                    }};
    }
};

// Callers leave one after the other, each in the midst of its answer.
template <class Kit>
void leave_a_model(Kit& kit, model& m, std::string const& what, bool stream, int receive_buffer,
                   std::function<void(raw_client&)> const& midst)
{
    auto const port = kit.start();
    figures took("left while " + what + " (" + driver<Kit>() + (stream ? ", a stream)" : ")"));
    for (int i = 0; i < times; ++i) {
        raw_client caller(port, receive_buffer);
        caller.send(ask(stream));
        BOOST_TEST(until([&] { return m.begun == i + 1; }));
        midst(caller);
        BOOST_TEST(m.refused == i);
        auto const from = figures::clock::now();
        caller.close();
        BOOST_TEST(until([&] { return m.refused == i + 1; }));
        took.add(from, m.told_at);
        auto const said = m.said.load();
        BOOST_TEST(raw_client(port).ask(test::get("/v1/models"), "GET").status == 200);
        BOOST_TEST(m.said == said); // nothing of it goes on
        BOOST_TEST(m.begun == i + 1);
    }
    BOOST_TEST(m.cancelled);
}

// Computes for a while before each word, for many seconds together.
constexpr std::size_t thoughts_in_all = 1500;
std::vector<test::step> thoughts(model& m)
{
    std::vector<test::step> steps;
    for (std::size_t i = 0; i < thoughts_in_all; ++i) {
        steps.push_back(std::function<void()>([&] {
            std::this_thread::sleep_for(5ms);
            ++m.said;
        }));
        steps.push_back(test::saying("hm "));
    }
    return steps;
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_model_that_thinks_is_stopped, Kit, test::server_kits)
{
    for (bool const stream : {true, false}) {
        model m;
        Kit kit;
        kit.on_completion(m.script([&] { return thoughts(m); }));
        leave_a_model(kit, m, "a model thinks", stream, 0, [](raw_client&) { std::this_thread::sleep_for(10ms); });
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_a_model_has_said_leaves_while_it_thinks, Kit, test::server_kits)
{
    model m;
    Kit kit({.queue_size = 10'000}); // never full
    kit.on_completion(m.script([&] { return thoughts(m); }));
    raw_client caller(kit.start());
    caller.send(ask(true));
    BOOST_TEST(caller.wait_for("hm "));
    BOOST_TEST(m.said < thoughts_in_all);
    caller.close();
    BOOST_TEST(until([&] { return m.refused == 1; }));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_model_that_waits_for_its_caller_is_stopped, Kit, test::server_kits)
{
    model m;
    Kit kit({.queue_size = 4});
    auto const count = std::make_shared<std::atomic<std::size_t>>(0);
    kit.on_completion(m.script([&] {
        return std::vector<test::step>{test::endless{test::saying(std::string(64 << 10, 'x')), count}};
    }));
    leave_a_model(kit, m, "the queue is full", true, 4096, [&](raw_client&) {
        for (auto before = count->load() + 1; before != *count; std::this_thread::sleep_for(20ms))
            before = *count;
    });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_service_that_is_asked_is_left, Kit, test::server_kits)
{
    struct place {
        char const* what;
        std::string says; // before it falls silent
        bool stream;
        bool endless = false;
    };
    auto const begun = test::chunked_head() + test::framed(test::event(test::chunk_a));
    for (auto const& at : {place{"a service is silent", "", false}, place{"a service has begun", begun, true},
                           place{"a service keeps talking", begun, true, true}}) {
        std::atomic<int> asked{0}, left{0};
        figures::clock::time_point left_at;
        test::stand_in service([&](far_end& end) {
            end.request();
            end.send(at.says);
            ++asked;
            while (at.endless && end.send(test::framed(test::event(test::chunk_b))))
                ;
            end.until_closed();
            left_at = figures::clock::now();
            ++left;
        });
        Kit kit;
        kit.server.on_completion(relay_to({.client = {.base_url = service.url()}}));
        auto const port = kit.start();
        figures took("left while " + std::string(at.what) + " (" + driver<Kit>() + ")");
        for (int i = 0; i < times; ++i) {
            raw_client caller(port);
            caller.send(ask(at.stream));
            BOOST_TEST(until([&] { return asked == i + 1; }));
            if (at.stream)
                BOOST_TEST(caller.wait_for("Hel"));
            BOOST_TEST(left == i);
            auto const from = figures::clock::now();
            caller.close();
            BOOST_TEST(until([&] { return left == i + 1; }));
            took.add(from, left_at);
        }
        BOOST_TEST(asked == times); // nobody has asked again
    }
}

} // namespace relay_leaving_test

BOOST_AUTO_TEST_SUITE_END()
