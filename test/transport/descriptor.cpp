// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/transport/descriptor.hpp>

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <type_traits>

BOOST_AUTO_TEST_SUITE(transport_descriptor)
namespace transport_descriptor_cases {

using chatwire::transport::descriptor;

static_assert(!std::is_copy_constructible_v<descriptor>);
static_assert(std::is_nothrow_move_constructible_v<descriptor>);
static_assert(std::is_nothrow_move_assignable_v<descriptor>);

bool is_open(int fd) { return ::fcntl(fd, F_GETFD) != -1; }
int open_one() { return ::open("/dev/null", O_RDONLY); }

BOOST_AUTO_TEST_CASE(owns_nothing_at_first)
{
    descriptor d;
    BOOST_TEST(!d);
    BOOST_TEST(d.get() == -1);
    BOOST_TEST(d.release() == -1);
    d.reset();
    BOOST_TEST(!d);
}

BOOST_AUTO_TEST_CASE(closes_what_it_owns)
{
    int const fd = open_one();
    {
        descriptor d(fd);
        BOOST_TEST(static_cast<bool>(d));
        BOOST_TEST(d.get() == fd);
        BOOST_TEST(is_open(fd));
    }
    BOOST_TEST(!is_open(fd));

    descriptor d(open_one());
    int const again = d.get();
    d.reset();
    BOOST_TEST(!is_open(again));
    BOOST_TEST(!d);
}

BOOST_AUTO_TEST_CASE(zero_is_a_descriptor)
{
    descriptor d(0);
    BOOST_TEST(static_cast<bool>(d));
    BOOST_TEST(d.release() == 0);
}

BOOST_AUTO_TEST_CASE(gives_away_without_closing)
{
    descriptor a(open_one());
    int const fd = a.get();
    BOOST_TEST(a.release() == fd);
    BOOST_TEST(!a);
    BOOST_TEST(is_open(fd));
    descriptor b(fd);
    descriptor c(std::move(b));
    BOOST_TEST(!b);
    BOOST_TEST(c.get() == fd);
    BOOST_TEST(is_open(fd));
}

BOOST_AUTO_TEST_CASE(assignment_closes_the_old_one_only)
{
    descriptor a(open_one());
    descriptor b(open_one());
    int const old = a.get();
    int const fd = b.get();
    a = std::move(b);
    BOOST_TEST(!is_open(old));
    BOOST_TEST(is_open(fd));
    BOOST_TEST(a.get() == fd);
    BOOST_TEST(!b);
    auto& self = a;
    a = std::move(self);
    BOOST_TEST(a.get() == fd);
    BOOST_TEST(is_open(fd));
    a = descriptor();
    BOOST_TEST(!is_open(fd));
}

BOOST_AUTO_TEST_CASE(what_errno_says)
{
    errno = ENOENT;
    auto const code = chatwire::transport::last_system_error();
    BOOST_TEST(code.value() == ENOENT);
    BOOST_TEST((code == boost::system::errc::no_such_file_or_directory));
}

} // namespace transport_descriptor_cases
BOOST_AUTO_TEST_SUITE_END()
