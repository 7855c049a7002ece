// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_RELAY_RELAY_IPP
#define CHATWIRE_IMPL_RELAY_RELAY_IPP

#include <chatwire/chat/detail/size_of.hpp>
#include <chatwire/client/as_chunk.hpp>
#include <chatwire/client/begin_call.hpp>
#include <chatwire/client/core.hpp>
#include <chatwire/client/credentials.hpp>
#include <chatwire/io/await_event.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/relay/relay.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace chatwire {
namespace detail {

// Whatever the upstream is given to say in its refusal: its status and its words.
inline std::string words_of_refusal(failure const& f)
{
    if (f.status >= 300 && f.status < 400)
        return "The provider answered with a redirect, which is not followed";
    std::string text = f.status >= 400               ? "The provider answered with status " + std::to_string(f.status)
                       : f.code == errc::error_event ? "The provider failed"
                                                     : "The provider refused";
    return f.message.empty() ? text : text + ": " + f.message;
}

inline std::string words_of_trouble(failure const& f, bool connected)
{
    switch (condition_of(f)) {
    case condition::transport:
        return connected ? "The connection to the provider was lost" : "The provider cannot be reached";
    case condition::timeout:
        return connected ? "The provider did not answer in time" : "The provider cannot be reached in time";
    case condition::limit: return "The provider's answer is too large: " + f.code.message();
    case condition::misuse: return "The provider cannot be asked: " + f.code.message();
    default: break;
    }
    if (!connected)
        return "The provider cannot be reached: " + f.code.message(); // TLS
    if (f.code == errc::truncated_stream || f.code == errc::incomplete_message)
        return "The provider's answer broke off before its end";
    return "The provider's answer cannot be used: " + f.code.message();
}

// What a caller is told of a failure of the upstream's.
inline failure tell_caller(failure const& f, bool connected)
{
    failure told(f.code);
    told.status = 502;
    told.retry_after = f.retry_after;
    if (condition_of(f) == condition::api_refusal) {
        bool const redirect = f.status >= 300 && f.status < 400;
        told.message = words_of_refusal(f);
        if (!redirect) {
            told.type = f.type;
            told.param = f.param;
            told.api_code = f.api_code;
        }
        return told;
    }
    told.message = words_of_trouble(f, connected);
    told.api_code = f.code.category() == error_category_instance() ? to_string(static_cast<errc>(f.code.value()))
                    : connected                                    ? to_string(errc::connection_lost)
                                                                   : to_string(errc::connect_failed);
    return told;
}

// Whether a chunk only begins an answer, or goes beside it, and says nothing of it yet.
inline bool says_nothing_yet(chunk const& c)
{
    auto const blank = [](auto const& text) { return !text || text->empty(); };
    return std::all_of(c.choices.begin(), c.choices.end(), [&](chunk_choice const& choice) {
        auto const& d = choice.delta;
        bool const silent = !d.content || (d.content->is_string() && d.content->text().empty());
        return silent && !choice.finish_reason && d.tool_calls.empty() && blank(d.refusal) &&
               blank(d.reasoning_content) && blank(d.reasoning) && !d.function_call && !d.audio && !d.annotations &&
               d.extra.empty();
    });
}

class relay_plan final : public plan {
public:
    relay_plan(std::shared_ptr<upstream const> u, request r)
        : upstream_(std::move(u)), core_(options_of(*upstream_)), request_(std::move(r))
    {
        if (!upstream_->model.empty())
            request_.model = upstream_->model;
        streamed_ = request_.stream.value_or(false);
    }

    io::action resume(io::outcome const& o) override
    {
        using kind = io::outcome::kind;
        if (phase_ == phase::closing)
            return io::action::finish();
        if (o.what == kind::caller_gone || o.what == kind::cancelled)
            return close(failure(errc::cancelled));
        try {
            return go_on(o);
        } catch (...) { // what was opened is closed all the same
            return close(failure_of(std::current_exception()));
        }
    }

private:
    enum class phase : unsigned char { beginning, receiving, closing };

    // While a caller was slow to take what there was, the upstream was not listened to, though it may have spoken.
    // Time for what is there already, once for each event.
    static constexpr std::chrono::milliseconds grace{50};
    // Of what only begins an answer. More is passed on.
    static constexpr std::size_t max_held = 16, max_held_bytes = std::size_t{1} << 20;

    static client_options options_of(upstream const& u)
    {
        auto o = u.client;
        o.ordinary_addresses_only = !u.allow_link_local;
        return o;
    }

    io::action go_on(io::outcome o)
    {
        if (o.what == io::outcome::kind::timeout && !reading_.empty()) {
            auto const now = io::clock::now();
            if (grace_until_ == io::never)
                grace_until_ = now + grace;
            if (now < grace_until_ && now < begin_->total())
                return io::action::read_some(io::port::upstream, reading_, grace_until_);
        }
        if (phase_ == phase::beginning) {
            if (!begin_)
                ask();
            auto next = begin_->resume(o);
            if (next.what != io::action::kind::done)
                return track(std::move(next));
            phase_ = phase::receiving;
            auto first = begin_->take();
            if (!first)
                return fail(std::move(first).error());
            if (auto ended = take(*std::move(first)))
                return *std::move(ended);
            o = {};
        }
        for (;; o = {}) {
            if (!await_) {
                await_.emplace(*core_.connection, io::port::upstream, core_.patience(begin_->total()));
                grace_until_ = io::never;
            }
            auto next = await_->resume(o);
            if (next.what != io::action::kind::done)
                return track(std::move(next));
            auto event = await_->take();
            await_.reset();
            if (!event)
                return fail(core_.explain(std::move(event).error()));
            if (auto ended = take(*std::move(event)))
                return *std::move(ended);
        }
    }

