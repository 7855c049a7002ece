// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/streams.hpp"

#include <chatwire/transport/listener.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <set>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>
#include <vector>

BOOST_AUTO_TEST_SUITE(transport_listener)
namespace transport_listener_cases {

using namespace chatwire;
using transport::listener;

BOOST_AUTO_TEST_CASE(port_zero_is_one_that_is_free)
{
    std::vector<listener> all;
    std::set<int> ports;
    for (int i = 0; i != 4; ++i) {
        all.push_back(listener::open({"127.0.0.1", 0}).value());
        ports.insert(all.back().port());
    }
    BOOST_TEST(ports.size() == 4u);
    BOOST_TEST(ports.count(0) == 0u);
    for (auto& l : all)
        BOOST_TEST(test::connect({"127.0.0.1", l.port()}));
}

BOOST_AUTO_TEST_CASE(a_port_that_is_taken)
{
    auto const l = listener::open({"127.0.0.1", 0}).value();
    auto const again = listener::open({"127.0.0.1", l.port()});
    BOOST_REQUIRE(!again);
    BOOST_TEST((again.error().code == boost::system::errc::address_in_use));
    BOOST_TEST(again.error().message.find(std::to_string(l.port())) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_port_may_be_taken_again_at_once)
{
    auto l = listener::open({"127.0.0.1", 0}).value();
    auto const port = l.port();
    auto const near = test::connect({"127.0.0.1", port});
    test::accept(l).reset(); // closed first here: the port stays in TIME_WAIT
    l.close();
    BOOST_TEST(listener::open({"127.0.0.1", port}).has_value());
}

BOOST_AUTO_TEST_CASE(a_unix_domain_socket)
{
    auto const path = "/tmp/chatwire_listener_" + std::to_string(::getpid());
    io::origin const at{.host = "", .path = path};
    {
        auto l = listener::open(at).value();
        BOOST_TEST(l.port() == 0);
        auto const near = test::connect(at);
        auto const far = test::accept(l);
        BOOST_REQUIRE(near);
        BOOST_REQUIRE(far);
        test::send(*near, "hello");
        BOOST_TEST(test::receive(*far, 5) == "hello");

        auto const again = listener::open(at); // somebody listens there
        BOOST_REQUIRE(!again);
        BOOST_TEST((again.error().code == boost::system::errc::address_in_use));
        BOOST_TEST(again.error().message.find(path) != std::string::npos);

        listener moved = std::move(l);
        l = listener::open({"127.0.0.1", 0}).value();
        BOOST_TEST(test::connect(at)); // the path is the moved one's
    }
    BOOST_TEST(::access(path.c_str(), F_OK) != 0);

    // What a process that was killed leaves behind.
    {
        transport::descriptor const left(::socket(AF_UNIX, SOCK_STREAM, 0));
        sockaddr_un a{};
        a.sun_family = AF_UNIX;
        std::copy(path.begin(), path.end(), a.sun_path);
        BOOST_REQUIRE(::bind(left.get(), reinterpret_cast<sockaddr const*>(&a), sizeof a) == 0);
    }
    BOOST_TEST(::access(path.c_str(), F_OK) == 0);
    BOOST_TEST(listener::open(at).has_value());

    // A file that is no socket is somebody's.
    std::ofstream(path) << "precious";
    BOOST_TEST(!listener::open(at));
    BOOST_TEST(::access(path.c_str(), F_OK) == 0);
    ::unlink(path.c_str());

    BOOST_TEST((listener::open({.host = "", .path = std::string(200, 'x')}).error().code == errc::host_not_found));
    BOOST_TEST(!listener::open({.host = "", .path = "/no/such/folder/socket"}));
}

BOOST_AUTO_TEST_CASE(a_host_that_is_none)
{
    auto const l = listener::open({"no such host", 0});
    BOOST_REQUIRE(!l);
    BOOST_TEST((l.error().code == errc::host_not_found));
    BOOST_TEST(l.error().message.find("no such host") != std::string::npos);
    auto const foreign = listener::open({"192.0.2.1", 0}); // an address for documentation: nobody's own
    BOOST_REQUIRE(!foreign);
    BOOST_TEST((foreign.error().code == boost::system::errc::address_not_available));
}

BOOST_AUTO_TEST_CASE(no_host_is_every_address)
{
    auto l = listener::open({"", 0}).value();
    BOOST_TEST(test::connect({"127.0.0.1", l.port()}));
    BOOST_TEST(test::accept(l));
}

BOOST_AUTO_TEST_CASE(accepts_what_there_is_and_never_waits)
{
    auto l = listener::open({"127.0.0.1", 0}).value();
    BOOST_TEST(!l.accept().value());
    auto const a = test::connect({"127.0.0.1", l.port()});
    auto const far = test::accept(l);
    BOOST_REQUIRE(far);
    BOOST_TEST(!l.accept().value());
    BOOST_TEST(test::send(*far, "hi"));
    BOOST_TEST(test::receive(*a, 2) == "hi");
}

BOOST_AUTO_TEST_CASE(closed_it_accepts_nobody)
{
    auto l = listener::open({"127.0.0.1", 0}).value();
    auto const port = l.port();
    l.close();
    BOOST_TEST(l.native_handle() == -1);
    BOOST_TEST(l.accept().has_error());
    BOOST_TEST(!test::connect({"127.0.0.1", port}));
}

BOOST_AUTO_TEST_CASE(moving_takes_the_socket_along)
{
    auto a = listener::open({"127.0.0.1", 0}).value();
    auto const port = a.port();
    auto b = std::move(a);
    BOOST_TEST(b.port() == port);
    BOOST_TEST(test::connect({"127.0.0.1", port}));
    BOOST_TEST(test::accept(b));
}

BOOST_AUTO_TEST_CASE(many_threads_accept)
{
    auto l = listener::open({"127.0.0.1", 0}).value();
    constexpr int count = 60;
    std::atomic<int> accepted{0};
    std::vector<std::thread> threads;
    for (int i = 0; i != 3; ++i)
        threads.emplace_back([&] {
            while (accepted < count) {
                if (auto s = l.accept().value()) {
                    ++accepted;
                    test::send(*s, "x");
                } else
                    std::this_thread::yield();
            }
        });
    int greeted = 0;
    for (int i = 0; i != count; ++i) {
        auto const s = test::connect({"127.0.0.1", l.port()});
        greeted += s && test::receive(*s) == "x"; // by one, and once
    }
    for (auto& t : threads)
        t.join();
    BOOST_TEST(greeted == count);
    BOOST_TEST(accepted == count);
}

} // namespace transport_listener_cases
BOOST_AUTO_TEST_SUITE_END()
