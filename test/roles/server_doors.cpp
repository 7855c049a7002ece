// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// One request through both doors of the server: as bytes into the operation that serves a connection, and as pieces of
// HTTP into an exchange, as whoever has an HTTP server of their own would give them. The service is asked the same, and
// the caller is told the same, at every step of the answer.
#include "../support/answers.hpp"
#include "../support/served.hpp"

#include <chatwire/server/completion_service.hpp>
#include <chatwire/server/exchange.hpp>
#include <chatwire/server/serve.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <memory>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(roles_server_doors)

namespace roles_server_doors_test {

using namespace chatwire;

// What a model says in each step of its plan, and how it ends.
struct script {
    std::vector<std::vector<chunk>> steps{};
    std::optional<failure> end{};
    bool throws = false;
};

completer plays(script s)
{
    return [s = std::move(s)](request, std::function<void()>) {
        return std::make_unique<test::scripted_plan>([s, at = std::size_t(0)](io::outcome const&, auto& p) mutable {
            if (at == s.steps.size()) {
                if (s.throws)
                    throw std::runtime_error("a secret");
                p.queue().close(s.end);
                return io::action::finish();
            }
            for (auto const& c : s.steps[at++])
                p.queue().put_now(c);
            return io::action::wait_until(io::never);
        });
    };
}

// What a route was asked, as its answer.
answer echo(server_call const& call)
{
    std::string all = call.head.method + ' ' + call.head.target + ' ' + std::to_string(call.head.version) + '\n';
    for (auto const& f : call.head.fields)
        all += f.name + ": " + f.value + '\n';
    all += call.path + '\n' + call.query + '\n' + std::string(call.bearer()) + '\n';
    for (auto const& [name, value] : call.params)
        all += name + '=' + value + '\n';
    answer a{.status = 201, .body = all + call.body, .content_type = "text/plain"};
    BOOST_REQUIRE(!a.fields.set("X-More", "1"));
    return a;
}

struct surface {
    completion_service service{};
    router routes{};

    surface()
    {
        service.keys = api_keys({"key"});
        auto const hel = test::saying("Hel"), lo = test::saying("lo \xC3\xA9!"), stop = test::finishing();
        add("hello", {{{hel}, {}, {lo, stop}}});
        add("costs", {{{hel, test::costing(3, 4)}, {stop}}});
        add("late", {{{hel}, {lo}, {lo}, {lo}, {stop}}});
        add("refuses", {{}, refusal(429, "not now")});
        add("breaks", {{{hel}, {lo}}, refusal(503, "overloaded")});
        add("fails", {{{hel}}, failure(errc::bad_json, "a secret")});
        add("is slow", {{{hel}}, failure(errc::total_timeout, "too late")});
        add("throws", {{}, std::nullopt, true});
        add("throws up", {{{hel}}, std::nullopt, true});
        add("says nothing", {});
        add("does not finish", {{{hel}, {lo}}});
        service.mount(routes);
        for (auto const* method : {"GET", "POST"})
            routes.add({.method = method,
                        .pattern = "/echo/{x}/{rest...}",
                        .begin = [](server_call const& c) { return std::make_unique<immediate_plan>(echo(c)); },
                        .max_body = 200});
        routes.add({.method = "GET", .pattern = "/nothing", .begin = [](server_call const&) {
                        return std::make_unique<immediate_plan>(answer{.status = 204});
                    }});
        routes.add({.method = "POST", .pattern = "/throws", .begin = [](server_call const&) -> std::unique_ptr<plan> {
                        throw exception(refusal(402, "pay first"));
                    }});
        routes.errors_below("/text", error_shape::text);
    }
    void add(std::string name, script s) { service.add_model({.id = std::move(name)}, plays(std::move(s))); }
};

surface const& the_surface()
{
    static surface const s;
    return s;
}

// A request in bytes of which each is known for what it is to HTTP.
struct scene {
    http::request_head head{};
    std::string body{};
    std::string bytes{};
    std::vector<bool> is_body{}; // of each byte
    std::size_t head_ends = 0;

