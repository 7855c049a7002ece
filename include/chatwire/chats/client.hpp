// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_CLIENT_HPP
#define CHATWIRE_CHATS_CLIENT_HPP

#include <chatwire/chats/chat.hpp>
#include <chatwire/chats/create_chat.hpp>
#include <chatwire/chats/dialect.hpp>
#include <chatwire/client/basic_client.hpp>
#include <chatwire/http/target.hpp>
#include <chatwire/http/url.hpp>
#include <chatwire/json/writer.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatwire::chats {

/// The client of the Chats module: Chats, and completions with one or without.
///
/// `blocking_client.hpp` and `client.hpp` name it `chats::blocking_client` and `chats::client`.
///
/// @par Example
/// @code
/// chats::blocking_client ai({.base_url = "http://127.0.0.1:8080", .api_key = "demo-key"});
/// auto const chat = ai.create_chat({.ai_provider_id = "aip_demo", .name = "My Assistant"}).value();
/// auto const answer = ai.create_for_chat(chat.id, {.messages = {chats::message::user("Hello!")}}).value();
/// @endcode
///
/// `create` and `stream` are `POST /chats/completions`: the request names the provider in
/// `ext.ai_provider_id`.
///
/// @see chatwire::basic_client for how calls fail, lifetimes and thread safety
template <class Transport>
class basic_client : public chatwire::basic_client<Transport, dialect> {
    using base = chatwire::basic_client<Transport, dialect>;

public:
    template <class T>
    using task = typename base::template task<T>;
    using typename base::completion_type;
    using typename base::request_type;
    using typename base::stream_type;

    /// @param options `base_url` is the server's: `https://app.example`; `/api/v1` is put behind it
    explicit basic_client(client_options options) requires std::default_initializable<Transport>
        : base(below(std::move(options)))
    {
        this->keeps_ = true;
        this->completions_ = "/chats/completions";
    }

    /// A client whose transport is made from `first` and `more`: `chats::client(executor, options)`.
    template <class First, class... More>
    requires std::constructible_from<Transport, First, More...> basic_client(First&& first, client_options options,
                                                                             More&&... more)
        : base(std::forward<First>(first), below(std::move(options)), std::forward<More>(more)...)
    {
        this->keeps_ = true;
        this->completions_ = "/chats/completions";
    }

    /// `POST /chats`
    task<result<chat>> create_chat(chats::create_chat const& c)
    {
        return this->template call_for<chat>({.method = "POST", .path = "/chats", .body = json::to_text(c)});
    }

    /// `GET /chats`: those that may be listed, the newest first.
    /// @param project only its; empty: all projects'
    task<result<std::vector<chat>>> list_chats(std::string_view project = {})
    {
        std::string path = "/chats";
        if (!project.empty())
            path += "?projectId=" + http::encode_segment(project);
        return this->template call_for<std::vector<chat>>({.path = std::move(path)});
    }

    /// `GET /chats/{id}`: refused with status 404 if there is none.
    task<result<chat>> get_chat(std::string_view id) { return this->template call_for<chat>({.path = path_of(id)}); }

    /// `DELETE /chats/{id}`
    task<result<void>> delete_chat(std::string_view id)
    {
        return this->call_for_nothing({.method = "DELETE", .path = path_of(id)});
    }

    /// `POST /chats/{id}/completions`, answered as a whole: as the Chat has it set up.
    task<result<completion_type>> create_for_chat(std::string_view id, request_type r)
    {
        return this->create_at(path_of(id) + "/completions", std::move(r));
    }

    /// The same, answered as a stream.
    task<result<stream_type>> stream_for_chat(std::string_view id, request_type r)
    {
        return this->stream_at(path_of(id) + "/completions", std::move(r));
    }

    // the module has no models of its own
    void models() = delete;
    void model(std::string_view) = delete;

private:
    static std::string path_of(std::string_view id) { return "/chats/" + http::encode_segment(id); }

    static client_options below(client_options o)
    {
        o.base_url = http::append_path(o.base_url, "/api/v1");
        return o;
    }
};

} // namespace chatwire::chats
#endif
