// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Where a client's credentials do not go: to another origin, into a failure, into a diagnostic.
#include "support/answers.hpp"
#include "support/clients.hpp"
#include "support/served.hpp"
#include "support/stand_in.hpp"

#include <chatwire/server/completion_service.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <set>
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(abuse_secrets)

namespace abuse_secrets_test {

using namespace chatwire;

std::string const key = "sk-0123456789abcdef";
request const hello{.model = "m", .messages = {message::user("Hi")}};

// Services that say our key back, each in another way.
std::vector<std::pair<std::string, std::string>> tell_tales()
{
    using test::chunked;
    using test::event;
    using test::http_answer;
    auto const error = [](std::string_view member) {
        std::string other;
        for (auto const* m : {"message", "type", "param", "code"})
            if (m != member)
                other += std::string(",\"") + m + "\":\"x\"";
        return "{\"error\":{\"" + std::string(member) + "\":\"no key " + key + " here\"" + other + "}}";
    };
    std::string const a(test::chunk_a), end = event(test::chunk_end) + event("[DONE]");
    std::string const cut = key.substr(0, 12);
    return {
        {"the message of an error", http_answer(error("message"), 401)},
        {"the type of an error", http_answer(error("type"), 401)},
        {"the member of an error", http_answer(error("param"), 401)},
        {"the code of an error", http_answer(error("code"), 401)},
        {"a message that is an object", http_answer(R"({"error":{"message":{"key":")" + key + R"("}}})", 401)},
        {"an error that is a text", http_answer("{\"error\":\"" + key + "\"}", 403)},
        {"an error without a form", http_answer("Authorization: Bearer " + key, 401, "text/plain")},
        {"an error of all that was sent",
         http_answer("{\"detail\":[{\"loc\":[\"header\"],\"msg\":\"" + key + "\"}]}", 422)},
        {"an error that is cut in the key",
         http_answer(std::string(2048 - 12, 'x') + key + std::string(500, 'x'), 500)},
        {"a page", http_answer("<html><body>" + key + "</body></html>", 502, "text/html")},
        {"a page with status 200", http_answer("<html><body>" + key + "</body></html>", 200, "text/html")},
        {"a text with status 200", http_answer("unsupported key: " + key, 200, "text/plain")},
        {"an error with status 200", http_answer(error("message"))},
        {"a redirect", http_answer("", 302, "text/html", "Location: http://elsewhere.example/?key=" + key + "\r\n")},
        {"a redirect that is cut in the key",
         http_answer("", 302, "text/html", "Location: http://" + std::string(1024 - 7 - 12, 'x') + key + "\r\n")},
        {"an encoding that is cut in the key",
         http_answer("{}", 200, "application/json", "Content-Encoding: " + std::string(64 - 12, 'x') + key + "\r\n")},
        {"the id of the request", http_answer(error("code"), 500, "application/json", "x-request-id: " + key + "\r\n")},
        {"the content type", http_answer("x", 200, "text/" + key)},
        {"the encoding", http_answer("{}", 200, "application/json", "Content-Encoding: " + key + "\r\n")},
        {"the encoding of a refusal", http_answer("{}", 400, "application/json", "Content-Encoding: " + key + "\r\n")},
        {"a member of another type", http_answer("{\"choices\":\"" + key + "\"}")},
        {"no JSON", http_answer("{\"" + key + "\":" + key)},
        {"an object that is no answer", http_answer("{\"" + key + "\":\"" + key + "\"}")},
        {"an error in the stream", chunked(event(a) + event(error("message")))},
        {"an error as a line", chunked(event(a) + "error: {\"message\":\"" + key + "\"}\n\n")},
        {"an error that is no JSON", chunked(event(a) + "event: error\ndata: " + key + "\n\n")},
        {"a chunk that is no JSON", chunked(event(a) + event(key) + end)},
        {"a chunk that is cut in the key",
         chunked(event(a) + event("{\"id\":\"" + std::string(50, 'x') + key + "\",") + end)},
        {"a chunk that is no object", chunked(event(a) + event("\"" + key + "\"") + end)},
        {"a list for a chunk", chunked(event(a) + event("[\"" + key + "\"]") + end)},
        {"two chunks in one event", chunked(event(a) + event("{\"" + key + "\":1}{\"" + key + "\":2}") + end)},
        {"a comment for data", chunked(event(a) + event(": " + key) + end)},
        {"data for data", chunked(event(a) + event("data: {\"" + key + "\":1}") + end)},
        {"an event of another name", chunked(event(a) + "event: " + key + "\ndata: " + key + "\n\n" + end)},
        {"a line of another name", chunked(event(a) + key + ": " + key + "\n\n" + end)},
        {"a member that stands twice", chunked(event("{\"" + key + "\":1,\"" + key + "\":2," + a.substr(1)) + end)},
        {"no UTF-8", chunked(event(a) + event("{\"x\":\"" + key + "\xff\"}") + end)},
        {"a reason to finish",
         chunked(event(a) + event(R"({"choices":[{"index":0,"delta":{},"finish_reason":")" + key + "\"}]}"))},
        {"an end in the midst of the key", chunked(event(a) + "data: {\"x\":\"" + cut)},
        {"an end after the key", chunked(event(a) + "data: {\"x\":\"" + key)},
        {"a status line", "HTTP/1.1 200 " + key + "\r\nContent-Length: 0\r\n\r\n"},
        {"no status line", "Bearer " + key + "\r\n\r\n"},
        {"a field that is none", "HTTP/1.1 200 OK\r\n" + key + "\r\n\r\n"},
        {"a chunk's size", test::chunked_head() + key + "\r\n"},
    };
}

