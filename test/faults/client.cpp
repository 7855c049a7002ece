// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Every exchange a client has, over every way to a service, with every mishap at every step of it.
#include "../support/answers.hpp"
#include "every_step.hpp"

#include <chatwire/chats/client.hpp>
#include <chatwire/client/basic_client.hpp>
#include <chatwire/pathors/client.hpp>

#include <boost/test/unit_test.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(faults_client)

namespace faults_client_test {

using namespace chatwire;
using namespace chatwire::test;

// What became of an exchange: what was wrong with it, or all that it gave.
struct outcome {
    std::optional<failure> error{};
    std::string text{};
};

template <class T, class F>
outcome of(result<T> const& r, F text)
{
    return r ? outcome{.text = text(*r)} : outcome{.error = r.error()};
}

template <class Client, class Request>
outcome whole(Client& c, Request const& r)
{
    return of(c.create(r), [](auto const& whole) { return whole.text(); });
}

template <class Client, class Request>
outcome streamed(Client& c, Request const& r)
{
    auto s = c.stream(r);
    if (!s)
        return {.error = s.error()};
    outcome out;
    for (;;) {
        auto const chunk = s->next();
        if (chunk && *chunk) {
            out.text += (*chunk)->text();
            continue;
        }
        BOOST_TEST(s->ended());
        // what `next` says and what `end` says is the same
        BOOST_TEST(chunk.has_value() == s->end().success());
        if (!chunk)
            out.error = chunk.error();
        return out;
    }
}

using openai_client = basic_client<scripted_transport>;
using pathors_client = pathors::basic_client<scripted_transport>;
using chats_client = chats::basic_client<scripted_transport>;

// An exchange: what the service answers, and how a client has it from there.
struct exchange {
    char const* name;
    std::string answer;
    std::function<std::vector<outcome>(simulation&, client_options const&, int times)> have;
    bool ends_early = false; ///< all that matters has come before the last byte
};

// Has it as often as asked for, with one client. What fails leaves nothing open.
template <class Client, class F, class... Where>
auto with(F once, Where... where)
{
    return [=](simulation& s, client_options const& o, int times) {
        Client client(s, o, where...);
        std::vector<outcome> all;
        for (int i = 0; i < times; ++i) {
            all.push_back(once(client));
            BOOST_TEST((!all.back().error || !s.open), s.log);
        }
        return all;
    };
}

std::vector<exchange> const& exchanges()
{
    static request const hello{.messages = {message::user("Hi")}};
    static auto const create = with<openai_client>([](auto& c) { return whole(c, hello); });
    static auto const stream = with<openai_client>([](auto& c) { return streamed(c, hello); });
    static std::string const model = R"({"id":"m","object":"model","created":1,"owned_by":"x"})";
    static std::string const chat =
        R"({"id":"cht_1","projectId":"p","aiProviderId":"a","createdAt":"2026-01-01T00:00:00Z"})";
    static std::vector<exchange> const all{
        {"a completion", http_answer(whole_answer), create},
        {"a completion in chunks", chunked(whole_answer, "application/json"), create},
        {"a completion that was streamed", chunked(stream_body()), create, true},
        {"a completion after 1xx", "HTTP/1.1 103 Early Hints\r\n\r\n" + http_answer(whole_answer), create},
        {"a stream", chunked(stream_body()), stream, true},
        {"a stream of known length", http_answer(stream_body(), 200, "text/event-stream"), stream, true},
        {"a stream answered at once", http_answer(whole_answer), stream},
        {"a stream without [DONE]", chunked(event(chunk_a) + event(chunk_b) + event(chunk_end)), stream, true},
        {"models", http_answer("{\"object\":\"list\",\"data\":[" + model + "]}"), with<openai_client>([](auto& c) {
             return of(c.models(), [](auto const& list) { return list.data.empty() ? "" : list.data[0].id; });
         })},
        {"a model", http_answer(model),
         with<openai_client>([](auto& c) { return of(c.model("m"), [](auto const& m) { return m.id; }); })},
        {"another call", chunked(R"({"any":"JSON"})", "application/json"), with<openai_client>([](auto& c) {
             return of(c.call("PUT", "/x", "{}"), [](auto const& json) { return std::string(json.text()); });
         })},
        {"a session's completion", http_answer(whole_answer),
         with<pathors_client>(
             [](auto& c) {
                 return whole(c, typename pathors_client::request_type{.messages = {message::user("Hi")},
                                                                       .ext = {.session_id = "s"}});
             },
             "p")},
        {"a session's stream", chunked(stream_body()),
         with<pathors_client>(
             [](auto& c) {
                 return streamed(c, typename pathors_client::request_type{.messages = {message::user("Hi")},
                                                                          .ext = {.session_id = "s"}});
             },
             "p"),
         true},
        {"making a session", http_answer(R"({"success":true,"session_id":"s"})", 201),
         with<pathors_client>([](auto& c) { return of(c.create_session("s"), [](auto const&) { return "made"; }); },
                              "p")},
        {"making a chat", http_answer(chat, 201), with<chats_client>([](auto& c) {
             return of(c.create_chat({.project_id = "p", .ai_provider_id = "a"}), [](auto const& m) { return m.id; });
         })},
    };
    return all;
}

// A way to a service, and what stands on it before the service's answer.
struct way {
    char const* name;
    client_options options;
    std::string before;
};

std::vector<way> const& ways()
{
    static std::string const granted = "HTTP/1.1 200 Connection established\r\n\r\n";
    static std::vector<way> const all{
        {"plain", {.base_url = "http://localhost/v1", .api_key = "k"}, ""},
        {"over TLS", {.base_url = "https://far.example/v1", .api_key = "k"}, ""},
        {"over TLS through a proxy",
         {.base_url = "https://far.example/v1", .api_key = "k", .proxy = "http://u:p@localhost:3128"},
         granted},
    };
    return all;
}

std::vector<std::string> on_one_connection(way const& w, std::string const& answer)
{
    std::vector<std::string> all(3, answer);
    if (!w.before.empty())
        all.insert(all.begin(), w.before);
    return all;
}

BOOST_AUTO_TEST_CASE(whatever_goes_wrong_at_whatever_step_it_is_told_and_the_next_call_is_answered)
{
    for (auto const& w : ways())
        for (auto const& x : exchanges())
            for (int const times : {1, 2}) { // the second over the connection of the first
                if (times == 2 && !w.before.empty())
                    continue; // which is no other connection
                auto const script = on_one_connection(w, x.answer);
                simulation clean{.answers = {script}, .read_size = 150, .write_size = 200};
                auto const good = x.have(clean, w.options, times).back();
                BOOST_TEST_REQUIRE(!good.error.has_value(), w.name << ", " << x.name);
                BOOST_TEST_REQUIRE(good.text != "");
                auto const runs = at_every_step([&](std::size_t step, mishap const& m) {
                    simulation s{.answers = {script, script, script},
                                 .read_size = 150,
                                 .write_size = 200,
                                 .fail_at = step,
                                 .injected = m.outcome};
                    if (step >= clean.steps)
                        return s.hit;
                    BOOST_TEST_CONTEXT(w.name << ", " << x.name << ", " << times << " times")
                    {
                        auto const got = x.have(s, w.options, times + 1);
                        BOOST_TEST_REQUIRE(s.hit.has_value());
                        if (!applies(m, *s.hit))
                            return s.hit;
                        int failed = 0;
                        for (auto const& one : got) {
                            BOOST_TEST((one.error || one.text == good.text),
                                       "a success without all of it: " << one.text);
                            if (!one.error)
                                continue;
                            ++failed;
                            auto const c = condition_of(*one.error);
                            BOOST_TEST((std::find(m.conditions.begin(), m.conditions.end(), c) != m.conditions.end()),
                                       one.error->what());
                        }
                        BOOST_TEST(failed <= 1);
                        BOOST_TEST(!got.back().error.has_value());
                    }
                    return s.hit;
                });
                BOOST_TEST(runs >= 5 * clean.steps);
            }
}

BOOST_AUTO_TEST_CASE(a_byte_at_a_time_is_as_good_as_all_at_once)
{
    for (auto const& w : ways())
        for (auto const& x : exchanges()) {
            std::string all[2];
            for (int i : {0, 1}) {
                auto const size = i == 0 ? std::size_t{1} : std::size_t{1'000'000};
                simulation s{.answers = {on_one_connection(w, x.answer)}, .read_size = size, .write_size = size};
                for (auto const& one : x.have(s, w.options, 2)) {
                    BOOST_TEST(!one.error.has_value(), w.name << ", " << x.name);
                    all[i] += one.text + ';';
                }
            }
            BOOST_TEST(all[0] == all[1]);
        }
}

// The connection ends after every byte of the answer: what came is never taken for more than it is.
BOOST_AUTO_TEST_CASE(an_answer_that_ends_after_any_byte_is_whole_only_if_all_of_it_came)
{
    for (auto const& x : exchanges()) {
        simulation whole_one{.answers = {{x.answer}}};
        auto const good = x.have(whole_one, ways()[0].options, 1).back();
        for (std::size_t n = 0; n < x.answer.size(); ++n) {
            simulation s{.answers = {{x.answer.substr(0, n)}}, .read_size = 1'000'000, .write_size = 1'000'000};
            auto const got = x.have(s, ways()[0].options, 1).back();
            BOOST_TEST((got.error || (x.ends_early && got.text == good.text)),
                       x.name << " cut after " << n << ": " << got.text);
        }
    }
}

} // namespace faults_client_test

BOOST_AUTO_TEST_SUITE_END()
