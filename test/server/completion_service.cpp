// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/completion_service.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <tuple>
#include <vector>

BOOST_AUTO_TEST_SUITE(server_completion_service)

namespace completion_service_test {

using namespace chatwire;

// A plan that shows what it was made of, and says nothing.
struct silent_plan final : plan {
    io::action resume(io::outcome const&) override { return io::action::finish(); }
};

struct fixture {
    completion_service service;
    router routes;
    std::vector<std::string> asked; // "MODEL by COMPLETER"

    completer named(std::string name)
    {
        return [this, name](request r, std::function<void()>) -> std::unique_ptr<plan> {
            asked.push_back(r.model + " by " + name);
            return std::make_unique<silent_plan>();
        };
    }

    fixture()
    {
        service.add_model({.id = "a", .created = 1, .owned_by = "us"}, named("A"));
        service.add_model({.id = "org/b", .created = 2, .owned_by = "us"}, named("B"));
        service.mount(routes);
    }

    std::unique_ptr<plan> ask(std::string method, std::string target, std::string body = {})
    {
        server_call c;
        c.head.method = std::move(method);
        c.head.target = std::move(target);
        auto const r = routes.match(c);
        BOOST_REQUIRE(r);
        c.body = std::move(body);
        return (*r)->begin(std::move(c));
    }
    std::unique_ptr<plan> complete(std::string body) { return ask("POST", "/v1/chat/completions", std::move(body)); }
};

std::string const hello = R"("messages":[{"role":"user","content":"hello"}])";

BOOST_FIXTURE_TEST_CASE(a_model_is_answered_by_its_completer, fixture)
{
    BOOST_TEST(complete(R"({"model":"org/b",)" + hello + "}")->envelope().model == "org/b");
    BOOST_TEST(complete("{" + hello + "}")->envelope().model == "a");
    BOOST_REQUIRE(asked.size() == 2u);
    BOOST_TEST(asked[0] == "org/b by B");
    BOOST_TEST(asked[1] == "a by A");
}

BOOST_FIXTURE_TEST_CASE(other_models_are_refused_unless_there_is_a_default, fixture)
{
    auto const no = complete(R"({"model":"c",)" + hello + "}");
    BOOST_REQUIRE(no->whole());
    BOOST_TEST(no->whole()->status == 404);
    BOOST_TEST(no->whole()->body.find("model_not_found") != std::string::npos);
    service.set_default(named("D"));
    BOOST_TEST(complete(R"({"model":"c",)" + hello + "}")->envelope().model == "c");
    BOOST_REQUIRE(asked.size() == 1u);
    BOOST_TEST(asked[0] == "c by D");
}

BOOST_FIXTURE_TEST_CASE(patterns_answer_for_many_names_and_the_most_specific_counts, fixture)
{
    service.add_model({.id = "*"}, named("all"));
    service.add_model({.id = "gpt-*", .owned_by = "them"}, named("gpt"));
    service.add_model({.id = "gpt-4*"}, named("four"));
    service.add_model({.id = "gpt-4*"}, named("four again"));
    service.add_model({.id = "gpt-4o"}, named("exact"));
    service.add_model({.id = "a*b"}, named("no pattern"));
    service.set_default(named("default"));
    std::pair<std::string, std::string> const rows[] = {{"gpt-4o", "exact"}, {"gpt-4o-mini", "four"}, {"gpt-4", "four"},
                                                        {"gpt-5", "gpt"},    {"gpt-", "gpt"},         {"gpt", "all"},
                                                        {"a", "A"},          {"a*b", "no pattern"},   {"aXb", "all"},
                                                        {"*", "all"},        {"gpt-*", "gpt"}};
    for (auto const& [model, by] : rows) {
        BOOST_TEST(complete(R"({"model":")" + model + "\"," + hello + "}")->envelope().model == model);
        BOOST_TEST(asked.back() == model + " by " + by);
    }
    complete("{" + hello + "}");
    BOOST_TEST(asked.back() == "a by A");

    // the catch-all names nothing
    auto const list = ask("GET", "/v1/models")->whole()->body;
    BOOST_TEST(list.find("gpt-4o") != list.npos);
    BOOST_TEST(list.find("\"*\"") == list.npos);
    BOOST_TEST(list.find("gpt-*") != list.npos);
    BOOST_TEST(list.find("gpt-4o") < list.find("gpt-*"));
    BOOST_TEST(ask("GET", "/v1/models/gpt-4o")->whole()->status == 200);
    BOOST_TEST(ask("GET", "/v1/models/gpt-*")->whole()->status == 200);
    for (auto const* id : {"gpt-5", "*"})
        BOOST_TEST(ask("GET", std::string("/v1/models/") + id)->whole()->status == 404);
}

BOOST_AUTO_TEST_CASE(a_request_without_a_model_is_for_the_pattern_of_all_names_if_there_is_no_other)
{
    completion_service service;
    router routes;
    std::string asked;
    service.add_model({.id = "gpt-*"}, [](request, std::function<void()>) { return std::make_unique<silent_plan>(); });
    service.add_model({.id = "*"}, [&](request r, std::function<void()>) {
        asked = "'" + r.model + "'";
        return std::make_unique<silent_plan>();
    });
    service.mount(routes);
    server_call c;
    c.head.method = "POST";
    c.head.target = "/v1/chat/completions";
    auto const r = routes.match(c);
    BOOST_REQUIRE(r);
    c.body = "{" + hello + "}";
    (void)(*r)->begin(std::move(c));
    BOOST_TEST(asked == "''");
}

