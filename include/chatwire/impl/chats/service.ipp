// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CHATS_SERVICE_IPP
#define CHATWIRE_IMPL_CHATS_SERVICE_IPP

#include <chatwire/chat/validate.hpp>
#include <chatwire/chats/chat.hpp>
#include <chatwire/chats/create_chat.hpp>
#include <chatwire/chats/detail/take_members.hpp>
#include <chatwire/chats/dialect.hpp>
#include <chatwire/chats/provider_completer.hpp>
#include <chatwire/chats/service.hpp>
#include <chatwire/crypto/random_id.hpp>
#include <chatwire/http/target.hpp>
#include <chatwire/json/check.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/server/completion_service.hpp>
#include <chatwire/server/offloaded_plan.hpp>
#include <chatwire/store/timestamp.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace chatwire::chats {
namespace detail {

constexpr std::string_view chat_kind = "chat";

inline failure bad_request(std::string text, std::string param = {})
{
    return refusal(400, std::move(text), "invalid_request_error", std::move(param));
}
inline failure forbidden() { return refusal(403, "Forbidden"); }
inline failure no_chat() { return refusal(404, "Chat not found"); }
inline failure no_provider() { return refusal(404, "AI provider not found"); }

inline std::unique_ptr<plan> reply(answer a) { return std::make_unique<immediate_plan>(std::move(a)); }
inline std::unique_ptr<plan> refuse(failure const& f) { return refuse_with(f, error_shape::text); }
// The caller has not caused it, and is not told of it.
inline failure of_store(failure const&) { return failure(errc::unexpected_exception); }

// A Chat's row has in its body what it was created with, but for the project, which is in the key.
inline result<chat> to_chat(store::row const& r)
{
    auto kept = json::read<create_chat>(r.body);
    if (!kept)
        return failure(errc::unexpected_exception, "a stored chat cannot be read");
    auto const optional = [](nullable<std::string>& from) {
        return from ? std::optional(*std::move(from)) : std::nullopt;
    };
    chat c;
    c.id = r.key.id;
    c.project_id = r.key.project;
    c.ai_provider_id = std::move(kept->ai_provider_id);
    c.name = optional(kept->name);
    c.system_message = optional(kept->system_message);
    c.model = optional(kept->model);
    c.created_at = store::to_iso8601(r.created);
    c.updated_at = store::to_iso8601(r.updated);
    return c;
}

inline bool is_absent(std::string_view body, std::string_view name)
{
    auto const members = json::read<raw_members>(body);
    auto const* value = members ? members->find(name) : nullptr;
    return members && (!value || value->is_null() || value->text() == R"("")");
}

// A request, with what the Chats module adds to it.
struct completion_request {
    chatwire::request plain{};
    request_members members{};
    std::vector<std::optional<std::string>> documents{}; // of each message
};

inline result<completion_request> read_completion(std::string_view body)
{
    auto const unclear = [] { return bad_request("messages is required and must be a non-empty array", "messages"); };
    auto r = json::read<chatwire::request>(body);
    if (!r)
        return r.error().param == "messages" ? unclear() : r.error();
    if (r->messages.empty())
        return unclear();
    completion_request out;
    auto members = take_members<request_members>(r->extra);
    if (!members)
        return members.error();
    out.members = *std::move(members);
    for (std::size_t i = 0; i < r->messages.size(); ++i) {
        auto& m = r->messages[i];
        auto const at = "messages[" + std::to_string(i) + ']';
        if (m.role != role::system && m.role != role::user && m.role != role::assistant)
            return bad_request(at + ".role must be one of system, user, assistant", at + ".role");
        auto named = take_members<message_members>(m.extra);
        if (!named)
            return bad_request(at + '.' + named.error().message, at + '.' + named.error().param);
        if (m.content.has_value() == named->document_id.has_value())
            return bad_request(at + " must have exactly one of content and documentId", at);
        out.documents.push_back(std::move(named->document_id));
    }
    out.plain = *std::move(r);
    return out;
}

} // namespace detail

struct service::state {
    struct provider {
        ai_provider info;
        completer complete;
    };

    std::shared_ptr<store::backend> store;
    service_options options;
    key_ring keys{};
    std::set<std::string, std::less<>> projects{};
    std::map<std::string, provider, std::less<>> providers{};
    std::map<std::string, document, std::less<>> documents{};