    void add(std::string_view text, bool body = false)
    {
        bytes += text;
        is_body.insert(is_body.end(), text.size(), body);
    }
};

enum class framing { length, chunks };

scene play(std::string method, std::string target, std::string body, std::vector<http::field> const& fields,
           framing f = framing::length, int version = 11)
{
    scene s{.head = {.method = std::move(method), .target = std::move(target), .version = version},
            .body = std::move(body)};
    s.head.fields.insert("Host", "x");
    for (auto const& x : fields)
        s.head.fields.insert(x.name, x.value);
    if (f == framing::chunks)
        s.head.fields.insert("Transfer-Encoding", "chunked");
    else if (s.head.method == "POST")
        s.head.fields.insert("Content-Length", std::to_string(s.body.size()));
    s.add(s.head.method + ' ' + s.head.target + (version == 10 ? " HTTP/1.0\r\n" : " HTTP/1.1\r\n"));
    for (auto const& x : s.head.fields)
        s.add(x.name + ": " + x.value + "\r\n");
    s.add("\r\n");
    s.head_ends = s.bytes.size();
    if (f == framing::length) {
        s.add(s.body, true);
        return s;
    }
    for (std::size_t i = 0; i < s.body.size(); i += 11) {
        auto const data = std::string_view(s.body).substr(i, 11);
        auto const wire = test::framed(data);
        s.add(wire.substr(0, wire.find('\n') + 1));
        s.add(data, true);
        s.add("\r\n");
    }
    s.add("0\r\n\r\n");
    return s;
}

std::string question(std::string const& model, bool stream, std::string const& more = {})
{
    return R"({"model":")" + model + R"(","stream":)" + (stream ? "true" : "false") + more +
           R"(,"messages":[{"role":"user","content":"Hi"}]})";
}

std::vector<scene> scenes()
{
    std::string const target = "/v1/chat/completions";
    std::vector<http::field> const key{{"Authorization", "Bearer key"}};
    std::vector<scene> all;
    for (auto const f : {framing::length, framing::chunks})
        for (bool const stream : {false, true}) {
            for (auto const* model : {"hello", "costs", "late", "refuses", "breaks", "fails", "is slow", "throws",
                                      "throws up", "says nothing", "does not finish", "not there"})
                all.push_back(play("POST", target, question(model, stream), key, f));
            auto const usage = stream ? R"(,"stream_options":{"include_usage":true})" : "";
            all.push_back(play("POST", target, question("costs", stream, usage), key, f));
            all.push_back(play("POST", target, question("hello", stream), {}, f));
            all.push_back(play("POST", target, question("hello", stream), {{"api-key", "key"}}, f));
            all.push_back(play("POST", target + "?a=b", question("hello", stream, R"(,"n":0)"), key, f));
        }
    for (auto const f : {framing::length, framing::chunks}) {
        all.push_back(play("POST", target, "{\"messages\":[}", key, f));
        all.push_back(play("POST", target, "", key, f));
        all.push_back(play("POST", "/echo/a%20b/c/d?e=f", "a body, as it is", {{"X-Y", "1"}, {"x-y", "2"}}, f));
        all.push_back(play("POST", "/echo/a/b", std::string(200, 'x'), {}, f));
        all.push_back(play("POST", "/echo/a/b", std::string(201, 'x'), {}, f));
        all.push_back(play("POST", "/throws", "x", {}, f));
        all.push_back(play("POST", "/text/no", "x", {}, f));
        all.push_back(play("POST", "/nothing", "x", {}, f));
    }
    for (int const version : {10, 11})
        for (auto const* path : {"/v1/models", "/v1/models/hello", "/v1/models/no", "/v1/chat/completions", "/nothing",
                                 "/echo/a/b", "/nowhere", "/text"})
            for (auto const* method : {"GET", "HEAD"})
                all.push_back(play(method, path, "", key, framing::length, version));
    all.push_back(play("POST", target, question("late", true), key, framing::length, 10));
    all.push_back(play("POST", target, question("hello", true), {key[0], {"Expect", "100-continue"}}));
    return all;
}

// What a caller has seen so far: HTTP's framing, and what is different each time, set aside.
struct seen {
    int status = 0;
    std::string fields{};
    std::string body{};
    bool complete = false;

