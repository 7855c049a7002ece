// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CHAT_STREAM_END_IPP
#define CHATWIRE_IMPL_CHAT_STREAM_END_IPP

#include <chatwire/chat/stream_end.hpp>

namespace chatwire {

CHATWIRE_DECL std::string_view to_string(how h) noexcept
{
    switch (h) {
    case how::finished: return "finished";
    case how::finished_without_done: return "finished_without_done";
    case how::done_without_finish_reason: return "done_without_finish_reason";
    case how::truncated: return "truncated";
    case how::error_event: return "error_event";
    case how::refused: return "refused";
    case how::cancelled: return "cancelled";
    case how::timeout: return "timeout";
    case how::limit: return "limit";
    case how::transport: return "transport";
    }
    return "truncated";
}

CHATWIRE_DECL how how_of(failure const& f) noexcept
{
    switch (condition_of(f)) {
    case condition::api_refusal: return f.code == make_error_code(errc::error_event) ? how::error_event : how::refused;
    case condition::limit: return how::limit;
    case condition::timeout: return how::timeout;
    case condition::cancelled: return how::cancelled;
    case condition::peer_violation: return how::truncated;
    // a misuse that surfaces here kept the stream from beginning, as a dead network does
    case condition::misuse:
    case condition::transport: break;
    }
    return how::transport;
}

} // namespace chatwire
#endif
