// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_ERROR_OBJECT_HPP
#define CHATWIRE_CHAT_ERROR_OBJECT_HPP

#include <chatwire/chat/raw_members.hpp>

#include <optional>
#include <string>

namespace chatwire {

/// What a service says when it refuses, as the member `error` of an answer or of a stream's last event.
///
/// `param` and `code` are written as null where there is none.
struct error_object {
    std::string message{};
    std::string type{"invalid_request_error"};
    std::optional<std::string> param{}; ///< the request member at fault
    std::optional<std::string> code{};
    raw_members extra{};

    friend bool operator==(error_object const&, error_object const&) = default;
};

} // namespace chatwire
#endif
