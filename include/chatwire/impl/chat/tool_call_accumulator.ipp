// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CHAT_TOOL_CALL_ACCUMULATOR_IPP
#define CHATWIRE_IMPL_CHAT_TOOL_CALL_ACCUMULATOR_IPP

#include <chatwire/chat/tool_call_accumulator.hpp>

#include <algorithm>

namespace chatwire {
namespace detail {

CHATWIRE_DECL bool looks_complete(std::string_view text) noexcept
{
    constexpr std::string_view space = " \t\r\n";
    auto const first = text.find_first_not_of(space);
    if (first == std::string_view::npos || text[first] != '{')
        return false;
    std::size_t depth = 0;
    bool quoted = false;
    for (auto i = first; i < text.size(); ++i) {
        char const c = text[i];
        if (quoted) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if (c == '}' || c == ']') {
            if (--depth == 0)
                return text.find_first_not_of(space, i + 1) == std::string_view::npos;
        }
    }
    return false;
}

inline void note(diagnostics* log, std::string_view code, std::uint64_t offset, std::string_view excerpt)
{
    if (log)
        log->add(code, offset, excerpt);
}

} // namespace detail

CHATWIRE_DECL std::size_t tool_call_accumulator::find(tool_call_delta const& piece, std::string_view id,
                                                      std::size_t place, diagnostics* log, std::uint64_t offset)
{
    auto const none = slots_.size();
    auto const with_id = [&] {
        for (std::size_t i = none; i-- > 0;)
            if (slots_[i].call.id == id)
                return i;
        return none;
    };
    if (piece.index && *piece.index >= 0) {
        auto at = none;
        for (std::size_t i = none; i-- > 0;)
            if (slots_[i].index == piece.index) {
                at = i;
                break;
            }
        if (at == none || id.empty() || slots_[at].call.id.empty() || slots_[at].call.id == id)
            return at;
        // another id under the same index: another call, that takes the index over
        detail::note(log, "reused_index", offset, id);
        slots_[at].index.reset();
        at = with_id();
        if (at != none)
            slots_[at].index = piece.index;
        return at;
    }
    if (piece.index)
        detail::note(log, "negative_index", offset, id);
    if (!id.empty())
        return with_id();
    if (place >= places_.size())
        return none;
    auto const at = places_[place];
    // neither index nor id, but a name, after a call that is complete: the next call
    auto const named = [](auto const& call) { return call && call->name && !call->name->empty(); };
    auto const& before = slots_[at].call;
    bool const other_kind = (named(piece.function) && !before.custom.name.empty()) ||
                            (named(piece.custom) && !before.function.name.empty());
    bool const next = named(piece.function) && detail::looks_complete(before.function.arguments);
    return other_kind || next ? none : at;
}

CHATWIRE_DECL error_code tool_call_accumulator::add(tool_call_delta const& piece, std::size_t place,
                                                    accumulator_limits const& limits, diagnostics* log,
                                                    std::uint64_t offset)
{
    std::string_view id = piece.id ? std::string_view(*piece.id) : std::string_view();
    if (id == "null")
        id = {};
    auto const at = find(piece, id, place, log, offset);
    if (at == slots_.size()) {
        if (slots_.size() >= limits.max_tool_calls)
            return errc::tool_call_limit;
        auto& made = slots_.emplace_back();
        if (piece.index && *piece.index >= 0)
            made.index = piece.index;
        std::int64_t last = -1;
        for (auto const& s : slots_)
            if (&s != &made)
                last = std::max(last, s.order);
        // one that took over another's index, or has none, stands after those there are
        bool const fresh = made.index && std::none_of(slots_.begin(), slots_.end() - 1,
                                                      [&](slot const& s) { return s.order == *made.index; });
        made.order = fresh ? *made.index : last;
    }
    if (place >= places_.size())
        places_.resize(std::min(place + 1, limits.max_tool_calls), at);
    if (place < places_.size())
        places_[place] = at;

    auto& call = slots_[at].call;
    if (call.id.empty())
        call.id = id;
    if (piece.type && !piece.type->text().empty()) {
        call.type = *piece.type;
        slots_[at].typed = true;
    }
    for (auto const& m : piece.extra)
        call.extra.set(m.name, m.value);
    if (piece.custom)
        if (auto const ec = add_custom(*piece.custom, slots_[at], limits))
            return ec;
    if (!piece.function)
        return {};
    auto const& f = *piece.function;
    if (f.name && !f.name->empty())
        call.function.name = *f.name;
    for (auto const& m : f.extra)
        call.function.extra.set(m.name, m.value);
    if (!f.arguments || f.arguments->empty())
        return {};
    auto& arguments = call.function.arguments;
    if (arguments == *f.arguments && detail::looks_complete(arguments)) {
        detail::note(log, "repeated_arguments", offset, arguments);
        return {};
    }
    if (f.arguments->size() > limits.max_arguments - std::min(arguments.size(), limits.max_arguments))
        return errc::tool_call_limit;
    arguments += *f.arguments;
    return {};
}

CHATWIRE_DECL error_code tool_call_accumulator::add_custom(custom_call_delta const& piece, slot& to,
                                                           accumulator_limits const& limits)
{
    auto& call = to.call.custom;
    if (!to.typed)
        to.call.type = tool_type::custom;
    if (piece.name && !piece.name->empty())
        call.name = *piece.name;
    for (auto const& m : piece.extra)
        call.extra.set(m.name, m.value);
    if (!piece.input)
        return {};
    if (piece.input->size() > limits.max_arguments - std::min(call.input.size(), limits.max_arguments))
        return errc::tool_call_limit;
    call.input += *piece.input;
    return {};
}

CHATWIRE_DECL std::vector<tool_call> tool_call_accumulator::calls(std::string_view id_prefix) const
{
    std::vector<slot const*> order;
    for (auto const& s : slots_)
        order.push_back(&s);
    std::stable_sort(order.begin(), order.end(), [](slot const* a, slot const* b) { return a->order < b->order; });
    std::vector<tool_call> out;
    for (auto const* s : order) {
        out.push_back(s->call);
        if (out.back().id.empty())
            out.back().id = std::string(id_prefix) + std::to_string(out.size() - 1);
    }
    return out;
}

} // namespace chatwire
#endif
