// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_PATHORS_CONVERSATION_HPP
#define CHATWIRE_PATHORS_CONVERSATION_HPP

#include <chatwire/chat/message.hpp>

#include <string>
#include <utility>

namespace chatwire::pathors {

/// A session, in the hands of a client: what is said in it, and what it remembers.
///
/// What the functions return depends on the client, as with the client itself.
///
/// @par Example
/// @see examples/conversation.cpp
/// @par Object lifetimes
/// The client must outlive it, and stay in its place. Nothing happens when it ends: the session stays with the service.
/// @par Thread safety
/// As for the client: one thread, or one coroutine, at a time.
template <class Client>
class conversation {
public:
    using request_type = typename Client::request_type;

    /// For clients: see basic_client::session.
    conversation(Client& client, std::string id) : client_(&client), id_(std::move(id)) {}

    std::string const& id() const noexcept { return id_; }

    /// Says something as the user, and gives the answer. The service remembers both.
    auto say(std::string text) { return client_->create(next(std::move(text))); }

    /// The same, answered as a stream.
    auto stream(std::string text) { return client_->stream(next(std::move(text))); }

    /// The request that @ref say would make, for who wants to add to it before `client.create` or `client.stream`.
    request_type next(std::string text) const
    {
        return {.messages = {message::user(std::move(text))}, .ext = {.session_id = id_}};
    }

    /// What the session remembers: see basic_client::get_session.
    auto data() { return client_->get_session(id_); }

    /// Makes the service forget it: see basic_client::end_session.
    auto end() { return client_->end_session(id_); }

private:
    Client* client_;
    std::string id_;
};

} // namespace chatwire::pathors
#endif
