// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_DETAIL_BASE64_HPP
#define CHATWIRE_CHAT_DETAIL_BASE64_HPP

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace chatwire::detail {

inline constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Appends a piece of base64 to the pieces before it. A service may cut the text anywhere, or encode each piece for
/// itself; then the padding of the last one would stand in the middle of the text, and the bytes around it are encoded
/// anew. What is no base64 is appended as it is.
inline void append_base64(std::string& to, std::string_view piece)
{
    auto const bad = std::string_view::npos;
    if (piece.empty() || !to.ends_with('=') || to.size() % 4 != 0) {
        to += piece;
        return;
    }
    auto const last = std::string_view(to).substr(to.size() - 4);
    auto const digits = last.find_last_not_of('=') + 1; // of the last four: 2 or 3
    auto const filled = piece.find_last_not_of('=') + 1;
    if (digits < 2 || piece.substr(0, filled).find_first_not_of(base64_digits) != bad ||
        last.substr(0, digits).find_first_not_of(base64_digits) != bad) {
        to += piece;
        return;
    }
    std::uint32_t bits = 0;
    unsigned count = 0; // bits that are not yet written
    auto const take = [&](char digit) {
        bits = bits << 6 | static_cast<std::uint32_t>(base64_digits.find(digit));
        count += 6;
    };
    for (char const digit : last.substr(0, digits))
        take(digit);
    // only whole bytes of the last piece count
    bits >>= count % 8;
    count -= count % 8;
    to.resize(to.size() - 4);
    auto const put = [&] {
        count -= 6;
        to += base64_digits[bits >> count & 63];
    };
    for (char const digit : piece.substr(0, filled)) {
        while (count >= 6)
            put();
        take(digit);
    }
    if (piece.size() % 4 == 0) { // a whole piece: what is left over of its last digit is no byte
        auto const left = filled * 6 % 8;
        bits >>= left;
        count -= static_cast<unsigned>(left);
    }
    while (count >= 6)
        put();
    if (count != 0) {
        bits <<= 6 - count;
        count = 6;
        put();
    }
    while (to.size() % 4 != 0)
        to += '=';
}

} // namespace chatwire::detail
#endif
