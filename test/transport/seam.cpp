// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// What the seam has to carry, each in both drivers, over TCP and in memory.
#include "../support/drivers.hpp"
#include "../support/until.hpp"

#include <chatwire/io/await_event.hpp>
#include <chatwire/io/transport.hpp>
#include <chatwire/transport/listener.hpp>
#include <chatwire/transport/memory.hpp>
#include <chatwire/transport/tcp.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/test/unit_test.hpp>

#include <array>
#include <atomic>
#include <poll.h>
#include <set>
#include <string>
#include <thread>

BOOST_AUTO_TEST_SUITE(transport_seam)

namespace seam {

using namespace chatwire;
using namespace std::chrono_literals;
using io::action;
using io::outcome;
using io::port;
using io::time_point;

static_assert(io::transport<transport::blocking>);
static_assert(io::transport<transport::asio>);
static_assert(!io::transport<int>);

time_point in(std::chrono::milliseconds d) { return io::clock::now() + d; }
// Long enough that only a hang reaches it.
time_point much_later() { return in(60s); }

// The other end of a stream, driven by the test itself with plain waiting.
std::string read_all(transport::stream& s, std::size_t at_least)
{
    std::string got;
    char buffer[256];
    while (got.size() < at_least) {
        auto const a = s.try_read(buffer);
        if (a.what == transport::attempt::kind::ok)
            got.append(buffer, a.n);
        else if (a.blocked()) {
            pollfd fd{s.native_handle(), POLLIN, 0};
            ::poll(&fd, 1, 60'000);
        } else
            break;
    }
    return got;
}

void write_all(transport::stream& s, std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const a = s.try_write(bytes);
        if (a.what == transport::attempt::kind::ok)
            bytes.remove_prefix(a.n);
        else {
            pollfd fd{s.native_handle(), static_cast<short>(POLLOUT | POLLIN), 0};
            ::poll(&fd, 1, 60'000);
        }
    }
}

using pair = std::pair<std::unique_ptr<transport::stream>, std::unique_ptr<transport::stream>>;

pair tcp_pair()
{
    auto l = transport::listener::open({"127.0.0.1", 0}).value();
    test::blocking_driver d;
    io::origin const to{"127.0.0.1", l.port()};
    pair p;
    d(test::scripted([&](outcome const& o, result<int>&) {
        return o.ok() ? action::finish() : action::connect_to(port::upstream, to, much_later());
    })).value();
    // the driver keeps its end, so the test connects once more with bare hands
    auto first = l.accept();
    auto attempt = transport::connect_tcp(to, d.t.get_waker());
    while (attempt->go_on().blocked()) {
        pollfd fd{attempt->native_handle(), POLLOUT, 0};
        ::poll(&fd, 1, 60'000);
    }
    p.first = attempt->take();
    while (!p.second)
        p.second = l.accept().value();
    return p;
}

template <class Driver>
void each_pair(std::function<void(Driver&, std::unique_ptr<transport::stream>)> const& with)
{
    for (bool tcp : {false, true}) {
        BOOST_TEST_CONTEXT("tcp: " << tcp)
        {
            auto [near, far] = tcp ? tcp_pair() : transport::memory_pair();
            Driver d;
            d.t.attach(port::caller, std::move(near));
            with(d, std::move(far));
        }
    }
}

// A relay: a line from the caller goes up, what the upstream answers goes down, until the upstream closes.
struct relay {
    io::origin to;
    std::array<char, 7> buffer{}; // small on purpose
    std::string pending{};
    enum { connecting, reading_caller, writing_up, reading_up, writing_down } state = connecting;
    int moved = 0;

    action resume(outcome const& o)
    {
        if (o.what == outcome::kind::begin)
            return action::connect_to(port::upstream, to, much_later());
        if (o.what == outcome::kind::eof)
            return action::finish();
        if (!o.ok()) {
            moved = -1;
            return action::finish();
        }
        switch (state) {
        case connecting: state = reading_caller; break;
        case reading_caller:
            pending.append(buffer.data(), o.n);
            if (pending.back() == '\n')
                state = writing_up;
            break;
        case writing_up:
            pending.erase(0, o.n);
            if (pending.empty())
                state = reading_up;
            break;
        case reading_up:
            pending.assign(buffer.data(), o.n);
            moved += static_cast<int>(o.n);
            state = writing_down;
            break;
        case writing_down:
            pending.erase(0, o.n);
            if (pending.empty())
                state = reading_up;
            break;
        }
        switch (state) {
        case writing_up: return action::write_some(port::upstream, pending, much_later()).watched();
        case writing_down: return action::write_some(port::caller, pending, much_later()).watched();
        case reading_up: return action::read_some(port::upstream, buffer, much_later()).watched();
        default: return action::read_some(port::caller, buffer, much_later());
        }
    }
    result<int> take() { return moved; }
};

BOOST_AUTO_TEST_CASE_TEMPLATE(a_relay_moves_bytes_over_two_ports, Driver, test::drivers)
{
    auto l = transport::listener::open({"127.0.0.1", 0}).value();
    auto [near, far] = transport::memory_pair(5); // smaller than every message: writing waits, too
    Driver d;
    d.t.attach(port::caller, std::move(near));

    std::string const answer(1000, 'x');
    std::thread upstream([&] {
        std::unique_ptr<transport::stream> s;
        while (!s) {
            pollfd fd{l.native_handle(), POLLIN, 0};
            ::poll(&fd, 1, 60'000);
            s = l.accept().value();
        }
        BOOST_TEST(read_all(*s, 6) == "hello\n");
        write_all(*s, answer);
    });
    std::string got;
    std::thread caller([&, &far = far] {
        write_all(*far, "hello\n");
        got = read_all(*far, answer.size());
    });
    auto const r = d(relay{.to = {"127.0.0.1", l.port()}});
    upstream.join();
    caller.join();
    BOOST_TEST(r.value() == 1000);
    BOOST_TEST(got == answer);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_caller_that_goes_away_ends_whatever_runs, Driver, test::drivers)
{
    each_pair<Driver>([](Driver& d, std::unique_ptr<transport::stream> far) {
        std::atomic<bool> thinking{false};
        std::thread goes([&] {
            (void)test::until([&] { return thinking.load(); });
            write_all(*far, "pipelined"); // bytes the caller sent ahead must not hide its end
            far.reset();
        });
        auto const r = d(test::scripted([&](outcome const& o, result<int>& out) {
            if (o.what == outcome::kind::begin) {
                thinking = true;
                return action::wait_until(much_later()).watched();
            }
            out = o.what == outcome::kind::caller_gone ? 1 : -1;
            return action::finish();
        }));
        goes.join();
        BOOST_TEST(r.value() == 1);
    });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_caller_that_goes_away_ends_an_offloaded_call, Driver, test::drivers)
{
    auto [near, far] = transport::memory_pair();
    Driver d;
    d.t.attach(port::caller, std::move(near));
    auto release = std::make_shared<std::atomic<bool>>(false);
    auto const r = d(test::scripted([&, &far = far](outcome const& o, result<int>& out) {
        if (o.what == outcome::kind::begin) {
            far.reset();
            return action::run_elsewhere([release] {
                (void)test::until([&] { return release->load(); });
            }).watched();
        }
        out = o.what == outcome::kind::caller_gone ? 1 : -1;
        return action::finish();
    }));
    *release = true;
    BOOST_TEST(r.value() == 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_a_watched_caller_sends_ahead_is_kept, Driver, test::drivers)
{
    each_pair<Driver>([](Driver& d, std::unique_ptr<transport::stream> far) {
        write_all(*far, "next request");
        std::array<char, 64> buffer{};
        std::string got;
        auto const r = d(test::scripted([&](outcome const& o, result<int>& out) {
            if (o.what == outcome::kind::begin)
                return action::wait_until(in(20ms)).watched();
            if (o.ok())
                got.append(buffer.data(), o.n);
            if (got.size() < 12 && (o.what == outcome::kind::timeout || o.ok()))
                return action::read_some(port::caller, buffer, much_later());
            out = 1;
            return action::finish();
        }));
        BOOST_TEST(r.value() == 1);
        BOOST_TEST(got == "next request");
    });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(heartbeats_go_out_while_waiting, Driver, test::drivers)
{
    each_pair<Driver>([](Driver& d, std::unique_ptr<transport::stream> far) {
        int beats = 0;
        std::string const beat = ":\n\n";
        std::thread producer;
        auto const r = d(test::scripted([&](outcome const& o, result<int>& out) {
            switch (o.what) {
            case outcome::kind::timeout:
                ++beats;
                return action::write_some(port::caller, beat, much_later()).watched();
            case outcome::kind::ok:
                if (beats == 3 && !producer.joinable()) // whoever makes the deltas puts one from another thread
                    producer = std::thread([w = d.t.get_waker()] { w->wake(); });
                [[fallthrough]];
            case outcome::kind::begin: return action::wait_until(beats < 3 ? in(1ms) : much_later()).watched();
            default: out = o.what == outcome::kind::woken ? beats : -1; return action::finish();
            }
        }));
        producer.join();
        BOOST_TEST(r.value() == 3);
        BOOST_TEST(read_all(*far, 9) == ":\n\n:\n\n:\n\n");
    });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(another_thread_cancels, Driver, test::drivers)
{
    each_pair<Driver>([](Driver& d, std::unique_ptr<transport::stream>) {
        std::array<char, 8> buffer{};
        std::thread other;
        auto const r = d(test::scripted([&](outcome const& o, result<int>& out) {
            if (o.what == outcome::kind::begin) {
                other = std::thread([w = d.t.get_waker()] { w->cancel(); });
                return action::read_some(port::caller, buffer);
            }
            if (o.what == outcome::kind::cancelled && other.joinable()) {
                other.join();
                out = 1;
                return action::read_some(port::caller, buffer); // cancelled is for good
            }
            out = out.value() + (o.what == outcome::kind::cancelled ? 1 : 10);
            return action::finish();
        }));
        BOOST_TEST(r.value() == 2);
    });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_store_call_runs_on_a_worker, Driver, test::drivers)
{
    Driver d;
    auto const here = std::this_thread::get_id();
    auto where = std::make_shared<std::thread::id>();
    auto const r = d(test::scripted([&](outcome const& o, result<int>& out) {
        if (o.what == outcome::kind::begin)
            return action::run_elsewhere([where] { *where = std::this_thread::get_id(); });
        out = o.ok() ? 1 : -1;
        return action::finish();
    }));
    BOOST_TEST(r.value() == 1);
    BOOST_TEST((*where != std::thread::id()));
    BOOST_TEST((*where != here));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_exception_in_offloaded_work_is_an_error, Driver, test::drivers)
{
    Driver d;
    auto const r = d(test::scripted([&](outcome const& o, result<int>& out) {
        if (o.what == outcome::kind::begin)
            return action::run_elsewhere([] { throw 1; });
        out = o.error == errc::unexpected_exception ? 1 : -1;
        return action::finish();
    }));
    BOOST_TEST(r.value() == 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_deadline_ends_a_silent_read, Driver, test::drivers)
{
    each_pair<Driver>([](Driver& d, std::unique_ptr<transport::stream>) {
        std::array<char, 8> buffer{};
        auto const r = d(test::scripted([&](outcome const& o, result<int>& out) {
            if (o.what == outcome::kind::begin)
                return action::read_some(port::caller, buffer, in(5ms));
            out = o.what == outcome::kind::timeout ? 1 : -1;
            return action::finish();
        }));
        BOOST_TEST(r.value() == 1);
    });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_deadline_ends_a_write_nobody_reads, Driver, test::drivers)
{
    each_pair<Driver>([](Driver& d, std::unique_ptr<transport::stream>) {
        std::string const block(1 << 20, 'x');
        auto const r = d(test::scripted([&](outcome const& o, result<int>& out) {
            if (o.what == outcome::kind::begin || o.ok())
                return action::write_some(port::caller, block, in(20ms));
            out = o.what == outcome::kind::timeout ? 1 : -1;
            return action::finish();
        }));
        BOOST_TEST(r.value() == 1);
    });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(wake_is_remembered_until_somebody_waits, Driver, test::drivers)
{
    Driver d;
    d.t.wake();
    auto const r = d(test::scripted([&](outcome const& o, result<int>& out) {
        if (o.what == outcome::kind::begin)
            return action::wait_until(much_later());
        if (o.what == outcome::kind::woken) {
            out = out.value() + 1;
            return action::wait_until(in(1ms)); // one wake ends one wait
        }
        out = out.value() + (o.what == outcome::kind::timeout ? 1 : 10);
        return action::finish();
    }));
    BOOST_TEST(r.value() == 2);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(connecting_fails_with_a_reason, Driver, test::drivers)
{
    std::uint16_t closed_port = 0;
    closed_port = transport::listener::open({"127.0.0.1", 0}).value().port(); // and closed again at once
    std::pair<io::origin, error_code> const cases[] = {
        {{"127.0.0.1", closed_port}, error_code(ECONNREFUSED, boost::system::system_category())},
        {{"no such host", 80}, errc::host_not_found},
    };
    for (auto const& [to, expected] : cases) {
        Driver d;
        error_code got;
        d(test::scripted([&, &to = to](outcome const& o, result<int>&) {
            if (o.what == outcome::kind::begin)
                return action::connect_to(port::upstream, to, much_later());
            got = o.error;
            return action::finish();
        })).value();
        BOOST_TEST(got == expected);
        BOOST_TEST((got == condition::transport));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_name_is_looked_up_and_every_address_tried, Driver, test::drivers)
{
    auto l = transport::listener::open({"127.0.0.1", 0}).value();
    io::origin const to{"localhost", l.port()}; // may give ::1 first, where nobody listens
    Driver d;
    auto const r = d(test::scripted([&](outcome const& o, result<int>& out) {
        if (o.what == outcome::kind::begin)
            return action::connect_to(port::upstream, to, much_later());
        out = o.ok() ? 1 : -1;
        return action::finish();
    }));
    BOOST_TEST(r.value() == 1);
    BOOST_TEST(d.t.is_open(port::upstream));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_lingering_close_lets_the_peer_read_the_last_words, Driver, test::drivers)
{
    each_pair<Driver>([](Driver& d, std::unique_ptr<transport::stream> far) {
        std::string const last_words = "413\n";
        std::string heard;
        std::atomic<bool> closing{false};
        std::thread peer([&] {
            (void)test::until([&] { return closing.load(); });
            write_all(*far, std::string(50'000, 'b')); // still sending its body
            heard = read_all(*far, 1'000);
            far.reset();
        });
        auto const r = d(test::scripted([&](outcome const& o, result<int>& out) {
            if (o.what == outcome::kind::begin)
                return action::write_some(port::caller, last_words);
            if (!closing) {
                closing = true;
                return action::close_port(port::caller, much_later());
            }
            out = o.ok() ? 1 : -1;
            return action::finish();
        }));
        peer.join();
        BOOST_TEST(r.value() == 1);
        BOOST_TEST(heard == last_words);
        BOOST_TEST(!d.t.is_open(port::caller));
    });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_is_not_open_is_said_to_be_so, Driver, test::drivers)
{
    Driver d;
    std::array<char, 8> buffer{};
    std::set<int> seen;
    d(test::scripted([&](outcome const& o, result<int>&) {
        if (o.what == outcome::kind::begin)
            return action::read_some(port::upstream, buffer);
        seen.insert(o.error.value());
        if (seen.size() == 1 && o.error == errc::out_of_order)
            return action::start_tls(port::upstream, *std::make_unique<io::origin>());
        BOOST_TEST((o.error == errc::unsupported));
        return action::finish();
    })).value();
    BOOST_TEST(seen.size() == 2u);
}

// --- what only the coroutine driver has

BOOST_AUTO_TEST_CASE(asio_cancellation_ends_the_action_and_never_throws_inside)
{
    test::asio_driver d;
    auto [near, far] = transport::memory_pair();
    d.t.attach(port::caller, std::move(near));
    std::array<char, 8> buffer{};
    boost::asio::cancellation_signal stop;
    std::optional<result<int>> r;
    boost::asio::co_spawn(
        d.context,
        run(d.t, test::scripted([&](outcome const& o, result<int>& out) {
                if (o.what == outcome::kind::begin) {
                    boost::asio::post(d.context, [&] { stop.emit(boost::asio::cancellation_type::terminal); });
                    return action::read_some(port::caller, buffer);
                }
                out = o.what == outcome::kind::cancelled ? 1 : -1;
                return action::finish();
            })),
        boost::asio::bind_cancellation_slot(stop.slot(), [&](std::exception_ptr e, result<int> x) {
            BOOST_TEST(!e);
            r.emplace(std::move(x));
        }));
    d.context.run();
    BOOST_REQUIRE(r);
    BOOST_TEST(r->value() == 1);
}

BOOST_AUTO_TEST_CASE(an_io_context_may_die_while_an_operation_waits)
{
    auto [near, far] = transport::memory_pair();
    auto alive = std::make_shared<int>(0);
    {
        boost::asio::io_context context;
        auto session = [](boost::asio::any_io_executor ex, std::unique_ptr<transport::stream> s,
                          std::shared_ptr<int> keeps) -> boost::asio::awaitable<void> {
            transport::asio t(ex);
            t.attach(port::caller, std::move(s));
            std::array<char, 8> buffer{};
            co_await run(t, test::scripted([&buffer](outcome const&, result<int>&) {
                             return action::read_some(port::caller, buffer, much_later());
                         }));
            (void)keeps;
        };
        boost::asio::co_spawn(context, session(context.get_executor(), std::move(near), alive), boost::asio::detached);
        context.poll();
        BOOST_TEST(alive.use_count() == 2);
    }
    BOOST_TEST(alive.use_count() == 1); // the coroutine was destroyed, not leaked
}

BOOST_AUTO_TEST_CASE(a_second_operation_at_once_is_refused_and_does_not_hang)
{
    test::asio_driver d;
    auto const waits = [](outcome const& o, result<int>&) {
        return o.what == outcome::kind::begin ? action::wait_until(much_later()) : action::finish();
    };
    std::optional<result<int>> first, second;
    boost::asio::co_spawn(d.context, run(d.t, test::scripted(waits)),
                          [&](std::exception_ptr, result<int> r) { first.emplace(std::move(r)); });
    boost::asio::co_spawn(d.context, run(d.t, test::scripted(waits)), [&](std::exception_ptr, result<int> r) {
        second.emplace(std::move(r));
        d.t.wake();
    });
    d.context.run();
    BOOST_REQUIRE((first && second));
    BOOST_TEST(first->has_value());
    BOOST_TEST((second->error().code == errc::out_of_order));
    BOOST_TEST(d(io::noop{}).has_value()); // and afterwards it runs operations as before
}

BOOST_AUTO_TEST_CASE(a_hot_stream_does_not_starve_its_neighbours)
{
    boost::asio::io_context context;
    int steps_when_neighbour_ran = 0;
    int steps = 0;
    transport::asio t(context.get_executor());
    auto [near, far] = transport::memory_pair(1 << 20);
    t.attach(port::caller, std::move(near));
    boost::asio::co_spawn(context, run(t, test::scripted([&](outcome const&, result<int>&) {
                                           if (++steps == 1)
                                               boost::asio::post(context, [&] { steps_when_neighbour_ran = steps; });
                                           return steps > 10'000 ? action::finish()
                                                                 : action::write_some(port::caller, "x");
                                       })),
                          boost::asio::detached);
    context.run();
    BOOST_TEST(steps_when_neighbour_ran > 0);
    BOOST_TEST(steps_when_neighbour_ran < 1'000);
}

BOOST_AUTO_TEST_CASE(wakes_from_many_threads_are_never_lost)
{
    for (int round = 0; round < 200; ++round) {
        boost::asio::io_context context;
        transport::asio t(context.get_executor());
        std::atomic<int> sent{0};
        int seen = 0;
        boost::asio::co_spawn(context, run(t, test::scripted([&](outcome const& o, result<int>&) {
                                               if (o.what == outcome::kind::woken)
                                                   seen = sent;
                                               return seen == 4 ? action::finish() : action::wait_until(much_later());
                                           })),
                              boost::asio::detached);
        std::thread wakers[4];
        for (auto& w : wakers)
            w = std::thread([&, w = t.get_waker()] {
                ++sent;
                w->wake();
            });
        context.run();
        for (auto& w : wakers)
            w.join();
        BOOST_TEST(seen == 4);
    }
}

} // namespace seam
BOOST_AUTO_TEST_SUITE_END()
