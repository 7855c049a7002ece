// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_PLAN_HPP
#define CHATWIRE_SERVER_PLAN_HPP

#include <chatwire/io/operation.hpp>
#include <chatwire/server/answer.hpp>
#include <chatwire/server/delta_queue.hpp>
#include <chatwire/server/envelope.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chatwire {

/// How a service answers a call: an operation whose results are read while it runs.
///
/// The connection resumes it, carries out its actions with the caller watched and heartbeats in between, and takes what
/// it has put into its queue after every step. It may use `port::upstream`, and must close what it opens before it is
/// done. Told `caller_gone` or `cancelled`, it has nobody to answer any more: it gives its resources back and finishes.
///
/// When it is done, either `whole()` is the answer, or the queue is closed: without a failure if the answer is
/// complete.
///
/// A plan whose envelope says `own_events` puts no chunks. What it says meanwhile makes the answer a stream, each text
/// an event of it, and so does a heartbeat (if the envelope says `stream`); the body of `whole()` is then the last. As
/// long as it says nothing, `whole()` is the answer, with its status.
class plan {
public:
    virtual ~plan() = default;

    virtual io::action resume(io::outcome const& o) = 0;

    delta_queue& queue() noexcept { return *queue_; }
    std::shared_ptr<delta_queue> const& shared_queue() const noexcept { return queue_; }

    /// What its chunks go out in. Set by the service that made the plan, before it is resumed; a plan that learns what
    /// answers, and the answer's id and time, puts these there before its first chunk.
    chatwire::envelope const& envelope() const noexcept { return envelope_; }
    void set_envelope(chatwire::envelope e) { envelope_ = std::move(e); }
    std::optional<answer> const& whole() const noexcept { return whole_; }
    /// The events it has said since this was last called.
    std::vector<std::string> take_events() noexcept { return std::exchange(events_, {}); }

protected:
    /// For a plan that passes on what `inner` says: takes over what that knows of its answer, which is what answers,
    /// and the answer's id and time. Before the first chunk.
    void name_after(plan const& inner)
    {
        auto const& known = inner.envelope();
        if (!known.id.empty())
            envelope_.id = known.id;
        if (known.created)
            envelope_.created = known.created;
        if (!known.model.empty())
            envelope_.model = known.model;
    }

    /// An event of the plan's own: its data.
    void say(std::string data) { events_.push_back(std::move(data)); }

    /// For a plan that `inner` answers in the place of, from here on: a step of that. Its queue and its envelope are
    /// this plan's; and those of a third, once `inner` gives way to it.
    io::action follow(plan& inner, io::outcome const& o)
    {
        auto next = inner.resume(o);
        if (queue_ != inner.queue_) {
            queue_ = inner.queue_;
            envelope_ = inner.envelope_;
        } else {
            name_after(inner);
        }
        for (auto& data : inner.take_events())
            say(std::move(data));
        if (next.what == io::action::kind::done)
            whole_ = inner.whole_;
        return next;
    }

    std::shared_ptr<delta_queue> queue_ = std::make_shared<delta_queue>();
    chatwire::envelope envelope_{};
    std::optional<answer> whole_{};

private:
    std::vector<std::string> events_{};
};

/// A plan that knows its answer.
class immediate_plan final : public plan {
public:
    explicit immediate_plan(answer a) { whole_ = std::move(a); }
    io::action resume(io::outcome const&) override { return io::action::finish(); }
};

} // namespace chatwire
#endif
