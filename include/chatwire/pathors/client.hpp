// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_PATHORS_CLIENT_HPP
#define CHATWIRE_PATHORS_CLIENT_HPP

#include <chatwire/client/basic_client.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/pathors/base_url.hpp>
#include <chatwire/pathors/conversation.hpp>
#include <chatwire/pathors/dialect.hpp>
#include <chatwire/pathors/session.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace chatwire::pathors {

/// The client of a project's Pathors integration API: completions that belong to sessions, and the sessions.
///
/// `blocking_client.hpp` and `client.hpp` name it `pathors::blocking_client` and `pathors::client`.
///
/// @par Example
/// @code
/// pathors::blocking_client ai({.base_url = "http://127.0.0.1:8080", .api_key = "demo-key"}, "prj_demo");
/// ai.create_session("s-1", raw_json::trusted(R"({"city":"Lisbon"})")).value();
/// auto const answer = ai.create({.messages = {message::user("Hi")}, .ext = {.session_id = "s-1"}}).value();
/// @endcode
///
/// @see chatwire::basic_client for how calls fail, lifetimes and thread safety
template <class Transport>
class basic_client : public chatwire::basic_client<Transport, dialect> {
    using base = chatwire::basic_client<Transport, dialect>;

public:
    template <class T>
    using task = typename base::template task<T>;

    /// @param options `base_url` is the server's, without the project: `https://app.pathors.com`
    basic_client(client_options options, std::string_view project) requires std::default_initializable<Transport>
        : base(below(std::move(options), project))
    {
        this->keeps_ = true;
    }

    /// A client whose transport is made from `first` and `more`: `pathors::client(executor, options, project)`.
    template <class First, class... More>
    requires std::constructible_from<Transport, First, More...> basic_client(First&& first, client_options options,
                                                                             std::string_view project, More&&... more)
        : base(std::forward<First>(first), below(std::move(options), project), std::forward<More>(more)...)
    {
        this->keeps_ = true;
    }

    /// `POST {base}/session`: makes a session, or merges the variables over those of the one there is.
    /// @param variables an object; null: none
    task<result<session_created>> create_session(std::string id, raw_json variables = {})
    {
        return this->template call_for<session_created>(create_session_call(std::move(id), std::move(variables)));
    }

    /// A session to talk in: makes it, or merges the variables over those of the one there is.
    ///
    /// @par Object lifetimes
    /// What it gives refers to this client.
    task<result<conversation<basic_client>>> session(std::string id, raw_json variables = {})
    {
        return this->template call_for<session_created>(
            create_session_call(id, std::move(variables)),
            [this, id](session_created&&) { return conversation<basic_client>(*this, id); });
    }

    /// `GET {base}/session/{id}`: what the session remembers. Refused with status 404 if there is none.
    task<result<session_data>> get_session(std::string_view id)
    {
        return this->template call_for<session_data>({.path = session_path(id)});
    }

    /// `DELETE {base}/session`: forgets all of the session.
    task<result<session_ended>> end_session(std::string id)
    {
        return this->template call_for<session_ended>(
            {.method = "DELETE",
             .path = "/session",
             .body = json::to_text(pathors::end_session{.session_id = std::move(id)})});
    }

private:
    static client_call create_session_call(std::string id, raw_json variables)
    {
        pathors::create_session body{.session_id = std::move(id)};
        if (!variables.is_null())
            body.variables = std::move(variables);
        return {.method = "POST", .path = "/session", .body = json::to_text(body)};
    }

    static client_options below(client_options o, std::string_view project)
    {
        o.base_url = base_url(o.base_url, project);
        return o;
    }
};

} // namespace chatwire::pathors
#endif
