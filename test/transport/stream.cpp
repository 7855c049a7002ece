// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/drivers.hpp"
#include "../support/streams.hpp"

#include <chatwire/transport/stream.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <sys/socket.h>
#include <thread>

BOOST_AUTO_TEST_SUITE(transport_stream)
namespace transport_stream_cases {

using namespace chatwire;
using io::action;
using io::outcome;
using io::port;
using transport::attempt;
using transport::descriptor;
using transport::stream;

BOOST_AUTO_TEST_CASE(two_kinds_are_to_be_tried_again)
{
    using enum attempt::kind;
    BOOST_TEST(attempt{.what = needs_read}.blocked());
    BOOST_TEST(attempt{.what = needs_write}.blocked());
    for (auto k : {ok, eof, error})
        BOOST_TEST(!attempt{.what = k}.blocked());
    BOOST_TEST((attempt{}.what == ok));
}

// A stream of somebody's own: like TLS, it has to write before it can read, and reads before it writes again.
class contrary final : public stream {
public:
    explicit contrary(descriptor d) : socket_(std::move(d)) {}
    attempt try_read(std::span<char> into) override
    {
        if (!std::exchange(wrote_, true)) {
            if (::send(socket_.get(), "[", 1, 0) != 1)
                return {.what = attempt::kind::error, .error = transport::last_system_error()};
            return {.what = attempt::kind::needs_write};
        }
        auto const n = ::recv(socket_.get(), into.data(), 1, MSG_DONTWAIT); // as little as possible
        if (n < 0)
            return {.what = attempt::kind::needs_read};
        wrote_ = false;
        return n == 0 ? attempt{.what = attempt::kind::eof} : attempt{.n = 1};
    }
    attempt try_write(std::string_view bytes) override
    {
        if (!std::exchange(read_, true)) {
            char c = 0;
            if (::recv(socket_.get(), &c, 1, MSG_DONTWAIT) != 1) {
                read_ = false;
                return {.what = attempt::kind::needs_read};
            }
        }
        auto const n = ::send(socket_.get(), bytes.data(), 1, MSG_DONTWAIT);
        read_ = false;
        return n == 1 ? attempt{.n = 1} : attempt{.what = attempt::kind::needs_write};
    }
    void shutdown_write() noexcept override { ::shutdown(socket_.get(), SHUT_WR); }
    int native_handle() const noexcept override { return socket_.get(); }

private:
    descriptor socket_;
    bool wrote_ = false;
    bool read_ = false;
};

BOOST_AUTO_TEST_CASE_TEMPLATE(a_stream_of_ones_own_says_what_it_waits_for, Driver, test::drivers)
{
    int both[2];
    BOOST_REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, both) == 0);
    transport::tcp_stream far{descriptor(both[1])};
    std::string seen;
    std::thread peer([&] {
        test::send(far, "..."); // what three writes have to read first
        seen = test::receive(far, 3);
        for (char const* c : {"a", "b", "c"}) {
            seen += test::receive(far, 1); // what a read has to write first
            test::send(far, c);
        }
        far.shutdown_write();
    });
    Driver d;
    d.t.attach(port::caller, std::make_unique<contrary>(descriptor(both[0])));
    std::string_view rest = "123";
    std::array<char, 8> buffer{};
    std::string got;
    auto const r = d(test::scripted([&](outcome const& o, result<int>& out) {
        if (o.ok() && !rest.empty()) {
            rest.remove_prefix(o.n);
        } else if (o.ok())
            got.append(buffer.data(), o.n);
        else if (o.what != outcome::kind::begin) {
            out = o.what == outcome::kind::eof ? 1 : -1;
            return action::finish();
        }
        return rest.empty() ? action::read_some(port::caller, buffer) : action::write_some(port::caller, rest);
    }));
    peer.join();
    BOOST_TEST(r.value() == 1);
    BOOST_TEST(seen == "123[[[");
    BOOST_TEST(got == "abc");
}

} // namespace transport_stream_cases
BOOST_AUTO_TEST_SUITE_END()
