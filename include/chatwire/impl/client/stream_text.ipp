// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CLIENT_STREAM_TEXT_IPP
#define CHATWIRE_IMPL_CLIENT_STREAM_TEXT_IPP

#include <chatwire/client/stream_text.hpp>
#include <chatwire/json/cursor.hpp>

namespace chatwire {
namespace detail {

inline std::string_view trimmed(std::string_view text) noexcept
{
    constexpr std::string_view space = " \t\r\n";
    auto const first = text.find_first_not_of(space);
    return first == std::string_view::npos ? text.substr(0, 0)
                                           : text.substr(first, text.find_last_not_of(space) + 1 - first);
}

inline bool is_json(std::string_view text)
{
    json::read_options o;
    o.answer = true;
    o.invalid_utf8 = json::invalid_utf8::keep;
    json::cursor in(text, nullptr, o);
    return in.good() && in.skip() && in.finish();
}

} // namespace detail

CHATWIRE_DECL stream_text stream_text::classify(std::string_view data) noexcept
{
    constexpr std::string_view done = "[DONE]", again = "data:", name = "ChatCompletionChunk:", failed = "error:";
    if (!data.empty() && data.front() == '{')
        return {kind::chunk, data, {}};
    auto text = detail::trimmed(data);
    if (text.empty())
        return {kind::nothing, text, "empty_event"};
    if (text == done)
        return {kind::done, text, text.size() == data.size() ? "" : "padded_done"};
    if (text.front() == ':')
        return {kind::nothing, text, "comment_as_data"};
    if (text.starts_with(again)) {
        text = detail::trimmed(text.substr(again.size()));
        return {text.empty() ? kind::nothing : text == done ? kind::done : kind::chunk, text, "double_data_prefix"};
    }
    if (text.starts_with(name))
        return {kind::chunk, detail::trimmed(text.substr(name.size())), "chunk_prefix"};
    if (text.starts_with(failed))
        return {kind::error, detail::trimmed(text.substr(failed.size())), "error_as_data"};
    return {kind::chunk, data, {}};
}

CHATWIRE_DECL bool stream_text::is_joined(std::string_view data)
{
    if (data.find('\n') == std::string_view::npos || detail::is_json(data))
        return false;
    while (!data.empty()) {
        auto const end = data.find('\n');
        auto const line = classify(data.substr(0, end));
        if (line.what == kind::chunk && !detail::is_json(line.text))
            return false;
        data.remove_prefix(end == std::string_view::npos ? data.size() : end + 1);
    }
    return true;
}

} // namespace chatwire
#endif
