// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_DETAIL_OBJECT_SCAN_HPP
#define CHATWIRE_CHAT_DETAIL_OBJECT_SCAN_HPP

#include <cstddef>
#include <string_view>

namespace chatwire::detail {

/// Whether a text that comes in pieces is one whole JSON object, as far as its brackets and quotes tell. Each byte is
/// looked at once.
class object_scan {
public:
    void add(std::string_view piece) noexcept
    {
        for (char const c : piece)
            take(c);
    }
    bool complete() const noexcept { return at_ == place::after; }

private:
    enum class place : unsigned char { before, inside, quoted, escaped, after, elsewhere };

    void take(char c) noexcept
    {
        switch (at_) {
        case place::before:
        case place::after:
            if (c == '{' && at_ == place::before)
                at_ = place::inside, depth_ = 1;
            else if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
                at_ = place::elsewhere;
            break;
        case place::inside:
            if (c == '"')
                at_ = place::quoted;
            else if (c == '{' || c == '[')
                ++depth_;
            else if ((c == '}' || c == ']') && --depth_ == 0)
                at_ = place::after;
            break;
        case place::quoted:
            if (c == '\\')
                at_ = place::escaped;
            else if (c == '"')
                at_ = place::inside;
            break;
        case place::escaped: at_ = place::quoted; break;
        case place::elsewhere: break;
        }
    }

    place at_ = place::before;
    std::size_t depth_ = 0;
};

} // namespace chatwire::detail
#endif
