// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_ERROR_OBJECT_HPP
#define CHATWIRE_CHAT_ERROR_OBJECT_HPP

#include <chatwire/chat/nullable.hpp>
#include <chatwire/chat/raw_members.hpp>

#include <optional>
#include <string>

namespace chatwire {

/// What would put a call right that a service refused as not what its user wants.
struct error_steer {
    std::string message{};
    raw_members extra{};

    friend bool operator==(error_steer const&, error_steer const&) = default;
};

/// Why a service found that a call is not what its user wants.
struct error_misalignment {
    std::optional<std::string> error_type{};
    std::optional<std::string> detailed_explanation{};
    nullable<std::string> review_target{}; ///< what to look at
    std::optional<error_steer> steer{};
    raw_members extra{};

    friend bool operator==(error_misalignment const&, error_misalignment const&) = default;
};

/// What a service says when it refuses, as the member `error` of an answer or of a stream's last event.
///
/// `param` and `code` are written as null where there is none.
struct error_object {
    std::string message{};
    std::string type{"invalid_request_error"};
    std::optional<std::string> param{}; ///< the request member at fault
    std::optional<std::string> code{};
    std::optional<error_misalignment> misalignment{};
    raw_members extra{};

    friend bool operator==(error_object const&, error_object const&) = default;
};

} // namespace chatwire
#endif
