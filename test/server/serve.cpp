// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/served.hpp"

#include <chatwire/server/completion_service.hpp>
#include <chatwire/server/idempotency.hpp>
#include <chatwire/server/offloaded_plan.hpp>
#include <chatwire/server/serve.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(serve_)

namespace serve_test {

using namespace chatwire;
using namespace std::chrono_literals;
using io::action;
using io::outcome;
using io::port;
using act = action::kind;
using out = outcome::kind;

static_assert(io::operation<serve>);

io::origin const upstream{"up", 1};

// What a plan was told, and left behind.
struct journal {
    std::vector<out> told{};
    int offloads = 0;
    bool alive = false;
    std::shared_ptr<delta_queue> queue{}; // the maker's hold on it
    std::atomic<bool> draining{false};
};

// A plan that counts itself.
class watched_plan final : public plan {
public:
    using step = std::function<action(outcome const&, watched_plan&)>;
    watched_plan(journal& j, step s) : journal_(j), step_(std::move(s))
    {
        journal_.alive = true;
        journal_.queue = queue_;
    }
    ~watched_plan() override { journal_.alive = false; }
    action resume(outcome const& o) override
    {
        journal_.told.push_back(o.what);
        return step_(o, *this);
    }
    void say(chunk c) { queue_->put_now(std::move(c)); }
    action end(std::optional<failure> why = std::nullopt)
    {
        queue_->close(std::move(why));
        return action::finish();
    }
    int at = 0; // the step it is at

private:
    journal& journal_;
    step step_;
};

bool is_the_end(outcome const& o) { return o.what == out::caller_gone || o.what == out::cancelled; }

// A driver of which the test says how every action goes.
struct driver {
    explicit driver(router const& routes, server_limits const& limits, std::atomic<bool> const& draining)
        : op(routes, limits, draining, {})
    {
    }

    serve op;
    std::deque<std::string> incoming{}; // one read each
    bool caller_ended = false;
    std::deque<std::string> from_upstream{};
    std::size_t most_at_once = std::string_view::npos;

    // a fault: at step `fault_at` and, if it sticks, at every later one that it fits
    std::size_t fault_at = std::string_view::npos;
    outcome fault{};
    bool sticks = true;

    // what a wait without bytes ends with; null: woken
    std::function<outcome(action const&)> on_wait{};

    std::string sent{};
    std::string sent_up{};
    std::size_t steps = 0;
    bool upstream_open = false;
    bool caller_open = true;
    bool wrote_after_failure = false;
    bool faulted = false;
    std::vector<action> log{};

    bool fits(action const& a) const
    {
        if (a.what == act::close)
            return false; // always goes
        switch (fault.what) {
        case out::eof: return a.what == act::read;
        case out::woken: return a.what == act::read || a.what == act::wait;
        case out::caller_gone: return a.watch_caller;
        case out::error: return a.what != act::wait && a.what != act::offload;
        default: return true;
        }
    }

    outcome perform(action& a)
    {
        switch (a.what) {
        case act::write: {
            auto const n = std::min(a.out.size(), most_at_once);
            BOOST_TEST_REQUIRE(n > 0U);
            (a.p == port::caller ? sent : sent_up) += a.out.substr(0, n);
            return outcome::bytes(n);
        }
        case act::read: {
            BOOST_TEST_REQUIRE(a.in.size() > 0U);
            auto& from = a.p == port::caller ? incoming : from_upstream;
            if (from.empty()) {
                if (a.p == port::upstream || caller_ended)
                    return {.what = out::eof};
                return on_wait ? on_wait(a) : outcome{.what = out::woken};
            }
            auto bytes = std::move(from.front());
            from.pop_front();
            auto const n = std::min(bytes.size(), a.in.size());
            std::copy_n(bytes.begin(), n, a.in.begin());
            if (n < bytes.size())
                from.push_front(bytes.substr(n));
            return outcome::bytes(n);
        }
        case act::wait: return on_wait ? on_wait(a) : outcome{.what = out::woken};
        case act::offload:
            BOOST_TEST_REQUIRE(bool(a.work));
            a.work();
            return outcome::bytes(0);
        case act::connect:
            BOOST_TEST_REQUIRE(a.to);
            upstream_open = true;
            return outcome::bytes(0);
        case act::close: (a.p == port::caller ? caller_open : upstream_open) = false; return outcome::bytes(0);
        default: BOOST_FAIL("an action nobody asks for"); return {};
        }
    }

