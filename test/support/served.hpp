// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_SERVED_HPP
#define CHATWIRE_TEST_SUPPORT_SERVED_HPP

#include <chatwire/http/parser.hpp>
#include <chatwire/server/completer.hpp>
#include <chatwire/server/connection.hpp>
#include <chatwire/sse/parser.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a server sends, taken apart; and plans that need no driver.
namespace chatwire::test {

/// An answer as a client sees it.
struct seen_answer {
    int status = 0;
    http::fields fields{};
    std::string body{};
    bool complete = false;
    unsigned informational = 0; ///< 1xx answers before it

    std::string field(std::string_view name) const { return std::string(fields.find(name).value_or("")); }
};

/// Takes the answers to requests of these methods out of a connection's bytes. `rest` gets what is no answer to any.
inline std::vector<seen_answer> read_answers(std::string_view bytes, std::vector<std::string> const& methods,
                                             bool closed = true)
{
    http::response_parser parser;
    for (auto const& m : methods)
        parser.expect(m);
    parser.feed(bytes);
    if (closed)
        parser.commit_eof();
    std::vector<seen_answer> out;
    for (;;) {
        auto const p = parser.next();
        BOOST_TEST_REQUIRE(p.has_value(), "not an answer: " << bytes);
        switch (p->what) {
        case http::piece::kind::head: {
            auto& a = out.emplace_back();
            a.status = parser.head().status;
            a.fields = parser.head().fields;
            a.informational = parser.informational();
            break;
        }
        case http::piece::kind::body: out.back().body += p->body; break;
        case http::piece::kind::end: out.back().complete = true; break;
        default: return out;
        }
    }
}

/// The data of every event of a stream. Everything in it has to be an event or a comment, and ended.
inline std::vector<std::string> read_events(std::string_view body, std::size_t* comments = nullptr)
{
    sse::parser parser;
    parser.feed(body);
    std::vector<std::string> out;
    sse::event_view e;
    while (parser.next(e))
        out.emplace_back(e.data);
    BOOST_TEST(!parser.error());
    BOOST_TEST(parser.ignored_lines() == 0U, body);
    BOOST_TEST((body.empty() || body.ends_with("\n\n")), body);
    if (comments)
        *comments = parser.comments();
    return out;
}

inline boost::json::value parse_json(std::string_view text)
{
    boost::system::error_code ec;
    auto v = boost::json::parse(boost::json::string_view(text.data(), text.size()), ec);
    BOOST_TEST_REQUIRE(!ec, text);
    return v;
}

/// The chunks of a stream, without [DONE].
inline std::vector<boost::json::value> read_chunks(std::string_view body)
{
    std::vector<boost::json::value> out;
    for (auto const& data : read_events(body))
        if (data != "[DONE]")
            out.push_back(parse_json(data));
    return out;
}

inline std::string text_of(boost::json::value const& v, std::string_view member)
{
    auto const* m = v.as_object().if_contains({member.data(), member.size()});
    return m && m->is_string() ? std::string(m->as_string().data(), m->as_string().size()) : std::string();
}

/// All the content of a stream's chunks, or of a completion's first choice.
inline std::string content_of(std::vector<boost::json::value> const& chunks)
{
    std::string out;
    for (auto const& c : chunks)
        for (auto const& choice : c.as_object().at("choices").as_array())
            out += text_of(choice.as_object().at("delta"), "content");
    return out;
}

/// A stream whose answer is whole: its last event is [DONE], and there is no other.
inline bool well_ended(std::string_view body)
{
    auto const events = read_events(body);
    std::size_t done = 0;
    for (auto const& e : events)
        done += e == "[DONE]";
    return done == 1 && events.back() == "[DONE]";
}

/// Bytes of answers without what differs each time: ids, times.
inline std::string canonical(std::string_view bytes)
{
    std::string out(bytes);
    auto const cut = [&out](std::string_view before, std::string_view until) {
        for (std::size_t at = 0; (at = out.find(before, at)) != out.npos;) {
            at += before.size();
            out.erase(at, std::min(out.find_first_of(until, at), out.size()) - at);
        }
    };
    cut("x-request-id: ", "\r");
    cut("Date: ", "\r");
    cut("\"id\":\"chatcmpl-", "\"");
    cut("\"created\":", ",}");
    return out;
}

inline chunk saying(std::string text, std::int64_t choice = 0)
{
    chunk c;
    c.choices.resize(1);
    c.choices[0].index = choice;
    c.choices[0].delta.content = std::move(text);
    return c;
}

inline chunk finishing(finish_reason why = finish_reason::stop, std::int64_t choice = 0)
{
    chunk c;
    c.choices.resize(1);
    c.choices[0].index = choice;
    c.choices[0].finish_reason = why;
    return c;
}

inline chunk costing(std::int64_t prompt, std::int64_t answer)
{
    chunk c;
    c.usage = usage{.prompt_tokens = prompt, .completion_tokens = answer, .total_tokens = prompt + answer};
    return c;
}

/// A plan written as a function: told the last outcome, gives the next action.
class scripted_plan final : public plan {
public:
    using step = std::function<io::action(io::outcome const&, scripted_plan&)>;
    explicit scripted_plan(step s) : step_(std::move(s)) {}
    io::action resume(io::outcome const& o) override { return step_(o, *this); }

