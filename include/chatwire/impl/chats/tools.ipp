// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CHATS_TOOLS_IPP
#define CHATWIRE_IMPL_CHATS_TOOLS_IPP

#include <chatwire/chats/create_chat.hpp>
#include <chatwire/chats/detail/take_members.hpp>
#include <chatwire/chats/tool_arguments.hpp>
#include <chatwire/chats/tools.hpp>
#include <chatwire/http/target.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/schema.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/server/exchange.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace chatwire::chats {
namespace detail {

// The request of the REST interface that a call of a tool stands for.
struct rest_request {
    std::string method{};
    std::string target{};
    std::string body{};
};

// A call of a tool, as a call of the routes.
class rest_call final : public mcp::running_tool {
public:
    rest_call(std::shared_ptr<router const> routes, rest_request r, mcp::tool_call call)
        : routes_(std::move(routes)), exchange_(*routes_), request_(std::move(r)), call_(std::move(call))
    {
    }

    io::action resume(io::outcome const& o) override
    {
        if (!plan_) {
            http::request_head head{.method = std::move(request_.method), .target = std::move(request_.target)};
            for (auto const* name : {"authorization", "x-api-key", "api-key"})
                if (auto const value = call_.head.fields.find(name))
                    (void)head.fields.set(name, *value); // was a field's value before
            if (!exchange_.head(std::move(head), std::move(call_.wake)))
                return finish();
            if (request_.body.size() > exchange_.max_body()) {
                exchange_.refuse(failure(errc::body_limit));
                return finish();
            }
            exchange_.body(request_.body);
            plan_ = exchange_.end();
        }
        auto next = exchange_.step(*plan_, o);
        if (auto const chunks = exchange_.chunks(); chunks > told_) {
            told_ = chunks;
            call_.reporter.progress(static_cast<double>(chunks));
        }
        return next.what == io::action::kind::done ? finish() : std::move(next);
    }

private:
    io::action finish()
    {
        auto const status = exchange_.take_head().status;
        if (status == 204)
            result_ = mcp::tool_result::text("Deleted successfully.");
        else
            result_ = mcp::tool_result::text(std::string(exchange_.output()));
        result_.is_error = status >= 400;
        return io::action::finish();
    }

    std::shared_ptr<router const> routes_;
    server_exchange exchange_;
    rest_request request_;
    mcp::tool_call call_;
    std::unique_ptr<plan> plan_{};
    std::size_t told_ = 0;
};

// A call that is not worth a request.
class wrong_call final : public mcp::running_tool {
public:
    explicit wrong_call(std::string why) { result_ = mcp::tool_result::error(std::move(why)); }
    io::action resume(io::outcome const&) override { return io::action::finish(); }
};

constexpr std::string_view chats_path = "/api/v1/chats";

// Below a chat's own path. An empty id would lead to another route.
inline result<std::string> chat_path(raw_members& arguments, std::string_view more = {})
{
    auto const a = take_members<chat_arguments>(arguments);
    if (!a)
        return a.error();
    if (a->chat_id.empty())
        return failure(errc::bad_value, "chatId: must not be empty");
    return std::string(chats_path) + '/' + http::encode_segment(a->chat_id) + std::string(more);
}

// Answers come whole.
inline std::string completion_body(raw_members& arguments)
{
    arguments.erase("stream");
    arguments.erase("stream_options");
    return json::to_text(arguments);
}

} // namespace detail

