// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/transport/blocking.hpp>
#include <chatwire/transport/descriptor.hpp>
#include <chatwire/transport/descriptor_pair.hpp>

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <fcntl.h>
#include <string>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(transport_descriptor_pair)

namespace descriptor_pair_test {

using namespace chatwire;
using namespace transport;
using kind = attempt::kind;

struct fixture {
    descriptor in_write, in_read, out_read, out_write;
    fixture()
    {
        int fds[2];
        BOOST_TEST_REQUIRE(::pipe(fds) == 0);
        in_read = descriptor(fds[0]);
        in_write = descriptor(fds[1]);
        BOOST_TEST_REQUIRE(::pipe(fds) == 0);
        out_read = descriptor(fds[0]);
        out_write = descriptor(fds[1]);
    }
};

BOOST_FIXTURE_TEST_CASE(each_is_asked_whether_it_is_ready, fixture)
{
    descriptor_pair s(in_read.get(), out_write.get());
    char buffer[8];
    BOOST_TEST((s.try_read(buffer).what == kind::needs_read));
    BOOST_TEST(s.native_handle() == in_read.get());
    BOOST_TEST(::write(in_write.get(), "abc", 3) == 3);
    BOOST_TEST(s.try_read(buffer).n == 3U);
    BOOST_TEST(std::string(buffer, 3) == "abc");

    std::size_t written = 0;
    std::string const much(100'000, 'x');
    attempt a;
    while ((a = s.try_write(much)).what == kind::ok)
        written += a.n;
    BOOST_TEST((a.what == kind::needs_write)); // though the descriptor itself would block
    BOOST_TEST(s.native_handle() == out_write.get());
    BOOST_TEST(written > 0U);
    BOOST_TEST((::fcntl(out_write.get(), F_GETFL) & O_NONBLOCK) == 0);
    std::string back(written, '\0');
    for (std::size_t n = 0; n < written;)
        n += static_cast<std::size_t>(::read(out_read.get(), back.data() + n, written - n));
    BOOST_TEST((s.try_write("y").what == kind::ok));
}

BOOST_FIXTURE_TEST_CASE(ends_are_told, fixture)
{
    descriptor_pair s(in_read.get(), out_write.get());
    char buffer[8];
    in_write.reset();
    BOOST_TEST((s.try_read(buffer).what == kind::eof));
    out_read.reset();
    auto const a = s.try_write("x"); // which ends no program
    BOOST_TEST((a.what == kind::error));
    BOOST_TEST((a.error == error_code(EPIPE, boost::system::system_category())));
    sigset_t pending;
    ::sigpending(&pending);
    BOOST_TEST(!::sigismember(&pending, SIGPIPE));
    descriptor_pair broken(-1, -1);
    BOOST_TEST((broken.try_read(buffer).what != kind::ok));
}

BOOST_FIXTURE_TEST_CASE(nothing_is_closed_in_the_end, fixture)
{
    {
        descriptor_pair const s(in_read.get(), out_write.get());
    }
    BOOST_TEST(::fcntl(in_read.get(), F_GETFD) >= 0);
    BOOST_TEST(::fcntl(out_write.get(), F_GETFD) >= 0);
}

} // namespace descriptor_pair_test
BOOST_AUTO_TEST_SUITE_END()
