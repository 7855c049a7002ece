// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// The steps of both drivers, without a driver.
#include "../support/streams.hpp"

#include <chatwire/transport/descriptor.hpp>
#include <chatwire/transport/engine.hpp>
#include <chatwire/transport/memory.hpp>

#include <boost/test/unit_test.hpp>

#include <cerrno>
#include <deque>
#include <sys/socket.h>
#include <vector>

BOOST_AUTO_TEST_SUITE(transport_engine)
namespace transport_engine_cases {

using namespace chatwire;
using namespace std::chrono_literals;
using io::action;
using io::outcome;
using io::port;
using transport::attempt;
using transport::engine;
using kind = outcome::kind;

attempt const blocked{.what = attempt::kind::needs_read};
attempt const at_end{.what = attempt::kind::eof};

// What happened to a stream, for the test that gave it away.
struct record {
    std::deque<attempt> reads; // what tries of reading give, then `then`
    attempt then = blocked;
    std::size_t bytes_read = 0;
    int tries = 0;
    int shutdowns = 0;
    bool closed = false;
    attempt write{};
    int fd = 100;
    std::function<void()> on_read{};
};

class recorded final : public transport::stream {
public:
    explicit recorded(record& r) : r_(&r) {}
    ~recorded() override { r_->closed = true; }
    attempt try_read(std::span<char> into) override
    {
        ++r_->tries;
        if (r_->on_read)
            r_->on_read();
        auto a = r_->then;
        if (!r_->reads.empty()) {
            a = r_->reads.front();
            r_->reads.pop_front();
        }
        if (a.what == attempt::kind::ok) {
            a.n = std::min(a.n, into.size());
            for (std::size_t i = 0; i != a.n; ++i)
                into[i] = static_cast<char>('a' + (r_->bytes_read + i) % 23);
            r_->bytes_read += a.n;
        }
        return a;
    }
    attempt try_write(std::string_view) override { return r_->write; }
    void shutdown_write() noexcept override { ++r_->shutdowns; }
    int native_handle() const noexcept override { return r_->fd; }

private:
    record* r_;
};

struct connecting_record {
    std::deque<attempt> tries;
    int fd = -1;
    bool dropped = false;
};

class recorded_attempt final : public transport::connection_attempt {
public:
    recorded_attempt(connecting_record& c, record& r) : c_(&c), r_(&r) {}
    ~recorded_attempt() override { c_->dropped = true; }
    attempt go_on() override
    {
        auto const a = c_->tries.front();
        c_->tries.pop_front();
        return a;
    }
    int native_handle() const noexcept override { return c_->fd; }
    std::unique_ptr<transport::stream> take() override { return std::make_unique<recorded>(*r_); }

private:
    connecting_record* c_;
    record* r_;
};

struct fixture {
    std::shared_ptr<test::counting_waker> waker = std::make_shared<test::counting_waker>();
    std::shared_ptr<transport::worker_pool> pool = std::make_shared<transport::worker_pool>(1);
    int connects = 0;
    connecting_record connecting{};
    record connected{};
    record caller{};
    record second{};
    engine e{waker,
             [this](io::origin const&, std::shared_ptr<transport::waker> const&) {
                 ++connects;
                 return std::make_unique<recorded_attempt>(connecting, connected);
             },
             pool};
    std::array<char, 64> buffer{};
    io::origin const to{"host", 1};

