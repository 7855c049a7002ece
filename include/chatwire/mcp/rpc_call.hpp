// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_RPC_CALL_HPP
#define CHATWIRE_MCP_RPC_CALL_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/io/operation.hpp>
#include <chatwire/mcp/reporter.hpp>
#include <chatwire/mcp/rpc_error.hpp>
#include <chatwire/mcp/running_tool.hpp>
#include <chatwire/mcp/tool.hpp>
#include <chatwire/mcp/tool_call.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chatwire::mcp {

/// A request on its way to its answer: an operation. Made by @ref tool_server::begin.
///
/// After every step take the notifications; when it is done, the answer follows them. One that was told `caller_gone`
/// or `cancelled` has no answer.
class rpc_call {
public:
    /// Of a request that is answered already.
    CHATWIRE_DECL explicit rpc_call(raw_json id, raw_json result);
    /// Of one that is refused.
    CHATWIRE_DECL explicit rpc_call(raw_json id, rpc_error error, int status);
    /// Of one that a tool answers.
    /// @param t must outlive it
    /// @param progress_token for its reports; none: there will be none
    /// @param finish makes the request's result of the tool's
    CHATWIRE_DECL rpc_call(raw_json id, tool const& t, tool_call call, std::optional<raw_json> progress_token,
                           std::function<raw_json(tool_result)> finish);
    rpc_call(rpc_call const&) = delete;
    CHATWIRE_DECL ~rpc_call();

    CHATWIRE_DECL io::action resume(io::outcome const& o);

    raw_json const& id() const noexcept { return id_; }
    /// Whether it takes more than one step: a tool runs.
    bool running() const noexcept { return tool_ != nullptr; }
    /// The texts of the notifications since this was last called.
    CHATWIRE_DECL std::vector<std::string> take_notifications();
    /// The text of the answer, and the HTTP status that goes with it.
    std::string const& answer() const noexcept { return answer_; }
    int status() const noexcept { return status_; }

private:
    CHATWIRE_DECL io::action end(tool_result r);

    raw_json id_;
    tool const* tool_ = nullptr;
    tool_call call_{};
    std::optional<raw_json> token_{};
    std::function<raw_json(tool_result)> finish_{};
    mcp::reporter reporter_{};
    std::unique_ptr<running_tool> running_{};
    std::string answer_{};
    int status_ = 200;
};

} // namespace chatwire::mcp

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/mcp/rpc_call.ipp>
#endif
#endif
