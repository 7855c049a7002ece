// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_MCP_HEADER_VALUE_IPP
#define CHATWIRE_IMPL_MCP_HEADER_VALUE_IPP

#include <chatwire/chat/detail/base64.hpp>
#include <chatwire/json/utf8.hpp>
#include <chatwire/mcp/header_value.hpp>

#include <cstdint>

namespace chatwire::mcp {
namespace detail {

// What padded base64 encodes, if it is the one text that does.
inline std::optional<std::string> decode_base64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return std::nullopt;
    auto const digits = text.substr(0, text.find_last_not_of('=') + 1); // none: all of it is padding
    if (text.size() - digits.size() > 2)
        return std::nullopt;
    std::string out;
    std::uint32_t bits = 0;
    unsigned count = 0;
    for (char const c : digits) {
        auto const digit = chatwire::detail::base64_digits.find(c);
        if (digit == std::string_view::npos)
            return std::nullopt;
        bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xFFFF;
        count += 6;
        if (count >= 8) {
            count -= 8;
            out += static_cast<char>(bits >> count & 0xFF);
        }
    }
    if (bits & ((1U << count) - 1)) // what is left of the last digit is no byte
        return std::nullopt;
    return out;
}

} // namespace detail

CHATWIRE_DECL std::optional<std::string> decode_header_value(std::string_view value)
{
    constexpr std::string_view before = "=?base64?", after = "?=";
    if (value.size() < before.size() + after.size() || !value.starts_with(before) || !value.ends_with(after)) {
        for (char const c : value)
            if ((c < 0x20 || c > 0x7E) && c != '\t')
                return std::nullopt;
        return std::string(value);
    }
    value.remove_prefix(before.size());
    value.remove_suffix(after.size());
    auto text = detail::decode_base64(value);
    if (text && !json::is_utf8(*text))
        return std::nullopt;
    return text;
}

} // namespace chatwire::mcp
#endif
