// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_ONCE_PLAN_HPP
#define CHATWIRE_SERVER_ONCE_PLAN_HPP

#include <chatwire/server/idempotency.hpp>
#include <chatwire/server/plan.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace chatwire {

/// The plan of a request with an `Idempotency-Key`: the route's own plan, if the request leads; the kept answer
/// otherwise, as soon as there is one. While it waits nothing is known of the answer, so that its connection is silent.
class once_plan final : public plan {
public:
    /// @param begin makes the route's plan; called once, or never
    once_plan(std::shared_ptr<idempotency::claim> c, std::function<std::unique_ptr<plan>()> begin)
        : claim_(std::move(c)), begin_(std::move(begin))
    {
    }

    io::action resume(io::outcome const& o) override
    {
        if (inner_)
            return follow(*inner_, o);
        using kind = io::outcome::kind;
        if (o.what != kind::begin && o.what != kind::woken)
            return give_up(o);
        switch (claim_->what()) {
        case idempotency::part::waits: return io::action::wait_until(io::never);
        case idempotency::part::leads:
            inner_ = begin_();
            begin_ = nullptr;
            return follow(*inner_, {});
        case idempotency::part::replays:
            whole_ = *claim_->kept();
            (void)whole_->fields.set("Idempotent-Replayed", "true"); // always a valid value
            return io::action::finish();
        default: return give_up(o); // was refused before
        }
    }

private:
    io::action give_up(io::outcome const& o)
    {
        queue_->close(o.to_failure(errc::total_timeout));
        return io::action::finish();
    }

    std::shared_ptr<idempotency::claim> claim_;
    std::function<std::unique_ptr<plan>()> begin_;
    std::unique_ptr<plan> inner_{};
};

} // namespace chatwire
#endif
