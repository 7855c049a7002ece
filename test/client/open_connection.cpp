// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/answers.hpp"
#include "../support/simulation.hpp"

#include <chatwire/client/begin_call.hpp>
#include <chatwire/client/open_connection.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>

BOOST_AUTO_TEST_SUITE(client_open_connection)

namespace client_open_connection_test {

using namespace chatwire;
using namespace chatwire::test;

std::string const granted = "HTTP/1.1 200 OK\r\n\r\n";

struct way {
    client_options options;
    std::string log; // what is done, writing and reading as often as it takes
    std::string connected_to;
    std::string secured_for = "";
};

std::string unrepeated(std::string log)
{
    log.erase(std::unique(log.begin(), log.end()), log.end());
    return log;
}

std::vector<way> ways()
{
    return {
        {{.base_url = "http://example.org"}, "C", "example.org"},
        {{.base_url = "https://example.org"}, "CS", "example.org", "example.org"},
        {{.base_url = "http://example.org", .proxy = "http://proxy"}, "C", "proxy"},
        {{.base_url = "https://example.org", .proxy = "http://proxy"}, "CWRS", "proxy", "example.org"},
        {{.base_url = "http://example.org", .unix_socket = "/run/s"}, "C", "/run/s"},
        {{.base_url = "https://example.org", .unix_socket = "/run/s"}, "CS", "/run/s", "example.org"},
    };
}

BOOST_AUTO_TEST_CASE(each_way_has_its_steps)
{
    for (auto const& w : ways()) {
        auto const r = find_route(w.options, http::parse_url(w.options.base_url).value()).value();
        simulation s{.answers = {{granted}}};
        BOOST_TEST(s.run(open_connection(r, w.options, io::never)).has_value());
        BOOST_TEST(unrepeated(s.log) == w.log);
        BOOST_TEST(s.connected_to == w.connected_to);
        BOOST_TEST(s.secured_for == w.secured_for);
    }
}

BOOST_AUTO_TEST_CASE(whatever_fails_at_whatever_step_it_fails)
{
    for (auto const& w : ways()) {
        auto const r = find_route(w.options, http::parse_url(w.options.base_url).value()).value();
        for (auto const& m : mishaps())
            for (std::size_t step = 0;; ++step) {
                simulation s{.answers = {{granted}}, .fail_at = step, .injected = m.outcome};
                auto const done = s.run(open_connection(r, w.options, io::never));
                if (!s.hit)
                    break;
                if (m.reads_only && s.hit != io::action::kind::read)
                    continue;
                BOOST_TEST_CONTEXT(m.name << " at step " << step << " of " << w.log)
                {
                    BOOST_REQUIRE(!done);
                    BOOST_TEST(std::count(m.conditions.begin(), m.conditions.end(), condition_of(done.error())) == 1);
                    if (m.outcome.what == io::outcome::kind::timeout)
                        BOOST_TEST(done.error().code == make_error_code(errc::connect_timeout));
                }
            }
    }
}

BOOST_AUTO_TEST_CASE(a_proxy_that_forwards_gets_the_whole_url_and_its_own_password)
{
    client_core<> core({.base_url = "http://localhost:8080/v1", .api_key = "k", .proxy = "http://a:b@127.0.0.1:3128"});
    simulation s{.answers = {{http_answer(whole_answer)}}};
    client_call const question{.method = "POST", .path = "/chat/completions", .body = "{}"};
    BOOST_TEST(s.run(begin_call<>(core, question, std::make_shared<diagnostics>())).has_value());
    auto const& sent = s.all_sent.front();
    BOOST_TEST(sent.starts_with("POST http://localhost:8080/v1/chat/completions HTTP/1.1\r\nHost: localhost:8080\r\n"));
    BOOST_TEST(sent.find("\r\nProxy-Authorization: Basic YTpi\r\n") != sent.npos);
    BOOST_TEST(sent.find("\r\nAuthorization: Bearer k\r\n") != sent.npos);
}

BOOST_AUTO_TEST_CASE(through_a_tunnel_the_proxys_password_goes_no_further)
{
    client_core<> core({.base_url = "https://example.org/v1", .api_key = "k", .proxy = "http://a:b@127.0.0.1:3128"});
    simulation s{.answers = {{granted, http_answer(whole_answer)}}};
    client_call const question{.method = "POST", .path = "/chat/completions", .body = "{}"};
    BOOST_TEST(s.run(begin_call<>(core, question, std::make_shared<diagnostics>())).has_value());
    auto const& sent = s.all_sent.front();
    auto const call = sent.find("POST /v1/chat/completions HTTP/1.1\r\nHost: example.org\r\n");
    BOOST_REQUIRE(call != sent.npos);
    BOOST_TEST(sent.find("Proxy-Authorization") < call);
    BOOST_TEST(sent.rfind("Proxy-Authorization") < call);
    BOOST_TEST(sent.find("Bearer k") > call);
    BOOST_TEST(unrepeated(s.log) == "CWRSWR");
}

} // namespace client_open_connection_test

BOOST_AUTO_TEST_SUITE_END()
