// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLOADED_ANSWER_HPP
#define CHATWIRE_SERVER_OFFLOADED_ANSWER_HPP

#include <chatwire/server/plan.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace chatwire {

/// A plan whose answer a function gives that may block: store calls. It runs on the driver's worker pool, and may go
/// on there after the plan is gone, so it owns or shares what it uses.
class offloaded_answer final : public plan {
public:
    offloaded_answer(std::function<answer()> make, error_shape errors) : make_(std::move(make)), errors_(errors) {}

    io::action resume(io::outcome const& o) override
    {
        if (o.what == io::outcome::kind::begin)
            return io::action::run_elsewhere([made = made_, make = std::move(make_)] { *made = make(); });
        // after anything but `ok` the function may still be at it: its result is not to be looked at
        whole_ = o.ok() ? std::move(*made_) : error_answer(o.to_failure(errc::total_timeout), errors_);
        return io::action::finish();
    }

private:
    std::function<answer()> make_;
    std::shared_ptr<std::optional<answer>> made_ = std::make_shared<std::optional<answer>>();
    error_shape errors_;
};

} // namespace chatwire
#endif