    void set(http::fields const& all)
    {
        for (auto const& f : all)
            if (f.name != "Content-Length" && f.name != "Transfer-Encoding" && f.name != "Connection" &&
                f.name != "Date" && f.name != "x-request-id")
                fields += f.name + ": " + f.value + '\n';
        BOOST_TEST(all.count("Date") == 1U);
        BOOST_TEST(all.count("x-request-id") == 1U);
    }
    friend bool operator==(seen const&, seen const&) = default;
    friend std::ostream& operator<<(std::ostream& out, seen const& s)
    {
        return out << s.status << (s.complete ? "" : " (incomplete)") << '\n' << s.fields << '\n' << s.body;
    }
};

class bytes_door {
public:
    bytes_door(router const& routes, scene const& s) : method_(s.head.method), serve_(routes, {}, draining_, {})
    {
        next_ = serve_.resume({});
    }

    void receive(std::string_view bytes)
    {
        using kind = io::action::kind;
        for (;;) {
            if (next_.what == kind::write) {
                sent_ += next_.out;
                next_ = serve_.resume(io::outcome::bytes(next_.out.size()));
            } else if (next_.what == kind::read && !bytes.empty()) {
                auto const n = std::min(next_.in.size(), bytes.size());
                std::copy_n(bytes.begin(), n, next_.in.begin());
                bytes.remove_prefix(n);
                next_ = serve_.resume(io::outcome::bytes(n));
            } else if (next_.what == kind::close) {
                next_ = serve_.resume({.what = io::outcome::kind::ok});
            } else {
                return;
            }
        }
    }
    bool step() // if the plan waits for one
    {
        if (next_.what != io::action::kind::wait)
            return false;
        next_ = serve_.resume({.what = io::outcome::kind::woken});
        receive({});
        return true;
    }
    seen look() const
    {
        seen s;
        for (auto const& a : test::read_answers(sent_, {method_}, next_.what == io::action::kind::done)) {
            s = {.status = a.status, .body = test::canonical(a.body), .complete = a.complete};
            s.set(a.fields);
        }
        return s;
    }

private:
    std::string method_;
    std::atomic<bool> draining_{false};
    serve serve_;
    io::action next_{};
    std::string sent_{};
};

class pieces_door {
public:
    pieces_door(router const& routes, scene const& s) : scene_(s), exchange_(routes) {}

    // The bytes from `first` to `last` have arrived.
    void receive(std::size_t first, std::size_t last)
    {
        for (auto at = first; at < last; ++at) {
            if (at + 1 == scene_.head_ends)
                welcome_ = exchange_.head(scene_.head, {}).has_value();
            if (scene_.is_body[at]) {
                auto const begin = at;
                while (at + 1 < last && scene_.is_body[at + 1])
                    ++at;
                size_ += at + 1 - begin;
                if (welcome_ && size_ <= exchange_.max_body())
                    exchange_.body(std::string_view(scene_.bytes).substr(begin, at + 1 - begin));
            }
            if (at + 1 < scene_.bytes.size() || !welcome_)
                continue;
            if (size_ > exchange_.max_body()) {
                exchange_.refuse(errc::body_limit);
            } else {
                plan_ = exchange_.end();
                step_with({});
            }
        }
    }
    bool step()
    {
        if (!plan_)
            return false;
        step_with({.what = io::outcome::kind::woken});
        return true;
    }
    seen const& look()
    {
        if (exchange_.has_head()) {
            auto const head = exchange_.take_head();
            seen_.status = head.status;
            seen_.set(head.fields);
        }
        raw_ += exchange_.output();
        exchange_.clear_output();
        seen_.body = scene_.head.method == "HEAD" ? "" : test::canonical(raw_);
        seen_.complete = exchange_.complete();
        return seen_;
    }

private:
    void step_with(io::outcome const& o)
    {
        if (exchange_.step(*plan_, o).what == io::action::kind::done)
            plan_.reset();
    }

