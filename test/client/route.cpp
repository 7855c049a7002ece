// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/route.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(client_route_)

namespace client_route_test {

using namespace chatwire;

result<client_route> route_of(client_options const& o) { return find_route(o, http::parse_url(o.base_url).value()); }

errc const ok{};

errc code_of(client_options const& o)
{
    auto const r = route_of(o);
    return r ? ok : static_cast<errc>(r.error().code.value());
}

BOOST_AUTO_TEST_CASE(without_a_proxy_the_service_is_connected_to)
{
    auto const plain = route_of({.base_url = "http://example.org:8080/v1"}).value();
    BOOST_TEST(plain.connect.host == "example.org");
    BOOST_TEST(plain.connect.port == 8080);
    BOOST_TEST(!plain.secure);
    BOOST_TEST(!plain.tunnel());
    BOOST_TEST(!plain.forward());
    auto const secure = route_of({.base_url = "https://[2001:db8::1]", .api_key = "k"}).value();
    BOOST_TEST((secure.connect == io::origin{"2001:db8::1", 443}));
    BOOST_TEST((secure.service == secure.connect));
    BOOST_TEST(secure.secure);
}

BOOST_AUTO_TEST_CASE(what_is_connected_to_itself_may_have_to_be_an_ordinary_host)
{
    BOOST_TEST(!route_of({.base_url = "http://a.example"}).value().connect.ordinary_only);
    client_options o{.base_url = "http://a.example", .ordinary_addresses_only = true};
    BOOST_TEST(route_of(o).value().connect.ordinary_only);
    o.proxy = "http://proxy:3128"; // which was named on purpose, and looks the service up itself
    BOOST_TEST(!route_of(o).value().connect.ordinary_only);
    o.no_proxy = {"a.example"};
    BOOST_TEST(route_of(o).value().connect.ordinary_only);
    o.proxy = {};
    o.unix_socket = "/tmp/s";
    BOOST_TEST(!route_of(o).value().connect.ordinary_only);
}

BOOST_AUTO_TEST_CASE(a_unix_domain_socket_stands_for_whatever_host)
{
    auto const r =
        route_of({.base_url = "http://example.org/v1", .api_key = "k", .unix_socket = "/run/model.sock"}).value();
    BOOST_TEST(r.connect.path == "/run/model.sock");
    BOOST_TEST(r.service.host == "example.org");
    BOOST_TEST((code_of({.base_url = "http://h", .proxy = "http://p", .unix_socket = "/s"}) == errc::invalid_argument));
}

BOOST_AUTO_TEST_CASE(a_proxy_makes_a_tunnel_to_tls_and_forwards_the_rest)
{
    auto const secure =
        route_of({.base_url = "https://example.org", .api_key = "k", .proxy = "http://proxy:3128"}).value();
    BOOST_TEST((secure.connect == io::origin{"proxy", 3128}));
    BOOST_TEST((secure.service == io::origin{"example.org", 443}));
    BOOST_TEST(secure.proxy == "http://proxy:3128");
    BOOST_TEST(secure.tunnel());
    BOOST_TEST(secure.proxy_authorization.empty());
    auto const plain = route_of({.base_url = "http://example.org", .proxy = "http://[::1]/"}).value();
    BOOST_TEST((plain.connect == io::origin{"::1", 80}));
    BOOST_TEST(plain.forward());
}

BOOST_AUTO_TEST_CASE(who_one_is_to_a_proxy_stands_in_its_url)
{
    // RFC 7617, 2 has the first
    auto const said = [](char const* proxy) {
        auto const r = route_of({.base_url = "https://h", .proxy = proxy, .credentials_in_the_clear = true}).value();
        BOOST_TEST(r.proxy == "http://p:1");
        return std::string(r.proxy_authorization.reveal());
    };
    BOOST_TEST(said("http://Aladdin:open%20sesame@p:1") == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    BOOST_TEST(said("http://a@p:1") == "Basic YTo=");
    BOOST_TEST(said("http://a:b:c@p:1") == "Basic YTpiOmM=");
    BOOST_TEST(said("http://a:%40%3A@p:1") == "Basic YTpAOg==");
    BOOST_TEST(said("http://a:b@c@p:1") == "Basic YTpiQGM=");
}

BOOST_AUTO_TEST_CASE(a_bad_proxy_is_refused_and_its_password_kept_quiet)
{
    for (auto const* proxy : {"proxy:3128", "socks5://proxy", "https://proxy", "http://", "http://proxy/path",
                              "http://proxy?q", "http://a:b", "http://me:hush@", "http://me:hush@proxy:x",
                              "http://m%3Ae:hush@proxy", "http://me:hush%zz@proxy"})
        BOOST_TEST_CONTEXT(proxy)
        {
            auto const r = route_of({.base_url = "https://h", .proxy = proxy, .credentials_in_the_clear = true});
            BOOST_REQUIRE(!r);
            BOOST_TEST(r.error().code == make_error_code(errc::invalid_url));
            BOOST_TEST(r.error().what().find("hush") == std::string::npos);
        }
}

BOOST_AUTO_TEST_CASE(some_are_reached_without_the_proxy)
{
    auto const direct = [](char const* url, char const* entry) {
        return route_of({.base_url = url, .proxy = "http://proxy", .no_proxy = {"elsewhere", entry}})
            .value()
            .proxy.empty();
    };
    BOOST_TEST(direct("http://example.org", "*"));
    BOOST_TEST(direct("http://example.org", "example.org"));
    BOOST_TEST(direct("http://example.org", "EXAMPLE.ORG"));
    BOOST_TEST(direct("http://example.org", ".example.org"));
    BOOST_TEST(direct("http://api.example.org", "example.org"));
    BOOST_TEST(direct("https://example.org", "example.org:443"));
    BOOST_TEST(direct("http://example.org:8080", "example.org:8080"));
    BOOST_TEST(direct("http://10.0.0.1", "10.0.0.1"));
    BOOST_TEST(direct("http://[::1]:8080", "::1"));
    BOOST_TEST(direct("http://[::1]:8080", "[::1]"));
    BOOST_TEST(direct("http://[::1]:8080", "[::1]:8080"));
    BOOST_TEST(!direct("http://example.org", ""));
    BOOST_TEST(!direct("http://example.org", "."));
    BOOST_TEST(!direct("http://example.org", "org.example"));
    BOOST_TEST(!direct("http://badexample.org", "example.org"));
    BOOST_TEST(!direct("http://example.org.bad", "example.org"));
    BOOST_TEST(!direct("http://example.org", "api.example.org"));
    BOOST_TEST(!direct("http://example.org", "example.org:8080"));
    BOOST_TEST(!direct("http://[::1]:8080", "[::1]:80"));
}

BOOST_AUTO_TEST_CASE(credentials_do_not_go_in_the_clear_to_another_machine_unless_allowed)
{
    std::vector<client_options> const shown{
        {.base_url = "http://example.org", .api_key = "hush"},
        {.base_url = "http://example.org", .headers = {{"authorization", "hush"}}},
        {.base_url = "http://example.org", .headers = {{"Api-Key", "hush"}}},
        {.base_url = "http://example.org", .headers = {{"X-API-Key", "hush"}}},
        {.base_url = "http://example.org", .headers = {{"Cookie", "hush"}}},
        {.base_url = "http://localhost.example.org", .api_key = "hush"},
        {.base_url = "http://localhost", .api_key = "hush", .proxy = "http://proxy"},
        {.base_url = "http://example.org", .api_key = "hush", .proxy = "http://localhost"},
        {.base_url = "https://example.org", .proxy = "http://me:hush@proxy"},
        {.base_url = "http://localhost", .proxy = "http://me:hush@proxy"},
    };
    for (auto o : shown) {
        auto const r = route_of(o);
        BOOST_REQUIRE(!r);
        BOOST_TEST(r.error().code == make_error_code(errc::insecure_credentials));
        BOOST_TEST(r.error().what().find("hush") == std::string::npos);
        o.credentials_in_the_clear = true;
        BOOST_TEST(route_of(o).has_value());
    }
    BOOST_TEST((code_of({.base_url = "http://example.org"}) == ok));
    BOOST_TEST((code_of({.base_url = "http://example.org", .headers = {{"X-Trace", "1"}}}) == ok));
    BOOST_TEST((code_of({.base_url = "https://example.org", .api_key = "k"}) == ok));
    BOOST_TEST((code_of({.base_url = "http://127.0.0.1:1", .api_key = "k"}) == ok));
    BOOST_TEST((code_of({.base_url = "http://localhost", .api_key = "k", .proxy = "http://a:b@127.0.0.1"}) == ok));
    BOOST_TEST((code_of({.base_url = "https://example.org", .api_key = "k", .proxy = "http://a:b@localhost"}) == ok));
}

} // namespace client_route_test

BOOST_AUTO_TEST_SUITE_END()
