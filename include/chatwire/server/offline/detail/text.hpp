// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_DETAIL_TEXT_HPP
#define CHATWIRE_SERVER_OFFLINE_DETAIL_TEXT_HPP

#include <cstddef>
#include <string_view>

namespace chatwire::offline::detail {

inline bool continues(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

inline bool is_blank(char c) noexcept { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// The length of the well-formed character at the front, 0 if there is none (Unicode 15, table 3-7).
inline std::size_t utf8_length(std::string_view s) noexcept
{
    auto const at = [&](std::size_t i) -> unsigned { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0u; };
    auto const in = [](unsigned b, unsigned low, unsigned high) { return b >= low && b <= high; };
    auto const b0 = at(0), b1 = at(1);
    if (s.empty() || b0 < 0x80)
        return s.empty() ? 0 : 1;
    if (in(b0, 0xC2, 0xDF))
        return in(b1, 0x80, 0xBF) ? 2 : 0;
    if (in(b0, 0xE0, 0xEF))
        return in(b1, b0 == 0xE0 ? 0xA0 : 0x80, b0 == 0xED ? 0x9F : 0xBF) && in(at(2), 0x80, 0xBF) ? 3 : 0;
    if (in(b0, 0xF0, 0xF4))
        return in(b1, b0 == 0xF0 ? 0x90 : 0x80, b0 == 0xF4 ? 0x8F : 0xBF) && in(at(2), 0x80, 0xBF) &&
                       in(at(3), 0x80, 0xBF)
                   ? 4
                   : 0;
    return 0;
}

} // namespace chatwire::offline::detail
#endif
