// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_PATHORS_DIALECT_HPP
#define CHATWIRE_PATHORS_DIALECT_HPP

#include <chatwire/chat/chunk.hpp>
#include <chatwire/chat/completion.hpp>
#include <chatwire/chat/dialect.hpp>
#include <chatwire/chat/request.hpp>
#include <chatwire/json/codec.hpp>

#include <optional>
#include <string>

namespace chatwire::pathors {

/// What Pathors adds to a request, to a completion and to every chunk: the session they belong to.
struct session_member {
    /// 1 to 1024 bytes of UTF-8. Absent in a request: the service starts a session, and its answer tells the id.
    std::optional<std::string> session_id{};

    friend bool operator==(session_member const&, session_member const&) = default;
};

/// The Pathors integration API: the plain protocol, with sessions.
///
/// @par Example
/// @code
/// pathors::request r{.messages = {message::user("Hi")}, .ext = {.session_id = "s-1"}};
/// @endcode
struct dialect : openai {
    using request = session_member;
    using completion = session_member;
    using chunk = session_member;
};

using request = basic_request<dialect>;
using completion = basic_completion<dialect>;
using chunk = basic_chunk<dialect>;

} // namespace chatwire::pathors

namespace chatwire::json {

template <>
struct table<pathors::session_member> {
    static constexpr field fields[] = {member<&pathors::session_member::session_id>("session_id", presence::optional)};
};

} // namespace chatwire::json
#endif
