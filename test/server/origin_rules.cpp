// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/served.hpp"

#include <chatwire/server/origin_rules.hpp>
#include <chatwire/server/router.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(origin_rules_)

namespace origin_rules_test {

using namespace chatwire;

http::request_head head(std::vector<std::pair<char const*, char const*>> const& fields, std::string target = "/")
{
    http::request_head h;
    h.method = "GET";
    h.target = std::move(target);
    for (auto const& [name, value] : fields)
        BOOST_TEST_REQUIRE(!h.fields.insert(name, value));
    return h;
}

BOOST_AUTO_TEST_CASE(an_origin_is_written_as_browsers_write_it)
{
    for (auto const* good : {"https://app.example", "http://localhost:3000", "http://[::1]:8080", "app://obsidian.md",
                             "chrome-extension://abcdef", "https://xn--bcher-kva.example:8443", "http://a.example:443"})
        BOOST_TEST(origin_rules::valid_origin(good), good);
    for (auto const* bad :
         {"", "*", "null", "app.example", "https://", "://app.example", "https://app.example/", "https://App.example",
          "HTTPS://app.example", "https://app.example:443", "http://app.example:80", "https://app.example:0",
          "https://app.example:70000", "https://*.example", "https://a.example,https://b.example",
          "https://user@app.example", "https://app.example ", "1a://app.example", "https://b\xC3\xBC.example"})
        BOOST_TEST(!origin_rules::valid_origin(bad), bad);
}

BOOST_AUTO_TEST_CASE(only_what_is_configured_is_known)
{
    origin_rules r;
    r.port = 8080;
    for (auto const* own : {"http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080",
                            "https://localhost:8080", "http://127.8.9.10:8080"})
        BOOST_TEST(r.knows_origin(own), own);
    for (auto const* foreign :
         {"", "null", "*", "http://localhost", "http://localhost:80", "http://localhost:8081",
          "http://a.localhost:8080", "http://localhost.evil.example:8080", "http://127.0.0.1.evil.example:8080",
          "http://127.evil.example:8080", "http://127.0.0:8080", "http://127.0.0.256:8080", "http://127.0.0.1.2:8080",
          "http://128.0.0.1:8080", "http://evil.example:8080", "http://localhost:8080/", "http://LOCALHOST:8080",
          "app://localhost:8080"})
        BOOST_TEST(!r.knows_origin(foreign), foreign);
    r.port = 80;
    BOOST_TEST(r.knows_origin("http://localhost"));
    BOOST_TEST(!r.knows_origin("https://localhost"));

    r.origins = {"https://app.example", "null", "http://localhost:3000"};
    BOOST_TEST(r.knows_origin("https://app.example"));
    BOOST_TEST(r.knows_origin("http://localhost:3000"));
    for (auto const* foreign : {"null", "http://localhost", "http://app.example", "https://app.example:8443",
                                "https://app.example.evil", "https://evil.app.example", "https://app.exampl", ""})
        BOOST_TEST(!r.knows_origin(foreign), foreign);
}

BOOST_AUTO_TEST_CASE(a_listener_on_loopback_refuses_a_foreign_name)
{
    origin_rules r;
    r.port = 8080;
    r.loopback = true;
    auto const status = [&r](http::request_head const& h) {
        auto const f = r.check_host(h);
        return f ? f->status : 0;
    };
    for (auto const* own : {"localhost", "LocalHost:8080", "127.0.0.1:8080", "127.0.0.1:9", "[::1]", "[::1]:8080"})
        BOOST_TEST(status(head({{"Host", own}})) == 0, own);
    for (auto const* foreign : {"evil.example", "evil.example:8080", "localhost.evil.example:8080", "127.0.0.1.nip.io",
                                "192.168.1.1:8080", "0.0.0.0:8080", "[::2]:8080", "evil@localhost"})
        BOOST_TEST(status(head({{"Host", foreign}})) == 421, foreign);
    BOOST_TEST(status(head({})) == 0); // HTTP/1.0
    BOOST_TEST(status(head({}, "http://evil.example/v1/models")) == 421);
    BOOST_TEST(status(head({{"Host", "localhost"}}, "http://localhost/v1/models")) == 0);
    // what a page says of itself is no proof of what we are
    BOOST_TEST(status(head({{"Host", "evil.example:8080"}, {"Origin", "http://evil.example:8080"}})) == 421);

    r.hosts = {"gateway.example"};
    BOOST_TEST(status(head({{"Host", "Gateway.Example:443"}})) == 0);
    BOOST_TEST(status(head({{"Host", "localhost:8080"}})) == 0);
    BOOST_TEST(status(head({{"Host", "other.example"}})) == 421);
}

BOOST_AUTO_TEST_CASE(elsewhere_a_name_is_foreign_only_if_some_are_configured)
{
    origin_rules r;
    BOOST_TEST(!r.check_host(head({{"Host", "any.example"}})));
    r.hosts = {"gateway.example"};
    BOOST_TEST(!r.check_host(head({{"Host", "gateway.example"}})));
    BOOST_TEST(!r.check_host(head({{"Host", "127.0.0.1:80"}})));
    BOOST_TEST(r.check_host(head({{"Host", "any.example"}})).value().status == 421);
}

BOOST_AUTO_TEST_CASE(a_page_that_is_foreign_is_refused_where_a_route_wants_it)
{
    origin_rules r;
    r.port = 8080;
    BOOST_TEST(!r.check_origin(head({{"Host", "localhost"}}))); // no page
    BOOST_TEST(!r.check_origin(head({{"Origin", "http://localhost:8080"}})));
    for (auto const* foreign : {"null", "http://evil.example:8080", "http://localhost:1", ""})
        BOOST_TEST(r.check_origin(head({{"Origin", foreign}})).value().status == 403, foreign);
    BOOST_TEST(r.check_origin(head({{"Origin", "http://localhost:8080"}, {"Origin", "http://localhost:8080"}}))
                   .value()
                   .status == 403);
    // never because Host says the same
    BOOST_TEST(r.check_origin(head({{"Host", "evil.example"}, {"Origin", "http://evil.example"}})).value().status ==
               403);
}

// ---- on a connection: what goes out, for every kind of answer ----

struct surface {
    router routes;

