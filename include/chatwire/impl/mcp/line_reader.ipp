// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_MCP_LINE_READER_IPP
#define CHATWIRE_IMPL_MCP_LINE_READER_IPP

#include <chatwire/mcp/line_reader.hpp>

#include <algorithm>
#include <utility>

namespace chatwire::mcp {

CHATWIRE_DECL std::span<char> line_reader::prepare()
{
    constexpr std::size_t room = 16384;
    if (taken_ != 0) { // what was given out is not looked at any more
        buffer_.erase(0, taken_);
        filled_ -= taken_;
        taken_ = 0;
    }
    if (buffer_.size() < filled_ + room)
        buffer_.resize(filled_ + room);
    return {buffer_.data() + filled_, buffer_.size() - filled_};
}

CHATWIRE_DECL result<std::optional<std::string_view>> line_reader::next()
{
    for (;;) {
        auto const rest = std::string_view(buffer_).substr(taken_, filled_ - taken_);
        auto const end = rest.find('\n', looked_);
        bool const whole = end != rest.npos || (ended_ && !rest.empty());
        if (!whole) {
            looked_ = rest.size();
            if (!skipping_ && looked_ <= max_line_)
                return std::optional<std::string_view>();
            // what is too long already is not kept
            taken_ = filled_;
            looked_ = 0;
            if (std::exchange(skipping_, true))
                return std::optional<std::string_view>();
            return failure(errc::line_limit);
        }
        auto const line = rest.substr(0, end);
        taken_ += std::min(line.size() + 1, rest.size());
        looked_ = 0;
        if (std::exchange(skipping_, false))
            continue;
        if (line.size() > max_line_)
            return failure(errc::line_limit);
        if (line.find_first_not_of(" \t\r") != line.npos)
            return std::optional(line);
    }
}

} // namespace chatwire::mcp
#endif
