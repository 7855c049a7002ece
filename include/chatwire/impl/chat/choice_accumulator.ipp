// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CHAT_CHOICE_ACCUMULATOR_IPP
#define CHATWIRE_IMPL_CHAT_CHOICE_ACCUMULATOR_IPP

#include <chatwire/chat/choice_accumulator.hpp>
#include <chatwire/chat/detail/base64.hpp>
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

inline std::size_t size_of(content_part const& part) noexcept
{
    auto size = sizeof part;
    if (auto const* text = std::get_if<text_part>(&part))
        size += text->text.size();
    else if (auto const* refusal = std::get_if<refusal_part>(&part))
        size += refusal->refusal.size();
    else if (auto const* image = std::get_if<image_part>(&part))
        size += image->image_url.url.size();
    else if (auto const* sound = std::get_if<audio_part>(&part))
        size += sound->input_audio.data.size();
    else if (auto const* file = std::get_if<file_part>(&part))
        size += file->file.file_data ? file->file.file_data->size() : 0;
    else
        size += std::get<raw_json>(part).text().size();
    return size;
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
        if (!spend(room, sizeof token + token.token.size() + token.top_logprobs.size() * sizeof(top_logprob)))
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
        if (auto const* page = note.url_citation ? &*note.url_citation : nullptr;
            !spend(room, sizeof note + (page ? page->url.size() + page->title.size() : 0)))
            return false;
    auto& into = to ? *to : to.emplace();
    into.insert(into.end(), from->begin(), from->end());
    return true;
}

// The last one of a name counts; arrays of a delta are pieces of one.
inline bool merge(raw_members& to, raw_members const& from, std::size_t& room, bool join_arrays)
{
    for (auto const& m : from) {
        if (!spend(room, m.name.size() + m.value.text().size()))
            return false;
        auto const* before = join_arrays && m.value.is_array() ? to.find(m.name) : nullptr;
        if (!before || !before->is_array()) {
            to.set(m.name, m.value);
            continue;
        }
        auto const a = before->text().substr(0, before->text().size() - 1), b = m.value.text().substr(1);
        auto const filled = [](std::string_view text, std::size_t from_byte) {
            return text.find_first_not_of(" \t\r\n", from_byte) != std::string_view::npos;
        };
        std::string joined(a);
        if (filled(a, 1) && filled(b.substr(0, b.size() - 1), 0))
            joined += ',';
        joined += b;
        to.set(m.name, raw_json::trusted(std::move(joined)));
    }
    return true;
}

// Sound and words go on; of the id the first counts, of the expiry the last.
inline bool append(nullable<message_audio>& to, std::optional<audio_delta> const& from, std::size_t& room)
{
    if (!from)
        return true;
    auto& into = to.ensure();
    if (into.id.empty() && from->id)
        into.id = *from->id;
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
    return merge(into.extra, from->extra, room, false);
}

} // namespace detail

CHATWIRE_DECL error_code choice_accumulator::add(chunk_choice const& piece, accumulator_limits const& limits,
                                                 std::size_t& room, diagnostics* log, std::uint64_t offset)
{
    auto const& d = piece.delta;
    auto& m = choice_.message;
    if (finished() && ((d.content && !d.content->empty()) || !d.tool_calls.empty()))
        detail::note(log, "content_after_finish", offset, d.text());
    if (d.role && !d.role->text().empty())
        m.role = *d.role;
    if (!detail::append(m.content, d.content, room) || !detail::append(m.refusal, d.refusal, room) ||
        !detail::append(m.reasoning_content, d.reasoning_content, room) ||
        !detail::append(m.reasoning, d.reasoning, room) || !detail::append(m.audio, d.audio, room) ||
        !detail::append(m.annotations, d.annotations, room) || !detail::merge(m.extra, d.extra, room, true) ||
        !detail::merge(choice_.extra, piece.extra, room, false))
        return errc::content_limit;
    for (std::size_t i = 0; i < d.tool_calls.size(); ++i)
        if (auto const ec = calls_.add(d.tool_calls[i], i, limits, log, offset))
            return ec;
    if (auto const& f = d.function_call) {
        auto& call = m.function_call.ensure();
        if (f->name && !f->name->empty())
            call.name = *f->name;
        if (f->arguments) {
            if (f->arguments->size() > limits.max_arguments - std::min(call.arguments.size(), limits.max_arguments))
                return errc::tool_call_limit;
            call.arguments += *f->arguments;
        }
        for (auto const& x : f->extra)
            call.extra.set(x.name, x.value);
    }
    if (piece.logprobs) {
        auto& l = choice_.logprobs.ensure();
        if (!detail::append(l.content, piece.logprobs->content, room) ||
            !detail::append(l.refusal, piece.logprobs->refusal, room) ||
            !detail::merge(l.extra, piece.logprobs->extra, room, false))
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
