// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SSE_WRITER_IPP
#define CHATWIRE_IMPL_SSE_WRITER_IPP

#include <chatwire/sse/writer.hpp>

#include <algorithm>

namespace chatwire::sse {
namespace detail {

// `prefix` and one line of the text, for each line; a text of nothing is one empty line.
inline void write_lines(std::string& out, std::string_view prefix, std::string_view text)
{
    for (;;) {
        auto const end = std::min(text.find_first_of("\r\n"), text.size());
        out += prefix;
        out += text.substr(0, end);
        out += '\n';
        if (end == text.size())
            return;
        text.remove_prefix(text.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
    }
}

} // namespace detail

CHATWIRE_DECL error_code write_event(std::string& out, event_view const& e)
{
    using namespace std::string_view_literals;
    if (e.type.find_first_of("\r\n"sv) != e.type.npos || e.id.find_first_of("\r\n\0"sv) != e.id.npos)
        return errc::invalid_argument;
    if (!e.type.empty() && e.type != "message")
        out.append("event: ").append(e.type).append("\n");
    if (!e.id.empty())
        out.append("id: ").append(e.id).append("\n");
    write_data(out, e.data);
    return {};
}

CHATWIRE_DECL void write_data(std::string& out, std::string_view data)
{
    if (data.find('\n') == data.npos && data.find('\r') == data.npos) {
        out.append("data: ").append(data).append("\n\n");
        return;
    }
    detail::write_lines(out, "data: ", data);
    out += '\n';
}

CHATWIRE_DECL void write_comment(std::string& out, std::string_view text)
{
    detail::write_lines(out, text.empty() ? ":" : ": ", text);
    out += '\n';
}

CHATWIRE_DECL error_code write_retry(std::string& out, std::chrono::milliseconds wait)
{
    if (wait.count() < 0)
        return errc::invalid_argument;
    out.append("retry: ").append(std::to_string(wait.count())).append("\n\n");
    return {};
}

} // namespace chatwire::sse
#endif
