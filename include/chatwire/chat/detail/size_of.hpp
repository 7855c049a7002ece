// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_DETAIL_SIZE_OF_HPP
#define CHATWIRE_CHAT_DETAIL_SIZE_OF_HPP

#include <chatwire/chat/chunk.hpp>
#include <chatwire/chat/nullable.hpp>
#include <chatwire/chat/raw_members.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

// What values take up, roughly, to bound how much of them is held; never less than their texts.
namespace chatwire::detail {

inline std::size_t size_of(raw_members const& members) noexcept
{
    std::size_t size = 0;
    for (auto const& m : members)
        size += sizeof m + m.name.size() + m.value.text().size();
    return size;
}

inline std::size_t size_of(std::optional<std::string> const& text) noexcept { return text ? text->size() : 0; }
inline std::size_t size_of(nullable<std::string> const& text) noexcept { return text ? text->size() : 0; }
inline std::size_t size_of(raw_json const& part) noexcept { return part.text().size(); }
inline std::size_t size_of(text_part const& part) noexcept { return part.text.size() + size_of(part.extra); }
inline std::size_t size_of(refusal_part const& part) noexcept { return part.refusal.size() + size_of(part.extra); }
inline std::size_t size_of(image_part const& part) noexcept
{
    auto const& image = part.image_url;
    return image.url.size() + (image.detail ? image.detail->text().size() : 0) + size_of(image.extra) +
           size_of(part.extra);
}
inline std::size_t size_of(audio_part const& part) noexcept
{
    auto const& sound = part.input_audio;
    return sound.data.size() + sound.format.text().size() + size_of(sound.extra) + size_of(part.extra);
}
inline std::size_t size_of(file_part const& part) noexcept
{
    auto const& file = part.file;
    return size_of(file.file_id) + size_of(file.file_data) + size_of(file.filename) + size_of(file.extra) +
           size_of(part.extra);
}
inline std::size_t size_of(content_part const& part) noexcept
{
    return sizeof part + std::visit([](auto const& p) { return size_of(p); }, part);
}

template <class Token>
std::size_t size_of_token(Token const& t) noexcept
{
    return sizeof t + t.token.size() + (t.bytes ? t.bytes->size() * sizeof(std::int64_t) : 0) + size_of(t.extra);
}
inline std::size_t size_of(token_logprob const& t) noexcept
{
    auto size = size_of_token(t);
    for (auto const& other : t.top_logprobs)
        size += size_of_token(other);
    return size;
}

inline std::size_t size_of(annotation const& note) noexcept
{
    auto const* const page = note.url_citation ? &*note.url_citation : nullptr;
    return sizeof note + note.type.size() + size_of(note.extra) +
           (page ? page->url.size() + page->title.size() + size_of(page->extra) : 0);
}

inline std::size_t size_of(function_call_delta const& f) noexcept
{
    return size_of(f.name) + size_of(f.arguments) + size_of(f.extra);
}

inline std::size_t size_of(tool_call_delta const& call) noexcept
{
    auto const& custom = call.custom;
    return sizeof call + size_of(call.id) + (call.type ? call.type->text().size() : 0) +
           (call.function ? size_of(*call.function) : 0) +
           (custom ? size_of(custom->name) + size_of(custom->input) + size_of(custom->extra) : 0) + size_of(call.extra);
}

inline std::size_t size_of(audio_delta const& sound) noexcept
{
    return size_of(sound.id) + size_of(sound.data) + size_of(sound.transcript) + size_of(sound.extra);
}

template <class Values>
std::size_t size_of_each(Values const& values) noexcept
{
    std::size_t size = 0;
    for (auto const& v : values)
        size += size_of(v);
    return size;
}

inline std::size_t size_of(nullable<content> const& c) noexcept
{
    if (!c)
        return 0;
    return c->is_string() ? c->string()->size() : size_of_each(*c->parts());
}

inline std::size_t size_of(nullable<logprobs> const& l) noexcept
{
    if (!l)
        return 0;
    return (l->content ? size_of_each(*l->content) : 0) + (l->refusal ? size_of_each(*l->refusal) : 0) +
           size_of(l->extra);
}

inline std::size_t size_of(chunk_choice const& choice) noexcept
{
    auto const& d = choice.delta;
    return (d.role ? d.role->text().size() : 0) + size_of(d.content) + size_of_each(d.tool_calls) + size_of(d.refusal) +
           size_of(d.reasoning_content) + size_of(d.reasoning) + (d.function_call ? size_of(*d.function_call) : 0) +
           (d.audio ? size_of(*d.audio) : 0) + (d.annotations ? size_of_each(*d.annotations) : 0) + size_of(d.extra) +
           (choice.finish_reason ? choice.finish_reason->text().size() : 0) + size_of(choice.logprobs) +
           size_of(choice.extra);
}

/// What the protocol's own members of it hold, `usage` and `moderation` aside, and the unknown ones.
inline std::size_t size_of(chunk const& c) noexcept
{
    auto size =
        c.id.size() + c.model.size() + size_of(c.system_fingerprint) + size_of(c.obfuscation) + size_of(c.extra);
    for (auto const& choice : c.choices)
        size += size_of(choice);
    return size;
}

} // namespace chatwire::detail
#endif