CHATWIRE_DECL result<void> add_tools(mcp::tool_server& server, service& s)
{
    using detail::rest_request;
    using to_request = result<rest_request> (*)(raw_members&);
    auto const routes = std::make_shared<router>();
    s.mount(*routes);

    auto const add = [&](mcp::tool about, to_request make) {
        about.begin = [routes, make](mcp::tool_call call) -> std::unique_ptr<mcp::running_tool> {
            auto arguments = json::read<raw_members>(call.arguments.text());
            auto request = arguments ? make(*arguments) : result<rest_request>(arguments.error());
            if (!request)
                return std::make_unique<detail::wrong_call>(request.error().message);
            return std::make_unique<detail::rest_call>(routes, *std::move(request), std::move(call));
        };
        return server.add(std::move(about));
    };

    json::schema_options const closed{.closed = true};
    struct row {
        mcp::tool about;
        to_request make;
    };
    row rows[] = {
        {{.name = "create-chat",
          .title = "Create a chat",
          .description = "Creates a chat: what completions are made with (an AI provider, perhaps a system message and "
                         "a model), so that they need only bring the conversation.",
          .input_schema = json::schema_of<create_chat>(closed),
          .annotations = mcp::tool_annotations{.destructive = false}},
         [](raw_members& a) -> result<rest_request> {
             return rest_request{"POST", std::string(detail::chats_path), json::to_text(a)};
         }},
        {{.name = "list-chats",
          .title = "List chats",
          .description = "Lists the chats that may be listed, the newest first; with projectId, that project's only.",
          .input_schema = json::schema_of<list_chats_arguments>(closed),
          .annotations = mcp::tool_annotations{.read_only = true}},
         [](raw_members& a) -> result<rest_request> {
             auto const args = detail::take_members<list_chats_arguments>(a);
             if (!args)
                 return args.error();
             std::string target(detail::chats_path);
             if (args->project_id)
                 target += "?projectId=" + http::encode_segment(*args->project_id);
             return rest_request{"GET", std::move(target), {}};
         }},
        {{.name = "get-chat",
          .title = "Get a chat",
          .description = "Shows how a chat is set up.",
          .input_schema = json::schema_of<chat_arguments>(closed),
          .annotations = mcp::tool_annotations{.read_only = true}},
         [](raw_members& a) -> result<rest_request> {
             auto path = detail::chat_path(a);
             return path ? result<rest_request>(rest_request{"GET", *std::move(path), {}}) : path.error();
         }},
        {{.name = "delete-chat",
          .title = "Delete a chat",
          .description = "Deletes a chat.",
          .input_schema = json::schema_of<chat_arguments>(closed),
          .annotations = mcp::tool_annotations{.destructive = true, .idempotent = true}},
         [](raw_members& a) -> result<rest_request> {
             auto path = detail::chat_path(a);
             return path ? result<rest_request>(rest_request{"DELETE", *std::move(path), {}}) : path.error();
         }},
        {{.name = "create-chat-completion-for-chat",
          .title = "Create a completion for a chat",
          .description = "Continues a conversation as a chat is set up. A message has the role system, user or "
                         "assistant, and either content or documentId; one with the role system replaces the chat's "
                         "system message for this call.",
          .input_schema = json::schema_of<completion_for_chat_arguments>(closed),
          .annotations = mcp::tool_annotations{.destructive = false, .open_world = true}},
         [](raw_members& a) -> result<rest_request> {
             auto path = detail::chat_path(a, "/completions");
             if (!path)
                 return path.error();
             return rest_request{"POST", *std::move(path), detail::completion_body(a)};
         }},
        {{.name = "create-chat-completion",
          .title = "Create a completion without a chat",
          .description = "Continues a conversation with an AI provider. A message has the role system, user or "
                         "assistant, and either content or documentId; systemMessage is said first, unless a message "
                         "has the role system.",
          .input_schema = json::schema_of<completion_arguments>(closed),
          .annotations = mcp::tool_annotations{.destructive = false, .open_world = true}},
         [](raw_members& a) -> result<rest_request> {
             return rest_request{"POST", std::string(detail::chats_path) + "/completions", detail::completion_body(a)};
         }},
    };
    for (auto& r : rows)
        if (auto added = add(std::move(r.about), r.make); !added)
            return added.error();
    return {};
}

} // namespace chatwire::chats
#endif
