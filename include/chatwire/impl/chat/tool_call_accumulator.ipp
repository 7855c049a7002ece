// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CHAT_TOOL_CALL_ACCUMULATOR_IPP
#define CHATWIRE_IMPL_CHAT_TOOL_CALL_ACCUMULATOR_IPP

#include <chatwire/chat/detail/spend.hpp>
#include <chatwire/chat/tool_call_accumulator.hpp>

#include <algorithm>

namespace chatwire {
namespace detail {

CHATWIRE_DECL bool looks_complete(std::string_view text) noexcept
{
    object_scan scan;
    scan.add(text);
    return scan.complete();
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
        auto const known = by_id_.find(id);
        return known == by_id_.end() ? none : known->second;
    };
    if (piece.index && *piece.index >= 0) {
        auto const known = by_index_.find(*piece.index);
        if (known == by_index_.end())
            return none;
        auto const& so_far = slots_[known->second].call.id;
        if (id.empty() || so_far.empty() || so_far == id)
            return known->second;
        // another id under the same index: another call, that takes the index over
        detail::note(log, "reused_index", offset, id);
        auto const at = with_id();
        if (at != none)
            known->second = at;
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
    bool const next = named(piece.function) && slots_[at].arguments.complete();
    return other_kind || next ? none : at;
}

CHATWIRE_DECL tool_call_accumulator::slot& tool_call_accumulator::make(tool_call_delta const& piece)
{
    auto& made = slots_.emplace_back();
    // one that takes over another's index, or has none, stands after those there are
    made.order = by_index_.empty() ? -1 : by_index_.rbegin()->first;
    if (piece.index && *piece.index >= 0) {
        auto const [at, fresh] = by_index_.insert_or_assign(*piece.index, slots_.size() - 1);
        if (fresh)
            made.order = at->first;
    }
    return made;
}

CHATWIRE_DECL error_code tool_call_accumulator::add(tool_call_delta const& piece, std::size_t place,
                                                    accumulator_limits const& limits, std::size_t& room,
                                                    diagnostics* log, std::uint64_t offset)
{
    std::string_view id = piece.id ? std::string_view(*piece.id) : std::string_view();
    if (id == "null")
        id = {};
    auto const at = find(piece, id, place, log, offset);
    if (at == slots_.size()) {
        if (slots_.size() >= limits.max_tool_calls)
            return errc::tool_call_limit;
        make(piece);
    }
    if (place >= places_.size())
        places_.resize(std::min(place + 1, limits.max_tool_calls), at);
    if (place < places_.size())
        places_[place] = at;

    auto& to = slots_[at];
    auto& call = to.call;
    if (call.id.empty() && !id.empty()) {
        if (!detail::replace(call.id, id, room))
            return errc::content_limit;
        auto& last = by_id_.try_emplace(call.id, at).first->second;
        last = std::max(last, at);
    }
    if (piece.type && !piece.type->text().empty()) {
        // a word of the service's own counts as if it stayed
        if (!piece.type->known() && !detail::spend(room, piece.type->text().size()))
            return errc::content_limit;
        call.type = *piece.type;
        to.typed = true;
    }
    if (!detail::keep_all(call.extra, piece.extra, limits, room))
        return errc::content_limit;
    if (piece.custom)
        if (auto const ec = add_custom(*piece.custom, to, limits, room))
            return ec;
    if (!piece.function)
        return {};
    auto const& f = *piece.function;
    if (f.name && !f.name->empty() && !detail::replace(call.function.name, *f.name, room))
        return errc::content_limit;
    if (!detail::keep_all(call.function.extra, f.extra, limits, room))
        return errc::content_limit;
    if (!f.arguments || f.arguments->empty())
        return {};
    auto& arguments = call.function.arguments;
    if (to.arguments.complete() && arguments == *f.arguments) {
        detail::note(log, "repeated_arguments", offset, arguments);
        return {};
    }
    if (f.arguments->size() > limits.max_arguments - std::min(arguments.size(), limits.max_arguments))
        return errc::tool_call_limit;
    if (!detail::spend(room, f.arguments->size()))
        return errc::content_limit;
    arguments += *f.arguments;
    to.arguments.add(*f.arguments);
    return {};
}

CHATWIRE_DECL error_code tool_call_accumulator::add_custom(custom_call_delta const& piece, slot& to,
                                                           accumulator_limits const& limits, std::size_t& room)
{
    auto& call = to.call.custom;
    if (!to.typed)
        to.call.type = tool_type::custom;
    if (piece.name && !piece.name->empty() && !detail::replace(call.name, *piece.name, room))
        return errc::content_limit;
    if (!detail::keep_all(call.extra, piece.extra, limits, room))
        return errc::content_limit;
    if (!piece.input)
        return {};
    if (piece.input->size() > limits.max_arguments - std::min(call.input.size(), limits.max_arguments))
        return errc::tool_call_limit;
    if (!detail::spend(room, piece.input->size()))
        return errc::content_limit;
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
