// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_EXCHANGE_IPP
#define CHATWIRE_IMPL_SERVER_EXCHANGE_IPP

#include <chatwire/chat/detail/spend.hpp>
#include <chatwire/crypto/random_id.hpp>
#include <chatwire/http/date.hpp>
#include <chatwire/json/chunk.hpp>
#include <chatwire/json/completion.hpp>
#include <chatwire/json/utf8.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/server/exchange.hpp>
#include <chatwire/server/once_plan.hpp>
#include <chatwire/sse/writer.hpp>

#include <chrono>
#include <utility>

namespace chatwire {
namespace detail {

inline bool says_nothing(delta const& d)
{
    return !d.content && d.tool_calls.empty() && !d.refusal && !d.reasoning_content && !d.reasoning &&
           !d.function_call && !d.audio && !d.annotations && d.extra.empty();
}

// What a failure of the server's own is told as: the caller has not caused it, unless it says so with a status.
inline failure ours(failure f)
{
    if (f.status)
        return f;
    if (condition_of(f) != condition::timeout)
        return failure(errc::unexpected_exception); // 500, and no word of what it was
    f.status = 504;
    return f;
}

// What to answer when something is thrown, while it is handled.
inline std::unique_ptr<plan> sorry(error_shape shape)
{
    return std::make_unique<immediate_plan>(error_answer(ours(failure_of(std::current_exception())), shape));
}

inline std::unique_ptr<plan> begin(route const& r, server_call call)
{
    auto const shape = call.errors;
    try {
        return r.begin(std::move(call));
    } catch (...) {
        return sorry(shape);
    }
}

// How many bytes at the end of a text begin a character and do not end it.
inline std::size_t begun_character(std::string_view text) noexcept
{
    auto const* const end = text.data() + text.size();
    for (std::size_t n = 1; n <= 3 && n <= text.size(); ++n) {
        auto const first = static_cast<unsigned char>(*(end - n));
        if ((first & 0xC0) == 0x80)
            continue; // inside of one
        bool const begins = first >= 0xC2 && first <= 0xF4;
        return begins && !json::utf8_length(end - n, end) && json::utf8_bad_length(end - n, end) == n ? n : 0;
    }
    return 0;
}

// Models cut texts anywhere, and an event has to be UTF-8 by itself: what only begins a character waits for the rest
// of it. False: that was all there is.
inline bool whole_characters(std::string& text, std::string& held)
{
    if (text.empty() || (held.empty() && static_cast<unsigned char>(text.back()) < 0x80))
        return true;
    text.insert(0, held);
    held = text.substr(text.size() - begun_character(text));
    text.resize(text.size() - held.size());
    return !text.empty();
}

inline failure unfinished(bool empty)
{
    failure f(errc::truncated_stream, empty ? "the model gave no answer" : "the model ended without a finish_reason");
    f.status = 500;
    return f;
}

inline usage const unknown_usage{.prompt_tokens = -1, .completion_tokens = -1, .total_tokens = -1};

} // namespace detail

CHATWIRE_DECL server_exchange::server_exchange(router const& routes) : routes_(&routes), writer_(&sse::write_data)
{
    call_.request_id = crypto::random_id("req_"); // also answers to what could not be read have one
}

CHATWIRE_DECL result<void> server_exchange::head(http::request_head h, std::function<void()> wake)
{
    call_.head = std::move(h);
    call_.wake = std::move(wake);
    origin_ = origin_rules::origin_of(call_.head);
    auto refused = refuse_by_head();
    if (!refused)
        return {};
    fail(*refused);
    if (refused->status == 405 && !call_.allow.empty() && head_)
        (void)head_->fields.set("Allow", call_.allow);
    return std::move(*refused);
}

CHATWIRE_DECL std::optional<failure> server_exchange::refuse_by_head()
{
    auto matched = routes_->match(call_); // first, for the shape of every refusal
    if (auto foreign = routes_->origins.check_host(call_.head))
        return foreign;
    if (!matched)
        return std::move(matched).error();
    route_ = *matched;
    if (route_->known_origins_only)
        if (auto foreign = routes_->origins.check_origin(call_.head))
            return foreign;
    if (!route_->guard)
        return std::nullopt;
    try {
        return route_->guard(call_);
    } catch (...) {
        return failure_of(std::current_exception());
    }
}

CHATWIRE_DECL std::unique_ptr<plan> server_exchange::end()
{
    auto call = std::move(call_);
    call_ = {};
    call_.request_id = call.request_id;
    call_.errors = call.errors;
    try {
        if (auto once = begin_once(call))
            return once;
        return detail::begin(*route_, std::move(call));
    } catch (...) {
        return detail::sorry(call_.errors);
    }
}

CHATWIRE_DECL std::unique_ptr<plan> server_exchange::begin_once(server_call& call)
{
    auto const& fields = call.head.fields;
    auto const count = fields.count("idempotency-key");
    if (!routes_->repeats || count == 0 || (route_->method != "POST" && route_->method != "PATCH"))
        return nullptr;
    auto const key = *fields.find("idempotency-key");
    auto const refuse = [&](failure const& f) {
        return std::make_unique<immediate_plan>(error_answer(f, call.errors));
    };
    if (count > 1 || key.empty() || key.size() > 255)
        return refuse(refusal(400, "Idempotency-Key must be one value of 1 to 255 bytes", "invalid_request_error", {},
                              "bad_idempotency_key"));
    // Keys are told apart by who uses them, and where; two spellings of a path are the same place.
    std::vector<std::string_view> scope = {call.bearer(), route_->method,
                                           route_->alias_of.empty() ? route_->pattern : route_->alias_of, key};
    for (auto const& [name, value] : call.params)
        scope.push_back(value);
    std::vector<std::string_view> asked = {call.query, call.body};
    for (auto const& name : route_->asked_fields)
        asked.push_back(fields.find(name).value_or(""));
    claim_ = routes_->repeats->join(scope, asked, call.wake);
    switch (claim_->what()) {
    case idempotency::part::differs:
        return refuse(refusal(422, "This Idempotency-Key was used for another request", "invalid_request_error", {},
                              "idempotency_key_reused"));
    case idempotency::part::crowded: {
        auto busy = refusal(409, "Too many requests with this Idempotency-Key are waiting for the first",
                            "invalid_request_error", {}, "idempotency_key_in_use");
        busy.retry_after = std::chrono::seconds(1);
        return refuse(busy);
    }
    default: break;
    }
    return std::make_unique<once_plan>(
        claim_, [route = route_, call = std::move(call)]() mutable { return detail::begin(*route, std::move(call)); });
}

CHATWIRE_DECL bool server_exchange::wanted_anyway() const
{
    bool const recording = record_ || !started_; // else it has become too long
    return claim_ && recording && claim_->what() == idempotency::part::leads;
}

// After everything that may have added to the answer.
CHATWIRE_DECL void server_exchange::record()
{
    if (record_) {
        record_->body.append(out_, recorded_);
        recorded_ = out_.size();
        if (record_->body.size() > claim_->too_long())
            record_.reset();
    }
    if (!claim_ || !complete_)
        return;
    if (record_ && good_)
        claim_->succeed(std::move(*record_));
    else
        claim_->fail();
    record_.reset();
}

CHATWIRE_DECL void server_exchange::start_answer(int status, std::string_view content_type, http::fields const& more)
{
    started_ = true;
    head_.emplace();
    head_->status = status;
    // a value that HTTP cannot carry is left out: the body has it
    auto& f = head_->fields;
    if (!content_type.empty())
        (void)f.set("Content-Type", content_type);
    (void)f.set("Date", http::format_date(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())));
    (void)f.set("x-request-id", call_.request_id);
    routes_->origins.share(origin_, f);
    for (auto const& [name, value] : more)
        (void)f.set(name, value);
    if (claim_ && claim_->what() == idempotency::part::leads)
        record_ = answer{.status = status, .content_type = std::string(content_type), .fields = more};
}

