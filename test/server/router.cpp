// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/router.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(server_router)

namespace router_test {

using namespace chatwire;

server_call call_of(std::string method, std::string target)
{
    server_call c;
    c.head.method = std::move(method);
    c.head.target = std::move(target);
    return c;
}

router example()
{
    router r;
    r.errors_below("/api", error_shape::text);
    for (auto const* pattern : {"/v1/models", "/v1/models/{id...}", "/api/project/{projectId}/session/{sessionId}"})
        r.add({.method = "GET", .pattern = pattern});
    r.add({.method = "POST", .pattern = "/v1/chat/completions"});
    r.add({.method = "DELETE", .pattern = "/api/project/{projectId}/session/{sessionId}"});
    return r;
}

std::string matched(router const& r, server_call& c)
{
    auto const m = r.match(c);
    return m ? (*m)->pattern : std::to_string(m.error().status);
}

BOOST_AUTO_TEST_CASE(paths_find_their_routes)
{
    struct row {
        char const *method, *target, *pattern;
    };
    row const rows[] = {
        {"GET", "/v1/models", "/v1/models"},
        {"HEAD", "/v1/models", "/v1/models"},
        {"GET", "/v1/models?limit=3", "/v1/models"},
        {"GET", "http://host/v1/models", "/v1/models"},
        {"GET", "/v1/models/", "/v1/models"},
        {"GET", "//v1///models", "/v1/models"},
        {"GET", "/v1/models/a", "/v1/models/{id...}"},
        {"GET", "/v1/models/org/name", "/v1/models/{id...}"},
        {"POST", "/v1/chat/completions", "/v1/chat/completions"},
        {"GET", "/v1", "404"},
        {"GET", "/", "404"},
        {"GET", "/v1/modelsx", "404"},
        {"GET", "/V1/models", "404"},
        {"get", "/v1/models", "501"},
        {"BREW", "/nowhere", "501"},
        {"CONNECT", "host:80", "501"},
        {"TRACE", "/v1/models", "405"},
        {"POST", "/v1/models", "405"},
        {"OPTIONS", "*", ""}, // the server as a whole
        {"GET", "*", "400"},
        {"GET", "/api/project/p/session", "404"},
        {"GET", "/api/project/p/session/s/more", "404"},
        {"GET", "/api/project/p/session/%zz", "400"},
        {"GET", "/v1/models/%00", "400"},
        {"GET", "/%", "400"},
    };
    auto const r = example();
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.method << ' ' << row.target)
        {
            auto c = call_of(row.method, row.target);
            BOOST_TEST(matched(r, c) == row.pattern);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_parameter_is_one_decoded_segment)
{
    auto const r = example();
    auto c = call_of("GET", "/api/project/prj%20a/session/a%2Fb%C3%A9%3F?x=%31");
    BOOST_TEST(matched(r, c) == "/api/project/{projectId}/session/{sessionId}");
    BOOST_TEST(c.param("projectId") == "prj a");
    BOOST_TEST(c.param("sessionId") == "a/b\xC3\xA9?");
    BOOST_TEST(c.param("nothing") == "");
    BOOST_TEST(c.query == "x=%31");
    auto rest = call_of("GET", "/v1/models/org/a%2Fb");
    matched(r, rest);
    BOOST_TEST(rest.param("id") == "org/a/b");
}

BOOST_AUTO_TEST_CASE(a_wrong_method_is_told_the_right_ones)
{
    auto const r = example();
    auto c = call_of("PUT", "/api/project/p/session/s");
    BOOST_TEST(matched(r, c) == "405");
    BOOST_TEST(c.allow == "GET, HEAD, DELETE");
    auto found = call_of("GET", "/v1/models");
    matched(r, found);
    BOOST_TEST(found.allow == "");
    auto all = call_of("OPTIONS", "*");
    matched(r, all);
    BOOST_TEST(all.allow == "GET, HEAD, POST, DELETE");
}

BOOST_AUTO_TEST_CASE(each_method_is_allowed_once_whatever_its_name)
{
    router r;
    for (auto const* method : {"PROPPATCH", "HEAD", "PATCH", "GET", "PATCH"})
        r.add({.method = method, .pattern = "/x"});
    auto c = call_of("PUT", "/x");
    BOOST_TEST(matched(r, c) == "405");
    BOOST_TEST(c.allow == "PROPPATCH, HEAD, PATCH, GET");
}

BOOST_AUTO_TEST_CASE(an_alias_is_looked_at_last)
{
    router r;
    r.add({.method = "GET", .pattern = "/v1/x"});
    r.add({.method = "GET", .pattern = "/x", .alias_of = "/v1/x"});
    r.add({.method = "POST", .pattern = "/{any...}"});
    r.add({.method = "GET", .pattern = "/{any}"});
    auto c = call_of("GET", "/x");
    BOOST_TEST(matched(r, c) == "/{any}");
}

BOOST_AUTO_TEST_CASE(errors_have_the_shape_of_the_path)
{
    auto const r = example();
    std::pair<char const*, error_shape> const rows[] = {
        {"/api", error_shape::text},      {"/api/unknown", error_shape::text},
        {"/apis", error_shape::object},   {"/v1/unknown", error_shape::object},
        {"/", error_shape::object},       {"//api//unknown/", error_shape::text},
        {"/v1/api", error_shape::object},
    };
    for (auto const& [target, shape] : rows) {
        auto c = call_of("GET", target);
        matched(r, c);
        BOOST_TEST((c.errors == shape), target);
    }
}

} // namespace router_test
BOOST_AUTO_TEST_SUITE_END()