    void answer_with(answer a) { whole_ = std::move(a); }

private:
    step step_;
};

/// A completer that knows its chunks beforehand, and ends with them.
inline completer knows(std::vector<chunk> chunks, std::optional<failure> end = std::nullopt)
{
    return [=](request, std::function<void()>) {
        return std::make_unique<scripted_plan>([=](io::outcome const&, scripted_plan& p) {
            for (auto const& c : chunks)
                p.queue().put_now(c);
            p.queue().close(end);
            return io::action::finish();
        });
    };
}

/// Runs a plan that needs nobody: what it offloads is done at once, and it never waits. Gives what it put.
inline std::vector<chunk> run_plan(plan& p)
{
    std::vector<chunk> out;
    for (io::outcome last;;) {
        auto a = p.resume(last);
        p.queue().take(out);
        if (a.what == io::action::kind::done)
            return out;
        BOOST_TEST_REQUIRE((a.what == io::action::kind::offload));
        a.work();
        last = io::outcome::bytes(0);
    }
}

/// A server's connection whose bytes are in the test's hands.
class served {
public:
    explicit served(router const& routes, server_limits const& limits = {}) : connection(routes, limits) {}

    /// Receives bytes, `room` at a time, and answers what there is to answer.
    void receive(std::string_view bytes, std::size_t room = std::string_view::npos)
    {
        while (!bytes.empty() && !connection.done()) {
            auto const into = connection.prepare();
            BOOST_TEST_REQUIRE(into.size() > 0U);
            auto const n = std::min({bytes.size(), into.size(), room});
            std::copy_n(bytes.begin(), n, into.begin());
            connection.commit(n);
            bytes.remove_prefix(n);
            pump();
        }
    }
    void end()
    {
        if (connection.done())
            return;
        connection.commit_eof();
        pump();
    }

    server_connection connection;
    std::string sent{};
    std::size_t most_at_once = std::string_view::npos; ///< bytes the caller takes at a time

private:
    void send()
    {
        while (!connection.output().empty()) {
            auto const n = std::min(connection.output().size(), most_at_once);
            sent += connection.output().substr(0, n);
            connection.consume(n);
        }
    }
    void pump()
    {
        for (;;) {
            send();
            if (connection.done())
                return;
            auto event = connection.next_event();
            BOOST_TEST_REQUIRE(event.has_value());
            if (*event) {
                auto& p = ***event;
                for (auto& c : run_plan(p))
                    connection.put(p.envelope(), std::move(c));
                if (p.whole())
                    connection.reply(*p.whole());
                else if (auto const error = p.queue().error())
                    connection.fail(*error);
                else
                    connection.finish(p.envelope());
            } else if (connection.output().empty()) {
                return;
            }
        }
    }
};

/// A POST of a JSON body.
inline std::string post(std::string_view target, std::string_view body, std::string_view fields = {})
{
    return "POST " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

inline std::string get(std::string_view target, std::string_view fields = {})
{
    return "GET " + std::string(target) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(fields) + "\r\n";
}

/// The `error` of a body that has nothing else.
inline std::string error_text(std::string_view body)
{
    auto const v = parse_json(body);
    BOOST_TEST_REQUIRE(v.is_object(), body);
    BOOST_TEST(v.as_object().size() == 1U, body);
    return text_of(v, "error");
}

} // namespace chatwire::test
#endif
