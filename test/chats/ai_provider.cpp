// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/relayed.hpp"

#include <chatwire/chats/ai_provider.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(chats_ai_provider)

namespace chats_ai_provider_test {

using namespace chatwire;
using namespace chatwire::chats;
using slug = provider_slug;

// Where a request goes, and the head it has there.
struct sent {
    bool secure = false;
    std::string host;
    std::string head;
    std::string body;
};

sent send(upstream const& u, std::string_view asked = test::asks_at_once)
{
    test::simulation s{.answers = {{""}}, .write_size = 100'000};
    test::relay_through(s, u, test::request_of(asked));
    BOOST_TEST_REQUIRE(s.all_sent.size() == 1U);
    auto const end = s.all_sent[0].find("\r\n\r\n");
    return {!s.secured_for.empty(), s.connected_to, s.all_sent[0].substr(0, end), s.all_sent[0].substr(end + 4)};
}

std::string head_of(std::string const& target, std::string const& host, std::string const& credentials,
                    std::size_t body)
{
    return "POST " + target + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: " + client_options{}.user_agent +
           "\r\nAccept: application/json\r\nAccept-Encoding: identity\r\n" +
           "{bearer}Content-Type: application/json\r\nContent-Length: " + std::to_string(body) + credentials;
}

// The credentials stand where the library writes them.
std::string with_credentials(std::string head, std::string const& bearer)
{
    return head.replace(head.find("{bearer}"), 8, bearer);
}

BOOST_AUTO_TEST_CASE(every_provider_is_asked_where_and_how_it_wants)
{
    std::string const bearer = "Authorization: Bearer the-key\r\n";
    std::string const header = "\r\napi-key: the-key";
    struct {
        ai_provider p;
        bool secure;
        std::string host; // connected to
        std::string authority;
        std::string target;
        std::string bearer, header;
    } const rows[] = {
        {{.provider = slug::openai, .secret = "the-key"},
         true,
         "api.openai.com",
         "api.openai.com",
         "/v1/chat/completions",
         bearer,
         ""},
        {{.provider = slug::anthropic, .secret = "the-key"},
         true,
         "api.anthropic.com",
         "api.anthropic.com",
         "/v1/chat/completions",
         bearer,
         ""},
        {{.provider = slug::google, .secret = "the-key"},
         true,
         "generativelanguage.googleapis.com",
         "generativelanguage.googleapis.com",
         "/v1beta/openai/chat/completions",
         bearer,
         ""},
        {{.provider = slug::xai, .secret = "the-key"},
         true,
         "api.x.ai",
         "api.x.ai",
         "/v1/chat/completions",
         bearer,
         ""},
        {{.provider = slug::groq, .secret = "the-key"},
         true,
         "api.groq.com",
         "api.groq.com",
         "/openai/v1/chat/completions",
         bearer,
         ""},
        {{.provider = slug::ollama}, false, "localhost", "localhost:11434", "/v1/chat/completions", "", ""},
        {{.provider = slug::ollama, .base_url = "http://127.0.0.1:9/sub/", .secret = "the-key"},
         false,
         "127.0.0.1",
         "127.0.0.1:9",
         "/sub/v1/chat/completions",
         bearer,
         ""},
        {{.provider = slug::ollama, .base_url = "http://10.0.0.1", .allow_plaintext = true},
         false,
         "10.0.0.1",
         "10.0.0.1",
         "/v1/chat/completions",
         "",
         ""},
        {{.provider = slug::azure,
          .config = {.resource_name = "mine", .api_version = "2024-10-21"},
          .secret = "the-key"},
         true,
         "mine.openai.azure.com",
         "mine.openai.azure.com",
         "/openai/deployments/m%2Fx%20%C3%A9%3F/chat/completions?api-version=2024-10-21",
         "",
         header},
        {{.provider = slug::azure,
          .base_url = "https://azure.example/openai",
          .config = {.api_version = "preview"},
          .secret = "the-key"},
         true,
         "azure.example",
         "azure.example",
         "/openai/deployments/m%2Fx%20%C3%A9%3F/chat/completions?api-version=preview",
         "",
         header},
        {{.provider = slug::bedrock, .config = {.region = "eu-west-3"}, .secret = "the-key"},
         true,
         "bedrock-runtime.eu-west-3.amazonaws.com",
         "bedrock-runtime.eu-west-3.amazonaws.com",
         "/openai/v1/chat/completions",
         bearer,
         ""},
        {{.provider = slug::gateway, .base_url = "https://gw.example:8443/v1?t=1", .secret = "the-key"},
         true,
         "gw.example",
         "gw.example:8443",
         "/v1/chat/completions?t=1",
         bearer,
         ""},
        {{.provider = slug::custom, .base_url = "http://localhost:9/v1"},
         false,
         "localhost",
         "localhost:9",
         "/v1/chat/completions",
         "",
         ""},
        {{.provider = slug::custom, .base_url = "http://[::1]:9", .secret = "the-key"},
         false,
         "::1",
         "[::1]:9",
         "/chat/completions",
         bearer,
         ""},
        {{.provider = slug::openai, .base_url = "https://proxy.example/oai", .secret = "the-key"},
         true,
         "proxy.example",
         "proxy.example",
         "/oai/chat/completions",
         bearer,
         ""},
        {{.provider = slug::custom, .base_url = "http://10.1.2.3/v1", .secret = "the-key", .allow_plaintext = true},
         false,
         "10.1.2.3",
         "10.1.2.3",
         "/v1/chat/completions",
         bearer,
         ""},
    };
    for (auto const& row : rows) {
        BOOST_TEST_CONTEXT(row.p.provider.text() << ' ' << row.p.base_url)
        {
            BOOST_TEST(faults(row.p).empty());
            auto const u = resolve(row.p, "m/x \xC3\xA9?");
            BOOST_TEST_REQUIRE(u.has_value());
            auto const s = send(*u);
            BOOST_TEST(s.secure == row.secure);
            BOOST_TEST(s.host == row.host);
            BOOST_TEST(s.head ==
                       with_credentials(head_of(row.target, row.authority, row.header, s.body.size()), row.bearer));
            BOOST_TEST(s.body ==
                       "{\"model\":\"m/x \xC3\xA9?\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}");
        }
    }
}

BOOST_AUTO_TEST_CASE(the_model_is_the_one_asked_for_or_the_default)
{
    ai_provider p{.provider = slug::custom, .default_model = "usual", .base_url = "http://localhost"};
    BOOST_TEST(resolve(p, "other")->model == "other");
    BOOST_TEST(resolve(p)->model == "usual");
    p.default_model = "";
    BOOST_TEST(resolve(p)->model == ""); // the upstream may have a default, too
}

BOOST_AUTO_TEST_CASE(what_is_between_us_and_a_provider_is_as_it_says)
{
    auto const u = resolve({.provider = slug::custom,
                            .base_url = "http://localhost",
                            .allow_link_local = true,
                            .connect_timeout = std::chrono::milliseconds(1),
                            .idle_timeout = std::chrono::milliseconds(2),
                            .total_timeout = std::chrono::milliseconds(3)})
                       .value();
    BOOST_TEST(u.allow_link_local);
    BOOST_TEST(!u.client.credentials_in_the_clear);
    BOOST_TEST(u.client.connect_timeout.count() == 1);
    BOOST_TEST(u.client.idle_timeout.count() == 2);
    BOOST_TEST(u.client.total_timeout.count() == 3);
    BOOST_TEST(!resolve({.provider = slug::ollama})->allow_link_local);
}

BOOST_AUTO_TEST_CASE(a_model_that_cannot_be_part_of_an_address_is_the_callers_fault)
{
    ai_provider const azure{
        .provider = slug::azure, .config = {.resource_name = "mine", .api_version = "1"}, .secret = "k"};
    for (auto const* model : {"", ".", ".."}) {
        auto const r = resolve(azure, model);
        BOOST_TEST_REQUIRE(!r.has_value());
        BOOST_TEST(r.error().status == 400);
        BOOST_TEST(r.error().param == "model");
    }
    BOOST_TEST(resolve(azure, "...")->path == "/deployments/.../chat/completions?api-version=1");
    BOOST_TEST(resolve(azure, "../../x")->path == "/deployments/..%2F..%2Fx/chat/completions?api-version=1");
    BOOST_TEST(resolve(azure, "{api_version}")->path ==
               "/deployments/%7Bapi_version%7D/chat/completions?api-version=1");
    BOOST_TEST(resolve({.provider = slug::custom, .base_url = "http://localhost"}, "..").has_value());
}

BOOST_AUTO_TEST_CASE(a_completer_asks_for_the_requests_model_unless_it_has_its_own)
{
    ai_provider const azure{.provider = slug::azure,
                            .default_model = "usual",
                            .config = {.resource_name = "mine", .api_version = "1"},
                            .secret = "k"};
    auto const asked = [](completer const& c, std::string_view request) {
        auto const p = c(test::request_of(request), nullptr);
        io::outcome last;
        for (;;) {
            auto const a = p->resume(last);
            if (a.what == io::action::kind::done)
                return std::to_string(p->queue().error().value().status);
            if (a.what == io::action::kind::write)
                return std::string(a.out.substr(0, a.out.find(" HTTP")));
            last = io::outcome::bytes(0);
        }
    };
    auto const path = [](std::string model) {
        return "POST /openai/deployments/" + model + "/chat/completions?api-version=1";
    };
    auto const nameless = R"({"messages":[{"role":"user","content":"a"}]})";
    auto const dots = R"({"model":"..","messages":[{"role":"user","content":"a"}]})";
    BOOST_TEST(asked(relay_to(azure), test::asks_at_once) == path("m"));
    BOOST_TEST(asked(relay_to(azure), nameless) == path("usual"));
    BOOST_TEST(asked(relay_to(azure, "mine"), test::asks_at_once) == path("mine"));
    std::vector<failure> told;
    BOOST_TEST(asked(relay_to(azure, {}, [&](failure const& f) { told.push_back(f); }), dots) == "400");
    BOOST_TEST(told.size() == 1U);
    BOOST_TEST(asked(relay_to(ai_provider{.provider = slug::custom}), nameless) == "0"); // the operator's fault: 500
}

BOOST_AUTO_TEST_CASE(every_fault_is_named)
{
    ai_provider const azure{
        .provider = slug::azure, .config = {.resource_name = "mine", .api_version = "1"}, .secret = "k"};
    auto const with = [](ai_provider p, auto change) {
        change(p);
        return p;
    };
    struct {
        ai_provider p;
        std::vector<std::string> expected; // how each begins
    } const rows[] = {
        {{.provider = "mistral"}, {"provider: expected one of openai, anthropic, google, xai, groq, ollama, azure, "}},
        {{.provider = slug::openai}, {"secret: is required"}},
        {{.provider = slug::gateway}, {"base_url: is required"}},
        {{.provider = slug::custom}, {"base_url: is required"}},
        {{.provider = slug::azure},
         {"config.resource_name: is required", "config.api_version: is required", "secret: is"}},
        {{.provider = slug::bedrock}, {"config.region: is required", "secret: is required"}},
        {with(azure, [](auto& p) { p.config.resource_name = "a/b"; }), {"config.resource_name: expected letters"}},
        {with(azure, [](auto& p) { p.config.resource_name = "evil.example#"; }), {"config.resource_name: "}},
        {with(azure, [](auto& p) { p.config.resource_name = "a..b"; }), {"config.resource_name: "}},
        {with(azure, [](auto& p) { p.config.api_version = "1&x=2"; }), {"config.api_version: expected letters"}},
        {with(azure, [](auto& p) { p.default_model = ".."; }), {"default_model: cannot be"}},
        {{.provider = slug::bedrock, .config = {.region = "x@evil"}, .secret = "k"}, {"config.region: expected"}},
        {{.provider = slug::bedrock, .config = {.region = "."}, .secret = "k"}, {"config.region: expected"}},
        {{.provider = slug::custom, .base_url = "ftp://a"}, {"base_url: the URL begins neither"}},
        {{.provider = slug::custom, .base_url = "nothing"}, {"base_url: "}},
        {{.provider = slug::custom, .base_url = "https://"}, {"base_url: "}},
        {{.provider = slug::custom, .base_url = "https://user:pass@a.example"},
         {"base_url: a URL with user information"}},
        {{.provider = slug::custom, .base_url = "https://a.example/#x"}, {"base_url: "}},
        {{.provider = slug::custom, .base_url = "http://a.example"}, {"base_url: http:// leads to another machine"}},
        {{.provider = slug::custom, .base_url = "http://10.0.0.1"}, {"base_url: http:// leads to another machine"}},
        {{.provider = slug::ollama, .base_url = "http://x.localhost"}, {"base_url: http:// leads"}},
        {{.provider = slug::openai, .base_url = "http://a.example", .secret = "a\nb"},
         {"base_url: http:// leads", "secret: has characters"}},
        {{.provider = slug::ollama,
          .connect_timeout = std::chrono::milliseconds(-1),
          .total_timeout = std::chrono::milliseconds(-2)},
         {"connect_timeout: must not", "total_timeout: must not"}},
    };
    for (auto const& row : rows) {
        auto const found = faults(row.p);
        BOOST_TEST_CONTEXT(row.expected[0])
        {
            BOOST_TEST_REQUIRE(found.size() == row.expected.size());
            for (std::size_t i = 0; i < found.size(); ++i) {
                BOOST_TEST(found[i].starts_with(row.expected[i]), found[i]);
                BOOST_TEST((found[i].find("pass") == std::string::npos));
            }
            auto const r = resolve(row.p, "m");
            BOOST_TEST_REQUIRE(!r.has_value());
            BOOST_TEST(r.error().code == make_error_code(errc::invalid_argument));
            BOOST_TEST(r.error().status == 0);
            for (auto const& f : found)
                BOOST_TEST((r.error().message.find(f) != std::string::npos));
        }
    }
}

} // namespace chats_ai_provider_test
BOOST_AUTO_TEST_SUITE_END()
