// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/streams.hpp"

#include <chatwire/transport/tcp.hpp>

#include <boost/test/unit_test.hpp>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/un.h>
#include <thread>

BOOST_AUTO_TEST_SUITE(transport_tcp)
namespace transport_tcp_cases {

using namespace chatwire;
using test::receive;
using test::send;
using transport::attempt;
using transport::descriptor;
using kind = attempt::kind;

error_code connect_error(io::origin const& to)
{
    auto const w = std::make_shared<test::counting_waker>();
    auto const a = test::finish(*transport::connect_tcp(to, w), *w);
    BOOST_TEST((a.what == kind::error));
    return a.error;
}

std::uint16_t closed_port() { return transport::listener::open({"127.0.0.1", 0}).value().port(); }

BOOST_AUTO_TEST_CASE(a_refusal_says_why)
{
    auto const refused = boost::system::errc::connection_refused;
    BOOST_TEST((connect_error({"127.0.0.1", closed_port()}) == refused));
    BOOST_TEST((connect_error({"localhost", closed_port()}) == refused)); // by whatever addresses it has
    BOOST_TEST((connect_error({"no such host", 80}) == errc::host_not_found));
}

BOOST_AUTO_TEST_CASE(addresses_that_no_ordinary_host_has_are_passed_over_if_asked)
{
    auto const to = [](std::string host, std::uint16_t port) {
        return io::origin{.host = std::move(host), .port = port, .ordinary_only = true};
    };
    for (auto const* host : {"169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "0.0.0.0", "0", "::", "224.0.0.1",
                             "0xA9FEA9FE", "2852039166", "0251.254.169.254"}) // as getaddrinfo reads them
        BOOST_TEST((connect_error(to(host, 80)) == errc::forbidden_address), host);
    auto const refused = boost::system::errc::connection_refused;
    BOOST_TEST((connect_error(to("127.0.0.1", closed_port())) == refused));
    BOOST_TEST((connect_error(to("localhost", closed_port())) == refused));
    BOOST_TEST((connect_error(to("no such host", 80)) == errc::host_not_found));
    // without being asked, the system decides
    BOOST_TEST((connect_error({"0.0.0.0", closed_port()}) == refused));
}

BOOST_AUTO_TEST_CASE(only_names_are_looked_up_elsewhere)
{
    auto const w = std::make_shared<test::counting_waker>();
    auto const numeric = transport::connect_tcp({"127.0.0.1", closed_port()}, w);
    numeric->go_on();
    auto l = transport::listener::open({"127.0.0.1", 0}).value();
    auto const named = transport::connect_tcp({"localhost", l.port()}, w);
    BOOST_TEST((test::finish(*named, *w).what == kind::ok));
    BOOST_TEST(w->notified == 1);
    BOOST_TEST(named->take());
}

BOOST_AUTO_TEST_CASE(an_attempt_may_be_dropped_while_a_name_is_looked_up)
{
    auto const w = std::make_shared<test::counting_waker>();
    transport::connect_tcp({"localhost", 1}, w).reset();
    w->notified.wait(0); // the thread ends by itself
    BOOST_TEST(w->notified == 1);
}

BOOST_AUTO_TEST_CASE(events_leave_at_once_and_nothing_blocks)
{
    auto [a, b] = test::tcp_pair();
    BOOST_REQUIRE((a && b));
    for (auto* s : {a.get(), b.get()}) {
        int on = 0;
        socklen_t size = sizeof on;
        BOOST_TEST(::getsockopt(s->native_handle(), IPPROTO_TCP, TCP_NODELAY, &on, &size) == 0);
        BOOST_TEST(on != 0);
        char c = 0;
        BOOST_TEST((s->try_read({&c, 1}).what == kind::needs_read));
    }
    attempt w;
    std::string const block(1 << 20, 'x');
    while ((w = a->try_write(block)).what == kind::ok)
        ;
    BOOST_TEST((w.what == kind::needs_write));
}

BOOST_AUTO_TEST_CASE(large_transfers_in_both_directions)
{
    auto [a, b] = test::tcp_pair();
    auto const up = test::numbered(3 << 20);
    auto const down = test::numbered((3 << 20) + 1);
    std::string got;
    bool sent = false;
    std::thread far([&, &b = b] {
        got = receive(*b, up.size());
        sent = send(*b, down);
    });
    BOOST_TEST(send(*a, up));
    auto const answer = receive(*a, down.size());
    far.join();
    BOOST_TEST((got == up));
    BOOST_TEST(sent);
    BOOST_TEST((answer == down));
}

BOOST_AUTO_TEST_CASE(after_the_end_of_writing_reading_goes_on)
{
    auto [a, b] = test::tcp_pair();
    BOOST_TEST(send(*a, "request"));
    a->shutdown_write();
    BOOST_TEST(receive(*b) == "request"); // to its end
    BOOST_TEST(send(*b, "answer"));
    b.reset();
    BOOST_TEST(receive(*a) == "answer");
    BOOST_TEST((a->try_write("more").what == kind::error)); // an error, and no signal
}

BOOST_AUTO_TEST_CASE(a_peer_that_is_gone_is_an_error)
{
    auto [a, b] = test::tcp_pair();
    linger const abort{1, 0};
    ::setsockopt(b->native_handle(), SOL_SOCKET, SO_LINGER, &abort, sizeof abort);
    b.reset();
    BOOST_TEST(test::wait_ready(a->native_handle()));
    char c = 0;
    auto const r = a->try_read({&c, 1});
    BOOST_TEST((r.what == kind::error));
    BOOST_TEST((r.error == boost::system::errc::connection_reset));
    BOOST_TEST((r.error == condition::transport));
    BOOST_TEST((a->try_write("x").what == kind::error));
}

BOOST_AUTO_TEST_CASE(an_origin_may_be_a_path)
{
    namespace fs = std::filesystem;
    std::string folder = (fs::temp_directory_path() / "chatwire-XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(folder.data()));
    auto const path = folder + "/s";
    sockaddr_un at{};
    at.sun_family = AF_UNIX;
    BOOST_REQUIRE(path.size() < sizeof at.sun_path);
    path.copy(at.sun_path, path.size());
    {
        descriptor l(::socket(AF_UNIX, SOCK_STREAM, 0));
        BOOST_REQUIRE(::bind(l.get(), reinterpret_cast<sockaddr const*>(&at), sizeof at) == 0);
        BOOST_REQUIRE(::listen(l.get(), 1) == 0);
        auto const near = test::connect({.host = "no such host", .port = 1, .path = path});
        BOOST_REQUIRE(near);
        transport::tcp_stream far{descriptor(::accept(l.get(), nullptr, nullptr))};
        BOOST_TEST(send(*near, "hello"));
        BOOST_TEST(receive(far, 5) == "hello");
    }
    BOOST_TEST((connect_error({.host = {}, .path = path}) == boost::system::errc::connection_refused));
    fs::remove_all(folder);
    BOOST_TEST((connect_error({.host = {}, .path = path}) == boost::system::errc::no_such_file_or_directory));
    BOOST_TEST((connect_error({.host = {}, .path = std::string(1000, 'x')}) == errc::host_not_found));
}

} // namespace transport_tcp_cases
BOOST_AUTO_TEST_SUITE_END()