BOOST_FIXTURE_TEST_CASE(the_request_decides_about_the_shape_of_the_answer, fixture)
{
    struct row {
        char const* more;
        bool stream, usage;
    };
    row const rows[] = {
        {"", false, false},
        {R"(,"stream":true)", true, false},
        {R"(,"stream":null)", false, false},
        {R"(,"stream":true,"stream_options":{"include_usage":true})", true, true},
        {R"(,"stream":true,"stream_options":{"include_usage":false})", true, false},
        {R"(,"stream":true,"stream_options":null)", true, false},
    };
    for (auto const& r : rows) {
        auto const p = complete(R"({"model":"a",)" + hello + r.more + "}");
        BOOST_TEST(!p->whole());
        BOOST_TEST(p->envelope().stream == r.stream, r.more);
        BOOST_TEST(p->envelope().include_usage == r.usage, r.more);
        BOOST_TEST(p->envelope().usage_chunk);
    }
}

BOOST_FIXTURE_TEST_CASE(bad_requests_name_what_is_wrong, fixture)
{
    std::pair<std::string, std::string> const rows[] = {
        {"", "byte 0"},
        {"{", "byte 1"},
        {"[]", "object"},
        {R"({"model":"a"})", "messages"},
        {R"({"model":"a","messages":[]})", "messages"},
        {R"({"model":"a","messages":"hello"})", "messages"},
        {R"({"model":7,)" + hello + "}", "model"},
        {R"({"model":"a","stream":"yes",)" + hello + "}", "stream"},
        {R"({"model":"a","temperature":9,)" + hello + "}", "temperature"},
        {R"({"model":"a","messages":[{"role":7,"content":"x"}]})", "messages[0].role"},
        {std::string(R"({"model":"a","other":)") + std::string(5000, '[') + "}", "deep"},
    };
    for (auto const& [body, word] : rows) {
        auto const p = complete(body);
        BOOST_REQUIRE(p->whole());
        BOOST_TEST(p->whole()->status == 400, body.substr(0, 60));
        BOOST_TEST(p->whole()->body.find(word) != std::string::npos, p->whole()->body);
    }
    BOOST_TEST(asked.empty());
}

BOOST_FIXTURE_TEST_CASE(models_are_listed_and_shown, fixture)
{
    BOOST_TEST(ask("GET", "/v1/models")->whole()->body ==
               R"({"object":"list","data":[{"id":"a","object":"model","created":1,"owned_by":"us"},)"
               R"({"id":"org/b","object":"model","created":2,"owned_by":"us"}]})");
    for (auto const* path : {"/v1/models/org/b", "/v1/models/org%2Fb"})
        BOOST_TEST(ask("GET", path)->whole()->body == R"({"id":"org/b","object":"model","created":2,"owned_by":"us"})");
    BOOST_TEST(ask("GET", "/v1/models/c")->whole()->status == 404);
}

// Clients whose base URL lacks the version are served all the same; below another base there is nothing to be left out.
BOOST_FIXTURE_TEST_CASE(the_version_may_be_left_out, fixture)
{
    BOOST_TEST(ask("GET", "/models")->whole()->body == ask("GET", "/v1/models")->whole()->body);
    BOOST_TEST(ask("GET", "/models/org/b")->whole()->status == 200);
    BOOST_TEST(ask("POST", "/chat/completions", R"({"model":"a",)" + hello + "}")->envelope().model == "a");

    for (auto const& [base, path, found] :
         {std::tuple("/api/v1", "/api/models", true), {"/api/v1", "/models", false}, {"/v2", "/models", false}}) {
        router other;
        service.mount(other, base);
        server_call c;
        c.head.method = "GET";
        c.head.target = path;
        BOOST_TEST(other.match(c).has_value() == found, path);
    }
}

BOOST_FIXTURE_TEST_CASE(what_a_program_has_at_a_path_without_the_version_comes_first, fixture)
{
    routes.add({.method = "GET", .pattern = "/models"});
    for (auto const& [target, pattern] : {std::pair{"/models", "/models"}, {"/models/a", "/models/{id...}"}}) {
        server_call c;
        c.head.method = "GET";
        c.head.target = target;
        auto const r = routes.match(c);
        BOOST_TEST_REQUIRE(r.has_value());
        BOOST_TEST((*r)->pattern == pattern);
        BOOST_TEST((*r)->alias_of.empty() == (target == std::string("/models")));
    }
}

BOOST_FIXTURE_TEST_CASE(keys_guard_every_route, fixture)
{
    service.keys = api_keys({"k"});
    for (auto const& [method, target] : {std::pair{"POST", "/v1/chat/completions"},
                                         {"GET", "/v1/models"},
                                         {"GET", "/v1/models/a"},
                                         {"POST", "/chat/completions"},
                                         {"GET", "/models"},
                                         {"GET", "/models/a"}}) {
        server_call c;
        c.head.method = method;
        c.head.target = target;
        auto const r = routes.match(c);
        BOOST_REQUIRE(r);
        BOOST_REQUIRE((*r)->guard);
        BOOST_TEST((*r)->guard(c).value().status == 401, target);
        BOOST_REQUIRE(!c.head.fields.insert("Authorization", "Bearer k"));
        BOOST_TEST(!(*r)->guard(c), target);
    }
}

} // namespace completion_service_test
BOOST_AUTO_TEST_SUITE_END()
