// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_EXCHANGE_HPP
#define CHATWIRE_SERVER_EXCHANGE_HPP

#include <chatwire/chat/accumulator.hpp>
#include <chatwire/http/head.hpp>
#include <chatwire/json/chunk_writer.hpp>
#include <chatwire/server/envelope.hpp>
#include <chatwire/server/router.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire {

/// One request and its answer, without framing and without IO: pieces of HTTP in, a call out; an answer in, pieces of
/// HTTP out. A program with an HTTP server of its own feeds this, and lets the plan of the call answer it by @ref step;
/// @ref server_connection does it for bytes.
///
/// The request: `head`, any number of `body`, `end`; the first refusal ends it. Then the answer: either `reply`, or
/// `put` for every chunk and `finish`, with `fail` at any point. After each of these take what is to be sent:
/// `take_head` once it is there, `output`, and nothing follows when `complete`.
///
/// @par Thread safety
/// None.
class server_exchange {
public:
    /// How much a model may make it hold of an answer: all of one that is folded; of a stream, its choices, and what
    /// comes beside choices before the next of them. Beyond, the answer fails, as @ref accumulator says.
    static constexpr accumulator_limits limits{};

    /// `routes` must outlive it.
    CHATWIRE_DECL explicit server_exchange(router const& routes);

    // the request

    /// Routes it and asks the rules of origin and the route's guard. A failure is an answer already: it is in
    /// `take_head`.
    CHATWIRE_DECL result<void> head(http::request_head h, std::function<void()> wake);
    /// How large a body the route takes.
    std::uint64_t max_body() const noexcept { return route_ ? route_->max_body : 0; }
    void body(std::string_view piece) { call_.body += piece; }
    /// The request is complete: the plan that answers it. What the route throws is an answer, too.
    CHATWIRE_DECL std::unique_ptr<plan> end();
    /// Whether the answer is to be made to its end even if its caller goes away, since it will be kept for a repeat.
    CHATWIRE_DECL bool wanted_anyway() const;

    // the answer

    CHATWIRE_DECL void reply(answer a);
    /// More of a completion. The envelope counts the first time. What goes beyond @ref limits fails the answer, which
    /// then is `complete`.
    CHATWIRE_DECL void put(envelope const& e, chunk c);
    /// An event of the plan's own.
    CHATWIRE_DECL void say(envelope const& e, std::string_view data);
    /// Makes a stream's head go out now, so that a sign of life can follow it; nothing else does. False: the answer is
    /// no stream.
    CHATWIRE_DECL bool begin_stream(envelope const& e);
    /// The completion is complete.
    CHATWIRE_DECL void finish(envelope const& e);
    /// It is not, and will not be: a status if nothing was sent yet, else an event. Without a status of its own the
    /// failure is the server's: 504 for a timeout, else 500.
    CHATWIRE_DECL void fail(failure const& f);
    /// A step of the answer's plan: resumes it, and takes what it has said since the last; at its end, or when it
    /// throws, the answer is complete. What it wants done next is returned: carry it out, and come back with the
    /// outcome. If the answer is complete and the plan is not, because it has said too much, nobody wants the rest:
    /// abandon its queue, and tell it so.
    CHATWIRE_DECL io::action step(plan& p, io::outcome const& o);
    /// Refuses what could not even be read as a request: the failure is the caller's.
    void refuse(failure const& f) { reply(error_answer(f, call_.errors)); }

    // what is to be sent

    /// Whether the head can be sent; it is taken once.
    bool has_head() const noexcept { return head_.has_value(); }
    CHATWIRE_DECL http::response_head take_head();
    /// The length of the body, where it is known beforehand.
    std::optional<std::uint64_t> content_length() const noexcept { return length_; }
    std::string_view output() const noexcept { return out_; }
    void clear_output() noexcept
    {
        out_.clear();
        recorded_ = 0;
    }
    bool complete() const noexcept { return complete_; }
    bool streaming() const noexcept { return streaming_; }
    /// Number of chunks that were put so far.
    std::size_t chunks() const noexcept { return chunks_; }

private:
    CHATWIRE_DECL void open(envelope const& e);
    CHATWIRE_DECL void emit();
    CHATWIRE_DECL void emit_with_aside();
    CHATWIRE_DECL void emit_choice();
    CHATWIRE_DECL void emit_choice(chunk_choice&& c);
    CHATWIRE_DECL std::optional<failure> refuse_by_head();
    CHATWIRE_DECL std::unique_ptr<plan> begin_once(server_call& call);
    CHATWIRE_DECL void start_answer(int status, std::string_view content_type, http::fields const& more);
    CHATWIRE_DECL void record();

    // Of a choice: what begins a character, and waits for the rest of it.
    struct held_back {
        std::string content{};
        std::string reasoning{};
    };

    router const* routes_;
    route const* route_ = nullptr;
    server_call call_{};
    std::string origin_{}; // the page that asks

    envelope envelope_{};
    bool opened_ = false; // the envelope is fixed
    bool streaming_ = false;
    bool started_ = false; // the head was made
    bool complete_ = false;
    std::size_t chunks_ = 0;
    std::optional<http::response_head> head_{};
    std::optional<std::uint64_t> length_{};
    std::string out_{};

    std::vector<chunk> said_{};                   // by the plan in one step
    chunk shell_{};                               // id, created, model and extra of every chunk, and the next's choice
    bool shell_changed_ = true;                   // in more than the choice, since it was written
    json::chunk_writer<> writer_;                 // of events
    raw_members aside_{};                         // what came in a chunk beside its choices, for the next one
    std::size_t aside_room_ = limits.max_content; // for more of it
    nullable<chatwire::moderation> moderation_{}; // the same
    std::map<std::int64_t, held_back> begun_{};   // choices whose role was sent
    std::vector<chunk_choice> finished_{};        // held until the whole answer is known to be good
    nullable<chatwire::usage> usage_{};
    accumulator<> folded_{limits};

    // of a request with an Idempotency-Key
    std::shared_ptr<idempotency::claim> claim_{};
    std::optional<answer> record_{}; // what has been said, to be kept if it ends well
    std::size_t recorded_ = 0;       // how much of out_
    bool good_ = false;              // it has ended well
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/exchange.ipp>
#endif
#endif