    void attach() { e.attach(port::caller, std::make_unique<recorded>(caller)); }
    std::optional<outcome> begin(action a)
    {
        e.begin(std::move(a));
        return e.step();
    }
    action read() { return action::read_some(port::caller, buffer); }
    action read(io::time_point t) { return action::read_some(port::caller, buffer, t); }
};

bool is(std::optional<outcome> const& o, kind k) { return o && o->what == k; }

io::time_point passed() { return io::clock::now() - 1s; }
io::time_point much_later() { return io::clock::now() + 24h; }

BOOST_FIXTURE_TEST_CASE(says_what_to_wait_for, fixture)
{
    attach();
    BOOST_TEST(!begin(read()));
    BOOST_REQUIRE(e.interests().size() == 1u);
    BOOST_TEST(e.interests()[0].fd == 100);
    BOOST_TEST(!e.interests()[0].write);
    BOOST_TEST((e.interests()[0].p == port::caller));
    BOOST_TEST((e.deadline() == io::never));

    caller.then = {.what = attempt::kind::needs_write}; // as TLS may
    auto const t = much_later();
    BOOST_TEST(!begin(read(t)));
    BOOST_REQUIRE(e.interests().size() == 1u);
    BOOST_TEST(e.interests()[0].write);
    BOOST_TEST((e.deadline() == t));

    caller.then = blocked;
    caller.write = {.what = attempt::kind::needs_write};
    BOOST_TEST(!begin(action::write_some(port::caller, "x").watched())); // the stream, and its end
    BOOST_REQUIRE(e.interests().size() == 2u);
    BOOST_TEST(e.interests()[0].write != e.interests()[1].write);
    BOOST_TEST(!e.step());
    BOOST_TEST(e.interests().size() == 2u); // anew, not more

    BOOST_TEST(!begin(action::wait_until(t)));
    BOOST_TEST(e.interests().empty());
}

BOOST_FIXTURE_TEST_CASE(what_a_peer_says_instead_of_reading_is_kept, fixture)
{
    attach();
    caller.write = {.what = attempt::kind::needs_write};
    caller.then = blocked;
    BOOST_TEST(!begin(action::write_some(port::caller, "x")));
    BOOST_REQUIRE(e.interests().size() == 2u); // it may go on in both ways
    BOOST_TEST(e.interests()[0].write);
    BOOST_TEST(!e.interests()[1].write);

    caller.then = {.n = 40};
    auto const tries = caller.tries;
    BOOST_TEST(!e.step());
    BOOST_TEST(e.interests().size() == 1u); // enough is held: no more is asked for
    BOOST_TEST(caller.tries - tries <= static_cast<int>(engine::max_read_ahead / 40 + 1));

    caller.then = {.what = attempt::kind::error, .error = errc::connection_lost};
    caller.write = {.what = attempt::kind::error, .error = errc::connection_lost};
    BOOST_TEST(is(e.step(), kind::error));
    std::size_t held = 0;
    for (std::optional<outcome> o; is(o = begin(read()), kind::ok);)
        held += o->n;
    BOOST_TEST(held >= engine::max_read_ahead);
    BOOST_TEST(held < engine::max_read_ahead + 2048);
}

BOOST_FIXTURE_TEST_CASE(a_deadline_that_passed_before_ends_any_action_but_close, fixture)
{
    attach();
    caller.then = {.n = 5};
    BOOST_TEST(is(begin(read(passed())), kind::timeout));
    BOOST_TEST(caller.tries == 0);
    BOOST_TEST(is(begin(action::write_some(port::caller, "x", passed())), kind::timeout));
    BOOST_TEST(is(begin(action::connect_to(port::upstream, to, passed())), kind::timeout));
    BOOST_TEST(connects == 0);
    bool ran = false;
    BOOST_TEST(is(begin(action::run_elsewhere([&] { ran = true; }, passed())), kind::timeout));
    waker->wake();
    BOOST_TEST(is(begin(action::wait_until(passed())), kind::timeout));
    BOOST_TEST(is(begin(action::wait_until(io::never)), kind::woken)); // kept for the next
    BOOST_TEST(is(begin(read()), kind::ok));                           // and so are the bytes
    BOOST_TEST(is(begin(action::close_port(port::caller, passed())), kind::ok));
    BOOST_TEST(!e.is_open(port::caller));
    BOOST_TEST(caller.closed);
    e.begin({});
    pool.reset();
    e = engine(waker, {}, nullptr); // the last owner of the pool: whatever was posted has run now
    BOOST_TEST(!ran);
}

BOOST_FIXTURE_TEST_CASE(a_deadline_that_passes_while_bytes_arrive_does_not_hide_them, fixture)
{
    attach();
    auto until = io::never;
    caller.on_read = [&] { // by the time of the second step the deadline has passed
        while (io::clock::now() < until)
            ;
    };
    for (bool bytes : {true, false}) {
        std::optional<outcome> first;
        for (auto d = 1ms;; d *= 2) { // long enough for the first step not to be late
            caller.tries = 0;
            caller.reads = {blocked};
            caller.then = bytes ? attempt{.n = 5} : blocked;
            until = io::clock::now() + d;
            first = begin(read(until));
            if (caller.tries)
                break;
        }
        until = io::time_point();
        BOOST_TEST(is(first ? first : e.step(), bytes ? kind::ok : kind::timeout));
        BOOST_TEST(caller.tries == 2);
    }
}

BOOST_FIXTURE_TEST_CASE(a_wake_is_kept_for_the_next_read_or_wait, fixture)
{
    attach();
    caller.then = {.n = 1};
    caller.write = {.n = 1};
    waker->wake();
    BOOST_TEST(is(begin(action::write_some(port::caller, "x")), kind::ok));
    connecting.tries = {{}};
    BOOST_TEST(is(begin(action::connect_to(port::upstream, to)), kind::ok));
    BOOST_TEST(is(begin(action::close_port(port::upstream)), kind::ok));
    BOOST_TEST(is(begin(read()), kind::woken)); // before the bytes
    BOOST_TEST(is(begin(read()), kind::ok));    // once
    waker->wake();
    waker->wake();
    BOOST_TEST(is(begin(action::wait_until(much_later())), kind::woken));
    BOOST_TEST(!begin(action::wait_until(much_later())));
    waker->wake();
    BOOST_TEST(is(e.step(), kind::woken));
}

BOOST_FIXTURE_TEST_CASE(cancelled_only_closing_goes_on, fixture)
{
    attach();
    caller.then = {.n = 1};
    caller.write = {.n = 1};
    waker->cancel();
    BOOST_TEST(is(begin(read()), kind::cancelled));
    BOOST_TEST(is(begin(action::write_some(port::caller, "x")), kind::cancelled));
    BOOST_TEST(is(begin(action::connect_to(port::upstream, to)), kind::cancelled));
    BOOST_TEST(is(begin(action::wait_until(passed())), kind::cancelled));
    BOOST_TEST(is(begin(action::run_elsewhere([] {})), kind::cancelled));
    BOOST_TEST(connects == 0);
    BOOST_TEST(caller.tries == 0);
    waker->forget_cancel();
    BOOST_TEST(is(begin(read()), kind::ok));
    waker->cancel();
    BOOST_TEST(is(begin(action::close_port(port::caller, much_later())), kind::ok)); // without saying goodbye
    BOOST_TEST(caller.closed);
    BOOST_TEST(caller.shutdowns == 0);
}

BOOST_FIXTURE_TEST_CASE(what_is_read_ahead_is_bounded_and_kept, fixture)
{
    attach();
    caller.then = {.n = 1000};
    BOOST_TEST(!begin(action::wait_until(much_later()).watched())); // a flood: neither gone nor waited for
    BOOST_TEST(e.interests().empty());
    BOOST_TEST(caller.bytes_read >= engine::max_read_ahead);
    BOOST_TEST(caller.bytes_read < engine::max_read_ahead + 2048);
    auto const held = caller.bytes_read;
    BOOST_TEST(!e.step());
    BOOST_TEST(!begin(action::wait_until(much_later()).watched()));
    BOOST_TEST(caller.bytes_read == held);

    caller.then = at_end;
    std::size_t got = 0;
    int wrong = 0;
    while (got != held) {
        auto const o = begin(read());
        BOOST_REQUIRE(is(o, kind::ok));
        BOOST_REQUIRE(o->n > 0u);
        for (std::size_t i = 0; i != o->n; ++i)
            wrong += buffer[i] != static_cast<char>('a' + (got + i) % 23);
        got += o->n;
    }
    BOOST_TEST(wrong == 0);
    BOOST_TEST(is(begin(read()), kind::eof));
}

BOOST_FIXTURE_TEST_CASE(how_a_watched_caller_went_is_remembered, fixture)
{
    error_code const reset(ECONNRESET, boost::system::system_category());
    for (bool broken : {false, true}) {
        caller = {};
        attach();
        caller.reads = {{.n = 3}, broken ? attempt{.what = attempt::kind::error, .error = reset} : at_end};
        BOOST_TEST(is(begin(action::wait_until(much_later()).watched()), kind::caller_gone));
        int const tries = caller.tries;
        BOOST_TEST(is(begin(action::wait_until(much_later()).watched()), kind::caller_gone));
        auto o = begin(read());
        BOOST_REQUIRE(is(o, kind::ok)); // first what it had sent
        BOOST_TEST(o->n == 3u);
        for (int twice = 0; twice != 2; ++twice) {
            o = begin(read());
            BOOST_TEST(is(o, broken ? kind::error : kind::eof));
            BOOST_TEST((o->error == (broken ? reset : error_code())));
        }
        BOOST_TEST(caller.tries == tries);
    }
}

BOOST_FIXTURE_TEST_CASE(the_action_comes_before_the_watch, fixture)
{
    attach();
    caller.then = at_end;
    caller.write = {.n = 1};
    BOOST_TEST(is(begin(action::write_some(port::caller, "x").watched()), kind::ok));
    BOOST_TEST(is(begin(read().watched()), kind::eof)); // reading the caller sees its end by itself
    BOOST_TEST(is(begin(action::wait_until(passed()).watched()), kind::caller_gone));
}

// It has sent more than is read ahead, so that nothing becomes readable any more.
BOOST_FIXTURE_TEST_CASE(a_caller_that_sent_much_is_seen_to_go, fixture)
{
    int ends[2];
    BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
    transport::descriptor const here(ends[0]);
    transport::descriptor there(ends[1]);
    attach();
    caller.fd = here.get();
    caller.then = {.n = 2048}; // there is always more
    BOOST_TEST(!begin(action::wait_until(io::never).watched()));
    BOOST_TEST(caller.bytes_read == engine::max_read_ahead);
    BOOST_TEST(e.interests().empty());
    BOOST_TEST((e.deadline() <= io::clock::now() + engine::look_interval));
    there.reset();
    BOOST_TEST(is(e.step(), kind::caller_gone));
    BOOST_TEST(!begin(action::wait_until(io::never))); // who does not watch it
    BOOST_TEST((e.deadline() == io::never));
}

BOOST_FIXTURE_TEST_CASE(without_a_deadline_closing_is_at_once, fixture)
{
    attach();
    caller.then = {.n = 1};
    BOOST_TEST(is(begin(action::close_port(port::caller)), kind::ok));
    BOOST_TEST(caller.closed);
    BOOST_TEST(caller.shutdowns == 0);
    BOOST_TEST(caller.tries == 0);
    BOOST_TEST(is(begin(action::close_port(port::caller, much_later())), kind::ok)); // closed already
}

BOOST_FIXTURE_TEST_CASE(a_lingering_close_waits_for_the_peer, fixture)
{
    for (auto const& end : {at_end, attempt{.what = attempt::kind::error, .error = errc::connection_lost}}) {
        caller = {};
        attach();
        caller.reads = {{.n = 10}, blocked, {.n = 10}, blocked, end};
        BOOST_TEST(!begin(action::close_port(port::caller, much_later())));
        BOOST_TEST(caller.shutdowns == 1);
        BOOST_TEST(e.interests().size() == 1u);
        BOOST_TEST(!e.step());
        BOOST_TEST(e.is_open(port::caller));
        BOOST_TEST(is(e.step(), kind::ok));
        BOOST_TEST(caller.bytes_read == 20u);
        BOOST_TEST(caller.closed);
    }
}

BOOST_FIXTURE_TEST_CASE(a_lingering_close_does_not_drain_for_ever, fixture)
{
    for (int again = 0; again != 2; ++again) { // each close has its own measure
        caller = {};
        attach();
        caller.then = {.n = 4096};
        BOOST_TEST(is(begin(action::close_port(port::caller, much_later())), kind::ok));
        BOOST_TEST(caller.bytes_read >= engine::max_discard);
        BOOST_TEST(caller.bytes_read <= engine::max_discard + 4096);
        BOOST_TEST(caller.closed);
    }
}

BOOST_FIXTURE_TEST_CASE(a_lingering_close_ends_when_cancelled, fixture)
{
    attach();
    BOOST_TEST(!begin(action::close_port(port::caller, much_later())));
    waker->cancel();
    BOOST_TEST(is(e.step(), kind::ok));
    BOOST_TEST(caller.closed);
}

// The peer waits for our end: it must hear of it whatever it had sent before.
BOOST_FIXTURE_TEST_CASE(a_lingering_close_says_goodbye_to_a_caller_that_sent_ahead, fixture)
{
    attach();
    caller.reads = {{.n = 3}};
    BOOST_TEST(!begin(action::wait_until(much_later()).watched()));
    BOOST_TEST(!begin(action::close_port(port::caller, much_later())));
    BOOST_TEST(caller.shutdowns == 1);
}

BOOST_FIXTURE_TEST_CASE(connecting_takes_as_many_steps_as_it_needs, fixture)
{
    attempt const again{.what = attempt::kind::needs_write};
    connecting.tries = {again, again, {}};
    BOOST_TEST(!begin(action::connect_to(port::upstream, to)));
    BOOST_TEST(e.interests().empty()); // the name is looked up: only the waker tells
    connecting.fd = 200;
    BOOST_TEST(!e.step());
    BOOST_REQUIRE(e.interests().size() == 1u);
    BOOST_TEST(e.interests()[0].fd == 200);
    BOOST_TEST(e.interests()[0].write);
    BOOST_TEST((e.interests()[0].p == port::upstream));
    BOOST_TEST(!e.is_open(port::upstream));
    BOOST_TEST(is(e.step(), kind::ok));
    BOOST_TEST(e.is_open(port::upstream));
    BOOST_TEST(!e.is_open(port::caller));
    BOOST_TEST(connecting.dropped);
    BOOST_TEST(connects == 1);
}

BOOST_FIXTURE_TEST_CASE(connecting_may_fail_or_be_given_up, fixture)
{
    connecting.tries = {{.what = attempt::kind::error, .error = errc::host_not_found}};
    auto const o = begin(action::connect_to(port::upstream, to));
    BOOST_REQUIRE(is(o, kind::error));
    BOOST_TEST((o->error == errc::host_not_found));
    BOOST_TEST(!e.is_open(port::upstream));
    BOOST_TEST(connecting.dropped);

    connecting = {.tries = {{.what = attempt::kind::needs_write}}};
    BOOST_TEST(!begin(action::connect_to(port::upstream, to)));
    BOOST_TEST(!connecting.dropped);
    begin(action::wait_until(passed()));
    BOOST_TEST(connecting.dropped);

    engine nowhere(waker, {}, pool);
    nowhere.begin(action::connect_to(port::upstream, to));
    auto const none = nowhere.step();
    BOOST_REQUIRE(is(none, kind::error));
    BOOST_TEST((none->error == errc::unsupported));
}

BOOST_FIXTURE_TEST_CASE(a_driver_hears_of_a_stream_before_it_is_closed, fixture)
{
    std::vector<port> told;
    record* of = &caller;
    e.before_close = [&](port p) {
        BOOST_TEST(!of->closed);
        told.push_back(p);
    };
    attach();
    BOOST_TEST(told.empty()); // there was none
    e.attach(port::caller, std::make_unique<recorded>(second));
    BOOST_TEST(told.size() == 1u);
    BOOST_TEST(caller.closed);
    of = &second;
    begin(action::close_port(port::caller));
    BOOST_TEST(told.size() == 2u);
    BOOST_TEST(second.closed);
    begin(action::close_port(port::caller));
    BOOST_TEST(told.size() == 2u);

    connecting.tries = {{}, {}};
    of = &connected;
    begin(action::connect_to(port::upstream, to));
    BOOST_TEST(told.size() == 2u);
    begin(action::connect_to(port::upstream, to)); // in place of the one before, which goes first
    BOOST_REQUIRE(told.size() == 3u);
    BOOST_TEST((told.back() == port::upstream));
    BOOST_TEST(connected.closed);
}

BOOST_FIXTURE_TEST_CASE(a_new_stream_knows_nothing_of_the_old_one, fixture)
{
    attach();
    caller.reads = {{.n = 3}, at_end};
    BOOST_TEST(is(begin(action::wait_until(much_later()).watched()), kind::caller_gone));
    second.reads = {{.n = 1}};
    e.attach(port::caller, std::make_unique<recorded>(second));
    auto const o = begin(read());
    BOOST_REQUIRE(is(o, kind::ok));
    BOOST_TEST(o->n == 1u);
    BOOST_TEST(!begin(read()));
}

BOOST_FIXTURE_TEST_CASE(offloaded_work_is_waited_for, fixture)
{
    std::atomic<bool> go{false};
    int made = 0;
    BOOST_TEST(!begin(action::run_elsewhere([&] {
        go.wait(false);
        made = 42;
    })));
    BOOST_TEST(!e.step());
    int const seen = waker->notified;
    go = true;
    go.notify_all();
    waker->notified.wait(seen);
    BOOST_TEST(is(e.step(), kind::ok));
    BOOST_TEST(made == 42);

    BOOST_TEST(!is(begin(action::run_elsewhere([] { throw 1; })), kind::ok));
    std::optional<outcome> o;
    while (!(o = e.step()))
        std::this_thread::yield();
    BOOST_TEST((o->error == errc::unexpected_exception));
}

BOOST_FIXTURE_TEST_CASE(started_work_is_not_waited_for, fixture)
{
    std::atomic<int> at{0};
    BOOST_TEST(is(begin(action::start_elsewhere([&] {
                      at.wait(0);
                      at = 2;
                      at.notify_all();
                      throw 1; // is nobody's business
                  })),
                  kind::ok));
    BOOST_TEST(!begin(action::wait_until(io::never))); // other actions go on meanwhile
    at = 1;
    at.notify_all();
    at.wait(1);
    BOOST_TEST(at == 2);
    BOOST_TEST(!e.step()); // its end wakes nobody: that is its own affair
}

BOOST_FIXTURE_TEST_CASE(work_that_was_given_up_does_not_end_the_next, fixture)
{
    std::atomic<bool> go{false};
    BOOST_TEST(!begin(action::run_elsewhere([&] { go.wait(false); })));
    bool ran = false;
    BOOST_TEST(!begin(action::run_elsewhere([&] { ran = true; }))); // waits behind it: there is one thread
    int seen = waker->notified;
    go = true;
    go.notify_all();
    std::optional<outcome> o;
    while (!(o = e.step())) {
        waker->notified.wait(seen);
        seen = waker->notified;
    }
    BOOST_TEST(is(o, kind::ok));
    BOOST_TEST(ran);
}

BOOST_FIXTURE_TEST_CASE(what_cannot_be_done_is_misuse, fixture)
{
    for (auto const& a : {read(), action::write_some(port::caller, "x"), action::start_tls(port::caller, to), action{},
                          action{.what = action::kind::connect}}) {
        auto const o = begin(a);
        BOOST_REQUIRE(is(o, kind::error));
        BOOST_TEST((o->error == condition::misuse));
    }
}

} // namespace transport_engine_cases
BOOST_AUTO_TEST_SUITE_END()
