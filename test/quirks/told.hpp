// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_QUIRKS_TOLD_HPP
#define CHATWIRE_TEST_QUIRKS_TOLD_HPP

#include "../../examples/common/event_lines.hpp"
#include "../support/served.hpp"

#include <chatwire/chat/accumulator.hpp>
#include <chatwire/client/connection.hpp>
#include <chatwire/client/stream_decoder.hpp>
#include <chatwire/json/completion.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/server/completion_service.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What the roles make of bytes, in the lines of the program `decode`.
namespace chatwire::test {

/// Hears an answer.
class listener {
public:
    listener(client_options const& options, client_call::answer expects)
        : expects_(expects), connection_(options), folded_(options.accumulator, log_.get())
    {
        log_->hook = [this](diagnostic const& d) { said += examples::diagnostic_line(d).str(); };
        connection_.start("request", {.method = "POST", .expects = expects}, log_);
        connection_.consume(connection_.output().size());
    }

    void give(std::string_view bytes)
    {
        while (!bytes.empty() && !over) {
            auto const room = connection_.prepare();
            auto const n = std::min(room.size(), bytes.size());
            std::copy_n(bytes.begin(), n, room.begin());
            connection_.commit(n);
            bytes.remove_prefix(n);
            take();
        }
    }
    void close()
    {
        if (over)
            return;
        connection_.commit_eof();
        take();
    }

    std::string said{};
    stream_end end{};
    bool over = false;

private:
    void take()
    {
        while (!over) {
            auto e = connection_.next_event();
            if (!e) {
                finish(std::move(e).error());
            } else if (!*e) {
                return;
            } else if (auto* const c = std::get_if<chunk>(&**e)) {
                ++chunks_;
                said += examples::chunk_line(*c).str();
                if (auto const ec = folded_.add(*c, connection_.offset()))
                    finish(failure(ec));
            } else if (auto* const whole = std::get_if<completion>(&**e)) {
                said += examples::completion_line(*whole).str();
                if (expects_ == client_call::answer::completion)
                    finish(how::finished);
            } else if (auto* const last = std::get_if<stream_end>(&**e)) {
                finish(std::move(*last));
            }
        }
    }
    void finish(stream_end e)
    {
        over = true;
        end = std::move(e);
        if (chunks_)
            said += examples::completion_line(folded_.snapshot()).str();
        if (end.error)
            said += examples::failure_line(*end.error).str();
        said += examples::end_line(end.how, chunks_, log_->count()).str();
    }

    client_call::answer expects_;
    std::shared_ptr<diagnostics> log_ = std::make_shared<diagnostics>();
    client_connection<> connection_;
    accumulator<> folded_;
    std::uint64_t chunks_ = 0;
};

/// What is told of an answer that comes in these pieces, and then the end of the connection.
inline std::string told_answer(std::vector<std::string_view> const& pieces, client_call::answer expects,
                               client_options const& options = {}, stream_end* end = nullptr)
{
    listener l(options, expects);
    for (auto const piece : pieces)
        l.give(piece);
    l.close();
    if (!l.over)
        BOOST_ERROR("the answer has no end");
    if (end)
        *end = l.end;
    return l.said;
}

/// What is told of an event stream, its events included.
/// @param lent whether its bytes are, or are copied
inline std::string told_stream(std::vector<std::string_view> const& pieces,
                               stream_decoder_options const& o = {.events = true}, bool lent = false)
{
    std::string said;
    diagnostics log;
    log.hook = [&](diagnostic const& d) { said += examples::diagnostic_line(d).str(); };
    stream_decoder d(o, &log);
    accumulator<> folded({}, &log);
    auto const take = [&] {
        for (;;)
            switch (d.next()) {
            case decoded::more: return;
            case decoded::event: said += examples::sse_line(d.event()).str(); break;
            case decoded::chunk:
                said += examples::chunk_line(d.chunk()).str();
                if (auto const f = folded.add(d.chunk(), d.offset()))
                    said += examples::failure_line(failure(f)).str();
                break;
            case decoded::end:
                if (d.chunks())
                    said += examples::completion_line(folded.snapshot()).str();
                if (auto error = d.end().error) {
                    if (error->status == 0)
                        error->status = 200; // as the head has it
                    said += examples::failure_line(*error).str();
                }
                said += examples::end_line(d.end().how, d.chunks(), log.count()).str();
                return;
            }
    };
    for (auto const piece : pieces) {
        lent ? d.lend(piece) : d.feed(piece);
        take();
    }
    d.commit_eof();
    take();
    return said;
}

/// What a server with one model reads in requests that come in these pieces, and what it answers.
inline std::string told_request(std::vector<std::string_view> const& pieces, std::string_view key = {})
{
    std::string said;
    completion_service service;
    if (!key.empty())
        service.keys = api_keys({std::string(key)});
    service.add_model({.id = "m"}, [&](request r, std::function<void()> wake) {
        said += examples::event_line("request").json("data", json::to_text(r)).str();
        return knows({saying("Hi"), finishing()})(std::move(r), std::move(wake));
    });
    router routes;
    service.mount(routes);
    served s(routes);
    for (auto const piece : pieces)
        s.receive(piece);
    s.end();
    for (auto const& a : read_answers(s.sent, {"POST", "POST"})) {
        examples::event_line line("answer");
        line.number("status", a.status).text("type", a.field("Content-Type"));
        if (a.informational)
            line.number("interim", a.informational);
        if (a.status != 200)
            line.json("data", a.body);
        if (!a.complete)
            BOOST_ERROR("the answer is not complete");
        said += line.str();
    }
    return said;
}

#if defined(__SANITIZE_ADDRESS__)
inline constexpr std::size_t split_step = 5;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr std::size_t split_step = 5;
#else
inline constexpr std::size_t split_step = 1;
#endif
#else
inline constexpr std::size_t split_step = 1;
#endif

/// The text whole; cut in two at every place; and byte by byte: calls `f` with the pieces and where it is cut. Under
/// AddressSanitizer, which makes five times the work of it, at every fifth place, beginning with another in each text.
template <class F>
void at_every_split(std::string_view text, F f)
{
    f({text}, "whole");
    for (std::size_t i = 1 + text.size() % split_step; i < text.size(); i += split_step)
        f({text.substr(0, i), text.substr(i)}, "cut at " + std::to_string(i));
    std::vector<std::string_view> bytes;
    for (std::size_t i = 0; i < text.size(); ++i)
        bytes.push_back(text.substr(i, 1));
    f(bytes, "byte by byte");
}

} // namespace chatwire::test
#endif
