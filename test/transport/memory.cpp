// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/streams.hpp"

#include <chatwire/transport/memory.hpp>

#include <boost/test/unit_test.hpp>

#include <optional>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(transport_memory)
namespace transport_memory_cases {

using namespace chatwire;
using test::is_ready;
using test::receive;
using test::send;
using transport::attempt;
using transport::memory_pair;
using kind = attempt::kind;

attempt read(transport::stream& s, std::size_t n = 1)
{
    std::string buffer(n, '\0');
    return s.try_read(buffer);
}

BOOST_AUTO_TEST_CASE(holds_as_much_as_it_was_made_for)
{
    for (std::size_t capacity : {0u, 1u, 2u, 100u}) {
        auto const holds = std::max<std::size_t>(capacity, 1);
        auto [a, b] = memory_pair(capacity);
        for (auto* from : {a.get(), b.get()}) { // each direction by itself
            auto* to = from == a.get() ? b.get() : a.get();
            auto const text = test::numbered(holds + 7);
            BOOST_TEST(from->try_write(text).n == holds);
            BOOST_TEST((from->try_write("x").what == kind::needs_read));
            BOOST_TEST(receive(*to, 1) == text.substr(0, 1));
            BOOST_TEST(from->try_write("xy").n == 1u);
            BOOST_TEST(receive(*to, holds) == text.substr(1, holds - 1) + "x");
            BOOST_TEST((read(*to).what == kind::needs_read));
        }
    }
}

BOOST_AUTO_TEST_CASE(reads_no_more_than_asked)
{
    auto [a, b] = memory_pair();
    BOOST_TEST(send(*a, "abc"));
    BOOST_TEST(read(*b, 2).n == 2u);
    BOOST_TEST(read(*b, 2).n == 1u);
}

BOOST_AUTO_TEST_CASE(the_descriptor_is_readable_when_something_can_go_on)
{
    auto [a, b] = memory_pair(4);
    int const fd = a->native_handle();
    BOOST_TEST(fd != b->native_handle());
    BOOST_TEST((read(*a).what == kind::needs_read));
    BOOST_TEST(!is_ready(fd));
    BOOST_TEST(send(*b, "x"));
    BOOST_TEST(is_ready(fd));
    BOOST_TEST(read(*a).n == 1u);
    BOOST_TEST((read(*a).what == kind::needs_read));
    BOOST_TEST(!is_ready(fd)); // a driver that waits for more does not spin

    BOOST_TEST(send(*a, "full"));
    BOOST_TEST((a->try_write("x").what == kind::needs_read));
    BOOST_TEST(!is_ready(fd));
    BOOST_TEST(read(*b).n == 1u);
    BOOST_TEST(is_ready(fd));
    BOOST_TEST(a->try_write("x").n == 1u);
    BOOST_TEST(a->native_handle() == fd);
}

// One descriptor stands for both directions: what makes one possible must not be lost by a try of the other.
BOOST_AUTO_TEST_CASE(trying_one_direction_keeps_the_other_ready)
{
    for (bool write_first : {false, true}) {
        auto [a, b] = memory_pair(1);
        int const fd = a->native_handle();
        BOOST_TEST(send(*a, "x"));
        auto const try_both = [&, &a = a](bool writes, bool reads) {
            for (bool write : {write_first, !write_first}) {
                if (write)
                    BOOST_TEST((a->try_write("y").what == (writes ? kind::ok : kind::needs_read)));
                else
                    BOOST_TEST((read(*a).what == (reads ? kind::ok : kind::needs_read)));
            }
        };
        try_both(false, false);
        BOOST_TEST(!is_ready(fd));
        BOOST_TEST(send(*b, "1"));
        BOOST_TEST((a->try_write("y").what == kind::needs_read));
        BOOST_TEST(is_ready(fd)); // for the reading
        BOOST_TEST(read(*a).n == 1u);
        try_both(false, false);
        BOOST_TEST(!is_ready(fd));
        BOOST_TEST(receive(*b, 1) == "x");
        BOOST_TEST((read(*a).what == kind::needs_read));
        BOOST_TEST(is_ready(fd)); // for the writing
        BOOST_TEST(a->try_write("y").n == 1u);
    }
}

BOOST_AUTO_TEST_CASE(the_end_comes_after_the_bytes)
{
    for (bool only_writing : {false, true}) {
        auto [a, b] = memory_pair();
        int const fd = b->native_handle();
        BOOST_TEST(send(*a, "last"));
        if (only_writing)
            a->shutdown_write();
        else
            a.reset();
        BOOST_TEST(is_ready(fd));
        BOOST_TEST(receive(*b) == "last");
        BOOST_TEST((read(*b).what == kind::eof));
        BOOST_TEST((read(*b).what == kind::eof)); // and stays
    }
}

BOOST_AUTO_TEST_CASE(after_the_end_of_writing_reading_goes_on)
{
    auto [a, b] = memory_pair();
    a->shutdown_write();
    BOOST_TEST((read(*b).what == kind::eof));
    BOOST_TEST(send(*b, "answer"));
    BOOST_TEST(receive(*a, 6) == "answer");
    BOOST_TEST((a->try_write("more").what == kind::error)); // as TCP does
    BOOST_TEST((read(*b).what == kind::eof));
}

BOOST_AUTO_TEST_CASE(nobody_reads_any_more)
{
    auto [a, b] = memory_pair(1);
    BOOST_TEST(send(*a, "x"));
    BOOST_TEST((a->try_write("y").what == kind::needs_read));
    BOOST_TEST(!is_ready(a->native_handle()));
    b.reset();
    BOOST_TEST(is_ready(a->native_handle()));
    auto const w = a->try_write("y");
    BOOST_TEST((w.what == kind::error));
    BOOST_TEST((w.error == errc::connection_lost));
}

BOOST_AUTO_TEST_CASE(the_ends_may_be_on_two_threads)
{
    for (std::size_t capacity : {1u, 3u, 1000u}) {
        auto [a, b] = memory_pair(capacity);
        auto const text = test::numbered(5'000);
        std::string got;
        std::thread echo([&, &b = b] {
            char buffer[700];
            for (;;) {
                auto const r = b->try_read(buffer);
                if (r.what == kind::ok)
                    send(*b, {buffer, r.n});
                else if (!r.blocked() || !test::wait_for(*b, r))
                    break;
            }
            b.reset();
        });
        // sends and receives at once, as a relay does: neither may be waited for alone
        std::string_view rest = text;
        char buffer[64];
        for (bool more = true; more;) {
            attempt w{.what = kind::needs_read};
            if (!rest.empty() && (w = a->try_write(rest)).what == kind::ok) {
                rest.remove_prefix(w.n);
                if (rest.empty())
                    a->shutdown_write();
            }
            auto const r = a->try_read(buffer);
            if (r.what == kind::ok)
                got.append(buffer, r.n);
            more = r.what == kind::ok || w.what == kind::ok || (r.blocked() && test::wait_for(*a, r));
        }
        echo.join();
        BOOST_TEST(got == text);
    }
}

BOOST_AUTO_TEST_CASE(connections_are_accepted_in_their_order)
{
    transport::memory_listener l(3);
    BOOST_TEST(!l.accept());
    auto const connect = l.connector();
    std::vector<std::unique_ptr<transport::stream>> near;
    for (char c : {'a', 'b'}) {
        auto const attempt = connect({"wherever", 1}, std::make_shared<test::counting_waker>());
        BOOST_REQUIRE((attempt->go_on().what == kind::ok));
        near.push_back(attempt->take());
        BOOST_TEST(near.back()->try_write(std::string(10, c)).n == 3u); // the capacity of the listener
    }
    for (char c : {'a', 'b'}) {
        auto const far = l.accept();
        BOOST_REQUIRE(far);
        BOOST_TEST(receive(*far, 3) == std::string(3, c));
    }
    BOOST_TEST(!l.accept());
}

BOOST_AUTO_TEST_CASE(where_nobody_listens_any_more)
{
    std::optional<transport::memory_listener> l(std::in_place);
    auto const connect = l->connector();
    auto const w = std::make_shared<test::counting_waker>();
    auto const before = connect({}, w)->take();
    l.reset();
    BOOST_TEST((read(*before).what == kind::eof)); // connected, but never accepted
    auto const a = connect({}, w)->go_on();
    BOOST_TEST((a.what == kind::error));
    BOOST_TEST((a.error == errc::connect_failed));
}

BOOST_AUTO_TEST_CASE(many_threads_connect_and_accept)
{
    transport::memory_listener l;
    constexpr int each = 100;
    std::atomic<int> accepted{0};
    std::vector<std::thread> threads;
    for (int i = 0; i != 3; ++i) {
        threads.emplace_back([connect = l.connector()] {
            for (int k = 0; k != each; ++k)
                connect({}, nullptr)->take();
        });
        threads.emplace_back([&] {
            while (accepted < 3 * each) {
                if (l.accept())
                    ++accepted;
                else
                    std::this_thread::yield();
            }
        });
    }
    for (auto& t : threads)
        t.join();
    BOOST_TEST(accepted == 3 * each);
    BOOST_TEST(!l.accept());
}

} // namespace transport_memory_cases
BOOST_AUTO_TEST_SUITE_END()
