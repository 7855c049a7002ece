// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CHAT_CHOICE_ACCUMULATOR_IPP
#define CHATWIRE_IMPL_CHAT_CHOICE_ACCUMULATOR_IPP

#include <chatwire/chat/choice_accumulator.hpp>
#include <chatwire/chat/detail/base64.hpp>
#include <chatwire/chat/detail/size_of.hpp>
#include <chatwire/chat/detail/spend.hpp>
#include <chatwire/impl/chat/tool_call_accumulator.ipp>

#include <algorithm>

namespace chatwire {
namespace detail {

inline bool append(nullable<std::string>& to, nullable<std::string> const& from, std::size_t& room)
{
    if (!from)
        return true;
    if (!spend(room, from->size()))
        return false;
    to.ensure() += *from;
    return true;
}

// Text that says nothing but itself: it can go on with other text.
inline text_part const* plain_text(content_part const& part) noexcept
{
    auto const* const text = std::get_if<text_part>(&part);
    return text && text->extra.empty() && !text->prompt_cache_breakpoint ? text : nullptr;
}

// A string goes on with a string; parts go on with parts, text with text.
inline bool append(nullable<content>& to, nullable<content> const& from, std::size_t& room)
{
    if (!from)
        return true;
    auto& into = to.ensure();
    if (auto const* text = from->string(); text && into.is_string()) {
        if (!spend(room, text->size()))
            return false;
        into.make_string() += *text;
        return true;
    }
    if (into.is_string()) {
        std::vector<content_part> parts;
        if (!into.empty())
            parts.push_back(text_part{std::move(into.make_string())});
        into = content(std::move(parts));
    }
    auto& parts = into.make_parts();
    auto const add = [&](content_part const& part) {
        if (!spend(room, size_of(part)))
            return false;
        auto const* const text = plain_text(part);
        if (text && !parts.empty() && plain_text(parts.back()))
            std::get<text_part>(parts.back()).text += text->text;
        else
            parts.push_back(part);
        return true;
    };
    if (auto const* text = from->string())
        return text->empty() || add(text_part{*text});
    for (auto const& part : *from->parts())
        if (!add(part))
            return false;
    return true;
}

inline bool append(nullable<std::vector<token_logprob>>& to, nullable<std::vector<token_logprob>> const& from,
                   std::size_t& room)
{
    if (!from)
        return true;
    for (auto const& token : *from)
        if (!spend(room, size_of(token)))
            return false;
    auto& into = to.ensure();
    into.insert(into.end(), from->begin(), from->end());
    return true;
}

inline bool append(std::optional<std::vector<annotation>>& to, std::optional<std::vector<annotation>> const& from,
                   std::size_t& room)
{
    if (!from)
        return true;
    for (auto const& note : *from)
        if (!spend(room, size_of(note)))
            return false;
    auto& into = to ? *to : to.emplace();
    into.insert(into.end(), from->begin(), from->end());
    return true;
}

// An array goes on with an array; the bytes that are there already are not looked at again.
inline void join(raw_json& to, std::string_view array)
{
    constexpr std::string_view blanks = " \t\r\n";
    array.remove_prefix(1);
    if (array.find_first_not_of(blanks) == array.size() - 1)
        return; // nothing in it
    auto text = std::move(to).take();
    text.pop_back();
    text.resize(text.find_last_not_of(blanks) + 1);
    if (text.size() > 1)
        text += ',';
    text += array;
    to = raw_json::trusted(std::move(text));
}

// The last one of a name counts; arrays of a delta are pieces of one.
inline bool merge(raw_members& to, raw_members const& from, accumulator_limits const& limits, std::size_t& room,
                  bool join_arrays)
{
    for (auto const& m : from) {
        auto* const before = join_arrays && m.value.is_array() ? to.find(m.name) : nullptr;
        if (!before || !before->is_array()) {
            if (!keep(to, m, limits, room))
                return false;
            continue;
        }
        if (!spend(room, m.value.text().size()))
            return false;
        join(*before, m.value.text());
    }
    return true;
}

// Sound and words go on; of the id the first counts, of the expiry the last.
inline bool append(nullable<message_audio>& to, std::optional<audio_delta> const& from,
                   accumulator_limits const& limits, std::size_t& room)
{
    if (!from)
        return true;
    auto& into = to.ensure();
    if (into.id.empty() && from->id && !replace(into.id, *from->id, room))
        return false;
    if (from->expires_at)
        into.expires_at = from->expires_at;
    if (from->data) {
        if (!spend(room, from->data->size()))
            return false;
        append_base64(into.data ? *into.data : into.data.emplace(), *from->data);
    }
    if (from->transcript) {
        if (!spend(room, from->transcript->size()))
            return false;
        (into.transcript ? *into.transcript : into.transcript.emplace()) += *from->transcript;
    }
    return merge(into.extra, from->extra, limits, room, false);
}

} // namespace detail

CHATWIRE_DECL error_code choice_accumulator::add(chunk_choice const& piece, accumulator_limits const& limits,
                                                 std::size_t& room, diagnostics* log, std::uint64_t offset)
{
    auto const& d = piece.delta;
    auto& m = choice_.message;
    if (finished() && ((d.content && !d.content->empty()) || !d.tool_calls.empty()))
        detail::note(log, "content_after_finish", offset, d.text());
    // words of the service's own, each counted as if it stayed
    if ((d.role && !d.role->known() && !detail::spend(room, d.role->text().size())) ||
        (piece.finish_reason && !piece.finish_reason->known() &&
         !detail::spend(room, piece.finish_reason->text().size())))
        return errc::content_limit;
    if (d.role && !d.role->text().empty())
        m.role = *d.role;
    if (!detail::append(m.content, d.content, room) || !detail::append(m.refusal, d.refusal, room) ||
        !detail::append(m.reasoning_content, d.reasoning_content, room) ||
        !detail::append(m.reasoning, d.reasoning, room) || !detail::append(m.audio, d.audio, limits, room) ||
        !detail::append(m.annotations, d.annotations, room) || !detail::merge(m.extra, d.extra, limits, room, true) ||
        !detail::merge(choice_.extra, piece.extra, limits, room, false))
        return errc::content_limit;
    for (std::size_t i = 0; i < d.tool_calls.size(); ++i)
        if (auto const ec = calls_.add(d.tool_calls[i], i, limits, room, log, offset))
            return ec;
    if (auto const& f = d.function_call) {
        auto& call = m.function_call.ensure();
        if (f->name && !f->name->empty() && !detail::replace(call.name, *f->name, room))
            return errc::content_limit;
        if (f->arguments) {
            if (f->arguments->size() > limits.max_arguments - std::min(call.arguments.size(), limits.max_arguments))
                return errc::tool_call_limit;
            if (!detail::spend(room, f->arguments->size()))
                return errc::content_limit;
            call.arguments += *f->arguments;
        }
        if (!detail::keep_all(call.extra, f->extra, limits, room))
            return errc::content_limit;
    }
    if (piece.logprobs) {
        auto& l = choice_.logprobs.ensure();
        if (!detail::append(l.content, piece.logprobs->content, room) ||
            !detail::append(l.refusal, piece.logprobs->refusal, room) ||
            !detail::merge(l.extra, piece.logprobs->extra, limits, room, false))
            return errc::content_limit;
    }
    if (piece.finish_reason) {
        if (finished())
            detail::note(log, "repeated_finish_reason", offset, piece.finish_reason->text());
        choice_.finish_reason = piece.finish_reason;
    }
    return {};
}

CHATWIRE_DECL choice choice_accumulator::get() const
{
    choice c = choice_;
    c.message.tool_calls = calls_.calls("call_" + std::to_string(c.index) + "_");
    // an answer that is only calls has no content, whichever way the stream said so
    bool const only_calls = !c.message.tool_calls.empty() || c.message.function_call;
    if (!c.message.content || (only_calls && c.message.content->empty()))
        c.message.content = nullptr;
    return c;
}

} // namespace chatwire
#endif