    // Null: nobody we know.
    std::shared_ptr<principal const> caller(server_call const& call) const
    {
        return call.bearer().empty() ? nullptr : keys.find(call.bearer());
    }

    // Null also for one of a project that is none of the caller's business.
    provider const* find_provider(principal const& who, std::string_view id) const
    {
        auto const at = providers.find(id);
        return at != providers.end() && who.belongs_to(at->second.info.project_id) ? &at->second : nullptr;
    }

    // The project a new chat is for.
    result<std::string> project_for(principal const& who, nullable<std::string> const& named) const
    {
        if (named && !named->empty()) {
            if (!projects.contains(*named) || !who.belongs_to(*named))
                return detail::forbidden();
            return *named;
        }
        std::vector<std::string_view> all;
        for (auto const& p : projects)
            if (who.belongs_to(p))
                all.push_back(p);
        if (all.size() > 1)
            return detail::bad_request("projectId is required", "projectId");
        if (all.empty())
            return detail::forbidden();
        return std::string(all.front());
    }

    // The row of a chat that the caller may do this with. An id does not tell the project, so that it is looked for in
    // those that are the caller's business: nothing of another is ever read.
    result<store::row> find_chat(principal const& who, std::string_view id, std::string_view action) const
    {
        for (auto const& p : projects) {
            if (!who.belongs_to(p))
                continue;
            auto row = store->get({std::string(detail::chat_kind), p, std::string(id)});
            if (row && !who.may(action, {p, "chat", std::string(id)}))
                return detail::forbidden();
            if (row)
                return row;
            if (row.error().code != errc::not_found)
                return detail::of_store(row.error());
        }
        return detail::no_chat();
    }

    std::unique_ptr<plan> create(principal const& who, std::string_view body) const;
    std::unique_ptr<plan> put(std::string const& project, std::string const& body) const;
    std::unique_ptr<plan> list(principal const& who, std::optional<std::string> const& project) const;
    std::unique_ptr<plan> get(principal const& who, std::string_view id) const;
    std::unique_ptr<plan> erase(principal const& who, std::string_view id) const;
    std::unique_ptr<plan> complete_for(principal const& who, std::string_view chat_id, detail::completion_request r,
                                       std::function<void()> wake) const;
    std::unique_ptr<plan> complete(principal const& who, detail::completion_request r,
                                   std::function<void()> wake) const;
    std::unique_ptr<plan> answer_with(provider const& p, std::string const& project, detail::completion_request r,
                                      std::optional<std::string> const& system_message,
                                      std::function<void()> wake) const;
};

inline std::unique_ptr<plan> service::state::create(principal const& who, std::string_view body) const
{
    auto const faults = json::check<create_chat>(body); // a misspelt member would be lost without a word
    if (!faults)
        return detail::refuse(faults.error());
    if (detail::is_absent(body, "aiProviderId"))
        return detail::refuse(detail::bad_request("aiProviderId is required", "aiProviderId"));
    if (!faults->empty())
        return detail::refuse(detail::bad_request(json::to_text(*faults, "body"), faults->front().path));
    auto c = json::read<create_chat>(body);
    if (!c)
        return detail::refuse(c.error());
    auto const project = project_for(who, c->project_id);
    if (!project)
        return detail::refuse(project.error());
    if (!who.may("chats:CreateChat", {*project, "chat", {}}))
        return detail::refuse(detail::forbidden());
    if (!find_provider(who, c->ai_provider_id))
        return detail::refuse(detail::no_provider());
    c->project_id.reset();
    return put(*project, json::to_text(*c));
}

inline std::unique_ptr<plan> service::state::put(std::string const& project, std::string const& body) const
{
    for (int attempt = 0; attempt < 10; ++attempt) {
        auto const row =
            store->put({.key = {std::string(detail::chat_kind), project, crypto::random_id("cht_")}, .body = body}, 0);
        if (!row && row.error().code == errc::conflict)
            continue; // an id of 95 random bits that is taken: this is not chance, but is not the caller's fault
        auto const made = row ? detail::to_chat(*row) : result<chat>(detail::of_store(row.error()));
        return made ? detail::reply(answer::json(json::to_text(*made), 201)) : detail::refuse(made.error());
    }
    return detail::refuse(failure(errc::unexpected_exception));
}

