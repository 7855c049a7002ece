// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CHAT_VALIDATE_IPP
#define CHATWIRE_IMPL_CHAT_VALIDATE_IPP

#include <chatwire/chat/validate.hpp>

namespace chatwire::detail {

CHATWIRE_DECL failure invalid_request(errc code, std::string param, std::string_view what)
{
    failure f(code, param + ' ' + std::string(what));
    f.type = "invalid_request_error";
    f.param = std::move(param);
    return f;
}

// The member at fault, a space, and what is wrong with it; empty: nothing is.
CHATWIRE_DECL std::string_view fault_of(open_enum<role> const& who, bool has_content, bool has_calls, bool has_call_id,
                                        validate_options const& o) noexcept
{
    if (!who.known())
        return o.known_roles ? "role must be one of system, developer, user, assistant, tool, function" : "";
    if (who == role::tool && !has_call_id)
        return "tool_call_id is required with the role tool";
    if (who == role::assistant)
        return has_content || has_calls ? "" : "content is required, or tool_calls";
    return has_content || who == role::function ? "" : "content is required";
}

CHATWIRE_DECL bool in_range(nullable<double> const& value, double low, double high) noexcept
{
    return !value || (*value >= low && *value <= high);
}

} // namespace chatwire::detail
#endif
