// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_MCP_RPC_CALL_IPP
#define CHATWIRE_IMPL_MCP_RPC_CALL_IPP

#include <chatwire/json/writer.hpp>
#include <chatwire/mcp/detail/failed.hpp>
#include <chatwire/mcp/detail/wire.hpp>
#include <chatwire/mcp/rpc_call.hpp>
#include <chatwire/mcp/rpc_message.hpp>

#include <exception>
#include <utility>

namespace chatwire::mcp {

CHATWIRE_DECL rpc_call::rpc_call(raw_json id, raw_json result)
    : id_(std::move(id)), answer_(rpc_result(id_, std::move(result)))
{
}

CHATWIRE_DECL rpc_call::rpc_call(raw_json id, rpc_error error, int status)
    : id_(std::move(id)), answer_(rpc_failure(id_, std::move(error))), status_(status)
{
}

CHATWIRE_DECL rpc_call::rpc_call(raw_json id, tool const& t, tool_call call, std::optional<raw_json> progress_token,
                                 std::function<raw_json(tool_result)> finish)
    : id_(std::move(id)), tool_(&t), call_(std::move(call)), token_(std::move(progress_token)),
      finish_(std::move(finish)), reporter_(token_ && call_.wake ? mcp::reporter(call_.wake) : mcp::reporter())
{
    call_.reporter = reporter_;
}

CHATWIRE_DECL rpc_call::~rpc_call() { reporter_.cancel(); }

CHATWIRE_DECL io::action rpc_call::resume(io::outcome const& o)
{
    using kind = io::outcome::kind;
    if (!tool_ || (!running_ && o.what != kind::begin))
        return io::action::finish();
    if (o.what == kind::caller_gone || o.what == kind::cancelled)
        reporter_.cancel();
    try {
        if (!running_)
            running_ = tool_->begin(std::move(call_));
        auto next = running_->resume(o);
        return next.what == io::action::kind::done ? end(running_->take()) : next;
    } catch (...) {
        return end(detail::failed(failure_of(std::current_exception())));
    }
}

CHATWIRE_DECL io::action rpc_call::end(tool_result r)
{
    answer_ = rpc_result(id_, finish_(std::move(r)));
    return io::action::finish();
}

CHATWIRE_DECL std::vector<std::string> rpc_call::take_notifications()
{
    std::vector<std::string> out;
    for (auto& p : reporter_.take())
        out.push_back(rpc_notification("notifications/progress",
                                       json::to_raw(detail::progress_params{.token = *token_, .ext = std::move(p)})));
    return out;
}

} // namespace chatwire::mcp
#endif
