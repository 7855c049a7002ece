// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_COMPLETION_HPP
#define CHATWIRE_JSON_COMPLETION_HPP

#include <chatwire/chat/completion.hpp>
#include <chatwire/json/finish_reason.hpp>
#include <chatwire/json/logprobs.hpp>
#include <chatwire/json/message.hpp>
#include <chatwire/json/moderation.hpp>
#include <chatwire/json/usage.hpp>

#include <array>
#include <cstddef>

namespace chatwire::json {
namespace detail {

// The published schema of a completion wants two members of a message written that a request's messages may leave out;
// and who answers without saying who it is is the assistant.
constexpr auto make_answer_message_fields()
{
    std::array<field, std::size(table<message>::fields)> fields{};
    for (std::size_t i = 0; i < fields.size(); ++i) {
        fields[i] = table<message>::fields[i];
        if (fields[i].name == "content")
            fields[i].presence = presence::nullable;
        if (fields[i].name == "refusal")
            fields[i].presence = presence::written;
        if (fields[i].name == "role")
            fields[i].reset = [](void* object) { static_cast<message*>(object)->role = role::assistant; };
    }
    return fields;
}

struct answer_message_table {
    static constexpr auto fields = make_answer_message_fields();
};

inline constexpr object_info answer_message = make_info<message, answer_message_table>();

inline constexpr shape answer_message_shape{
    .what = shape::type::object, .name = "answer_message", .object = &answer_message};

inline bool read_answer_message(cursor& in, void* object)
{
    return in.object(answer_message, &static_cast<choice*>(object)->message);
}

inline void write_answer_message(appender& out, field const& f, void const* object)
{
    append_key(out, f);
    append_object(out, answer_message, &static_cast<choice const*>(object)->message);
}

constexpr field describe_answer_message()
{
    auto f = member<&choice::message>("message");
    f.read = &read_answer_message;
    f.write = &write_answer_message;
    f.shape = &answer_message_shape;
    return f;
}

} // namespace detail

template <>
struct table<choice> {
    static constexpr field fields[] = {
        member<&choice::index>("index"),
        detail::describe_answer_message(),
        member<&choice::logprobs>("logprobs", presence::written),
        member<&choice::finish_reason>("finish_reason", presence::nullable),
        alias<&choice::finish_reason>("finishReason"),
    };
};

template <class D>
struct table<basic_completion<D>> {
    using c = basic_completion<D>;
    static constexpr field fields[] = {
        member<&c::id>("id"),
        member<&c::object>("object"),
        member<&c::created>("created"),
        member<&c::model>("model"),
        member<&c::choices>("choices"),
        member<&c::usage>("usage", presence::optional),
        member<&c::service_tier>("service_tier", presence::optional),
        member<&c::system_fingerprint>("system_fingerprint", presence::optional),
        or_extra<&c::metadata>("metadata", presence::optional),
        or_extra<&c::moderation>("moderation", presence::optional),
    };
};

} // namespace chatwire::json
#endif
