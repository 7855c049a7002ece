// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_PATHORS_SERVICE_IPP
#define CHATWIRE_IMPL_PATHORS_SERVICE_IPP

#include <chatwire/crypto/random_id.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/utf8.hpp>
#include <chatwire/json/value.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/pathors/detail/store.hpp>
#include <chatwire/pathors/service.hpp>
#include <chatwire/pathors/session.hpp>
#include <chatwire/pathors/turn.hpp>
#include <chatwire/server/completion_service.hpp>
#include <chatwire/server/offloaded_plan.hpp>
#include <chatwire/store/timestamp.hpp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <utility>

namespace chatwire::pathors {
namespace detail {

constexpr std::string_view session_kind = "session";
constexpr std::string_view base_pattern = "/api/project/{projectId}/integration/api";

inline failure bad_request(std::string text) { return refusal(400, std::move(text)); }
inline failure no_session() { return refusal(404, "Session not found"); }

inline bool is_session_id(std::string_view id) { return !id.empty() && id.size() <= 1024 && json::is_utf8(id); }

// What a header field can carry unchanged.
inline bool fits_header(std::string_view id)
{
    return id.front() != ' ' && id.back() != ' ' &&
           std::all_of(id.begin(), id.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

inline answer failed(failure const& f) { return error_answer(f, error_shape::text); }

inline store::key session_key(std::string_view project, std::string_view id)
{
    return {std::string(session_kind), std::string(project), std::string(id)};
}

// The session's id as the request has it: the header's, or the body's; nothing where neither names one.
inline result<std::optional<std::string>> named_session(server_call const& call, raw_members const& extra)
{
    std::optional<std::string> id;
    if (auto const* member = extra.find("session_id"); member && !member->is_null()) {
        auto text = member->is_string() ? json::read<std::string>(member->text()) : failure(errc::wrong_type);
        if (!text)
            return bad_request("session_id: expected a string");
        id = std::move(*text);
    }
    if (auto const header = call.head.fields.find("x-session-id"))
        id = *header;
    if (id && !is_session_id(*id))
        return bad_request("session_id must be 1 to 1024 bytes of UTF-8");
    return id;
}

inline answer create_row(store::backend& store, expiry& age, store::key const& key, std::string const& pathway,
                         session_limits const& limits, boost::json::object const& variables)
{
    // whoever comes in between makes this begin again, but not for ever
    for (int attempt = 0; attempt < 100; ++attempt) {
        auto const row = age.get(key);
        if (!row && row.error().code != errc::not_found)
            return failed(of_store(row.error()));
        boost::json::object merged;
        if (row)
            merged = stored_variables(row->body);
        for (auto const& [name, value] : variables)
            merged.insert_or_assign(name, value);
        std::string body(json::to_raw(merged).text());
        if (body.size() > limits.max_variables)
            return failed(bad_request("variables: too large"));
        if (!row)
            if (auto const tidy = age.before_growth(key.kind); !tidy)
                return failed(of_store(tidy.error()));
        auto const put = store.put({.key = key, .body = std::move(body)}, row ? row->version : 0);
        if (put)
            return answer::json(json::to_text(session_created{key.id, pathway}));
        if (put.error().code != errc::conflict)
            return failed(of_store(put.error()));
    }
    return failed(failure(errc::unexpected_exception));
}

inline answer show_row(store::backend& store, expiry& age, store::key const& key)
{
    auto const row = age.get(key);
    auto const log = row ? store.read(key) : result<std::vector<std::string>>(row.error());
    if (!log)
        return failed(log.error().code == errc::not_found ? no_session() : of_store(log.error()));
    session_data out;
    out.session_id = key.id;
    out.data.variables = raw_json::trusted(row->body);
    for (auto const& text : *log) {
        auto m = json::read<message>(text, nullptr, json::read_options::for_answers());
        if (!m)
            return failed(failure(errc::unexpected_exception, "a stored message cannot be read"));
        out.data.messages.push_back(std::move(*m));
    }
    out.created_at = store::to_iso8601(row->created);
    out.updated_at = store::to_iso8601(row->updated);
    return answer::json(json::to_text(out));
}

inline answer erase_row(store::backend& store, expiry& age, store::key const& key)
{
    auto const row = age.get(key);
    auto const gone = row ? store.erase(key) : result<bool>(row.error());
    if (!gone)
        return failed(gone.error().code == errc::not_found ? no_session() : of_store(gone.error()));
    if (!*gone)
        return failed(no_session());
    return answer::json(json::to_text(session_ended{true, key.id, "Session ended"}));
}

} // namespace detail

CHATWIRE_DECL service::service(std::shared_ptr<store::backend> store, session_limits limits)
    : store_(std::move(store)), age_(std::make_shared<expiry>(store_, limits.max_age)), limits_(limits)
{
}

CHATWIRE_DECL void service::add(project p)
{
    if (p.pathway.id.empty())
        p.pathway.id = p.id;
    projects_.push_back(std::move(p));
}

CHATWIRE_DECL project const* service::find(std::string_view id) const noexcept
{
    for (auto const& p : projects_)
        if (p.id == id)
            return &p;
    return nullptr;
}

CHATWIRE_DECL std::optional<failure> service::check(server_call const& call) const
{
    // a project that is not there looks like one whose key is wrong
    auto const* p = find(call.param("projectId"));
    if (p && !call.bearer().empty() && p->keys.has(call.bearer()))
        return std::nullopt;
    return refusal(401, "Invalid authentication");
}

CHATWIRE_DECL void service::mount(router& r)
{
    std::string const base(detail::base_pattern);
    auto const guard = [this](server_call const& call) { return check(call); };
    r.errors_below("/api/project", error_shape::text);
    r.add({.method = "POST",
           .pattern = base + "/chat/completions",
           .guard = guard,
           .begin = [this](server_call call) { return complete(std::move(call)); },
           .asked_fields = {"X-Session-ID"}});
    r.add({.method = "POST", .pattern = base + "/session", .guard = guard, .begin = [this](server_call const& call) {
               return create(call);
           }});
    r.add({.method = "DELETE", .pattern = base + "/session", .guard = guard, .begin = [this](server_call const& call) {
               return end(call);
           }});
    r.add({.method = "GET",
           .pattern = base + "/session/{sessionId}",
           .guard = guard,
           .begin = [this](server_call const& call) { return query(call); }});
}

CHATWIRE_DECL std::unique_ptr<plan> service::complete(server_call call) const
{
    auto const& p = *find(call.param("projectId"));
    auto r = read_completion_request(call.body, {});
    if (!r)
        return refuse_with(r.error(), call.errors);
    for (auto const& m : r->messages) // `developer` is what newer clients call `system`
        if (m.role == role::function)
            return refuse_with(detail::bad_request("messages: role must be system, user, assistant or tool"),
                               call.errors);
    auto named = detail::named_session(call, r->extra);
    if (!named)
        return refuse_with(named.error(), call.errors);
    auto const id = *named ? std::move(**named) : crypto::random_id("session-", 24);
    r->extra.erase("session_id");

    envelope e;
    e.model = p.pathway.model;
    e.stream = r->stream.value_or(false);
    e.include_usage = r->stream_options && r->stream_options->include_usage.value_or(false);
    e.usage_chunk = false;
    e.unknown_usage = true;
    e.errors = call.errors;
    e.extra.set("session_id", json::to_raw(id));
    if (detail::fits_header(id))
        (void)e.fields.set("X-Session-ID", id);

    auto t = std::make_unique<turn>(store_, age_, detail::session_key(p.id, id), limits_, p.pathway, std::move(*r),
                                    std::move(call.wake));
    t->set_envelope(std::move(e));
    return t;
}

CHATWIRE_DECL std::unique_ptr<plan> service::create(server_call const& call) const
{
    auto const& p = *find(call.param("projectId"));
    auto const body = json::read<raw_members>(call.body);
    if (!body)
        return refuse_with(body.error(), call.errors);
    auto const* member = body->find("session_id");
    auto const id = member && member->is_string() ? json::read<std::string>(member->text()) : result<std::string>("");
    if (!id || id->empty())
        return refuse_with(detail::bad_request("session_id is required"), call.errors);
    if (!detail::is_session_id(*id))
        return refuse_with(detail::bad_request("session_id must be 1 to 1024 bytes of UTF-8"), call.errors);
    boost::json::object variables;
    if (auto const* given = body->find("variables"); given && !given->is_null()) {
        auto value = json::to_value(*given);
        if (!value || !value->is_object())
            return refuse_with(detail::bad_request("variables: expected an object"), call.errors);
        variables = std::move(value->get_object());
    }
    return std::make_unique<offloaded_plan>(
        [store = store_, age = age_, key = detail::session_key(p.id, *id), pathway = p.pathway.id, limits = limits_,
         variables = std::move(variables)] {
            return std::make_unique<immediate_plan>(detail::create_row(*store, *age, key, pathway, limits, variables));
        },
        call.errors);
}

CHATWIRE_DECL std::unique_ptr<plan> service::query(server_call const& call) const
{
    return std::make_unique<offloaded_plan>(
        [store = store_, age = age_, key = detail::session_key(call.param("projectId"), call.param("sessionId"))] {
            return std::make_unique<immediate_plan>(detail::show_row(*store, *age, key));
        },
        call.errors);
}

CHATWIRE_DECL std::unique_ptr<plan> service::end(server_call const& call) const
{
    auto const body = json::read<raw_members>(call.body);
    if (!body)
        return refuse_with(body.error(), call.errors);
    auto const* member = body->find("session_id");
    auto const id = member && member->is_string() ? json::read<std::string>(member->text()) : result<std::string>("");
    if (!id || id->empty())
        return refuse_with(detail::bad_request("session_id is required"), call.errors);
    return std::make_unique<offloaded_plan>(
        [store = store_, age = age_, key = detail::session_key(call.param("projectId"), *id)] {
            return std::make_unique<immediate_plan>(detail::erase_row(*store, *age, key));
        },
        call.errors);
}

} // namespace chatwire::pathors
#endif