inline std::unique_ptr<plan> service::state::list(principal const& who, std::optional<std::string> const& project) const
{
    if (project && !(projects.contains(*project) && who.belongs_to(*project)))
        return detail::refuse(detail::forbidden());
    std::vector<store::row> rows;
    for (auto const& p : projects) {
        if ((project && p != *project) || !who.belongs_to(p))
            continue;
        auto more = store->list(detail::chat_kind, p);
        if (!more)
            return detail::refuse(detail::of_store(more.error()));
        std::copy_if(std::move_iterator(more->begin()), std::move_iterator(more->end()), std::back_inserter(rows),
                     [&](store::row const& r) {
                         return who.may("chats:ListChats", {p, "chat", r.key.id});
                     });
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](store::row const& a, store::row const& b) { return a.created > b.created; });
    std::vector<chat> all;
    for (auto const& r : rows) {
        auto c = detail::to_chat(r);
        if (!c)
            return detail::refuse(c.error());
        all.push_back(*std::move(c));
    }
    return detail::reply(answer::json(json::to_text(all)));
}

inline std::unique_ptr<plan> service::state::get(principal const& who, std::string_view id) const
{
    auto const row = find_chat(who, id, "chats:GetChat");
    auto const c = row ? detail::to_chat(*row) : result<chat>(row.error());
    return c ? detail::reply(answer::json(json::to_text(*c))) : detail::refuse(c.error());
}

inline std::unique_ptr<plan> service::state::erase(principal const& who, std::string_view id) const
{
    auto const row = find_chat(who, id, "chats:DeleteChat");
    if (!row)
        return detail::refuse(row.error());
    auto const gone = store->erase(row->key);
    if (!gone)
        return detail::refuse(detail::of_store(gone.error()));
    return *gone ? detail::reply({.status = 204}) : detail::refuse(detail::no_chat());
}

inline std::unique_ptr<plan> service::state::complete_for(principal const& who, std::string_view chat_id,
                                                          detail::completion_request r,
                                                          std::function<void()> wake) const
{
    auto const row = find_chat(who, chat_id, "chats:CreateChatCompletion");
    auto const c = row ? detail::to_chat(*row) : result<chat>(row.error());
    if (!c)
        return detail::refuse(c.error());
    if (r.members.ai_provider_id && *r.members.ai_provider_id != c->ai_provider_id)
        return detail::refuse(detail::bad_request("aiProviderId must be the chat's, or not given", "aiProviderId"));
    if (r.members.system_message)
        return detail::refuse(detail::bad_request(
            "systemMessage is the chat's; a message with the role system replaces it for a call", "systemMessage"));
    auto const* p = find_provider(who, c->ai_provider_id);
    if (!p)
        return detail::refuse(detail::no_provider());
    if (r.plain.model.empty())
        r.plain.model = c->model.value_or("");
    return answer_with(*p, c->project_id, std::move(r), c->system_message, std::move(wake));
}

inline std::unique_ptr<plan> service::state::complete(principal const& who, detail::completion_request r,
                                                      std::function<void()> wake) const
{
    if (r.members.ai_provider_id.value_or("").empty())
        return detail::refuse(detail::bad_request("aiProviderId is required", "aiProviderId"));
    auto const* p = find_provider(who, *r.members.ai_provider_id);
    if (!p)
        return detail::refuse(detail::no_provider());
    auto const& project = p->info.project_id;
    if (options.permission_for_stateless && !who.may("chats:CreateChatCompletion", {project, "chat", {}}))
        return detail::refuse(detail::forbidden());
    auto const system_message = r.members.system_message;
    return answer_with(*p, project, std::move(r), system_message, std::move(wake));
}

inline std::unique_ptr<plan> service::state::answer_with(provider const& p, std::string const& project,
                                                         detail::completion_request r,
                                                         std::optional<std::string> const& system_message,
                                                         std::function<void()> wake) const
{
    auto& messages = r.plain.messages;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        if (!r.documents[i])
            continue;
        auto const d = documents.find(*r.documents[i]);
        if (d == documents.end() || d->second.project_id != project)
            return detail::refuse(refusal(404, "Document not found"));
        messages[i].content = d->second.content;
    }
    bool const replaced =
        std::any_of(messages.begin(), messages.end(), [](auto const& m) { return m.role == role::system; });
    if (!replaced && system_message && !system_message->empty())
        messages.insert(messages.begin(), chatwire::message::system(*system_message));
    if (auto const good = validate(r.plain); !good)
        return detail::refuse(good.error());

    if (r.plain.model.empty())
        r.plain.model = p.info.default_model;
    envelope e;
    e.model = r.plain.model;
    e.stream = r.plain.stream.value_or(false);
    e.include_usage = r.plain.stream_options && r.plain.stream_options->include_usage.value_or(false);
    e.usage_chunk = false;
    e.errors = error_shape::text;

    auto answers = p.complete(std::move(r.plain), std::move(wake));
    answers->set_envelope(std::move(e));
    return answers;
}

