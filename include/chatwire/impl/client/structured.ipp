// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CLIENT_STRUCTURED_IPP
#define CHATWIRE_IMPL_CLIENT_STRUCTURED_IPP

#include <chatwire/client/structured.hpp>

#include <cstddef>
#include <variant>

namespace chatwire {
namespace detail {

inline constexpr std::size_t max_format_name = 64; // the API's

// The model's words when it declined; empty: it did not.
inline std::string refusal_of(message const& m)
{
    if (m.refusal && !m.refusal->empty())
        return *m.refusal;
    std::string out;
    if (auto const* parts = m.content ? m.content->parts() : nullptr)
        for (auto const& p : *parts)
            if (auto const* r = std::get_if<refusal_part>(&p))
                out += r->refusal;
    return out;
}

} // namespace detail

CHATWIRE_DECL result<response_format> structured_format(json::shape const& s, response_format const* wanted)
{
    json_schema_format format;
    if (wanted && wanted->json_schema)
        format = *wanted->json_schema;
    if (format.name.empty())
        format.name = s.name.substr(0, detail::max_format_name);
    bool const strict = format.strict.value_or(true);
    if (strict)
        if (auto possible = json::check_strict(s); !possible)
            return std::move(possible).error();
    format.strict = strict;
    format.schema = json::schema_of(s, {.closed = true, .closed_words = true, .strict = strict});
    return response_format::schema(std::move(format));
}

CHATWIRE_DECL result<std::string> structured_text(choice const& c)
{
    if (auto words = detail::refusal_of(c.message); !words.empty())
        return failure(errc::declined, std::move(words));
    if (c.finish_reason == finish_reason::content_filter)
        return failure(errc::filtered);
    if (c.finish_reason == finish_reason::length)
        return failure(errc::token_limit);
    auto text = c.message.text();
    if (text.empty())
        return failure(errc::mismatch, c.message.tool_calls.empty() ? "the answer is empty"
                                                                    : "the model calls a tool in place of an answer");
    return text;
}

} // namespace chatwire
#endif