CHATWIRE_DECL void server_exchange::reply(answer a)
{
    if (complete_)
        return;
    if (started_) { // a sign of life went out before: what would have had a status is an event now
        if (a.status < 400 && !envelope_.own_events)
            return fail(failure(errc::out_of_order));
        sse::write_data(out_, a.body);
        complete_ = true;
        good_ = a.status < 300;
        return record();
    }
    start_answer(a.status, a.body.empty() ? std::string_view() : a.content_type, a.fields);
    length_ = a.body.size();
    out_ += a.body;
    complete_ = true;
    good_ = a.status < 300;
    record();
}

CHATWIRE_DECL void server_exchange::open(envelope const& e)
{
    if (std::exchange(opened_, true))
        return;
    envelope_ = e;
    streaming_ = e.stream;
    shell_.id = e.id.empty() ? crypto::random_id("chatcmpl-", 24) : e.id;
    shell_.created =
        e.created
            ? e.created
            : std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
                  .count();
    shell_.model = e.model;
    shell_.extra.set_all(e.extra);
    envelope_.extra = shell_.extra;
    if (e.include_usage && e.usage_chunk)
        shell_.usage = nullptr; // announced as null in every chunk before the one that has it
}

CHATWIRE_DECL bool server_exchange::begin_stream(envelope const& e)
{
    if (!opened_ && !e.stream)
        return false; // a plan that waits for another may not know yet what its envelope will be
    if (!opened_) {   // and what names its chunks is known with the first of them
        envelope_ = e;
        streaming_ = true;
    }
    if (!streaming_ || complete_)
        return false;
    if (!started_) {
        http::fields more;
        (void)more.set("Cache-Control", "no-cache");
        (void)more.set("X-Accel-Buffering", "no");
        for (auto const& [name, value] : envelope_.fields)
            (void)more.set(name, value);
        start_answer(200, "text/event-stream", more);
    }
    return true;
}

