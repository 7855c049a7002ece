// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/io/outcome.hpp>

#include <boost/test/unit_test.hpp>

#include <cerrno>

BOOST_AUTO_TEST_SUITE(io_outcome)
namespace io_outcome_cases {

using chatwire::condition;
using chatwire::errc;
using chatwire::error_code;
using chatwire::io::outcome;
using kind = outcome::kind;

BOOST_AUTO_TEST_CASE(a_new_one_is_the_beginning)
{
    BOOST_TEST((outcome{}.what == kind::begin));
    BOOST_TEST(!outcome{}.ok());
}

BOOST_AUTO_TEST_CASE(only_bytes_are_ok)
{
    BOOST_TEST(outcome::bytes(5).ok());
    BOOST_TEST(outcome::bytes(5).n == 5u);
    for (auto k : {kind::begin, kind::eof, kind::woken, kind::timeout, kind::cancelled, kind::caller_gone, kind::error})
        BOOST_TEST(!outcome{.what = k}.ok());
}

BOOST_AUTO_TEST_CASE(the_failure_it_amounts_to)
{
    // which clock it was, only the operation knows
    for (auto e : {errc::idle_timeout, errc::connect_timeout, errc::total_timeout})
        BOOST_TEST((outcome{.what = kind::timeout}.to_failure(e).code == e));
    auto const code = [](outcome const& o) { return o.to_failure(errc::idle_timeout).code; };
    BOOST_TEST((code({.what = kind::cancelled}) == errc::cancelled));
    BOOST_TEST((code({.what = kind::caller_gone}) == errc::caller_gone));
    BOOST_TEST((code({.what = kind::eof}) == errc::connection_lost));
    BOOST_TEST((code(outcome::failed(errc::host_not_found)) == errc::host_not_found));
    error_code const reset(ECONNRESET, boost::system::system_category());
    BOOST_TEST(code(outcome::failed(reset)) == reset);
    BOOST_TEST((code(outcome::failed(reset)) == condition::transport));
    // what is no failure is a mistake of whoever asks
    for (auto k : {kind::begin, kind::ok, kind::woken})
        BOOST_TEST((code({.what = k}) == condition::misuse));
}

} // namespace io_outcome_cases
BOOST_AUTO_TEST_SUITE_END()