    surface()
    {
        routes.errors_below("/text", error_shape::text);
        route r{.method = "POST", .pattern = "/open", .max_body = 1000};
        r.begin = [](server_call call) {
            envelope e;
            e.stream = call.body == "stream";
            auto p = test::knows({test::saying("Hi"), test::finishing()})({}, {});
            p->set_envelope(std::move(e));
            return p;
        };
        routes.add(r);
        r.pattern = "/text/open";
        routes.add(r);
        r.method = "GET";
        r.pattern = "/open";
        routes.add(r);
        r.pattern = "/throws";
        r.begin = [](server_call const&) -> std::unique_ptr<plan> { throw std::runtime_error("a secret"); };
        routes.add(r);
        r.pattern = "/locked";
        r.guard = [](server_call const&) { return std::optional(refusal(401, "no")); };
        routes.add(r);
        route tools{.method = "POST", .pattern = "/tools", .known_origins_only = true};
        tools.begin = [](server_call const&) { return std::make_unique<immediate_plan>(answer::json("{}")); };
        routes.add(std::move(tools));
        routes.origins.port = 8080;
        routes.origins.loopback = true;
    }

    test::seen_answer ask(std::string const& request, std::string const& method = "POST") const
    {
        test::served s(routes);
        s.receive(request);
        s.end();
        auto const all = test::read_answers(s.sent, {method});
        BOOST_TEST_REQUIRE(all.size() == 1U, s.sent);
        return all[0];
    }
};

std::string options(std::string_view target, std::string_view fields)
{
    return "OPTIONS " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) + "\r\n";
}

std::string const from_app = "Origin: https://app.example\r\n";

BOOST_AUTO_TEST_CASE(a_configured_page_may_read_answers_of_every_kind)
{
    surface s;
    s.routes.origins.origins = {"https://app.example", "https://other.example"};
    struct {
        std::string request, method;
        int status;
    } const cases[] = {
        {test::post("/open", "{}", from_app), "POST", 200},
        {test::post("/open", "stream", from_app), "POST", 200},
        {test::post("/text/open", "{}", from_app), "POST", 200},
        {test::post("/nowhere", "{}", from_app), "POST", 404},
        {test::get("/text/open", from_app), "GET", 405},
        {test::get("/locked", from_app), "GET", 401},
        {test::get("/throws", from_app), "GET", 500},
        {test::post("/open", std::string(1001, 'x'), from_app), "POST", 413},
        {"POST /open HTTP/1.1\r\nHost: localhost\r\n" + from_app + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", "POST",
         400},
        {"GET /open HTTP/1.1\r\nHost: evil.example\r\n" + from_app + "\r\n", "GET", 421},
    };
    for (auto const& c : cases) {
        auto const a = s.ask(c.request, c.method);
        BOOST_TEST_CONTEXT(c.request)
        {
            BOOST_TEST(a.status == c.status);
            BOOST_TEST(a.field("access-control-allow-origin") == "https://app.example");
            BOOST_TEST(a.field("vary") == "Origin");
            auto const exposed = a.field("access-control-expose-headers");
            BOOST_TEST((exposed.find("X-Session-ID") != std::string::npos));
            BOOST_TEST((exposed.find("x-request-id") != std::string::npos));
            BOOST_TEST(a.fields.count("access-control-allow-credentials") == 0U);
            BOOST_TEST(a.field("x-request-id") != "");
        }
    }
}

BOOST_AUTO_TEST_CASE(nobody_else_may)
{
    surface s;
    for (bool configured : {false, true}) {
        if (configured)
            s.routes.origins.origins = {"https://app.example"};
        for (auto const* origin : {"", "Origin: https://evil.example\r\n", "Origin: null\r\n", "Origin: *\r\n",
                                   "Origin: http://localhost:8080\r\n"}) {
            for (auto const* target : {"/open", "/nowhere"}) {
                auto const a = s.ask(test::post(target, "{}", origin));
                BOOST_TEST(a.fields.count("access-control-allow-origin") == 0U);
                BOOST_TEST(a.fields.count("access-control-expose-headers") == 0U);
                BOOST_TEST(a.field("vary") == (configured ? "Origin" : "")); // a cache must not mix them up
            }
        }
        auto const a = s.ask(test::post("/open", "{}", from_app));
        BOOST_TEST(a.fields.count("access-control-allow-origin") == (configured ? 1U : 0U));
    }
}

