// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_CALL_IPP
#define CHATWIRE_IMPL_SERVER_CALL_IPP

#include <chatwire/server/call.hpp>

namespace chatwire {

CHATWIRE_DECL std::string_view server_call::param(std::string_view name) const noexcept
{
    for (auto const& [key, value] : params)
        if (key == name)
            return value;
    return {};
}

CHATWIRE_DECL std::string_view server_call::bearer() const noexcept
{
    constexpr std::string_view scheme = "bearer ";
    // Of a field that stands twice, somebody on the way may have looked at the other.
    if (head.fields.count("authorization") > 1)
        return {};
    if (auto const a = head.fields.find("authorization"); a && a->size() > scheme.size()) {
        bool same = true;
        for (std::size_t i = 0; i < scheme.size(); ++i)
            same = same && ((*a)[i] == scheme[i] || ((*a)[i] >= 'A' && (*a)[i] <= 'Z' && (*a)[i] + 32 == scheme[i]));
        if (same) {
            auto token = a->substr(scheme.size());
            while (!token.empty() && token.front() == ' ')
                token.remove_prefix(1);
            return token;
        }
        return {};
    }
    for (auto const* name : {"x-api-key", "api-key"})
        if (auto const k = head.fields.find(name))
            return head.fields.count(name) == 1 ? *k : std::string_view();
    return {};
}

} // namespace chatwire
#endif
