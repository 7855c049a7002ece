// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/drivers.hpp"
#include "../support/streams.hpp"

#include <chatwire/transport/options.hpp>

#include <boost/test/unit_test.hpp>

#include <thread>

BOOST_AUTO_TEST_SUITE(transport_options)
namespace transport_options_cases {

using namespace chatwire;
using io::action;
using io::outcome;
using io::port;

template <class Driver>
std::thread::id worker_of(Driver& d)
{
    std::thread::id id;
    d(test::scripted([&](outcome const& o, result<int>&) {
        return o.what == outcome::kind::begin ? action::run_elsewhere([&] { id = std::this_thread::get_id(); })
                                              : action::finish();
    })).value();
    return id;
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_pool_may_be_shared, Driver, test::drivers)
{
    auto const pool = std::make_shared<transport::worker_pool>(1);
    {
        Driver a({.pool = pool});
        Driver b({.pool = pool});
        auto const id = worker_of(a);
        BOOST_TEST((worker_of(b) == id));
        Driver own;
        BOOST_TEST((worker_of(own) != id));
    }
    BOOST_TEST(pool.use_count() == 1);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(streams_come_over_tcp_unless_said_otherwise, Driver, test::drivers)
{
    auto l = transport::listener::open({"127.0.0.1", 0}).value();
    io::origin const to{"127.0.0.1", l.port()};
    Driver d;
    d(test::scripted([&](outcome const& o, result<int>&) {
        return o.what == outcome::kind::begin ? action::connect_to(port::upstream, to) : action::finish();
    })).value();
    BOOST_TEST(d.t.is_open(port::upstream));
    BOOST_TEST(test::accept(l));
}

} // namespace transport_options_cases
BOOST_AUTO_TEST_SUITE_END()
