// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_PATHORS_SESSION_HPP
#define CHATWIRE_PATHORS_SESSION_HPP

#include <chatwire/chat/message.hpp>
#include <chatwire/chat/raw_json.hpp>
#include <chatwire/json/codec.hpp>
#include <chatwire/json/message.hpp>

#include <optional>
#include <string>
#include <vector>

/// What is said about sessions. The client writes what the server reads, and the other way round, from one table each.
namespace chatwire::pathors {

/// The body of `POST {base}/session`.
struct create_session {
    std::string session_id{};       ///< 1 to 1024 bytes of UTF-8
    nullable<raw_json> variables{}; ///< an object; merged over the variables of a session that exists

    friend bool operator==(create_session const&, create_session const&) = default;
};

/// Its answer.
struct session_created {
    std::string session_id{};
    std::string pathway_id{};

    friend bool operator==(session_created const&, session_created const&) = default;
};

/// What a session remembers.
struct session_memory {
    raw_json variables = raw_json::trusted("{}"); ///< an object
    std::vector<message> messages{};              ///< the stored turns, oldest first

    friend bool operator==(session_memory const&, session_memory const&) = default;
};

/// The answer of `GET {base}/session/{sessionId}`.
struct session_data {
    std::string session_id{};
    session_memory data{};
    std::string created_at{}; ///< ISO 8601, UTC
    std::string updated_at{}; ///< ISO 8601, UTC

    friend bool operator==(session_data const&, session_data const&) = default;
};

/// The body of `DELETE {base}/session`.
struct end_session {
    std::string session_id{};

    friend bool operator==(end_session const&, end_session const&) = default;
};

/// Its answer.
struct session_ended {
    bool success = false;
    std::string session_id{};
    std::string message{}; ///< for people

    friend bool operator==(session_ended const&, session_ended const&) = default;
};

} // namespace chatwire::pathors

namespace chatwire::json {

template <>
struct table<pathors::create_session> {
    static constexpr field fields[] = {
        member<&pathors::create_session::session_id>("session_id"),
        member<&pathors::create_session::variables>("variables", presence::optional),
    };
};

template <>
struct table<pathors::session_created> {
    static constexpr field fields[] = {
        member<&pathors::session_created::session_id>("sessionId"),
        member<&pathors::session_created::pathway_id>("pathwayId"),
    };
};

template <>
struct table<pathors::session_memory> {
    static constexpr field fields[] = {
        member<&pathors::session_memory::variables>("variables"),
        member<&pathors::session_memory::messages>("messages"),
    };
};

template <>
struct table<pathors::session_data> {
    static constexpr field fields[] = {
        member<&pathors::session_data::session_id>("sessionId"),
        member<&pathors::session_data::data>("data"),
        member<&pathors::session_data::created_at>("createdAt"),
        member<&pathors::session_data::updated_at>("updatedAt"),
    };
};

template <>
struct table<pathors::end_session> {
    static constexpr field fields[] = {member<&pathors::end_session::session_id>("session_id")};
};

template <>
struct table<pathors::session_ended> {
    static constexpr field fields[] = {
        member<&pathors::session_ended::success>("success"),
        member<&pathors::session_ended::session_id>("sessionId"),
        member<&pathors::session_ended::message>("message"),
    };
};

} // namespace chatwire::json
#endif
