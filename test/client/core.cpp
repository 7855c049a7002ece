// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/core.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(client_core_)

namespace client_core_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(the_base_url_says_where_to_connect)
{
    client_core<> const a({.base_url = "http://example.org/v1"});
    BOOST_REQUIRE(a.base.has_value());
    BOOST_TEST(a.way->connect.host == "example.org");
    BOOST_TEST(a.way->connect.port == 80);
    client_core<> const b({.base_url = "ftp://example.org"});
    BOOST_REQUIRE(!b.base);
    BOOST_REQUIRE(!b.way);
    BOOST_TEST(b.way.error().code == make_error_code(errc::invalid_url));
}

BOOST_AUTO_TEST_CASE(failures_of_the_transport_tell_with_whom)
{
    client_core<> const core({.base_url = "http://example.org:81/v1", .connect_timeout = std::chrono::seconds(7)});
    auto const said = [&](errc e) { return core.explain(failure(e)).message; };
    BOOST_TEST(said(errc::connect_timeout) == "no connection to http://example.org:81 in 7000 ms");
    for (auto const e : {errc::idle_timeout, errc::write_timeout, errc::connect_failed, errc::host_not_found})
        BOOST_TEST(said(e).find("http://example.org:81") != std::string::npos);
    BOOST_TEST(!said(errc::total_timeout).empty());
    BOOST_TEST(core.explain(failure(errc::refused, "no")).message == "no");

    client_core<> const far(
        {.base_url = "https://example.org", .proxy = "http://me:secret@proxy:3128", .credentials_in_the_clear = true});
    BOOST_TEST(far.explain(failure(errc::connect_timeout)).message ==
               "no connection to https://example.org through http://proxy:3128 in 10000 ms");
    client_core<> const near({.base_url = "http://localhost/v1", .unix_socket = "/run/model.sock"});
    BOOST_TEST(near.explain(failure(errc::connect_failed)).message == "talking to http://localhost at /run/model.sock");
}

} // namespace client_core_test

BOOST_AUTO_TEST_SUITE_END()
