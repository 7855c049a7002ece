// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_HTTP_FIELDS_IPP
#define CHATWIRE_IMPL_HTTP_FIELDS_IPP

#include <chatwire/http/fields.hpp>
#include <chatwire/http/grammar.hpp>

#include <algorithm>

namespace chatwire::http {

CHATWIRE_DECL error_code fields::insert(std::string_view name, std::string_view value)
{
    if (!valid_field_name(name) || !valid_field_value(value))
        return errc::invalid_header;
    all_.push_back({std::string(name), std::string(trim(value))});
    return {};
}

CHATWIRE_DECL error_code fields::set(std::string_view name, std::string_view value)
{
    if (!valid_field_name(name) || !valid_field_value(value))
        return errc::invalid_header;
    auto const same = [&](field const& f) { return iequals(f.name, name); };
    auto const first = std::find_if(all_.begin(), all_.end(), same);
    if (first == all_.end())
        return insert(name, value);
    // Made before anything is erased: the arguments may be views of what is erased.
    field made{std::string(name), std::string(trim(value))};
    all_.erase(std::remove_if(first + 1, all_.end(), same), all_.end());
    *first = std::move(made);
    return {};
}

CHATWIRE_DECL std::optional<std::string_view> fields::find(std::string_view name) const noexcept
{
    for (auto const& f : all_)
        if (iequals(f.name, name))
            return f.value;
    return std::nullopt;
}

CHATWIRE_DECL std::size_t fields::count(std::string_view name) const noexcept
{
    return static_cast<std::size_t>(
        std::count_if(all_.begin(), all_.end(), [&](field const& f) { return iequals(f.name, name); }));
}

CHATWIRE_DECL bool fields::has_token(std::string_view name, std::string_view token) const noexcept
{
    for (auto const& f : all_) {
        if (!iequals(f.name, name))
            continue;
        for (std::string_view rest = f.value; !rest.empty();) {
            auto const comma = std::min(rest.find(','), rest.size());
            if (iequals(trim(rest.substr(0, comma)), token))
                return true;
            rest.remove_prefix(std::min(comma + 1, rest.size()));
        }
    }
    return false;
}

CHATWIRE_DECL std::size_t fields::erase(std::string_view name)
{
    // A copy: the argument may be a view of what is erased.
    return std::erase_if(all_, [name = std::string(name)](field const& f) { return iequals(f.name, name); });
}

} // namespace chatwire::http
#endif
