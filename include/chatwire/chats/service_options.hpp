// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_SERVICE_OPTIONS_HPP
#define CHATWIRE_CHATS_SERVICE_OPTIONS_HPP

#include <cstdint>

namespace chatwire::chats {

/// How the Chats module is served.
struct service_options {
    /// A completion without a Chat asks for `chats:CreateChatCompletion` in the provider's project, too. Otherwise it
    /// is enough to belong there.
    bool permission_for_stateless = false;

    std::uint64_t max_chat_body = std::uint64_t{1} << 20;        ///< of `POST /chats`, in bytes
    std::uint64_t max_completion_body = std::uint64_t{16} << 20; ///< of completions, in bytes
};

} // namespace chatwire::chats
#endif
