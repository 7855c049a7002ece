// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_PATHORS_TURN_IPP
#define CHATWIRE_IMPL_PATHORS_TURN_IPP

#include <chatwire/json/message.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/value.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/pathors/detail/store.hpp>
#include <chatwire/pathors/substitute.hpp>
#include <chatwire/pathors/turn.hpp>

#include <boost/json/object.hpp>

#include <iterator>
#include <utility>

namespace chatwire::pathors {

struct turn::state {
    std::shared_ptr<store::backend> store;
    std::shared_ptr<expiry> age;
    store::key session;
    session_limits limits;

    // what loading gives
    std::optional<failure> error{};
    std::vector<message> history{};
    bool existed = false;
    std::string variables{};
    std::size_t messages = 0;
    std::size_t bytes = 0;

    // what storing takes
    std::vector<std::string> entries{};

    void load()
    {
        auto const row = age->get(session);
        if (!row) {
            if (row.error().code != errc::not_found)
                error = detail::of_store(row.error());
            return; // it begins with this turn, if that succeeds
        }
        auto const log = store->read(session);
        if (!log) {
            if (log.error().code != errc::not_found)
                error = detail::of_store(log.error());
            return;
        }
        existed = true;
        variables = row->body;
        messages = log->size();
        for (auto const& text : *log) {
            bytes += text.size();
            auto m = json::read<message>(text, nullptr, json::read_options::for_answers());
            if (!m) {
                error = failure(errc::unexpected_exception, "a stored message cannot be read");
                return;
            }
            history.push_back(std::move(*m));
        }
    }

    void append()
    {
        auto done = store->append(session, std::nullopt, entries);
        if (!done && done.error().code == errc::not_found) {
            if (existed) { // what was ended is not to come back
                error = refusal(404, "Session not found");
                return;
            }
            if (auto const tidy = age->before_growth(session.kind); !tidy) {
                error = detail::of_store(tidy.error());
                return;
            }
            // another turn may begin the same session at this moment: whose row it is does not matter
            auto const made = store->put({.key = session, .body = "{}"}, 0);
            if (!made && made.error().code != errc::conflict) {
                error = detail::of_store(made.error());
                return;
            }
            done = store->append(session, std::nullopt, entries);
        }
        if (!done)
            error = detail::of_store(done.error());
    }
};

CHATWIRE_DECL turn::turn(std::shared_ptr<store::backend> store, std::shared_ptr<expiry> age, store::key session,
                         session_limits limits, pathway const& way, chatwire::request r, std::function<void()> wake)
    : state_(std::make_shared<state>()), way_(&way), request_(std::move(r)), wake_(std::move(wake))
{
    state_->store = std::move(store);
    state_->age = std::move(age);
    state_->session = std::move(session);
    state_->limits = limits;
}

CHATWIRE_DECL io::action turn::resume(io::outcome const& o)
{
    if (o.what == io::outcome::kind::begin)
        return io::action::run_elsewhere([s = state_] { s->load(); });
    if (phase_ == phase::answering)
        return answer(o);
    if (!o.ok())
        return end(o.to_failure(errc::total_timeout));
    if (state_->error)
        return end(std::move(state_->error));
    if (phase_ == phase::storing)
        return end();

    for (auto const& m : request_.messages)
        if (m.role != role::system && m.role != role::developer)
            state_->entries.push_back(json::to_text(m));
    std::size_t const more = state_->entries.size() + 1; // the answer
    std::size_t bytes = state_->bytes;
    for (auto const& e : state_->entries)
        bytes += e.size();
    if (state_->messages + more > state_->limits.max_messages || bytes > state_->limits.max_bytes) {
        failure full(errc::session_limit, "Session limit reached");
        full.status = 400;
        return end(std::move(full));
    }

    std::vector<message> conversation;
    if (!way_->instructions.empty()) {
        auto const variables = detail::stored_variables(state_->variables);
        conversation.push_back(message::system(substitute(way_->instructions, variables)));
    }
    conversation.reserve(conversation.size() + state_->history.size() + request_.messages.size());
    std::move(state_->history.begin(), state_->history.end(), std::back_inserter(conversation));
    std::move(request_.messages.begin(), request_.messages.end(), std::back_inserter(conversation));
    request_.messages = std::move(conversation);

    phase_ = phase::answering;
    inner_ = way_->complete(std::move(request_), std::move(wake_));
    return answer({});
}

CHATWIRE_DECL io::action turn::answer(io::outcome const& o)
{
    using kind = io::outcome::kind;
    auto next = inner_->resume(o);
    // whatever it still does to put things away, its answer is not wanted any more
    stopped_ = stopped_ || o.what == kind::caller_gone || o.what == kind::cancelled;
    taken_.clear();
    inner_->queue().take(taken_);
    name_after(*inner_);
    for (auto& c : taken_) {
        if (auto const ec = folded_.add(c); ec && !queue_->closed()) {
            queue_->close(failure(ec));
            inner_->queue().abandon();
            stopped_ = true;
            if (next.what != io::action::kind::done)
                next = inner_->resume({.what = kind::cancelled});
        }
        queue_->put_now(std::move(c));
    }
    if (next.what != io::action::kind::done)
        return next;
    if (stopped_)
        return end(failure(errc::cancelled));
    if (inner_->whole()) {
        whole_ = *inner_->whole();
        return io::action::finish();
    }
    if (auto why = inner_->queue().error())
        return end(std::move(why));
    return store_turn();
}

CHATWIRE_DECL io::action turn::store_turn()
{
    // the same check as the exchange's: an answer that will not be given is not to be remembered
    if (!folded_.complete())
        return end();
    auto const whole = folded_.take();
    state_->entries.push_back(json::to_text(whole.choices.front().message));
    phase_ = phase::storing;
    return io::action::run_elsewhere([s = state_] { s->append(); });
}

CHATWIRE_DECL io::action turn::end(std::optional<failure> why)
{
    queue_->close(std::move(why));
    return io::action::finish();
}

} // namespace chatwire::pathors
#endif