CHATWIRE_DECL void server_exchange::say(envelope const& e, std::string_view data)
{
    if (complete_ || !begin_stream(e))
        return;
    sse::write_data(out_, data);
    record();
}

CHATWIRE_DECL void server_exchange::emit()
{
    if (std::exchange(shell_changed_, false))
        writer_.write(out_, shell_);
    else
        writer_.write_next(out_, shell_);
}

// With what the model has said beside its choices and was not sent yet.
CHATWIRE_DECL void server_exchange::emit_with_aside()
{
    aside_room_ = limits.max_content;
    if (aside_.empty() && moderation_.is_absent())
        return emit();
    shell_changed_ = true;
    shell_.extra.set_all(std::exchange(aside_, {}));
    shell_.moderation = std::exchange(moderation_, std::nullopt);
    emit();
    shell_changed_ = true;
    shell_.extra = envelope_.extra;
    shell_.moderation.reset();
}

CHATWIRE_DECL void server_exchange::emit_choice(chunk_choice&& c)
{
    shell_.choices.resize(1);
    shell_.choices.front() = std::move(c);
    emit_choice();
}

// The one in the shell.
CHATWIRE_DECL void server_exchange::emit_choice()
{
    auto& c = shell_.choices.front();
    auto const [begun, first] = begun_.try_emplace(c.index);
    if (auto& said = c.delta.content;
        said && said->is_string() && !detail::whole_characters(said->make_string(), begun->second.content))
        said.reset();
    if (auto& thought = c.delta.reasoning_content;
        thought && !detail::whole_characters(*thought, begun->second.reasoning))
        thought.reset();
    bool const silent = detail::says_nothing(c.delta);
    if (first && !c.delta.role && !silent) {
        chunk_choice role;
        role.index = c.index;
        role.delta.role = chatwire::role::assistant;
        role.delta.content = "";
        std::swap(c, role);
        emit();
        std::swap(c, role);
    } else if (first) {
        c.delta.role = chatwire::role::assistant;
        if (silent)
            c.delta.content = "";
    } else {
        c.delta.role.reset(); // some models repeat it in every delta
        if (silent && !c.logprobs && c.extra.empty())
            return; // only a finish_reason, which is held
    }
    if (!envelope_.usage_chunk && !c.delta.content)
        c.delta.content = "";
    emit_with_aside();
}