// All that a program can read of what went wrong, and would log.
struct words {
    void add(std::string const& text) { all += text + '\n'; }
    void add(failure const& f)
    {
        for (auto const* text : {&f.message, &f.type, &f.param, &f.api_code, &f.request_id})
            add(*text);
        add(f.what());
        add(exception(f).what());
        ++failures;
    }
    void add(diagnostic const& d)
    {
        add(d.code);
        add(d.excerpt);
        ++diagnostics;
    }
    std::string all{};
    std::size_t failures = 0;
    std::size_t diagnostics = 0;
};

BOOST_AUTO_TEST_CASE_TEMPLATE(a_service_that_says_our_key_back_is_not_quoted, Kit, test::client_kits)
{
    std::size_t failures = 0, found = 0, quoted = 0;
    for (auto const& [name, bytes] : tell_tales())
        for (bool const strict : {false, true})
            for (bool const in_header : {false, true})
                for (bool const stream : {false, true})
                    BOOST_TEST_CONTEXT(name << (strict ? ", strict" : "") << (stream ? ", streamed" : ""))
                    {
                        words w;
                        test::peer p({[&answer = bytes](test::far_end& end) {
                            (void)end.request();
                            end.send(answer);
                        }});
                        client_options o{.base_url = "http://localhost/v1",
                                         .strict = strict,
                                         .on_diagnostic = [&](diagnostic const& d) { w.add(d); }};
                        if (in_header)
                            o.headers = {{"X-Api-Key", key}};
                        else
                            o.api_key = key;
                        Kit kit(p.connector(), o);
                        if (stream) {
                            auto s = kit(kit.client.stream(hello));
                            if (!s)
                                w.add(s.error());
                            else {
                                for (;;) {
                                    auto const c = kit(s->next());
                                    if (!c)
                                        w.add(c.error());
                                    if (!c || !*c)
                                        break;
                                }
                                if (s->end().error)
                                    w.add(*s->end().error);
                                for (auto const& d : s->diagnostics().kept())
                                    w.add(d);
                            }
                        } else if (auto const whole = kit(kit.client.create(hello)); !whole) {
                            w.add(whole.error());
                        }
                        BOOST_TEST(w.all.find(key) == std::string::npos, w.all);
                        BOOST_TEST(w.all.find(key.substr(0, least_scrubbed)) == std::string::npos, w.all);
                        failures += w.failures;
                        found += w.diagnostics;
                        quoted += w.all.find(scrubbed) != std::string::npos;
                    }
    BOOST_TEST(failures >= 200U);
    BOOST_TEST(found >= 50U);
    BOOST_TEST(quoted >= 100U); // it was there
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_proxy_that_says_its_password_back_is_not_quoted, Kit, test::client_kits)
{
    std::string const shown = "dXNlcjpwYXNzIHdvcmQ="; // user:pass word
    for (auto const& base : {"http://service.example/v1", "https://service.example/v1"}) {
        test::peer p({[&](test::far_end& end) {
            auto const asked = end.request();
            BOOST_TEST(asked.find("Proxy-Authorization: Basic " + shown) != std::string::npos);
            end.send("HTTP/1.1 407 bad password pass word, Basic " + shown +
                     "\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(shown.size()) + "\r\n\r\n" +
                     shown);
        }});
        Kit kit(
            p.connector(),
            {.base_url = base, .proxy = "http://user:pass%20word@localhost:3128", .credentials_in_the_clear = true});
        auto const answer = kit(kit.client.create(hello));
        BOOST_TEST_REQUIRE(!answer);
        BOOST_TEST(answer.error().status == 407);
        words w;
        w.add(answer.error());
        BOOST_TEST(w.all.find(shown) == std::string::npos, w.all);
        BOOST_TEST(w.all.find("pass word") == std::string::npos, w.all);
        BOOST_TEST(w.all.find("[secret]") != std::string::npos, w.all);
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_redirect_is_not_followed_so_nobody_else_sees_the_key, Kit, test::client_kits)
{
    for (int const status : {300, 301, 302, 303, 305, 307, 308, 399}) {
        for (bool const stream : {false, true}) {
            test::stand_in elsewhere([](test::far_end& end) { (void)end.request(); });
            std::atomic<std::size_t> asked{0};
            test::stand_in service([&](test::far_end& end) {
                while (!end.request().empty()) {
                    ++asked;
                    end.send(test::http_answer("", status, "text/html", "Location: " + elsewhere.url() + "\r\n"));
                }
            });
            {
                Kit kit(transport::options(), {.base_url = service.url(), .api_key = key});
                std::optional<failure> why;
                if (stream) {
                    auto const s = kit(kit.client.stream(hello));
                    BOOST_TEST_REQUIRE(!s);
                    why = s.error();
                } else {
                    auto const answer = kit(kit.client.create(hello));
                    BOOST_TEST_REQUIRE(!answer);
                    why = answer.error();
                }
                BOOST_TEST((why->code == errc::refused));
                BOOST_TEST(why->status == status);
            }
            BOOST_TEST(asked == 1U);
            BOOST_TEST(elsewhere.connections() == 0U);
        }
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_key_goes_in_the_clear_to_this_machine_only_unless_it_is_asked_for, Kit,
                              test::client_kits)
{
    auto const try_it = [](client_options o) {
        std::string asked;
        test::peer p({[&](test::far_end& end) {
            asked = end.request();
            end.send(test::http_answer(test::whole_answer));
        }});
        Kit kit(p.connector(), std::move(o));
        auto const answer = kit(kit.client.create(hello));
        BOOST_TEST(answer.has_value() == (p.connections() == 1));
        if (!answer)
            BOOST_TEST((answer.error().code == errc::insecure_credentials));
        return answer.has_value();
    };
    for (auto const* host : {"localhost", "127.0.0.1", "127.9.9.9", "[::1]"})
        BOOST_TEST(try_it({.base_url = "http://" + std::string(host) + "/v1", .api_key = key}), host);
    for (auto const* host : {"service.example", "localhost.example", "192.0.2.1", "10.0.0.1", "0.0.0.0", "[::]",
                             "127.0.0.1.example", "2130706433", "[2001:db8::1]"})
        BOOST_TEST_CONTEXT(host)
        {
            std::string const base = "http://" + std::string(host) + "/v1";
            BOOST_TEST(!try_it({.base_url = base, .api_key = key}));
            for (auto const* name :
                 {"Authorization", "authorization", "Cookie", "X-API-KEY", "api-key", "x-goog-api-key"})
                BOOST_TEST(!try_it({.base_url = base, .headers = {{name, key}}}), name);
            BOOST_TEST(try_it({.base_url = base}));
            BOOST_TEST(try_it({.base_url = base, .api_key = key, .credentials_in_the_clear = true}));
        }
}

BOOST_AUTO_TEST_CASE(a_url_with_a_password_is_refused_and_not_quoted)
{
    for (auto const* url : {"http://user:passw0rd@localhost/v1", "https://user:passw0rd@service.example/v1"}) {
        blocking_client ai({.base_url = url});
        auto const answer = ai.create(hello);
        BOOST_TEST_REQUIRE(!answer);
        BOOST_TEST((answer.error().code == errc::invalid_url));
        BOOST_TEST(answer.error().what().find("passw0rd") == std::string::npos);
    }
    for (auto const* proxy :
         {"https://user:passw0rd@proxy:1", "http://user:passw0rd@proxy:1/path", "user:passw0rd@proxy",
          "http://user:passw0rd@pro xy:1", "http://user:passw0rd%zz@proxy:1"}) {
        blocking_client ai({.base_url = "http://localhost/v1", .proxy = proxy});
        auto const answer = ai.create(hello);
        BOOST_TEST_REQUIRE(!answer);
        BOOST_TEST(answer.error().what().find("passw0rd") == std::string::npos, answer.error().what());
    }
}

BOOST_AUTO_TEST_CASE(a_server_does_not_say_back_which_key_it_was_shown)
{
    completion_service service;
    service.keys = api_keys({"the-key-of-somebody"});
    service.set_default(test::knows({test::saying("Hi"), test::finishing()}));
    router routes;
    service.mount(routes);
    for (auto const* fields : {"Authorization: Bearer sk-0123456789abcdef\r\n", "X-Api-Key: sk-0123456789abcdef\r\n",
                               "Authorization: Basic sk-0123456789abcdef\r\n"}) {
        test::served s(routes);
        s.receive(test::get("/v1/models", fields));
        BOOST_TEST(s.sent.find(" 401 ") != std::string::npos);
        BOOST_TEST(s.sent.find(key) == std::string::npos);
        BOOST_TEST(s.sent.find("the-key-of-somebody") == std::string::npos);
    }
}

} // namespace abuse_secrets_test

BOOST_AUTO_TEST_SUITE_END()