    // To the end; false: it does not come to one.
    bool run(std::size_t most_steps = 20'000)
    {
        outcome last;
        for (;; ++steps) {
            if (steps == most_steps)
                return false;
            auto a = op.resume(last);
            if (a.what == act::done)
                return true;
            BOOST_TEST(caller_open, "an action after the close");
            log.push_back(a);
            bool const now = steps == fault_at || (faulted && sticks);
            if (now && fits(a)) {
                faulted = true;
                last = fault;
                continue;
            }
            if (faulted && sticks && a.what == act::write && a.p == port::caller)
                wrote_after_failure = true;
            last = perform(a);
        }
    }
};

// The plans a server runs into, one a path.
struct surface {
    explicit surface(journal& j)
    {
        using call = server_call const&;
        add("/whole", [](call) { return std::make_unique<immediate_plan>(answer::json("{}")); });
        add("/stored", [&j](call) {
            return std::make_unique<offloaded_plan>(
                [&j] {
                    ++j.offloads;
                    return std::make_unique<immediate_plan>(answer::json("{}"));
                },
                error_shape::object);
        });
        // one delta a wake
        add("/handler", [&j](call) {
            return streamed(std::make_unique<watched_plan>(j, [](outcome const& o, watched_plan& p) {
                if (is_the_end(o))
                    return action::finish();
                if (o.what == out::woken) {
                    if (p.at == 5) {
                        p.say(test::finishing());
                        return p.end();
                    }
                    p.say(test::saying("word" + std::to_string(p.at++)));
                }
                return action::wait_until(io::never);
            }));
        });
        add("/fails", [&j](call) {
            return streamed(std::make_unique<watched_plan>(j, [](outcome const& o, watched_plan& p) {
                if (is_the_end(o))
                    return action::finish();
                if (o.what != out::woken)
                    return action::wait_until(io::never);
                p.say(test::saying("word"));
                p.say(test::finishing()); // said, and then it fails all the same
                return p.at++ ? p.end(failure(errc::connection_lost)) : action::wait_until(io::never);
            }));
        });
        // load, ask an upstream, pass on what it says, store
        add("/relay", [&j](call) {
            auto buffer = std::make_shared<std::array<char, 8>>();
            return streamed(std::make_unique<watched_plan>(j, [&j, buffer](outcome const& o, watched_plan& p) {
                auto const close = [&p] {
                    p.at = 100;
                    return action::close_port(port::upstream);
                };
                if (p.at == 100)
                    return p.end(failure(errc::connection_lost));
                if (p.at == 101)
                    return p.end();
                if (is_the_end(o) || o.what == out::timeout || o.what == out::error)
                    return close();
                auto const work = [&j] { ++j.offloads; };
                switch (p.at) {
                case 0: p.at = 1; return action::run_elsewhere(work);
                case 1: p.at = 2; return action::connect_to(port::upstream, upstream, io::clock::now() + 1h);
                case 2: p.at = 3; return action::write_some(port::upstream, "question", io::clock::now() + 1h);
                case 3: p.at = 4; return action::read_some(port::upstream, *buffer, io::clock::now() + 1h);
                case 4:
                    if (o.ok())
                        p.say(test::saying(std::string(buffer->data(), o.n)));
                    if (o.what != out::eof)
                        return action::read_some(port::upstream, *buffer, io::clock::now() + 1h);
                    p.say(test::finishing());
                    p.at = 5;
                    return action::run_elsewhere(work);
                default: p.at = 101; return action::close_port(port::upstream);
                }
            }));
        });
        add("/throws", [&j](call) {
            return streamed(std::make_unique<watched_plan>(j, [](outcome const& o, watched_plan& p) -> action {
                if (is_the_end(o))
                    return action::finish();
                if (o.what == out::woken && p.at++ == 1)
                    throw std::runtime_error("a secret");
                p.say(test::saying("word"));
                return action::wait_until(io::never);
            }));
        });
        // told that nobody listens, it still has something to put away
        add("/slow_goodbye", [&j](call) {
            return streamed(std::make_unique<watched_plan>(j, [&j](outcome const& o, watched_plan& p) {
                if (p.at == 1) {
                    p.say(test::saying("too late"));
                    return action::finish();
                }
                if (is_the_end(o)) {
                    p.at = 1;
                    return action::run_elsewhere([&j] { ++j.offloads; });
                }
                p.say(test::saying("word"));
                return action::wait_until(io::never);
            }));
        });
    }

    static std::unique_ptr<plan> streamed(std::unique_ptr<plan> p)
    {
        envelope e;
        e.stream = true;
        p->set_envelope(std::move(e));
        return p;
    }

    template <class F>
    void add(std::string path, F begin)
    {
        routes.add({.method = "GET", .pattern = path, .begin = std::move(begin)});
        routes.add({.method = "POST", .pattern = std::move(path), .begin = std::move(begin)});
    }

