// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_MCP_REPORTER_IPP
#define CHATWIRE_IMPL_MCP_REPORTER_IPP

#include <chatwire/mcp/reporter.hpp>

#include <atomic>
#include <mutex>
#include <utility>

namespace chatwire::mcp {

struct reporter::state {
    std::function<void()> wake; // null: no reports are wanted
    std::atomic<bool> cancelled{false};
    std::mutex mutex;
    std::optional<double> last; // that was reported
    std::vector<mcp::progress> waiting;
};

CHATWIRE_DECL reporter::reporter() : state_(std::make_shared<state>()) {}

CHATWIRE_DECL reporter::reporter(std::function<void()> wake) : reporter() { state_->wake = std::move(wake); }

CHATWIRE_DECL void reporter::report(mcp::progress p) const
{
    if (!state_->wake || cancelled())
        return;
    {
        std::lock_guard lock(state_->mutex);
        if (state_->last && !(p.done > *state_->last)) // also what is no number
            return;
        state_->last = p.done;
        if (state_->waiting.size() == max_waiting)
            state_->waiting.pop_back();
        state_->waiting.push_back(std::move(p));
    }
    state_->wake();
}

CHATWIRE_DECL bool reporter::cancelled() const noexcept { return state_->cancelled.load(std::memory_order_acquire); }

CHATWIRE_DECL std::vector<mcp::progress> reporter::take() const
{
    std::lock_guard lock(state_->mutex);
    return std::exchange(state_->waiting, {});
}

CHATWIRE_DECL void reporter::cancel() const noexcept { state_->cancelled.store(true, std::memory_order_release); }

} // namespace chatwire::mcp
#endif
