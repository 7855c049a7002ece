// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_FINISH_REASON_HPP
#define CHATWIRE_JSON_FINISH_REASON_HPP

#include <chatwire/chat/finish_reason.hpp>
#include <chatwire/json/codec.hpp>

namespace chatwire::json {

/// A word. The empty one and `"null"` are what some services send for null: absent, with the diagnostic
/// `empty_finish_reason`.
template <>
struct codec<std::optional<open_enum<finish_reason>>> : codec_base<std::optional<open_enum<finish_reason>>> {
    using type = std::optional<open_enum<finish_reason>>;
    static constexpr json::shape shape() noexcept { return codec<open_enum<finish_reason>>::shape(); }
    static bool absent(type const& value) noexcept { return !value; }
    static void clear(type& value) noexcept { value.reset(); }
    static bool read(cursor& in, type& out)
    {
        in.peek();
        auto const* const at = in.position();
        std::string_view text;
        if (!in.string_view(text))
            return false;
        if (text.empty() || text == "null") {
            out.reset();
            return in.note("empty_finish_reason", at, errc::bad_value);
        }
        (out ? *out : out.emplace()).assign(text);
        return true;
    }
    static void append(appender& out, type const& value)
    {
        if (value)
            append_string(out, value->text());
        else
            out.put("null");
    }
};

} // namespace chatwire::json
#endif
