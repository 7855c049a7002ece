// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLOADED_PLAN_HPP
#define CHATWIRE_SERVER_OFFLOADED_PLAN_HPP

#include <chatwire/server/plan.hpp>

#include <functional>
#include <memory>
#include <utility>

namespace chatwire {

/// A plan that a function makes which may block: what answers depends on what a store says. The function runs on the
/// driver's worker pool, and may go on there after this plan is gone, so it owns or shares what it uses; the plan it
/// gives, not null, runs where this one does, in its place.
class offloaded_plan final : public plan {
public:
    offloaded_plan(std::function<std::unique_ptr<plan>()> make, error_shape errors)
        : make_(std::move(make)), errors_(errors)
    {
    }

    io::action resume(io::outcome const& o) override
    {
        if (inner_)
            return follow(*inner_, o);
        if (o.what == io::outcome::kind::begin)
            return io::action::run_elsewhere([made = made_, make = std::move(make_)] { *made = make(); });
        if (!o.ok()) { // the function may still be at it: what it makes is not to be looked at
            whole_ = error_answer(o.to_failure(errc::total_timeout), errors_);
            return io::action::finish();
        }
        inner_ = std::move(*made_);
        return follow(*inner_, {});
    }

private:
    std::function<std::unique_ptr<plan>()> make_;
    std::shared_ptr<std::unique_ptr<plan>> made_ = std::make_shared<std::unique_ptr<plan>>();
    std::unique_ptr<plan> inner_{};
    error_shape errors_;
};

} // namespace chatwire
#endif
