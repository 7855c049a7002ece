// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_HEADER_VALUE_HPP
#define CHATWIRE_MCP_HEADER_VALUE_HPP

#include <chatwire/config.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace chatwire::mcp {

/// The text that a header field of MCP stands for: as it is, or what `=?base64?...?=` encodes.
/// @return nullopt if it is neither printable ASCII nor base64 of UTF-8
/// @par Specification
/// MCP 2026-07-28, Streamable HTTP, Value Encoding
CHATWIRE_DECL std::optional<std::string> decode_header_value(std::string_view value);

} // namespace chatwire::mcp

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/mcp/header_value.ipp>
#endif
#endif
