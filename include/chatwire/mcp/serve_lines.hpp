// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_SERVE_LINES_HPP
#define CHATWIRE_MCP_SERVE_LINES_HPP

#include <chatwire/io/operation.hpp>
#include <chatwire/mcp/detail/line_outbox.hpp>
#include <chatwire/mcp/line_options.hpp>
#include <chatwire/mcp/line_place.hpp>
#include <chatwire/mcp/line_reader.hpp>
#include <chatwire/mcp/tool_server.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace chatwire::mcp {

/// The operation that serves one client whose messages are lines, from its first to its last: standard input and
/// output, or any other stream of bytes, as `port::caller`.
///
/// Requests are answered as soon as they can be, in whatever order: each tool works in a place of its own. A client
/// cancels one by `notifications/cancelled`; then it has no answer. After the end of the input the answers that are
/// still due are sent, and it is over.
///
/// A handshake holds for as long as the operation runs. Requests that carry their version need none.
///
/// @par Object lifetimes
/// `server` must outlive it, and every task that was started.
///
/// @par Specification
/// MCP 2025-03-26 and 2026-07-28, stdio
class serve_lines {
public:
    /// @param wake wakes the driver that runs this; from any thread, also when it is gone
    /// @param place gives a tool a place to work in
    CHATWIRE_DECL serve_lines(tool_server const& server, line_options o, std::function<void()> wake,
                              std::function<line_place()> place);

    CHATWIRE_DECL io::action resume(io::outcome const& o);
    /// A failure of the stream, if it ended with one.
    result<void> take() { return ended_ ? result<void>(*ended_) : result<void>(); }

private:
    CHATWIRE_DECL io::action go_on();
    CHATWIRE_DECL io::action give_up(failure why);
    CHATWIRE_DECL void take_lines();
    CHATWIRE_DECL void take_line(std::string_view line);
    CHATWIRE_DECL void take_message(rpc_message const& m);
    CHATWIRE_DECL void start(rpc_answer a, std::optional<raw_json> id, line_place p);
    CHATWIRE_DECL call_site site_at(line_place const& p, version v) const;

    tool_server const* server_;
    line_options options_;
    std::function<line_place()> place_;
    std::shared_ptr<detail::line_outbox> out_;
    line_reader in_;
    std::string sending_{};
    std::size_t sent_ = 0;
    version agreed_ = newest_with_handshake;
    bool writing_ = false;
    bool input_ended_ = false;
    io::time_point drain_until_ = io::never;
    std::optional<failure> ended_{};
};

} // namespace chatwire::mcp

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/mcp/serve_lines.ipp>
#endif
#endif
