// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_PLAN_HPP
#define CHATWIRE_SERVER_PLAN_HPP

#include <chatwire/io/operation.hpp>
#include <chatwire/server/answer.hpp>
#include <chatwire/server/delta_queue.hpp>
#include <chatwire/server/envelope.hpp>

#include <memory>
#include <optional>
#include <utility>
#include <variant>

namespace chatwire {

/// How a service answers a call: an operation whose results are read while it runs.
///
/// The connection resumes it, carries out its actions with the caller watched and heartbeats in between, and takes what
/// it has put into its queue after every step. It may use `port::upstream`, and must close what it opens before it is
/// done. Told `caller_gone` or `cancelled`, it has nobody to answer any more: it gives its resources back and finishes.
///
/// When it is done, either `whole()` is the answer, or the queue is closed: without a failure if the answer is
/// complete.
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

    std::shared_ptr<delta_queue> queue_ = std::make_shared<delta_queue>();
    chatwire::envelope envelope_{};
    std::optional<answer> whole_{};
};

/// A plan that knows its answer.
class immediate_plan final : public plan {
public:
    explicit immediate_plan(answer a) { whole_ = std::move(a); }
    io::action resume(io::outcome const&) override { return io::action::finish(); }
};

} // namespace chatwire
#endif