CHATWIRE_DECL void server_exchange::put(envelope const& e, chunk c)
{
    open(e);
    if (complete_)
        return;
    ++chunks_;
    if (c.usage)
        usage_ = c.usage;
    if (!streaming_) {
        if (auto const ec = folded_.add(c))
            fail(failure(ec));
        return;
    }
    begin_stream(e);
    if (c.system_fingerprint && shell_.system_fingerprint != c.system_fingerprint) {
        shell_changed_ = true;
        shell_.system_fingerprint = c.system_fingerprint;
    }
    if (c.service_tier && shell_.service_tier != c.service_tier) {
        shell_changed_ = true;
        shell_.service_tier = c.service_tier;
    }
    if (!detail::keep_all(aside_, c.extra, limits, aside_room_))
        return fail(failure(errc::content_limit));
    if (c.moderation)
        moderation_ = std::move(c.moderation);
    for (auto& choice : c.choices) {
        if (begun_.size() >= limits.max_choices && !begun_.contains(choice.index))
            return fail(failure(errc::choice_limit));
        if (choice.finish_reason) {
            chunk_choice end;
            end.index = choice.index;
            end.finish_reason = std::exchange(choice.finish_reason, std::nullopt);
            std::erase_if(finished_, [&](auto const& f) { return f.index == end.index; });
            finished_.push_back(std::move(end));
        }
        if (c.choices.size() > 1) {
            emit_choice(std::move(choice));
            continue;
        }
        shell_.choices.swap(c.choices); // without a copy
        emit_choice();
        break;
    }
    record();
}

CHATWIRE_DECL void server_exchange::finish(envelope const& e)
{
    open(e);
    if (complete_)
        return;
    if (!streaming_) {
        if (!folded_.complete())
            return fail(detail::unfinished(folded_.empty()));
        auto whole = folded_.take();
        whole.id = shell_.id;
        whole.created = shell_.created;
        whole.model = shell_.model;
        whole.extra.set_all(shell_.extra);
        if (!whole.usage && envelope_.unknown_usage)
            whole.usage = detail::unknown_usage;
        auto a = answer::json({});
        json::write(a.body, whole);
        a.fields = envelope_.fields;
        return reply(std::move(a));
    }
    if (begun_.empty() || finished_.size() != begun_.size()) // each that finished has begun
        return fail(detail::unfinished(begun_.empty()));

    for (auto& [index, held] : begun_) {
        chunk_choice rest; // of characters that never came to their end
        rest.index = index;
        if (!std::exchange(held.content, {}).empty())
            rest.delta.content = json::replacement_character;
        if (!std::exchange(held.reasoning, {}).empty())
            rest.delta.reasoning_content = std::string(json::replacement_character);
        emit_choice(std::move(rest));
    }
    if (!usage_ && envelope_.unknown_usage)
        usage_ = detail::unknown_usage;
    bool const has_usage = usage_.has_value() && envelope_.include_usage;
    for (std::size_t i = 0; i < finished_.size(); ++i) {
        if (has_usage && !envelope_.usage_chunk && i + 1 == finished_.size()) {
            shell_changed_ = true;
            shell_.usage = usage_;
        }
        shell_.choices.resize(1);
        shell_.choices.front() = std::move(finished_[i]);
        emit_with_aside();
    }
    if (has_usage && envelope_.usage_chunk) {
        shell_changed_ = true;
        shell_.usage = usage_;
        shell_.choices.clear();
        emit();
    }
    sse::write_data(out_, "[DONE]");
    complete_ = true;
    good_ = true;
    record();
}

CHATWIRE_DECL void server_exchange::fail(failure const& f)
{
    if (complete_)
        return;
    auto const told = detail::ours(f);
    if (!started_)
        return reply(error_answer(told, call_.errors));
    sse::write_data(out_, error_json(told, call_.errors)); // and no [DONE]: that would say all went well
    complete_ = true;
    record();
}

CHATWIRE_DECL io::action server_exchange::step(plan& p, io::outcome const& o)
{
    io::action next;
    std::optional<failure> thrown;
    try {
        next = p.resume(o);
    } catch (...) {
        thrown = failure_of(std::current_exception());
    }
    said_.clear();
    p.queue().take(said_);
    for (auto& c : said_)
        put(p.envelope(), std::move(c));
    for (auto const& data : p.take_events())
        say(p.envelope(), data);
    if (next.what != io::action::kind::done)
        return next;
    if (thrown)
        fail(*thrown);
    else if (p.whole())
        reply(*p.whole());
    else if (auto const why = p.queue().error())
        fail(*why);
    else
        finish(p.envelope());
    return next;
}

CHATWIRE_DECL http::response_head server_exchange::take_head()
{
    auto h = std::move(*head_);
    head_.reset();
    return h;
}

} // namespace chatwire
#endif