CHATWIRE_DECL service::service(std::shared_ptr<store::backend> store, service_options o)
    : state_(std::make_shared<state>())
{
    state_->store = std::move(store);
    state_->options = o;
}

CHATWIRE_DECL key_ring& service::keys() noexcept { return state_->keys; }
CHATWIRE_DECL void service::add_project(std::string id) { state_->projects.insert(std::move(id)); }
CHATWIRE_DECL void service::add(ai_provider p)
{
    auto complete = provider_completer(p);
    add(std::move(p), std::move(complete));
}

CHATWIRE_DECL void service::add(ai_provider p, completer complete)
{
    auto id = p.id;
    state_->providers.insert_or_assign(std::move(id), state::provider{std::move(p), std::move(complete)});
}

CHATWIRE_DECL void service::add(document d)
{
    auto id = d.id;
    state_->documents.insert_or_assign(std::move(id), std::move(d));
}

CHATWIRE_DECL std::optional<failure> service::authenticate(server_call const& call) const
{
    if (state_->caller(call))
        return std::nullopt;
    return refusal(401, "Unauthorized");
}

CHATWIRE_DECL void service::mount(router& r, std::string const& base)
{
    using work = std::function<std::unique_ptr<plan>(state const&, principal const&)>;
    auto const who = [s = state_](server_call const& call) { return s->caller(call); };
    auto const guard = [this](server_call const& call) { return authenticate(call); };
    // What asks the store may block.
    auto const offload = [s = state_, who](server_call const& call, work w) -> std::unique_ptr<plan> {
        return std::make_unique<offloaded_plan>([s, who = who(call), w = std::move(w)] { return w(*s, *who); },
                                                call.errors);
    };

    r.errors_below(base, error_shape::text);
    r.add({.method = "POST",
           .pattern = base + "/chats",
           .guard = guard,
           .begin =
               [offload](server_call call) {
                   auto body = std::move(call.body);
                   return offload(call, [body = std::move(body)](state const& s, principal const& p) {
                       return s.create(p, body);
                   });
               },
           .max_body = state_->options.max_chat_body});
    r.add({.method = "GET", .pattern = base + "/chats", .guard = guard, .begin = [offload](server_call const& call) {
               auto project = http::find_query(call.query, "projectId");
               return offload(call, [project](state const& s, principal const& p) { return s.list(p, project); });
           }});
    r.add({.method = "GET",
           .pattern = base + "/chats/{chatId}",
           .guard = guard,
           .begin = [offload](server_call const& call) {
               std::string const id(call.param("chatId"));
               return offload(call, [id](state const& s, principal const& p) { return s.get(p, id); });
           }});
    r.add({.method = "DELETE",
           .pattern = base + "/chats/{chatId}",
           .guard = guard,
           .begin = [offload](server_call const& call) {
               std::string const id(call.param("chatId"));
               return offload(call, [id](state const& s, principal const& p) { return s.erase(p, id); });
           }});
    r.add({.method = "POST",
           .pattern = base + "/chats/completions",
           .guard = guard,
           .begin =
               [s = state_, who](server_call call) {
                   auto asked = detail::read_completion(call.body);
                   return asked ? s->complete(*who(call), *std::move(asked), std::move(call.wake))
                                : detail::refuse(asked.error());
               },
           .max_body = state_->options.max_completion_body});
    r.add({.method = "POST",
           .pattern = base + "/chats/{chatId}/completions",
           .guard = guard,
           .begin = [offload](server_call call) -> std::unique_ptr<plan> {
               auto asked = detail::read_completion(call.body);
               if (!asked)
                   return detail::refuse(asked.error());
               auto const shared = std::make_shared<detail::completion_request>(*std::move(asked));
               return offload(call, [id = std::string(call.param("chatId")), shared,
                                     wake = call.wake](state const& s, principal const& p) {
                   return s.complete_for(p, id, std::move(*shared), wake);
               });
           },
           .max_body = state_->options.max_completion_body});
}

} // namespace chatwire::chats
#endif