    void ask()
    {
        client_call call{.method = "POST",
                         .path = upstream_->path,
                         .body = json::to_text(request_),
                         .expects = streamed_ ? client_call::answer::stream : client_call::answer::completion};
        request_.messages.clear(); // only its name is still of use
        auto log = std::make_shared<diagnostics>();
        log->hook = core_.options.on_diagnostic;
        begin_.emplace(core_, std::move(call), std::move(log));
    }

    io::action track(io::action a)
    {
        reading_ = a.what == io::action::kind::read ? a.in : std::span<char>();
        return a;
    }

    // The action that ends it all, if that was the last event.
    std::optional<io::action> take(client_event<> event)
    {
        if (auto* const c = std::get_if<chunk>(&event)) {
            put(std::move(*c));
        } else if (auto* const whole = std::get_if<completion>(&event)) {
            put(as_chunk(std::move(*whole)));
            if (!streamed_)
                return succeed();
        } else if (auto* const end = std::get_if<stream_end>(&event)) {
            return end->success() ? succeed() : fail(core_.explain(std::move(*end->error)));
        }
        return std::nullopt;
    }

    void put(chunk c)
    {
        for (auto const& choice : c.choices) {
            auto& state = choices_[choice.index];
            state.finished = state.finished || choice.finish_reason;
            state.calls = state.calls || !choice.delta.tool_calls.empty();
        }
        learn_name(c);
        bool const waits = !speaking_ && held_.size() < max_held && held_bytes_ < max_held_bytes && says_nothing_yet(c);
        held_bytes_ += detail::size_of(c);
        held_.push_back(std::move(c));
        if (!waits)
            pass_on();
    }

    // Some services leave these empty in what comes before the answer itself.
    void learn_name(chunk const& c)
    {
        if (speaking_)
            return;
        if (id_.empty())
            id_ = c.id;
        if (created_ == 0)
            created_ = c.created;
        if (model_.empty())
            model_ = c.model;
    }

    void pass_on()
    {
        if (!std::exchange(speaking_, true)) {
            if (!id_.empty())
                envelope_.id = id_;
            if (created_ > 0)
                envelope_.created = created_;
            if (!model_.empty() || !request_.model.empty())
                envelope_.model = model_.empty() ? request_.model : model_;
        }
        for (auto& c : held_)
            queue_->put_now(std::move(c));
        held_.clear();
        held_bytes_ = 0;
    }

    io::action succeed()
    {
        if (choices_.empty())
            return fail(failure(errc::missing_member, "choices: none"));
        chunk last;
        for (auto const& [index, state] : choices_)
            if (!state.finished)
                last.choices.push_back(
                    {.index = index, .finish_reason = state.calls ? finish_reason::tool_calls : finish_reason::stop});
        if (!last.choices.empty())
            held_.push_back(std::move(last));
        pass_on();
        return close(std::nullopt);
    }

    io::action fail(failure f)
    {
        auto const full = scrub(std::move(f), secrets_of(core_.options));
        bool const connected = core_.connection.has_value();
        auto last = close(condition_of(full) == condition::cancelled ? full : tell_caller(full, connected));
        if (upstream_->on_failure && condition_of(full) != condition::cancelled)
            upstream_->on_failure(full);
        return last;
    }

    io::action close(std::optional<failure> why)
    {
        phase_ = phase::closing;
        queue_->close(std::move(why));
        return io::action::close_port(io::port::upstream);
    }

    struct choice_state {
        bool finished = false;
        bool calls = false;
    };

    std::shared_ptr<upstream const> upstream_;
    client_core<> core_;
    request request_;
    bool streamed_ = false;
    phase phase_ = phase::beginning;
    std::optional<begin_call<>> begin_{};
    std::optional<io::await_event<client_connection<>>> await_{};
    std::span<char> reading_{};              // where the read that is under way puts its bytes
    io::time_point grace_until_ = io::never; // once the time of an event is up

    std::string id_{};
    std::int64_t created_ = 0;
    std::string model_{};
    std::vector<chunk> held_{};
    std::size_t held_bytes_ = 0;
    bool speaking_ = false;
    std::map<std::int64_t, choice_state> choices_{};
};

} // namespace detail

CHATWIRE_DECL completer relay_to(std::shared_ptr<upstream const> u)
{
    return [u = std::move(u)](request r, std::function<void()>) -> std::unique_ptr<plan> {
        return std::make_unique<detail::relay_plan>(u, std::move(r));
    };
}

CHATWIRE_DECL completer relay_to(upstream u) { return relay_to(std::make_shared<upstream const>(std::move(u))); }

} // namespace chatwire
#endif
