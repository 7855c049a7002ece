// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_DETAIL_SETTLE_HPP
#define CHATWIRE_MCP_DETAIL_SETTLE_HPP

#include <chatwire/json/reader.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/mcp/detail/wire.hpp>
#include <chatwire/mcp/rpc_error.hpp>
#include <chatwire/mcp/rpc_message.hpp>
#include <chatwire/mcp/version.hpp>

#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace chatwire::mcp::detail {

inline constexpr char const* version_field = "MCP-Protocol-Version";

// The newest first.
inline std::vector<std::string> spoken_versions() { return {std::rbegin(version_names), std::rend(version_names)}; }

inline rpc_error not_spoken(std::string_view version)
{
    return {rpc_code::unsupported_version, "Unsupported protocol version",
            json::to_raw(unsupported_version{.supported = spoken_versions(), .requested = std::string(version)})};
}

inline request_meta meta_of(rpc_message const& m)
{
    if (!m.params)
        return {};
    auto params = json::read<any_params>(m.params->text());
    return params && params->meta ? std::move(*params->meta) : request_meta{};
}

// What is agreed on with a client that asks for a revision in a handshake.
inline version agree_on(std::string_view asked) noexcept
{
    auto const v = find_version(asked).value_or(newest_with_handshake);
    return stateless(v) ? newest_with_handshake : v;
}

// Which revision a request is of: the one it names by itself, or else the one that was agreed on before, of which a
// header field of HTTP may tell.
inline std::variant<version, rpc_error> settle(rpc_message const& m, std::optional<std::string_view> field,
                                               version otherwise)
{
    auto const meta = meta_of(m);
    bool const names_one = !meta.version.is_absent();
    auto const of_field = field ? find_version(*field) : std::optional<version>(otherwise);
    if (!names_one && !(of_field && stateless(*of_field)))
        return of_field ? std::variant<version, rpc_error>(*of_field) : not_spoken(*field);
    auto const missing = [](char const* what) {
        return rpc_error{rpc_code::invalid_params, std::string("_meta: ") + what};
    };
    if (!meta.version || !meta.version->is_string())
        return missing("io.modelcontextprotocol/protocolVersion is missing, or no string");
    auto const name = json::read<std::string>(meta.version->text());
    auto const v = name ? find_version(*name) : std::nullopt;
    if (!v || !stateless(*v)) {
        if (field && name && *field != *name)
            return rpc_error{rpc_code::header_mismatch,
                             "Header mismatch: MCP-Protocol-Version does not say what the body says"};
        return not_spoken(name ? std::string_view(*name) : std::string_view());
    }
    if (!meta.capabilities || !meta.capabilities->is_object())
        return missing("io.modelcontextprotocol/clientCapabilities is missing, or no object");
    return *v;
}

} // namespace chatwire::mcp::detail
#endif
