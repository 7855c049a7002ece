// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_OFFLINE_COMPLETER_IPP
#define CHATWIRE_IMPL_SERVER_OFFLINE_COMPLETER_IPP

#include <chatwire/server/offline_completer.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace chatwire {
namespace detail {

class paced_plan final : public plan {
public:
    paced_plan(std::vector<chunk> chunks, std::chrono::milliseconds pace) : chunks_(std::move(chunks)), pace_(pace) {}

    io::action resume(io::outcome const& o) override
    {
        using kind = io::outcome::kind;
        if (o.what == kind::caller_gone || o.what == kind::cancelled)
            return io::action::finish();
        if (o.what == kind::begin)
            due_ = io::clock::now();
        // one a step, so that a caller who reads slowly is not given everything at once
        if (o.what == kind::begin || o.what == kind::timeout) {
            if (said_ < chunks_.size())
                queue_->put_now(std::move(chunks_[said_++]));
            due_ += pace_;
        }
        if (said_ < chunks_.size())
            return io::action::wait_until(due_);
        queue_->close();
        return io::action::finish();
    }

private:
    std::vector<chunk> chunks_;
    std::chrono::milliseconds pace_;
    std::size_t said_ = 0;
    io::time_point due_{};
};

} // namespace detail

CHATWIRE_DECL completer offline_completer(offline_model m, std::chrono::milliseconds pace)
{
    return [m = std::move(m), pace](request r, std::function<void()>) -> std::unique_ptr<plan> {
        return std::make_unique<detail::paced_plan>(m.answer(r).chunks, pace);
    };
}

} // namespace chatwire
#endif
