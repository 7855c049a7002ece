// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_TOOL_SERVER_HPP
#define CHATWIRE_MCP_TOOL_SERVER_HPP

#include <chatwire/mcp/argument_rules.hpp>
#include <chatwire/mcp/call_site.hpp>
#include <chatwire/mcp/rpc_answer.hpp>
#include <chatwire/mcp/rpc_call.hpp>
#include <chatwire/mcp/rpc_message.hpp>
#include <chatwire/mcp/tool.hpp>
#include <chatwire/mcp/tool_server_options.hpp>
#include <chatwire/server/router.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace chatwire::mcp {

/// Serves tools to whoever speaks the Model Context Protocol, with a handshake or without one, over HTTP (@ref mount)
/// or over lines (@ref serve_lines).
///
/// Nothing is kept between two requests.
///
/// @par Thread safety
/// Set up first; then any number of threads may serve.
///
/// @par Specification
/// MCP 2025-03-26, 2025-06-18, 2025-11-25 and 2026-07-28: the base protocol and the tools
class tool_server {
public:
    explicit tool_server(tool_server_options o) : options_(std::move(o)) {}

    tool_server_options const& options() const noexcept { return options_; }

    /// @return errc::invalid_argument: no name, one that another has, or an input schema that is none
    CHATWIRE_DECL result<void> add(tool t);

    /// Puts the endpoint at `path`. This must outlive the router's use.
    ///
    /// Calls of foreign pages are refused, as by @ref origin_rules. `guard` decides by the head alone who may speak
    /// here at all; who may call which tool, a tool decides for itself.
    CHATWIRE_DECL void mount(router& r, std::string path = "/mcp",
                             std::function<std::optional<failure>(server_call const&)> guard = {}) const;

    /// Takes up a request whose version is settled. This must outlive what it gives.
    CHATWIRE_DECL std::unique_ptr<rpc_call> begin(rpc_message const& request, call_site site) const;

    /// Takes up a batch, of a revision that has them.
    CHATWIRE_DECL rpc_answer begin(rpc_text const& batch, call_site const& site) const;

    /// The member of the arguments that a header field does not repeat as it should; for requests over HTTP.
    CHATWIRE_DECL std::optional<std::string> check_fields(rpc_message const& call, http::fields const& fields) const;

private:
    struct entry {
        mcp::tool tool;
        argument_rules rules;
        bool gives_object; // as far as its output schema says
    };

    CHATWIRE_DECL entry const* find(std::string_view name) const noexcept;
    CHATWIRE_DECL std::unique_ptr<rpc_call> call_tool(rpc_message const& request, call_site site) const;
    CHATWIRE_DECL std::unique_ptr<rpc_call> list_tools(rpc_message const& request, version v) const;
    CHATWIRE_DECL std::unique_ptr<rpc_call> initialize(rpc_message const& request) const;
    CHATWIRE_DECL std::unique_ptr<rpc_call> discover(rpc_message const& request) const;
    template <class Own>
    raw_json frame(Own own, version v, bool cacheable = false) const;

    tool_server_options options_;
    std::deque<entry> tools_; // an entry stays where it is
};

} // namespace chatwire::mcp

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/mcp/tool_server.ipp>
#endif
#endif