BOOST_AUTO_TEST_CASE(a_preflight_needs_no_key_but_a_configured_page_and_a_path)
{
    surface s;
    s.routes.origins.origins = {"https://app.example"};
    std::string const asks = "Access-Control-Request-Method: GET\r\n"
                             "Access-Control-Request-Headers: authorization, idempotency-key,x-session-id\r\n";
    auto const a = s.ask(options("/locked", from_app + asks), "OPTIONS");
    BOOST_TEST(a.status == 204);
    BOOST_TEST(a.body == "");
    BOOST_TEST(a.field("access-control-allow-origin") == "https://app.example");
    BOOST_TEST(a.field("access-control-allow-methods") == "GET, HEAD");
    BOOST_TEST(a.field("access-control-allow-headers") == "authorization, idempotency-key,x-session-id");
    BOOST_TEST(a.field("access-control-max-age") == "600");
    BOOST_TEST(a.field("vary") == "Origin");
    BOOST_TEST(a.fields.count("access-control-allow-credentials") == 0U);
    BOOST_TEST(a.field("x-request-id") != "");
    BOOST_TEST(s.ask(options("/open", from_app + asks), "OPTIONS").field("access-control-allow-methods") ==
               "POST, GET, HEAD");

    BOOST_TEST(s.ask(options("/nowhere", from_app + asks), "OPTIONS").status == 404);
    auto const injected = s.ask(
        options("/open", from_app + "Access-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: a b\r\n"),
        "OPTIONS");
    BOOST_TEST(injected.status == 204);
    BOOST_TEST(injected.fields.count("access-control-allow-headers") == 0U);

    // what is no preflight of a configured page is a wrong method as ever
    for (auto const& fields : {from_app, "Origin: https://evil.example\r\n" + asks, "Origin: null\r\n" + asks, asks}) {
        auto const b = s.ask(options("/open", fields), "OPTIONS");
        BOOST_TEST(b.status == 405);
        BOOST_TEST(b.field("allow") == "POST, GET, HEAD");
        BOOST_TEST(b.fields.count("access-control-allow-methods") == 0U);
        BOOST_TEST(b.field("x-request-id") != "");
    }
    s.routes.origins.origins.clear();
    BOOST_TEST(s.ask(options("/open", from_app + asks), "OPTIONS").status == 405);

    // a connection goes on after it
    s.routes.origins.origins = {"https://app.example"};
    test::served c(s.routes);
    c.receive(options("/open", from_app + asks) + test::post("/open", "{}", from_app));
    auto const both = test::read_answers(c.sent, {"OPTIONS", "POST"});
    BOOST_TEST_REQUIRE(both.size() == 2U);
    BOOST_TEST(both[1].status == 200);
}

BOOST_AUTO_TEST_CASE(a_route_can_want_known_pages_only)
{
    surface s;
    BOOST_TEST(s.ask(test::post("/tools", "{}")).status == 200);
    BOOST_TEST(s.ask(test::post("/tools", "{}", "Origin: http://localhost:8080\r\n")).status == 200);
    for (auto const* foreign : {"https://app.example", "null", "http://localhost:8081", "http://localhost"}) {
        auto const a = s.ask(test::post("/tools", "{}", "Origin: " + std::string(foreign) + "\r\n"));
        BOOST_TEST(a.status == 403);
        BOOST_TEST((a.body.find("\"code\":\"foreign_origin\"") != std::string::npos));
    }
    s.routes.origins.origins = {"https://app.example"};
    BOOST_TEST(s.ask(test::post("/tools", "{}", from_app)).status == 200);
    BOOST_TEST(s.ask(test::post("/tools", "{}", "Origin: http://localhost:8080\r\n")).status == 403);
}

BOOST_AUTO_TEST_CASE(a_foreign_name_is_refused_in_the_shape_of_the_path)
{
    surface s;
    for (auto const* target : {"/open", "/locked", "/nowhere", "/text/open"}) {
        auto const a = s.ask("GET " + std::string(target) + " HTTP/1.1\r\nHost: evil.example:8080\r\n\r\n", "GET");
        BOOST_TEST(a.status == 421);
        BOOST_TEST(a.fields.count("allow") == 0U);
        BOOST_TEST(test::parse_json(a.body).as_object().at("error").is_string() ==
                   (std::string_view(target) == "/text/open"));
    }
    auto const a = s.ask("OPTIONS /open HTTP/1.1\r\nHost: evil.example\r\n" + from_app +
                             "Access-Control-Request-Method: GET\r\n\r\n",
                         "OPTIONS");
    BOOST_TEST(a.status == 421);
}

} // namespace origin_rules_test
BOOST_AUTO_TEST_SUITE_END()
