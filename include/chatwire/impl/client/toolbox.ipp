// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CLIENT_TOOLBOX_IPP
#define CHATWIRE_IMPL_CLIENT_TOOLBOX_IPP

#include <chatwire/client/toolbox.hpp>

#include <algorithm>

namespace chatwire {
namespace detail {

inline std::string const& name_of(tool const& t) noexcept
{
    return t.type == tool_type::custom ? t.custom.name : t.function.name;
}

inline std::string failed_tool(failure const& f)
{
    return "The tool has failed: " + (f.message.empty() ? f.code.message() : f.message);
}

} // namespace detail

CHATWIRE_DECL toolbox& toolbox::add(tool about, function f)
{
    auto made = std::make_shared<entry const>(entry{std::move(about), std::move(f)});
    auto const old = std::find_if(entries_.begin(), entries_.end(), [&](auto const& e) {
        return detail::name_of(e->about) == detail::name_of(made->about);
    });
    if (old != entries_.end())
        *old = std::move(made);
    else
        entries_.push_back(std::move(made));
    return *this;
}

CHATWIRE_DECL std::vector<tool> toolbox::definitions() const
{
    std::vector<tool> out;
    for (auto const& e : entries_)
        out.push_back(e->about);
    return out;
}

CHATWIRE_DECL message toolbox::answer(tool_call const& call) const { return message::tool(call.id, carry_out(call)); }

CHATWIRE_DECL std::string toolbox::carry_out(tool_call const& call) const
{
    bool const custom = call.type == tool_type::custom;
    auto const& name = custom ? call.custom.name : call.function.name;
    auto const found = std::find_if(entries_.begin(), entries_.end(), [&](auto const& e) {
        return detail::name_of(e->about) == name && (e->about.type == tool_type::custom) == custom;
    });
    if (found == entries_.end())
        return "There is no tool " + name;
    try {
        auto told = (*found)->run(call);
        return told ? *std::move(told) : detail::failed_tool(told.error());
    } catch (exception const& e) {
        return detail::failed_tool(e.error());
    } catch (...) { // not meant to be read by whoever runs the model
        return "The tool has failed";
    }
}

} // namespace chatwire
#endif
