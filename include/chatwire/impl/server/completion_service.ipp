// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_COMPLETION_SERVICE_IPP
#define CHATWIRE_IMPL_SERVER_COMPLETION_SERVICE_IPP

#include <chatwire/chat/validate.hpp>
#include <chatwire/json/model.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/server/completion_service.hpp>

namespace chatwire {

CHATWIRE_DECL result<request> read_completion_request(std::string_view body, json::read_options const& o)
{
    auto r = json::read<request>(body, nullptr, o);
    if (!r)
        return r;
    if (auto const bad = validate(*r); !bad)
        return bad.error();
    return r;
}

CHATWIRE_DECL std::unique_ptr<plan> refuse_with(failure const& f, error_shape shape)
{
    return std::make_unique<immediate_plan>(error_answer(f, shape));
}

CHATWIRE_DECL void completion_service::add_model(model m, completer complete)
{
    auto at = models_.end();
    if (!m.id.ends_with('*'))
        at = models_.begin() + static_cast<std::ptrdiff_t>(names_++);
    models_.insert(at, {std::move(m), std::move(complete)});
}

CHATWIRE_DECL completion_service::entry const* completion_service::find(std::string_view name) const noexcept
{
    if (name.empty() && names_ != 0)
        return &models_.front();
    entry const* best = nullptr;
    for (std::size_t i = 0; i < models_.size(); ++i) {
        std::string_view const id = models_[i].first.id;
        if (i < names_ ? id != name : !name.starts_with(id.substr(0, id.size() - 1)))
            continue;
        if (i < names_)
            return &models_[i];
        if (!best || id.size() > best->first.id.size())
            best = &models_[i];
    }
    return best;
}

CHATWIRE_DECL void completion_service::mount(router& r, std::string base)
{
    auto const guard = [this](server_call const& call) { return keys.check(call); };
    auto const add = [&](std::string const& at) {
        auto const alias_of = [&](char const* path) { return at == base ? std::string() : base + path; };
        r.add({.method = "POST",
               .pattern = at + "/chat/completions",
               .guard = guard,
               .begin = [this](server_call call) { return complete(std::move(call)); },
               .max_body = max_body,
               .alias_of = alias_of("/chat/completions")});
        r.add({.method = "GET",
               .pattern = at + "/models",
               .guard = guard,
               .begin = [this](server_call const&) { return models(); },
               .alias_of = alias_of("/models")});
        r.add({.method = "GET",
               .pattern = at + "/models/{id...}",
               .guard = guard,
               .begin = [this](server_call const& call) { return one_model(call); },
               .alias_of = alias_of("/models/{id...}")});
    };
    r.errors_below(base, error_shape::object);
    add(base);
    if (constexpr std::string_view version = "/v1"; base.ends_with(version))
        add(base.substr(0, base.size() - version.size()));
}

CHATWIRE_DECL std::unique_ptr<plan> completion_service::complete(server_call call) const
{
    auto r = read_completion_request(call.body, reading);
    if (!r)
        return refuse_with(r.error(), call.errors);
    auto const* const found = find(r->model);
    auto const& chosen = found ? found->second : default_;
    if (!chosen)
        return refuse_with(refusal(404, "The model '" + r->model + "' does not exist", "invalid_request_error", "model",
                                   "model_not_found"),
                           call.errors);
    if (r->model.empty() && names_ != 0)
        r->model = found->first.id;
    envelope e;
    e.model = r->model;
    e.stream = r->stream.value_or(false);
    e.include_usage = r->stream_options && r->stream_options->include_usage.value_or(false);
    e.errors = call.errors;
    auto p = chosen(std::move(*r), std::move(call.wake));
    p->set_envelope(std::move(e));
    return p;
}

CHATWIRE_DECL std::unique_ptr<plan> completion_service::models() const
{
    model_list list;
    for (auto const& [m, complete] : models_)
        if (m.id != "*") // which names nothing
            list.data.push_back(m);
    return std::make_unique<immediate_plan>(answer::json(json::to_text(list)));
}

CHATWIRE_DECL std::unique_ptr<plan> completion_service::one_model(server_call const& call) const
{
    for (auto const& [m, complete] : models_)
        if (m.id == call.param("id") && m.id != "*")
            return std::make_unique<immediate_plan>(answer::json(json::to_text(m)));
    return refuse_with(refusal(404, "The model '" + std::string(call.param("id")) + "' does not exist",
                               "invalid_request_error", "model", "model_not_found"),
                       call.errors);
}

} // namespace chatwire
#endif
