// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_RPC_ANSWER_HPP
#define CHATWIRE_MCP_RPC_ANSWER_HPP

#include <chatwire/io/operation.hpp>
#include <chatwire/mcp/rpc_call.hpp>
#include <chatwire/mcp/rpc_message.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace chatwire::mcp {

/// The answer to what came in one piece: an operation that answers one request, or those of a batch one after the
/// other.
///
/// Put in what is to be answered, then run it; after every step take the notifications.
class rpc_answer {
public:
    /// @param batch the answers are an array
    explicit rpc_answer(bool batch = false) : batch_(batch) {}

    void add(std::unique_ptr<rpc_call> call) { calls_.push_back(std::move(call)); }
    CHATWIRE_DECL void add(nullable<raw_json> const& id, rpc_error error, int status);

    /// Whether it takes more than one step: a tool runs.
    CHATWIRE_DECL bool running() const noexcept;

    CHATWIRE_DECL io::action resume(io::outcome const& o);
    CHATWIRE_DECL std::vector<std::string> take_notifications();

    /// When it is done: the text, and the HTTP status that goes with it; empty, and 202, if nothing asked for an answer
    /// or nobody waits for it any more.
    std::string const& text() const noexcept { return text_; }
    int status() const noexcept { return text_.empty() ? 202 : status_; }

private:
    CHATWIRE_DECL void append(std::string const& answer, int status);

    bool batch_;
    bool unheard_ = false;
    std::vector<std::unique_ptr<rpc_call>> calls_{};
    std::size_t next_ = 0;
    std::vector<std::string> notifications_{};
    std::string text_{};
    int status_ = 200;
};

} // namespace chatwire::mcp

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/mcp/rpc_answer.ipp>
#endif
#endif
