// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Both clients against a service in memory that a thread plays.
#include "../support/answers.hpp"
#include "../support/clients.hpp"
#include "../support/peer.hpp"
#include "../support/until.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace client_basic_client_test {

struct journey {
    std::string city{};
    std::vector<std::int64_t> days{};
};
struct atlas {
    chatwire::string_map<std::string> pages{};
};

} // namespace client_basic_client_test

template <>
struct chatwire::json::table<client_basic_client_test::journey> {
    using j = client_basic_client_test::journey;
    static constexpr field fields[] = {member<&j::city>("city"), member<&j::days>("days")};
};
template <>
struct chatwire::json::table<client_basic_client_test::atlas> {
    static constexpr field fields[] = {member<&client_basic_client_test::atlas::pages>("pages")};
};

BOOST_AUTO_TEST_SUITE(client_basic_client)

namespace client_basic_client_test {

using namespace chatwire;
using namespace chatwire::test;
using namespace ::client_basic_client_test;
using namespace std::chrono_literals;

client_options const options{
    .base_url = "http://h/v1", .api_key = "k", .credentials_in_the_clear = true, .retries = {.max_retries = 0}};
request const hello{.model = "m", .messages = {message::user("Hi")}};

// A connection on which each request is answered with the next of these.
peer::script answers(std::vector<std::string> all, std::size_t piece = 7)
{
    return [all = std::move(all), piece](far_end& end) {
        for (auto const& bytes : all) {
            if (end.request().empty())
                return;
            end.send(bytes, piece);
        }
        end.until_closed();
    };
}

template <class R>
errc code_of(R const& r)
{
    BOOST_REQUIRE(!r);
    return static_cast<errc>(r.error().code.value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(one_answer, Kit, client_kits)
{
    std::string asked;
    peer p({[&](far_end& end) {
        asked = end.request();
        end.send(http_answer(whole_answer), 5);
    }});
    Kit kit(p.connector(), options);
    auto r = hello;
    r.stream = true; // does not count
    r.stream_options.emplace();
    auto const c = kit(kit.client.create(r));
    BOOST_REQUIRE(c);
    BOOST_TEST(c->text() == "Hello");
    BOOST_TEST(c->usage->total_tokens == 3);
    BOOST_TEST(asked.starts_with("POST /v1/chat/completions HTTP/1.1\r\n"));
    BOOST_TEST(asked.ends_with(R"({"model":"m","messages":[{"role":"user","content":"Hi"}]})"));
    BOOST_TEST(asked.find("Authorization: Bearer k\r\n") != std::string::npos);
}

// The second connection is made since the first answer closes it.
BOOST_AUTO_TEST_CASE_TEMPLATE(a_busy_service_is_asked_again, Kit, client_kits)
{
    auto const busy = "HTTP/1.1 429 Too Many Requests\r\nretry-after-ms: 1\r\nContent-Length: 0\r\n"
                      "Connection: close\r\n\r\n";
    std::string const overloaded = "HTTP/1.1 529 Overloaded\r\nContent-Length: 0\r\n\r\n";
    peer p({answers({busy}), answers({overloaded, chunked(stream_body())})});
    auto o = options;
    o.retries = {.max_retries = 2, .first_delay = 2ms};
    unsigned attempts = 0;
    o.on_attempt = [&](client_attempt const& a) { attempts = a.number; };
    Kit kit(p.connector(), o);
    auto s = kit(kit.client.stream(hello));
    BOOST_REQUIRE(s);
    while (kit(s->next()).value())
        ;
    BOOST_TEST(s->completion().text() == "Hello");
    BOOST_TEST(attempts == 3u);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(waiting_to_ask_again_can_be_cancelled, Kit, client_kits)
{
    peer p({answers({"HTTP/1.1 503 No\r\nRetry-After: 50\r\nContent-Length: 0\r\n\r\n"})});
    auto o = options;
    o.retries = {};
    std::atomic<bool> waits{false};
    o.on_attempt = [&](client_attempt const& a) { waits = a.delay == 50s; };
    Kit kit(p.connector(), o);
    std::thread other([&] {
        (void)until([&] { return waits.load(); });
        kit.client.cancel();
    });
    BOOST_TEST((code_of(kit(kit.client.create(hello))) == errc::cancelled));
    other.join();
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_stream, Kit, client_kits)
{
    std::string const bodies[] = {chunked(stream_body()), http_answer(stream_body(), 200, "text/event-stream"),
                                  until_close(stream_body()),
                                  "HTTP/1.1 100 Continue\r\n\r\n" + chunked(stream_body(), "text/event-stream", 1)};
    for (auto const& bytes : bodies)
        for (auto const piece : {std::size_t(1), std::size_t(50), std::string::npos}) {
            std::string asked;
            peer p({[&](far_end& end) {
                asked = end.request();
                end.send(bytes, piece);
            }});
            Kit kit(p.connector(), options);
            auto s = kit(kit.client.stream(hello));
            BOOST_REQUIRE(s);
            BOOST_TEST(!s->ended());
            BOOST_TEST((s->end().how == how::truncated)); // what it would be now
            std::string text;
            while (auto c = kit(s->next()).value())
                text += c->text();
            BOOST_TEST(text == "Hello");
            BOOST_TEST(s->ended());
            BOOST_TEST((s->end().how == how::finished));
            BOOST_TEST(s->completion().text() == "Hello");
            BOOST_TEST(s->chunks() == 3u);
            BOOST_TEST(s->diagnostics().count() == 0u);
            BOOST_TEST(s->head().status == 200);
            BOOST_TEST(!kit(s->next()).value()); // and still
            BOOST_TEST(asked.ends_with(R"("stream":true})"), asked);
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(chunks_arrive_before_the_answer_ends, Kit, client_kits)
{
    std::atomic<bool> seen{false};
    peer p({[&](far_end& end) {
        end.request();
        end.send(chunked_head() + framed(event(chunk_a)));
        (void)test::until([&] { return seen.load(); });
        end.send(framed(event(chunk_b) + event(chunk_end) + event("[DONE]")) + "0\r\n\r\n");
    }});
    Kit kit(p.connector(), options);
    auto s = kit(kit.client.stream(hello)).value();
    BOOST_TEST(kit(s.next()).value()->text() == "Hel");
    seen = true;
    BOOST_TEST(kit(s.next()).value()->text() == "lo");
    BOOST_TEST(kit(s.next()).value()->text() == "");
    BOOST_TEST(!kit(s.next()).value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(models, Kit, client_kits)
{
    std::string asked;
    peer p({[&](far_end& end) {
        asked += end.request();
        end.send(http_answer(R"({"object":"list","data":[{"id":"a/b","object":"model","created":1,"owned_by":"x"}]})"));
        asked += end.request();
        end.send(http_answer(R"({"id":"a/b","object":"model","created":1,"owned_by":"x"})"));
        asked += end.request();
        end.send(http_answer(R"([1, {"a":null}])"));
        asked += end.request();
        end.send("HTTP/1.1 204 No Content\r\n\r\n");
    }});
    Kit kit(p.connector(), options);
    auto const list = kit(kit.client.models());
    BOOST_REQUIRE(list);
    BOOST_REQUIRE(list->data.size() == 1u);
    BOOST_TEST(list->data[0].id == "a/b");
    auto const one = kit(kit.client.model("a/b"));
    BOOST_REQUIRE(one);
    BOOST_TEST(one->owned_by == "x");
    BOOST_TEST(kit(kit.client.call("PUT", "/other?x=1", "{}")).value().text() == R"([1, {"a":null}])");
    BOOST_TEST(kit(kit.client.call("DELETE", "/other")).value().is_null());
    for (auto const line : {"GET /v1/models HTTP/1.1\r\n", "GET /v1/models/a%2Fb HTTP/1.1\r\n",
                            "PUT /v1/other?x=1 HTTP/1.1\r\n", "DELETE /v1/other HTTP/1.1\r\n"})
        BOOST_TEST(asked.find(line) != std::string::npos);
    BOOST_TEST(p.connections() == 1u);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_model_of_another_shape, Kit, client_kits)
{
    peer p({answers({http_answer("[1]"), http_answer("{}")})});
    auto o = options;
    Kit kit(p.connector(), o);
    BOOST_TEST((code_of(kit(kit.client.models())) == errc::wrong_type));
    BOOST_TEST(kit(kit.client.models()).value().data.empty()); // members of answers may be missing
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_the_service_may_do_wrong, Kit, client_kits)
{
    struct wrong {
        std::string bytes;
        errc create;
        errc stream;
        how end;
    };
    wrong const all[] = {
        {http_answer(R"({"error":{"message":"no"}})", 401), errc::refused, errc::refused, how::refused},
        {http_answer("<html>busy</html>", 200, "text/html"), errc::bad_content_type, errc::bad_content_type,
         how::truncated},
        {http_answer("<html>busy</html>", 503, "text/html"), errc::refused, errc::refused, how::refused},
        {"", errc::connection_lost, errc::connection_lost, how::transport},
        {"nonsense\r\n\r\n", errc::bad_start_line, errc::bad_start_line, how::truncated},
        {chunked_head() + framed(event(chunk_a)), errc::incomplete_message, errc::incomplete_message, how::truncated},
        {until_close(event(chunk_a)), errc::truncated_stream, errc::truncated_stream, how::truncated},
        {chunked(event(chunk_a) + event(R"({"error":{"message":"no"}})")), errc::error_event, errc::error_event,
         how::error_event},
        {chunked(event("{nonsense")), errc::bad_json, errc::bad_json, how::truncated},
    };
    for (auto const& w : all) {
        BOOST_TEST_CONTEXT(w.bytes.substr(0, 150))
        {
            auto const script = [&](far_end& end) {
                end.request();
                end.send(w.bytes);
            };
            peer p({script, script});
            Kit kit(p.connector(), options);
            BOOST_TEST((code_of(kit(kit.client.create(hello))) == w.create));
            auto s = kit(kit.client.stream(hello));
            if (!s) {
                BOOST_TEST((code_of(s) == w.stream));
                BOOST_TEST((how_of(s.error()) == w.end));
                continue;
            }
            for (;;) {
                auto c = kit(s->next());
                if (c && *c)
                    continue;
                BOOST_TEST((code_of(c) == w.stream));
                BOOST_TEST((s->end().how == w.end));
                break;
            }
        }
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(silence_is_borne_for_so_long, Kit, client_kits)
{
    auto o = options;
    o.idle_timeout = 10ms;
    auto const stalls_after = [&](std::string bytes) -> peer::script {
        return [bytes](far_end& end) {
            end.request();
            end.send(bytes);
            end.until_closed(); // ends only if the client closes
        };
    };
    peer p(
        {stalls_after(""), stalls_after("HTTP/1.1 200 OK\r\n"), stalls_after(chunked_head() + framed(event(chunk_a)))});
    Kit kit(p.connector(), o);
    BOOST_TEST((code_of(kit(kit.client.create(hello))) == errc::idle_timeout));
    BOOST_TEST((code_of(kit(kit.client.stream(hello))) == errc::idle_timeout));
    auto s = kit(kit.client.stream(hello)).value();
    BOOST_TEST(kit(s.next()).value()->text() == "Hel");
    BOOST_TEST((code_of(kit(s.next())) == errc::idle_timeout));
    BOOST_TEST((s.end().how == how::timeout));
    BOOST_TEST(s.completion().text() == "Hel");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(signs_of_life_do_not_stretch_the_total, Kit, client_kits)
{
    auto o = options;
    o.total_timeout = 30ms;
    std::atomic<bool> stop{false};
    peer p({[&](far_end& end) {
        end.request();
        end.send(chunked_head());
        while (!stop && end.send(framed(": still here\n\n")))
            std::this_thread::yield();
    }});
    Kit kit(p.connector(), o);
    auto s = kit(kit.client.stream(hello)).value();
    BOOST_TEST((code_of(kit(s.next())) == errc::total_timeout));
    BOOST_TEST((s.end().how == how::timeout));
    stop = true;
}

BOOST_AUTO_TEST_CASE_TEMPLATE(signs_of_life_are_no_data, Kit, client_kits)
{
    auto o = options;
    o.data_timeout = 30ms;
    std::atomic<bool> stop{false};
    // alive for ever: inside a head, before the first chunk, after it, and before a whole answer
    auto const lives_after = [&](std::string begin, std::string sign) -> peer::script {
        return [&stop, begin, sign](far_end& end) {
            end.request();
            end.send(begin);
            while (!stop && end.send(sign))
                std::this_thread::yield();
        };
    };
    auto const comment = framed(": still here\n\n");
    std::string const continues = "HTTP/1.1 102 Processing\r\n\r\n";
    peer p({lives_after("", continues), lives_after(chunked_head(), comment),
            lives_after(chunked_head() + framed(event(chunk_a)), comment),
            lives_after("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
                        framed("\n"))});
    o.http.max_informational = static_cast<unsigned>(-1);
    Kit kit(p.connector(), o);
    BOOST_TEST((code_of(kit(kit.client.stream(hello))) == errc::data_timeout));
    for (bool begun : {false, true}) {
        auto s = kit(kit.client.stream(hello)).value();
        if (begun)
            BOOST_TEST(kit(s.next()).value()->text() == "Hel");
        BOOST_TEST((code_of(kit(s.next())) == errc::data_timeout));
        BOOST_TEST((s.end().how == how::timeout));
    }
    auto const whole = kit(kit.client.create(hello));
    BOOST_TEST((code_of(whole) == errc::data_timeout));
    BOOST_TEST(whole.error().message.find("only signs of life for 30 ms") != std::string::npos);
    stop = true;
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_refusal_is_heard_although_the_request_is_not_read, Kit, client_kits)
{
    std::atomic<bool> over{false};
    peer p({[&](far_end& end) {
               end.send(http_answer(R"({"error":{"message":"too much"}})", 413));
               (void)until([&] { return over.load(); }); // neither reads nor closes
           }},
           2000);
    {
        auto o = options;
        o.idle_timeout = std::chrono::seconds(2); // enough for the peer to get to its words
        Kit kit(p.connector(), o);
        request const r{.messages = {message::user(std::string(100'000, 'x'))}};
        auto const answer = kit(kit.client.create(r));
        over = true;
        BOOST_REQUIRE(!answer);
        BOOST_TEST(answer.error().status == 413);
        BOOST_TEST(answer.error().message == "too much");
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(nobody_there, Kit, client_kits)
{
    peer p({});
    Kit kit(p.connector(), options);
    auto const r = kit(kit.client.create(hello));
    BOOST_TEST((code_of(r) == errc::connect_failed));
    BOOST_TEST((r.error().code == condition::transport));

    struct never final : transport::connection_attempt {
        transport::attempt go_on() override { return {.what = transport::attempt::kind::needs_write}; }
        int native_handle() const noexcept override { return -1; }
        std::unique_ptr<transport::stream> take() override { return nullptr; }
    };
    auto o = options;
    o.connect_timeout = 5ms;
    Kit other([](auto const&...) { return std::make_unique<never>(); }, o);
    BOOST_TEST((code_of(kit(kit.client.create(hello))) == errc::connect_failed));
    BOOST_TEST((code_of(other(other.client.create(hello))) == errc::connect_timeout));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(another_thread_cancels, Kit, client_kits)
{
    std::atomic<int> ready{0};
    auto const stall = [&](std::string bytes) -> peer::script {
        return [&ready, bytes](far_end& end) {
            end.request();
            end.send(bytes);
            ++ready;
            end.until_closed();
        };
    };
    peer p({stall(""), stall(chunked_head()), answers({http_answer(whole_answer)})});
    Kit kit(p.connector(), options);
    auto const cancel_when = [&](int n) {
        return std::thread([&ready, &kit, n] {
            (void)test::until([&] { return ready >= n; });
            kit.client.cancel();
        });
    };
    auto t = cancel_when(1);
    BOOST_TEST((code_of(kit(kit.client.create(hello))) == errc::cancelled));
    t.join();

    auto s = kit(kit.client.stream(hello));
    BOOST_REQUIRE(s);
    t = cancel_when(2);
    BOOST_TEST((code_of(kit(s->next())) == errc::cancelled));
    t.join();
    BOOST_TEST((s->end().how == how::cancelled));
    BOOST_TEST((code_of(kit(s->next())) == errc::cancelled));

    // a later call has nothing to do with it
    BOOST_TEST(kit(kit.client.create(hello)).value().text() == "Hello");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(cancelling_between_chunks_ends_the_stream, Kit, client_kits)
{
    peer p({[](far_end& end) {
        end.request();
        end.send(chunked_head() + framed(event(chunk_a)));
        end.until_closed();
    }});
    Kit kit(p.connector(), options);
    auto s = kit(kit.client.stream(hello)).value();
    BOOST_TEST(kit(s.next()).value()->text() == "Hel");
    s.cancel();
    BOOST_TEST((code_of(kit(s.next())) == errc::cancelled));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_connection_is_kept_between_calls, Kit, client_kits)
{
    peer p({answers({http_answer(whole_answer), chunked(stream_body()), http_answer(R"({"error":"no"})", 429),
                     http_answer(whole_answer)})});
    Kit kit(p.connector(), options);
    BOOST_TEST(kit(kit.client.create(hello)).has_value());
    {
        auto s = kit(kit.client.stream(hello)).value();
        while (kit(s.next()).value())
            ;
    }
    BOOST_TEST((code_of(kit(kit.client.create(hello))) == errc::refused));
    BOOST_TEST(kit(kit.client.create(hello)).has_value());
    BOOST_TEST(p.connections() == 1u);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_kept_connection_that_was_closed_is_replaced, Kit, client_kits)
{
    auto const once = [](far_end& end) {
        end.request();
        end.send(http_answer(whole_answer));
    };
    peer p({once, once, once});
    Kit kit(p.connector(), options);
    for (int i = 0; i < 3; ++i)
        BOOST_TEST(kit(kit.client.create(hello)).has_value());
    BOOST_TEST(p.connections() == 3u);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_stream_that_is_left_makes_way_for_the_next_call, Kit, client_kits)
{
    std::atomic<bool> closed{false};
    peer p({[&](far_end& end) {
                end.request();
                end.send(chunked_head() + framed(event(chunk_a)));
                end.until_closed();
                closed = true;
            },
            answers({http_answer(whole_answer)})});
    {
        Kit kit(p.connector(), options);
        auto s = kit(kit.client.stream(hello)).value();
        BOOST_TEST(kit(s.next()).value()->text() == "Hel");
        BOOST_TEST(kit(kit.client.create(hello)).value().text() == "Hello");
        BOOST_TEST((code_of(kit(s.next())) == errc::cancelled));
        BOOST_TEST(s.completion().text() == "Hel");
    }
    BOOST_TEST(p.connections() == 2u);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(closing_a_stream_closes_its_connection, Kit, client_kits)
{
    std::atomic<bool> closed{false};
    peer p({[&](far_end& end) {
        end.request();
        end.send(chunked_head());
        while (end.send(framed(event(chunk_b)))) // for as long as somebody listens
            ;
        closed = true;
    }});
    Kit kit(p.connector(), options);
    auto s = kit(kit.client.stream(hello)).value();
    BOOST_TEST(kit(s.next()).value()->text() == "lo");
    BOOST_TEST(kit(s.close()).has_value());
    BOOST_TEST(test::until([&] { return closed.load(); }));
    BOOST_TEST((s.end().how == how::cancelled));
    BOOST_TEST((code_of(kit(s.next())) == errc::cancelled));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(deviations_are_shown, Kit, client_kits)
{
    peer p({answers({chunked(": hi\n\ndata: null\n\n" + stream_body(), "application/json")})});
    auto o = options;
    std::string seen;
    o.on_diagnostic = [&](diagnostic const& d) { seen += d.code + ' '; };
    Kit kit(p.connector(), o);
    auto s = kit(kit.client.stream(hello)).value();
    while (kit(s.next()).value())
        ;
    BOOST_TEST(seen == "wrong_content_type not_an_object ");
    BOOST_TEST(s.diagnostics().count() == 2u);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_end_of_a_stream_is_told_although_the_connection_stays, Kit, client_kits)
{
    peer p({[](far_end& end) {
                end.request();
                end.send(chunked_head() + framed(stream_body())); // and never the last chunk
                end.until_closed();
            },
            answers({http_answer(whole_answer)})});
    Kit kit(p.connector(), options);
    auto s = kit(kit.client.stream(hello)).value();
    while (kit(s.next()).value())
        ;
    BOOST_TEST((s.end().how == how::finished));
    BOOST_TEST(kit(kit.client.create(hello)).value().text() == "Hello");
    BOOST_TEST(p.connections() == 2u);
}

// What a service answers: a completion that says so.
std::string says(std::string_view text, std::string_view why = "stop")
{
    completion const c{
        .id = "c",
        .model = "m",
        .choices = {{.message = message::assistant(text), .finish_reason = open_enum<finish_reason>(why)}}};
    return http_answer(json::to_text(c));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(an_answer_that_is_a_value, Kit, client_kits)
{
    std::string asked;
    peer p({[&](far_end& end) {
        asked = end.request();
        end.send(says(R"({"city":"Rome","days":[1,2]})"));
        end.request();
        end.send(says(R"({"city":"Rome","days":[1,"two"]})"));
        end.request();
        end.send(says(R"({"city":"Ro)", "length"));
        end.request();
        end.send(http_answer(R"({"error":{"message":"no"}})", 401));
    }});
    Kit kit(p.connector(), options);
    auto r = hello;
    r.stream = true; // does not count
    auto const trip = kit(kit.client.template create<journey>(r));
    BOOST_REQUIRE(trip);
    BOOST_TEST(trip->value.city == "Rome");
    BOOST_TEST((trip->value.days == std::vector<std::int64_t>{1, 2}));
    BOOST_TEST(trip->completion.id == "c");
    BOOST_TEST(
        asked.ends_with(
            R"({"model":"m","messages":[{"role":"user","content":"Hi"}],"response_format":{"type":"json_schema",)"
            R"("json_schema":{"name":"journey","schema":{"type":"object","properties":{"city":{"type":"string"},)"
            R"("days":{"type":"array","items":{"type":"integer"}}},"required":["city","days"],)"
            R"("additionalProperties":false},"strict":true}}})"),
        asked);
    auto const other = kit(kit.client.template create<journey>(hello));
    BOOST_TEST((code_of(other) == errc::mismatch));
    BOOST_TEST(other.error().param == "days[1]");
    BOOST_TEST((code_of(kit(kit.client.template create<journey>(hello))) == errc::token_limit));
    BOOST_TEST((code_of(kit(kit.client.template create<journey>(hello))) == errc::refused));
    BOOST_TEST(p.connections() == 1u);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(what_no_schema_says_is_not_asked_for, Kit, client_kits)
{
    peer p({});
    Kit kit(p.connector(), options);
    auto const r = kit(kit.client.template create<atlas>(hello));
    BOOST_TEST((code_of(r) == errc::invalid_argument));
    BOOST_TEST(r.error().param == "pages");
    BOOST_TEST(p.connections() == 0u);
}

std::string calls(std::string_view id, std::string_view arguments)
{
    completion c{.id = "c", .choices = {{.message = {.role = role::assistant}}}};
    c.choices[0].finish_reason = finish_reason::tool_calls;
    c.choices[0].message.tool_calls = {{.id = std::string(id),
                                        .type = tool_type::function,
                                        .function = {.name = "visit", .arguments = std::string(arguments)}}};
    return http_answer(json::to_text(c));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(tools_are_run, Kit, client_kits)
{
    std::vector<std::string> asked;
    auto const answer_each = [&asked](std::vector<std::string> all) -> peer::script {
        return [&asked, all = std::move(all)](far_end& end) {
            for (auto const& bytes : all) {
                asked.push_back(end.request());
                end.send(bytes, 50);
            }
            end.until_closed();
        };
    };
    peer p({answer_each({calls("a", R"({"city":"Rome","days":[]})"), calls("b", "{"), says("You were in Rome.")})});
    std::thread::id ran{};
    toolbox tools;
    tools.add("visit", "Goes there", [&](journey const& j) {
        ran = std::this_thread::get_id();
        return "been to " + j.city;
    });
    Kit kit(p.connector(), options);
    auto r = hello;
    r.stream = true; // does not count
    auto const run = kit(kit.client.run_tools(r, tools));
    BOOST_REQUIRE(run);
    BOOST_TEST(run->text() == "You were in Rome.");
    BOOST_TEST(run->rounds == 3u);
    BOOST_TEST(run->messages.size() == 6u);
    BOOST_TEST((ran != std::this_thread::get_id())); // may block there
    BOOST_REQUIRE(asked.size() == 3u);
    BOOST_TEST(asked[0].find(R"("tools":[{"type":"function","function":{"name":"visit","description":"Goes there",)") !=
               std::string::npos);
    BOOST_TEST(asked[0].find("stream") == std::string::npos);
    BOOST_TEST(asked[2].find(R"({"role":"tool","content":"been to Rome","tool_call_id":"a"})") != std::string::npos,
               asked[2]);
    BOOST_TEST(asked[2].find(R"({"role":"tool","content":"Bad arguments: malformed JSON at byte 1:)") !=
               std::string::npos);
    BOOST_TEST(p.connections() == 1u);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(tools_are_run_only_so_often, Kit, client_kits)
{
    peer p({answers({calls("a", "{}"), calls("b", "{}"), http_answer(R"({"error":{"message":"no"}})", 500)})});
    Kit kit(p.connector(), options);
    BOOST_TEST((code_of(kit(kit.client.run_tools(hello, {}, {.max_rounds = 2}))) == errc::round_limit));
    auto const refused = kit(kit.client.run_tools(hello, {}));
    BOOST_TEST((code_of(refused) == errc::refused));
    BOOST_TEST(refused.error().status == 500);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(another_thread_cancels_while_a_tool_is_at_work, Kit, client_kits)
{
    auto const begun = std::make_shared<std::atomic<bool>>(false), may_end = std::make_shared<std::atomic<bool>>(false),
               ended = std::make_shared<std::atomic<bool>>(false);
    peer p({answers({calls("a", R"({"city":"Rome","days":[]})"), http_answer(whole_answer)})});
    {
        toolbox tools;
        tools.add("visit", "", [=](journey const&) {
            *begun = true;
            (void)test::until([&] { return may_end->load(); });
            *ended = true;
        });
        Kit kit(p.connector(), options);
        std::thread t([&] {
            (void)test::until([&] { return begun->load(); });
            kit.client.cancel();
        });
        BOOST_TEST((code_of(kit(kit.client.run_tools(hello, tools))) == errc::cancelled));
        t.join();
        // nobody waits for it any more
        BOOST_TEST(kit(kit.client.create(hello)).value().text() == "Hello");
        BOOST_TEST(!*ended);
        *may_end = true;
    }
    BOOST_TEST(test::until([&] { return ended->load(); }));
}

// g++ 12 destroys some temporaries of coroutines twice: see docs/decisions/0005.
BOOST_AUTO_TEST_CASE(a_coroutine_may_await_them_with_and_without_options)
{
    auto const visit = calls("a", R"({"city":"Rome","days":[]})");
    peer p({answers({visit, says("Once."), visit, says("Twice."), says(R"({"city":"Rome","days":[]})")})});
    boost::asio::io_context context{1};
    client ai(context.get_executor(), options, transport::options{.connect = p.connector()});
    auto const used = std::make_shared<int>(0);
    std::string out;
    auto const talk = [&]() -> boost::asio::awaitable<void> {
        toolbox tools;
        tools.add("visit", "", [used](journey const&) { ++*used; });
        auto const once = co_await ai.run_tools(hello, tools);
        tool_run_options o;
        o.on_message = [used](message const&) { ++*used; };
        auto const twice = co_await ai.run_tools(hello, tools, o);
        auto const trip = co_await ai.create<journey>(hello);
        out = once.value().text() + twice.value().text() + trip.value().value.city;
    };
    transport::block_on(context, talk());
    BOOST_TEST(out == "Once.Twice.Rome");
    BOOST_TEST(*used == 5); // two visits, and three messages of the second run
    BOOST_TEST(used.use_count() == 1);
}

} // namespace client_basic_client_test

BOOST_AUTO_TEST_SUITE_END()
