// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_MCP_RPC_ANSWER_IPP
#define CHATWIRE_IMPL_MCP_RPC_ANSWER_IPP

#include <chatwire/mcp/rpc_answer.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace chatwire::mcp {

CHATWIRE_DECL void rpc_answer::add(nullable<raw_json> const& id, rpc_error error, int status)
{
    append(rpc_failure(id, std::move(error)), status);
}

CHATWIRE_DECL bool rpc_answer::running() const noexcept
{
    return std::any_of(calls_.begin(), calls_.end(), [](auto const& c) { return c->running(); });
}

CHATWIRE_DECL void rpc_answer::append(std::string const& answer, int status)
{
    if (!batch_) {
        text_ = answer;
        status_ = status;
        return;
    }
    text_ += text_.empty() ? "[" : ",";
    text_ += answer;
}

CHATWIRE_DECL io::action rpc_answer::resume(io::outcome const& o)
{
    using kind = io::outcome::kind;
    for (auto last = o; next_ != calls_.size(); ++next_, last = {}) {
        auto& call = *calls_[next_];
        auto next = call.resume(last);
        auto said = call.take_notifications();
        std::move(said.begin(), said.end(), std::back_inserter(notifications_));
        if (last.what == kind::caller_gone || last.what == kind::cancelled)
            unheard_ = true;
        if (next.what != io::action::kind::done)
            return next;
        if (unheard_) { // nor is anybody there for those after it
            text_.clear();
            return io::action::finish();
        }
        append(call.answer(), call.status());
    }
    if (batch_ && !text_.empty())
        text_ += ']';
    return io::action::finish();
}

CHATWIRE_DECL std::vector<std::string> rpc_answer::take_notifications() { return std::exchange(notifications_, {}); }

} // namespace chatwire::mcp
#endif