    router routes;
};

std::vector<std::string> const paths = {"/whole", "/stored", "/handler", "/fails", "/relay", "/throws", "/nowhere"};

// Requests as their bytes arrive.
std::deque<std::string> arriving(std::string const& path)
{
    return {"GET " + path + " HT", "TP/1.1\r\nHost: x\r\n\r\n", test::post(path, "12345"),
            "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n12", "345"};
}

BOOST_AUTO_TEST_CASE(requests_are_answered_one_after_the_other)
{
    for (auto const& path : paths) {
        for (std::size_t at_once : {std::string_view::npos, std::size_t{1}}) {
            BOOST_TEST_CONTEXT(path << ", " << at_once << " bytes at once")
            {
                journal j;
                surface s(j);
                driver d(s.routes, {}, j.draining);
                d.incoming = arriving(path);
                d.from_upstream = {"Hello, this is ", "the model"};
                d.caller_ended = true;
                d.most_at_once = at_once;
                BOOST_TEST(d.run());
                BOOST_TEST(!d.caller_open);
                BOOST_TEST(!d.upstream_open);
                BOOST_TEST(!j.alive);
                BOOST_TEST(d.op.take().value() == 3U);
                auto const answers = test::read_answers(d.sent, {"GET", "POST", "POST"});
                BOOST_TEST_REQUIRE(answers.size() == 3U);
                for (auto const& a : answers) {
                    BOOST_TEST(a.complete);
                    BOOST_TEST(a.status == (path == "/nowhere" ? 404 : 200));
                    bool const stream = a.field("content-type") == "text/event-stream";
                    bool const good = path == "/handler" || path == "/relay";
                    BOOST_TEST(stream == (good || path == "/fails" || path == "/throws"));
                    if (stream)
                        BOOST_TEST(test::well_ended(a.body) == good);
                    if (stream && !good)
                        BOOST_TEST((test::read_events(a.body).back().find("\"error\"") != std::string::npos));
                }
                if (path == "/handler")
                    BOOST_TEST(test::content_of(test::read_chunks(answers[2].body)) == "word0word1word2word3word4");
                if (path == "/relay")
                    BOOST_TEST(test::content_of(test::read_chunks(answers[0].body)) == "Hello, this is the model");
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(whatever_goes_wrong_at_whatever_step_it_ends_in_order)
{
    outcome const faults[] = {
        outcome::failed(errc::connection_lost),
        {.what = out::timeout},
        {.what = out::cancelled},
        {.what = out::caller_gone},
        {.what = out::eof},
        {.what = out::woken},
    };
    for (auto const& path : paths) {
        journal quiet;
        surface s0(quiet);
        driver d0(s0.routes, {}, quiet.draining);
        d0.incoming = arriving(path);
        d0.from_upstream = {"Hello, this is ", "the model"};
        d0.caller_ended = true;
        BOOST_TEST_REQUIRE(d0.run());
        auto const all = test::canonical(d0.sent);

        for (auto const& fault : faults) {
            for (bool sticks : {true, false}) {
                if (sticks && (fault.what == out::woken || fault.what == out::timeout))
                    continue; // for ever: nothing would ever happen
                for (std::size_t k = 0; k < d0.steps; ++k) {
                    BOOST_TEST_CONTEXT(path << ": outcome " << static_cast<int>(fault.what) << " at step " << k
                                            << (sticks ? ", for good" : ""))
                    {
                        journal j;
                        surface s(j);
                        driver d(s.routes, {}, j.draining);
                        d.incoming = arriving(path);
                        d.from_upstream = {"Hello, this is ", "the model"};
                        d.caller_ended = true;
                        d.fault_at = k;
                        d.fault = fault;
                        d.sticks = sticks;
                        BOOST_TEST_REQUIRE(d.run());
                        BOOST_TEST(!d.caller_open);
                        BOOST_TEST(!d.upstream_open);
                        BOOST_TEST(!j.alive);
                        auto const& at = d.log[k];
                        bool const told = d.faulted && at.watch_caller;
                        if (told && (fault.what == out::cancelled || fault.what == out::caller_gone) && j.queue) {
                            // whoever makes the answer learns that nobody wants it
                            chunk c = test::saying("more");
                            auto const put = j.queue->try_put(c);
                            BOOST_TEST(!put.has_value());
                            BOOST_TEST((d.log.back().what == act::close));
                        }
                        if (d.faulted && sticks && at.p == port::caller && at.what == act::write)
                            BOOST_TEST(!d.wrote_after_failure);
                        if (fault.what == out::woken || !d.faulted) // a wake for nothing is nothing,
                            BOOST_TEST((path == "/handler" || path == "/throws" || path == "/fails" ||
                                        test::canonical(d.sent) == all));
                        // and no stream says both that it failed and that it is done
                        for (auto const& a : test::read_answers(d.sent, {"GET", "POST", "POST"}, false))
                            BOOST_TEST((a.body.find("[DONE]") == std::string::npos ||
                                        (a.body.find("\"error\"") == std::string::npos &&
                                         a.body.ends_with("data: [DONE]\n\n"))));
                    }
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_plan_is_told_when_its_caller_goes)
{
    for (auto const& how : {outcome{.what = out::caller_gone}, outcome{.what = out::cancelled}}) {
        for (bool while_writing : {false, true}) {
            journal j;
            surface s(j);
            driver d(s.routes, {}, j.draining);
            d.incoming = {test::get("/slow_goodbye")};
            d.fault = how;
            d.fault_at = while_writing ? 1 : 2;
            BOOST_TEST(d.run());
            BOOST_TEST_REQUIRE((d.log[d.fault_at].what == (while_writing ? act::write : act::wait)));
            BOOST_TEST(d.log[d.fault_at].watch_caller);
            // caller_gone, and then how its last action went
            BOOST_TEST_REQUIRE(j.told.size() == 3U);
            BOOST_TEST((j.told[1] == out::caller_gone));
            // what it has to put away runs unwatched, and for as long as it takes
            auto const& goodbye = d.log[d.fault_at + 1];
            BOOST_TEST((goodbye.what == act::offload));
            BOOST_TEST(!goodbye.watch_caller);
            BOOST_TEST((goodbye.deadline == io::never));
            BOOST_TEST((d.sent.find("too late") == std::string::npos));
            BOOST_TEST(!j.alive);
        }
    }
}

BOOST_AUTO_TEST_CASE(heartbeats_fill_the_silence_of_waits_and_reads_only)
{
    journal j;
    surface s(j);
    server_limits limits;
    limits.heartbeat = 1h; // the driver decides when it is over
    limits.request_timeout = 0ms;
    for (auto const* path : {"/handler", "/relay"}) {
        driver d(s.routes, limits, j.draining);
        d.incoming = {test::get(path)};
        d.caller_ended = true;
        d.from_upstream = {"Hello", "you"};
        // before everything that can be waited for, two timeouts
        int beats = 0;
        int run = 0;
        j.offloads = 0;
        auto const silence = [&](action const& a) {
            BOOST_TEST(a.watch_caller);
            BOOST_TEST((a.deadline != io::never));
            if (run++ % 3 < 2) {
                ++beats;
                return outcome{.what = out::timeout};
            }
            return outcome{.what = out::woken};
        };
        d.on_wait = silence;
        BOOST_TEST(d.run());
        auto const a = test::read_answers(d.sent, {"GET"}).at(0);
        BOOST_TEST(a.complete);
        BOOST_TEST(test::well_ended(a.body));
        std::size_t comments = 0;
        test::read_events(a.body, &comments);
        if (std::string_view(path) == "/handler") {
            BOOST_TEST(beats > 0);
            BOOST_TEST(comments == static_cast<std::size_t>(beats));
        }
        for (auto const& step : d.log)
            if (step.what == act::offload)
                BOOST_TEST((step.deadline == io::never)); // not the heartbeat's
            else if (step.what == act::connect || (step.what == act::write && step.p == port::upstream))
                BOOST_TEST((step.deadline > io::clock::now() + 30min)); // the plan's own
        if (std::string_view(path) == "/relay")
            BOOST_TEST(j.offloads == 2);
    }
}

BOOST_AUTO_TEST_CASE(silence_of_an_upstream_is_filled_too)
{
    journal j;
    surface s(j);
    server_limits limits;
    limits.heartbeat = 1h;
    driver d(s.routes, limits, j.draining);
    d.incoming = {test::get("/relay")};
    d.caller_ended = true;
    d.from_upstream = {"Hello"};
    // the read of the upstream times out twice before it goes
    d.fault = {.what = out::timeout};
    d.sticks = false;
    d.fault_at = 4; // read, offload, connect, write, and this
    BOOST_TEST(d.run());
    BOOST_TEST_REQUIRE((d.log[4].what == act::read));
    BOOST_TEST((d.log[4].p == port::upstream));
    BOOST_TEST((d.log[5].what == act::write));
    BOOST_TEST((d.log[6].what == act::read)); // taken up where it was left
    BOOST_TEST((d.log[6].p == port::upstream));
    BOOST_TEST((d.log[6].in.data() == d.log[4].in.data()));
    auto const a = test::read_answers(d.sent, {"GET"}).at(0);
    std::size_t comments = 0;
    test::read_events(a.body, &comments);
    BOOST_TEST(comments == 1U);
    BOOST_TEST(test::content_of(test::read_chunks(a.body)) == "Hello");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_taken_up_again_is_never_issued_twice)
{
    server_limits limits;
    limits.heartbeat = 1h;
    for (std::size_t k : {1, 2, 3}) { // offload, connect, write
        journal j;
        surface s(j);
        driver d(s.routes, limits, j.draining);
        d.incoming = {test::get("/relay")};
        d.caller_ended = true;
        d.from_upstream = {"Hello"};
        d.fault = {.what = out::timeout};
        d.sticks = false;
        d.fault_at = k;
        BOOST_TEST(d.run());
        auto const what = d.log[k].what;
        BOOST_TEST((what == act::offload || what == act::connect || what == act::write));
        BOOST_TEST((d.log[k + 1].what == act::close)); // the plan was told, and gave up
        BOOST_TEST((j.told.at(k) == out::timeout));
        BOOST_TEST(j.offloads == (k == 1 ? 0 : 1));
        BOOST_TEST(test::read_answers(d.sent, {"GET"}).at(0).status == 500);
    }
}

BOOST_AUTO_TEST_CASE(a_plans_own_deadline_is_the_plans)
{
    journal j;
    router routes;
    routes.add({.method = "GET", .pattern = "/", .begin = [&j](server_call const&) {
                    return surface::streamed(std::make_unique<watched_plan>(j, [](outcome const& o, watched_plan& p) {
                        if (o.what == out::begin)
                            return action::wait_until(io::clock::now()); // over already
                        p.say(test::finishing());
                        return p.end();
                    }));
                }});
    server_limits limits;
    limits.heartbeat = 1h;
    driver d(routes, limits, j.draining);
    d.incoming = {test::get("/")};
    d.caller_ended = true;
    d.on_wait = [](action const&) { return outcome{.what = out::timeout}; };
    BOOST_TEST(d.run());
    BOOST_TEST_REQUIRE(j.told.size() == 2U);
    BOOST_TEST((j.told[1] == out::timeout));
    BOOST_TEST(test::well_ended(test::read_answers(d.sent, {"GET"}).at(0).body));
}

// Waits until the deadline has passed, as a real driver would.
outcome let_it_pass(action const& a)
{
    BOOST_TEST_REQUIRE((a.deadline < io::clock::now() + 10s));
    while (io::clock::now() < a.deadline)
        ;
    return {.what = out::timeout};
}

BOOST_AUTO_TEST_CASE(an_answer_that_takes_too_long_is_cut)
{
    server_limits limits;
    limits.request_timeout = 2ms;
    for (bool begun : {false, true}) {
        journal j;
        router routes;
        routes.add({.method = "GET", .pattern = "/", .begin = [&j, begun](server_call const&) {
                        return surface::streamed(
                            std::make_unique<watched_plan>(j, [begun](outcome const& o, watched_plan& p) {
                                if (is_the_end(o))
                                    return action::finish();
                                if (begun)
                                    p.say(test::saying("word"));
                                return action::wait_until(io::never);
                            }));
                    }});
        driver d(routes, limits, j.draining);
        d.incoming = {test::get("/") + test::get("/")};
        d.on_wait = let_it_pass;
        BOOST_TEST(d.run());
        auto const answers = test::read_answers(d.sent, {"GET"});
        BOOST_TEST_REQUIRE(answers.size() == 1U);
        BOOST_TEST(answers[0].status == (begun ? 200 : 504));
        BOOST_TEST(answers[0].complete);
        if (!begun) {
            BOOST_TEST(answers[0].field("connection") == "close");
        } else {
            BOOST_TEST(!test::well_ended(answers[0].body));
            BOOST_TEST((test::read_events(answers[0].body).back().find("\"error\"") != std::string::npos));
        }
        BOOST_TEST((j.told.back() == out::caller_gone));
        BOOST_TEST(!j.alive);
        BOOST_TEST(!d.caller_open);
    }
}

// Who takes an answer a byte at a time has no more time for it than anybody.
BOOST_AUTO_TEST_CASE(an_answer_that_is_taken_too_slowly_is_cut)
{
    for (auto const* path : {"/whole", "/long"}) {
        server_limits limits;
        limits.request_timeout = 5ms;
        journal j;
        surface s(j);
        s.add("/long", [](server_call const&) {
            return std::make_unique<immediate_plan>(answer::json(std::string(100'000, ' ')));
        });
        driver d(s.routes, limits, j.draining);
        d.incoming = {test::get(path), test::get("/whole")};
        outcome last;
        for (bool slow = false;;) { // as driver::run, but that no write begins after its deadline
            auto a = d.op.resume(last);
            if (a.what == act::done)
                break;
            if (a.what == act::write) {
                if (slow)
                    std::this_thread::sleep_for(1ms);
                slow = path == std::string_view("/long");
                d.most_at_once = 100;
            }
            last =
                a.what != act::close && io::clock::now() >= a.deadline ? outcome{.what = out::timeout} : d.perform(a);
            BOOST_TEST_REQUIRE(d.sent.size() < 50'000U);
            if (d.incoming.empty())
                d.caller_ended = true;
        }
        BOOST_TEST(!d.caller_open);
        bool const cut = d.sent.find("HTTP/1.1 ", 1) == std::string::npos; // no second answer
        BOOST_TEST(cut == (path == std::string_view("/long")));
    }
}

// An answer has its own time, whatever became of the one before it on the connection.
BOOST_AUTO_TEST_CASE(what_is_no_request_is_told_so_after_the_last_ones_time)
{
    server_limits limits;
    limits.request_timeout = 5ms;
    journal j;
    surface s(j);
    driver d(s.routes, limits, j.draining);
    d.incoming = {test::get("/whole")};
    outcome last;
    for (;;) {
        auto a = d.op.resume(last);
        if (a.what == act::done)
            break;
        if (a.what == act::read && d.incoming.empty() && !d.caller_ended) {
            d.caller_ended = true;
            d.incoming = {"no request\r\n\r\n"};
            std::this_thread::sleep_for(10ms);
        }
        last = a.what == act::write && io::clock::now() >= a.deadline ? outcome{.what = out::timeout} : d.perform(a);
    }
    auto const answers = test::read_answers(d.sent, {"GET", "GET"});
    BOOST_TEST_REQUIRE(answers.size() == 2U);
    BOOST_TEST(answers[1].status == 400);
}

BOOST_AUTO_TEST_CASE(a_plan_that_says_too_much_is_told_that_nobody_wants_it)
{
    struct {
        bool stream, closes;
    } const rows[] = {{true, false}, {true, true}, {false, false}};
    for (auto const& row : rows) {
        journal j;
        router routes;
        routes.add({.method = "GET", .pattern = "/", .begin = [&j, row](server_call const&) {
                        auto p = std::make_unique<watched_plan>(j, [row](outcome const& o, watched_plan& w) {
                            if (is_the_end(o) || w.at < 0)
                                return w.end();
                            for (int i = 0; i < 10; ++i)
                                w.say(test::saying("word", w.at++));
                            if (row.closes && w.at > 128) {
                                w.at = -1;
                                return action::close_port(port::upstream);
                            }
                            return action::wait_until(io::never);
                        });
                        return row.stream ? surface::streamed(std::move(p)) : std::move(p);
                    }});
        driver d(routes, {}, j.draining);
        d.upstream_open = true;
        d.incoming = {test::get("/") + test::get("/nowhere")};
        d.caller_ended = true;
        BOOST_TEST(d.run());
        auto const answers = test::read_answers(d.sent, {"GET", "GET"});
        BOOST_TEST_REQUIRE(answers.size() == 2U);
        BOOST_TEST(answers[0].status == (row.stream ? 200 : 500));
        BOOST_TEST(answers[0].complete);
        BOOST_TEST((answers[0].body.find("\"error\"") != std::string::npos));
        BOOST_TEST((!row.stream || !test::well_ended(answers[0].body)));
        BOOST_TEST(answers[1].status == 404);
        BOOST_TEST(!j.alive);
        BOOST_TEST(d.upstream_open == !row.closes);
        BOOST_TEST((j.told.back() == (row.closes ? out::ok : out::caller_gone)));
    }
}

BOOST_AUTO_TEST_CASE(work_on_another_thread_is_cut_too)
{
    server_limits limits;
    limits.request_timeout = 2ms;
    journal j;
    surface s(j);
    driver d(s.routes, limits, j.draining);
    d.incoming = {test::get("/stored")};
    d.caller_ended = true;
    d.fault = {.what = out::timeout};
    d.fault_at = 1;
    d.sticks = false;
    outcome last;
    std::size_t steps = 0;
    for (;; ++steps) { // as driver::run, with the time that the offload takes
        auto a = d.op.resume(last);
        if (a.what == act::done)
            break;
        last = a.what == act::offload ? let_it_pass(a) : d.perform(a);
        BOOST_TEST_REQUIRE(steps < 100U);
    }
    BOOST_TEST(j.offloads == 0);
    BOOST_TEST(test::read_answers(d.sent, {"GET"}).at(0).status == 504);
}

BOOST_AUTO_TEST_CASE(the_requests_time_begins_with_its_head)
{
    server_limits limits;
    limits.request_timeout = 2ms;
    limits.body_timeout = 1h;
    journal j;
    surface s(j);
    driver d(s.routes, limits, j.draining);
    d.incoming = {"POST /whole HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n", "1"};
    d.on_wait = let_it_pass;
    BOOST_TEST(d.run());
    BOOST_TEST(test::read_answers(d.sent, {"POST"}).at(0).status == 408);
}

BOOST_AUTO_TEST_CASE(a_body_in_drops_has_its_time_as_a_whole)
{
    server_limits limits;
    limits.receive_timeout = 2ms;
    limits.body_timeout = 1h;
    journal j;
    surface s(j);
    driver d(s.routes, limits, j.draining);
    d.incoming = {test::get("/whole"), "POST /whole HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n", "1", "2"};
    d.on_wait = let_it_pass;
    BOOST_TEST(d.run());
    auto const answers = test::read_answers(d.sent, {"GET", "POST"});
    BOOST_TEST(answers.at(0).status == 200); // which has no body to wait for
    BOOST_TEST(answers.at(1).status == 408);
}

BOOST_AUTO_TEST_CASE(a_request_has_its_time_to_arrive)
{
    server_limits limits;
    limits.receive_timeout = 0ms;
    limits.request_timeout = 0ms;
    limits.keep_alive = 1h;
    limits.head_timeout = 2h;
    limits.body_timeout = 3h;
    journal j;
    surface s(j);
    driver d(s.routes, limits, j.draining);
    std::string const post = "POST /whole HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n";
    d.incoming = {"G",
                  "E",
                  "T /whole HTTP/1.1\r\nHost: x\r\n\r\n" /* idle */,
                  test::get("/whole"),
                  test::get("/whole") + "PO",
                  post.substr(2) + "1",
                  "2",
                  "3PO",
                  "S"};
    d.caller_ended = true;
    BOOST_TEST(d.run());
    enum { idle = 1, head, body };
    std::vector<int> const expected = {idle, head, head, idle, idle, head, body, body, head, head};
    std::vector<action> reads;
    for (auto const& a : d.log)
        if (a.what == act::read)
            reads.push_back(a);
    BOOST_TEST_REQUIRE(reads.size() == expected.size());
    auto const now = io::clock::now();
    for (std::size_t i = 0; i < reads.size(); ++i) {
        auto const hours = std::chrono::ceil<std::chrono::hours>(reads[i].deadline - now).count();
        BOOST_TEST(hours == expected[i], "read " << i);
    }
    BOOST_TEST((reads[1].deadline == reads[2].deadline)); // a head has its time as a whole,
    BOOST_TEST((reads[7].deadline > reads[6].deadline));  // a body for each of its pieces,
    BOOST_TEST((reads[4].deadline > reads[3].deadline));  // and silence begins anew after each answer
    BOOST_TEST((reads[8].deadline > reads[5].deadline));  // as does the next head
}

BOOST_AUTO_TEST_CASE(what_does_not_arrive_in_time_is_told_so)
{
    struct {
        std::deque<std::string> bytes;
        int status; // 0: nothing is said
    } const cases[] = {
        {{}, 0},
        {{"GET /wh"}, 408},
        {{"POST /whole HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n1"}, 408},
    };
    for (auto const& c : cases) {
        journal j;
        surface s(j);
        driver d(s.routes, {}, j.draining);
        d.incoming = c.bytes;
        d.on_wait = [](action const&) { return outcome{.what = out::timeout}; };
        BOOST_TEST(d.run());
        BOOST_TEST(!d.caller_open);
        auto const answers = test::read_answers(d.sent, {"GET"});
        BOOST_TEST_REQUIRE(answers.size() == (c.status ? 1U : 0U));
        if (c.status) {
            BOOST_TEST(answers[0].status == c.status);
            BOOST_TEST(answers[0].field("connection") == "close");
            BOOST_TEST((d.log.back().deadline != io::never)); // it may still be sending
        } else {
            BOOST_TEST((d.log.back().deadline == io::never));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_slow_caller_slows_the_plan)
{
    journal j;
    surface s(j);
    driver d(s.routes, {}, j.draining);
    d.incoming = {test::get("/handler")};
    d.caller_ended = true;
    d.most_at_once = 3;
    BOOST_TEST(d.run());
    // the plan goes on only when all it said was taken
    std::size_t unsent = 0;
    for (auto const& a : d.log) {
        if (a.what == act::write)
            unsent = a.out.size() - std::min<std::size_t>(a.out.size(), 3);
        else if (a.what == act::wait)
            BOOST_TEST(unsent == 0U);
    }
    BOOST_TEST(test::well_ended(test::read_answers(d.sent, {"GET"}).at(0).body));
}

BOOST_AUTO_TEST_CASE(draining_ends_an_idle_connection_at_once)
{
    for (bool used : {false, true}) {
        journal j;
        surface s(j);
        driver d(s.routes, {}, j.draining);
        if (used)
            d.incoming = {test::get("/whole")};
        d.on_wait = [&](action const&) {
            j.draining = true;
            return outcome{.what = out::woken};
        };
        BOOST_TEST(d.run());
        BOOST_TEST(!d.caller_open);
        BOOST_TEST(d.op.take().value() == (used ? 1U : 0U));
    }
    journal j;
    j.draining = true;
    surface s(j);
    driver d(s.routes, {}, j.draining);
    d.incoming = {test::get("/whole")};
    BOOST_TEST(d.run());
    BOOST_TEST(d.sent == ""); // a connection that comes too late
}

BOOST_AUTO_TEST_CASE(draining_lets_the_request_in_progress_finish)
{
    // it begins at each of the waits: while the request arrives, and between two deltas
    for (int when = 0; when < 8; ++when) {
        journal j;
        surface s(j);
        driver d(s.routes, {}, j.draining);
        std::deque<std::string> later = {"er HTTP/1.1\r\nHost: x\r\n", "\r\n"};
        d.incoming = {"GET /handl"};
        int waits = 0;
        d.on_wait = [&](action const& a) {
            if (waits++ == when)
                j.draining = true;
            if (a.what == act::read && !later.empty()) {
                d.incoming.push_back(later.front());
                later.pop_front();
            }
            return outcome{.what = out::woken};
        };
        BOOST_TEST(d.run());
        auto const a = test::read_answers(d.sent, {"GET"});
        BOOST_TEST_REQUIRE(a.size() == 1U);
        BOOST_TEST(test::well_ended(a[0].body));
        BOOST_TEST(!d.caller_open);
        BOOST_TEST((a[0].field("connection") == "close") == (when < 3)); // told, if there was still time to
    }
}

BOOST_AUTO_TEST_CASE(a_plan_that_throws_fails_its_own_answer_only)
{
    journal j;
    surface s(j);
    driver d(s.routes, {}, j.draining);
    d.incoming = {test::get("/throws") + test::get("/whole")};
    d.caller_ended = true;
    BOOST_TEST(d.run());
    auto const answers = test::read_answers(d.sent, {"GET", "GET"});
    BOOST_TEST_REQUIRE(answers.size() == 2U);
    BOOST_TEST((test::read_events(answers[0].body).back().find("\"error\"") != std::string::npos));
    BOOST_TEST((d.sent.find("secret") == std::string::npos));
    BOOST_TEST(answers[1].body == "{}");
    BOOST_TEST(!j.alive);
}

// ---- requests with an Idempotency-Key ----

std::string keyed(std::string const& path) { return test::post(path, "12345", "Idempotency-Key: k\r\n"); }

// Takes one step. What was done; none: it is over.
std::optional<act> step(driver& d, outcome& last)
{
    auto a = d.op.resume(last);
    if (a.what == act::done)
        return std::nullopt;
    auto const what = a.what;
    last = d.perform(a);
    return what;
}

BOOST_AUTO_TEST_CASE(with_a_key_the_work_is_done_whoever_goes)
{
    for (auto const* path : {"/whole", "/stored", "/handler", "/relay"}) {
        journal quiet;
        surface s0(quiet);
        s0.routes.repeats = std::make_shared<idempotency>();
        driver d0(s0.routes, {}, quiet.draining);
        d0.incoming = {keyed(path)};
        d0.from_upstream = {"Hello, this is ", "the model"};
        d0.caller_ended = true;
        BOOST_TEST_REQUIRE(d0.run());
        auto const all = test::read_answers(d0.sent, {"POST"}).at(0);
        BOOST_TEST_REQUIRE(quiet.offloads == (path == std::string("/relay") ? 2 : path == std::string("/stored")));

        for (std::size_t k = 1; k < d0.steps; ++k) { // after the request
            for (bool gone : {true, false}) {
                auto const& at = d0.log[k];
                bool const to_caller = at.what == act::write && at.p == port::caller;
                if (!gone && !to_caller)
                    continue;
                BOOST_TEST_CONTEXT(path << ": " << (gone ? "gone" : "broken") << " at step " << k)
                {
                    journal j;
                    surface s(j);
                    s.routes.repeats = std::make_shared<idempotency>();
                    driver d(s.routes, {}, j.draining);
                    d.incoming = {keyed(path)};
                    d.from_upstream = {"Hello, this is ", "the model"};
                    d.caller_ended = true;
                    d.fault_at = k;
                    d.fault = gone ? outcome{.what = out::caller_gone} : outcome::failed(errc::connection_lost);
                    d.sticks = gone;
                    BOOST_TEST_REQUIRE(d.run());
                    BOOST_TEST(!d.caller_open);
                    BOOST_TEST(!d.upstream_open);
                    BOOST_TEST(!j.alive);
                    for (auto const t : j.told)
                        BOOST_TEST((t != out::caller_gone)); // it never hears of it
                    if (d.faulted && !gone)
                        for (std::size_t i = k + 1; i < d.log.size(); ++i)
                            BOOST_TEST((d.log[i].what != act::write || d.log[i].p == port::upstream));
                    BOOST_TEST(j.offloads == quiet.offloads);

                    // and the repeat finds it, without any more work
                    driver again(s.routes, {}, j.draining);
                    again.incoming = {keyed(path)};
                    again.caller_ended = true;
                    BOOST_TEST_REQUIRE(again.run());
                    auto const a = test::read_answers(again.sent, {"POST"}).at(0);
                    BOOST_TEST(a.complete);
                    BOOST_TEST(a.status == 200);
                    BOOST_TEST(a.field("idempotent-replayed") == "true");
                    BOOST_TEST(test::canonical(a.body) == test::canonical(all.body));
                    BOOST_TEST(j.offloads == quiet.offloads);
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_taken_up_again_does_not_watch_a_caller_with_a_key)
{
    for (bool key : {false, true}) {
        journal j;
        surface s(j);
        s.routes.repeats = std::make_shared<idempotency>();
        driver d(s.routes, {}, j.draining);
        d.incoming = {key ? keyed("/relay") : test::post("/relay", "12345")};
        d.from_upstream = {"Hello"};
        d.caller_ended = true;
        BOOST_TEST(d.run());
        for (auto const& a : d.log)
            if (a.what == act::offload || a.what == act::connect || (a.what == act::write && a.p == port::upstream))
                BOOST_TEST(a.watch_caller == !key);
            else if (a.what == act::read && a.p == port::upstream)
                BOOST_TEST(a.watch_caller);
    }
}

BOOST_AUTO_TEST_CASE(a_repeat_waits_in_silence_for_the_first)
{
    for (auto const* how : {"succeeds", "is left alone", "fails", "is cancelled"}) {
        BOOST_TEST_CONTEXT("the first " << how)
        {
            bool const fails = how == std::string("fails");
            auto const path = fails ? "/fails" : "/handler";
            journal j;
            surface s(j);
            s.routes.repeats = std::make_shared<idempotency>();
            server_limits limits;
            limits.heartbeat = 1h;
            driver first(s.routes, limits, j.draining), second(s.routes, limits, j.draining);
            outcome one, two;
            first.incoming = second.incoming = {keyed(path)};
            first.caller_ended = second.caller_ended = true;
            while (step(first, one) != act::wait)
                ;
            while (step(second, two) != act::wait)
                ;
            for (auto const what : {out::woken, out::timeout, out::timeout}) { // for nothing, and heartbeats' time
                two.what = what;
                BOOST_TEST((step(second, two) == act::wait));
            }
            BOOST_TEST(second.sent == "");
            BOOST_TEST(std::count(j.told.begin(), j.told.end(), out::begin) == 1);

            if (how == std::string("is left alone"))
                one.what = out::caller_gone;
            if (how == std::string("is cancelled"))
                one.what = out::cancelled;
            while (step(first, one))
                ;
            {
                driver const gone = std::move(first); // as the server lets go of it
            }
            while (step(second, two))
                ;
            auto const a = test::read_answers(second.sent, {"POST"}).at(0);
            BOOST_TEST(a.status == 200);
            BOOST_TEST(a.complete);
            BOOST_TEST(test::well_ended(a.body) == !fails);
            bool const worked_once = how == std::string("succeeds") || how == std::string("is left alone");
            BOOST_TEST(std::count(j.told.begin(), j.told.end(), out::begin) == (worked_once ? 1 : 2));
            BOOST_TEST(a.field("idempotent-replayed") == (worked_once ? "true" : ""));
        }
    }
}

BOOST_AUTO_TEST_CASE(an_answer_that_nobody_can_have_is_not_made)
{
    // too long to be kept, or too slow
    for (bool slow : {false, true}) {
        journal j;
        surface s(j);
        s.routes.repeats = std::make_shared<idempotency>(idempotency_limits{.max_answer_bytes = slow ? 1000U : 10U});
        server_limits limits;
        if (slow)
            limits.request_timeout = 2ms;
        driver d(s.routes, limits, j.draining);
        d.incoming = {keyed("/handler")};
        int waits = 0;
        d.on_wait = [&](action const& a) {
            if (waits++ == 1)
                return outcome{.what = out::caller_gone};
            if (slow && waits == 3) {
                BOOST_TEST(!a.watch_caller);
                return let_it_pass(a);
            }
            return outcome{.what = out::woken};
        };
        BOOST_TEST(d.run());
        BOOST_TEST(!d.caller_open);
        BOOST_TEST((j.told.back() == out::caller_gone));
        BOOST_TEST(waits == (slow ? 3 : 2));
        BOOST_TEST(!j.alive);
    }
}

} // namespace serve_test
BOOST_AUTO_TEST_SUITE_END()
