// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CLIENT_AS_CHUNK_IPP
#define CHATWIRE_IMPL_CLIENT_AS_CHUNK_IPP

#include <chatwire/client/as_chunk.hpp>

namespace chatwire {

CHATWIRE_DECL delta as_delta(message m)
{
    delta d;
    d.role = std::move(m.role);
    d.content = std::move(m.content);
    d.refusal = std::move(m.refusal);
    d.reasoning_content = std::move(m.reasoning_content);
    d.reasoning = std::move(m.reasoning);
    d.extra = std::move(m.extra);
    std::int64_t index = 0;
    for (auto& call : m.tool_calls) {
        tool_call_delta t{.index = index++, .id = std::move(call.id), .type = std::move(call.type)};
        if (call.function != function_call{} || call.custom == custom_call{})
            t.function = function_call_delta{.name = std::move(call.function.name),
                                             .arguments = std::move(call.function.arguments),
                                             .extra = std::move(call.function.extra)};
        if (call.custom != custom_call{})
            t.custom = custom_call_delta{.name = std::move(call.custom.name),
                                         .input = std::move(call.custom.input),
                                         .extra = std::move(call.custom.extra)};
        t.extra = std::move(call.extra);
        d.tool_calls.push_back(std::move(t));
    }
    if (m.function_call)
        d.function_call = function_call_delta{.name = std::move(m.function_call->name),
                                              .arguments = std::move(m.function_call->arguments),
                                              .extra = std::move(m.function_call->extra)};
    d.annotations = std::move(m.annotations);
    if (m.audio)
        d.audio = audio_delta{.id = std::move(m.audio->id),
                              .data = std::move(m.audio->data),
                              .expires_at = m.audio->expires_at,
                              .transcript = std::move(m.audio->transcript),
                              .extra = std::move(m.audio->extra)};
    return d;
}

} // namespace chatwire
#endif