    scene const& scene_;
    server_exchange exchange_;
    std::unique_ptr<plan> plan_{};
    bool welcome_ = false;
    std::uint64_t size_ = 0;
    std::string raw_{};
    seen seen_{};
};

void compare(router const& routes, scene const& s, std::vector<std::size_t> const& ends)
{
    bytes_door a(routes, s);
    pieces_door b(routes, s);
    std::size_t first = 0;
    for (auto const last : ends) {
        a.receive(std::string_view(s.bytes).substr(first, last - first));
        b.receive(first, last);
        first = last;
    }
    for (bool more = true; more;) {
        BOOST_TEST_REQUIRE(a.look() == b.look());
        more = a.step();
        BOOST_TEST_REQUIRE(b.step() == more);
    }
    BOOST_TEST_REQUIRE(b.look().complete);
    BOOST_TEST_REQUIRE(b.look().status >= 200);
}

BOOST_AUTO_TEST_CASE(both_doors_answer_the_same_wherever_the_request_is_cut)
{
    for (auto const& s : scenes())
        BOOST_TEST_CONTEXT(s.bytes)
        {
            auto const& routes = the_surface().routes;
            auto const size = s.bytes.size();
            compare(routes, s, {size});
            for (std::size_t i = 1; i < size; ++i)
                compare(routes, s, {i, size});
            std::vector<std::size_t> each;
            for (std::size_t i = 1; i <= size; ++i)
                each.push_back(i);
            compare(routes, s, each);
        }
}

BOOST_AUTO_TEST_CASE(both_doors_answer_the_same_whatever_the_model_says)
{
    std::mt19937 random(1973);
    auto const below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    std::string const text = "gr\xC3\xBC\xC3\x9F \xE2\x82\xAC \xF0\x9F\x98\x80";
    for (int round = 0; round < 400; ++round) {
        script s;
        auto const choices = 1 + below(3);
        for (auto steps = below(6); steps > 0; --steps) {
            auto& said = s.steps.emplace_back();
            for (auto n = below(5); n > 0; --n) {
                auto const from = below(text.size());
                auto c = test::saying(text.substr(from, below(5)), static_cast<std::int64_t>(below(choices)));
                if (below(4) == 0)
                    c.choices[0].delta.reasoning_content = text.substr(from, 1);
                if (below(6) == 0)
                    c.choices[0].delta.role = role::assistant;
                if (below(6) == 0)
                    c.usage = usage{.prompt_tokens = 1, .completion_tokens = 2, .total_tokens = 3};
                said.push_back(std::move(c));
            }
        }
        auto& last = s.steps.emplace_back();
        for (std::size_t i = 0; i < choices; ++i)
            if (below(5) != 0)
                last.push_back(test::finishing(finish_reason::stop, static_cast<std::int64_t>(i)));
        if (below(4) == 0)
            s.end = refusal(503, "overloaded");
        s.throws = below(8) == 0;

        completion_service service;
        service.set_default(plays(s));
        router routes;
        service.mount(routes);
        for (bool const stream : {false, true}) {
            auto const more = stream && below(2) ? R"(,"stream_options":{"include_usage":true})" : "";
            auto const request = play("POST", "/v1/chat/completions", question("m", stream, more), {});
            compare(routes, request, {request.bytes.size()});
        }
    }
}

// What is no request reaches an exchange as a failure, whoever found it out.
BOOST_AUTO_TEST_CASE(both_doors_refuse_alike_what_is_no_request)
{
    struct {
        std::string_view bytes;
        errc why;
    } const cases[] = {
        {"GET /v1/models HTTP/1.1\r\n\r\n", errc::bad_host},
        {"GET /v1/models HTTP/1.1\r\nHost: x\r\nA b: c\r\n\r\n", errc::bad_field},
        {"GET /v1/models HTTP/3.0\r\nHost: x\r\n\r\n", errc::bad_version},
        {"POST /v1/models HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\n", errc::bad_content_length},
    };
    for (auto const& c : cases)
        BOOST_TEST_CONTEXT(c.bytes)
        {
            auto const& routes = the_surface().routes;
            scene const s{.head = {.method = "GET"}};
            bytes_door a(routes, s);
            a.receive(c.bytes);
            server_exchange x(routes);
            x.refuse(c.why);
            auto const head = x.take_head();
            seen b{.status = head.status, .body = std::string(x.output()), .complete = x.complete()};
            b.set(head.fields);
            BOOST_TEST(a.look() == b);
        }
}

} // namespace roles_server_doors_test

BOOST_AUTO_TEST_SUITE_END()
