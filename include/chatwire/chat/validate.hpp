// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_VALIDATE_HPP
#define CHATWIRE_CHAT_VALIDATE_HPP

#include <chatwire/chat/request.hpp>
#include <chatwire/error.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace chatwire {

/// What @ref validate asks of a request.
struct validate_options {
    errc code = errc::bad_value; ///< of the failure; a client checks its own: errc::invalid_argument
    bool model_required = false; ///< the plain protocol's services need one
    /// Refuse `stream_options` without `stream`, as OpenAI does.
    bool stream_options_need_stream = false;
    /// Refuse a role the protocol does not have.
    bool known_roles = true;
};

namespace detail {

CHATWIRE_DECL failure invalid_request(errc code, std::string param, std::string_view what);
CHATWIRE_DECL std::string_view fault_of(open_enum<role> const& who, bool has_content, bool has_calls, bool has_call_id,
                                        validate_options const& o) noexcept;
CHATWIRE_DECL std::string_view fault_of(tool const& t) noexcept;
CHATWIRE_DECL std::string_view fault_of(content_part const& part) noexcept;
CHATWIRE_DECL std::string_view fault_of(tool_choice const& choice) noexcept;
CHATWIRE_DECL bool in_range(nullable<double> const& value, double low, double high) noexcept;

} // namespace detail

/// Checks a request for what no field table can say.
///
/// @return a failure whose `param` names the member at fault (`messages[2].content`), and whose `type` is
/// `invalid_request_error`
template <class Dialect>
result<void> validate(basic_request<Dialect> const& r, validate_options const& o = {})
{
    auto const bad = [&](std::string param, std::string_view what) {
        return detail::invalid_request(o.code, std::move(param), what);
    };
    auto const bad_in = [&](std::string path, std::string_view fault) {
        auto const space = fault.find(' ');
        path += fault.substr(0, space);
        return bad(std::move(path), fault.substr(space + 1));
    };
    if (r.messages.empty())
        return bad("messages", "must be a non-empty array");
    if (o.model_required && r.model.empty())
        return bad("model", "is required");
    for (std::size_t i = 0; i < r.messages.size(); ++i) {
        auto const& m = r.messages[i];
        bool const said = m.content.has_value() || !(m.ext == decltype(m.ext){});
        if (auto const fault =
                detail::fault_of(m.role, said, !m.tool_calls.empty() || m.function_call || m.refusal || m.audio,
                                 m.tool_call_id.has_value(), o);
            !fault.empty()) {
            return bad_in("messages[" + std::to_string(i) + "].", fault);
        }
        auto const* const parts = m.content ? m.content->parts() : nullptr;
        for (std::size_t k = 0; parts && k < parts->size(); ++k)
            if (auto const fault = detail::fault_of((*parts)[k]); !fault.empty())
                return bad_in("messages[" + std::to_string(i) + "].content[" + std::to_string(k) + "].", fault);
    }
    for (std::size_t i = 0; i < r.tools.size(); ++i)
        if (auto const fault = detail::fault_of(r.tools[i]); !fault.empty())
            return bad_in("tools[" + std::to_string(i) + "].", fault);
    if (r.functions)
        for (std::size_t i = 0; i < r.functions->size(); ++i)
            if ((*r.functions)[i].name.empty())
                return bad("functions[" + std::to_string(i) + "].name", "is required");
    if (r.tool_choice)
        if (auto const fault = detail::fault_of(*r.tool_choice); !fault.empty())
            return bad_in("tool_choice.", fault);
    if (r.response_format && r.response_format->type == response_format_type::json_schema &&
        !r.response_format->json_schema)
        return bad("response_format.json_schema", "is required with the type json_schema");
    if (r.prediction && r.prediction->type == "content" && !r.prediction->content)
        return bad("prediction.content", "is required with the type content");
    if (r.modalities && !r.audio && std::count(r.modalities->begin(), r.modalities->end(), modality::audio) != 0)
        return bad("audio", "is required with the modality audio");
    if (r.moderation && r.moderation->model.empty())
        return bad("moderation.model", "is required");
    if (r.web_search_options && r.web_search_options->user_location)
        if (auto const& where = *r.web_search_options->user_location; where.type == "approximate" && !where.approximate)
            return bad("web_search_options.user_location.approximate", "is required with the type approximate");
    if (r.logit_bias)
        for (auto const& [token, bias] : *r.logit_bias)
            if (!detail::in_range(bias, -100, 100))
                return bad("logit_bias." + token, "must be between -100 and 100");
    auto const at_least_one = [](nullable<std::int64_t> const& n) { return !n || *n >= 1; };
    if (!at_least_one(r.n))
        return bad("n", "must be at least 1");
    if (!at_least_one(r.max_tokens))
        return bad("max_tokens", "must be at least 1");
    if (!at_least_one(r.max_completion_tokens))
        return bad("max_completion_tokens", "must be at least 1");
    if (!detail::in_range(r.temperature, 0, 2))
        return bad("temperature", "must be between 0 and 2");
    if (!detail::in_range(r.top_p, 0, 1))
        return bad("top_p", "must be between 0 and 1");
    if (!detail::in_range(r.frequency_penalty, -2, 2))
        return bad("frequency_penalty", "must be between -2 and 2");
    if (!detail::in_range(r.presence_penalty, -2, 2))
        return bad("presence_penalty", "must be between -2 and 2");
    if (r.top_logprobs && (*r.top_logprobs < 0 || *r.top_logprobs > 20))
        return bad("top_logprobs", "must be between 0 and 20");
    if (o.stream_options_need_stream && r.stream_options && !r.stream.value_or(false))
        return bad("stream_options", "is only allowed when stream is true");
    return {};
}

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/chat/validate.ipp>
#endif
#endif
