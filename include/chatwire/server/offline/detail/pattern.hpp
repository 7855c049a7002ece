// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_DETAIL_PATTERN_HPP
#define CHATWIRE_SERVER_OFFLINE_DETAIL_PATTERN_HPP

#include <string_view>
#include <vector>

namespace chatwire::offline::detail {

// Whether `word` is one of the alternatives of `part`, which are separated by bars.
inline bool fits(std::string_view part, std::string_view word)
{
    for (;;) {
        auto const bar = part.find('|');
        if (part.substr(0, bar) == word)
            return true;
        if (bar == part.npos)
            return false;
        part.remove_prefix(bar + 1);
    }
}

inline std::vector<std::string_view> split_blanks(std::string_view s)
{
    std::vector<std::string_view> parts;
    while (!s.empty()) {
        auto const n = s.find(' ');
        if (n != 0)
            parts.push_back(s.substr(0, n));
        s.remove_prefix(n == s.npos ? s.size() : n + 1);
    }
    return parts;
}

} // namespace chatwire::offline::detail
#endif
