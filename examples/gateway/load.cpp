// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "load.hpp"

#include <chatwire/chats/policy.hpp>
#include <chatwire/http/grammar.hpp>
#include <chatwire/json/check.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/value.hpp>
#include <chatwire/server/api_key.hpp>
#include <chatwire/server/origin_rules.hpp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace gateway {
namespace {

using chatwire::json::document_fault;

// What the tables cannot say: names that refer to nothing, numbers out of range, members that exclude each other.
class checker {
public:
    checker(config const& c, std::vector<document_fault>& faults) : c_(&c), faults_(&faults) {}

    void check()
    {
        if (auto const port = c_->listen.port.value_or(0); port < 0 || port > 65535)
            fault("listen.port", "expected 0 to 65535");
        if (c_->health_path && !c_->health_path->empty() && !c_->health_path->starts_with('/'))
            fault("health_path", "expected a path");
        for (std::size_t i = 0; i < c_->allowed_origins.size(); ++i)
            if (!chatwire::origin_rules::valid_origin(c_->allowed_origins[i]))
                fault(at("allowed_origins", i), "expected scheme://host or scheme://host:port, in lower case");
        for (std::size_t i = 0; i < c_->allowed_hosts.size(); ++i)
            if (!chatwire::http::valid_host(c_->allowed_hosts[i]))
                fault(at("allowed_hosts", i), "expected the name of a host, without a port");
        if (c_->sealing_key)
            exactly_one("sealing_key",
                        {{"env", c_->sealing_key->env.has_value()}, {"file", c_->sealing_key->file.has_value()}});
        numbers();
        keys("keys", c_->keys);
        for (std::size_t i = 0; i < c_->projects.size(); ++i)
            keys(at("projects", i) + ".keys", c_->projects[i].keys);
        unique("models", c_->models);
        unique("projects", c_->projects);
        unique("users", c_->users);
        unique("providers", c_->providers);
        unique("documents", c_->documents);
        for (std::size_t i = 0; i < c_->models.size(); ++i)
            answerer(at("models", i), c_->models[i]);
        for (std::size_t i = 0; i < c_->projects.size(); ++i)
            if (auto const& way = c_->projects[i].pathway) {
                answerer(at("projects", i) + ".pathway", *way);
                needs_model(at("projects", i) + ".pathway.model", *way);
            }
        for (std::size_t i = 0; i < c_->users.size(); ++i)
            user(at("users", i), c_->users[i]);
        for (std::size_t i = 0; i < c_->api_keys.size(); ++i)
            key(i);
        for (std::size_t i = 0; i < c_->providers.size(); ++i)
            provider(at("providers", i), c_->providers[i]);
        for (std::size_t i = 0; i < c_->documents.size(); ++i) {
            auto const& d = c_->documents[i];
            auto const path = at("documents", i);
            known(path + ".project", d.project, c_->projects, "project");
            exactly_one(path, {{"content", d.content.has_value()}, {"file", d.file.has_value()}});
        }
    }

private:
    void fault(std::string path, std::string what) { faults_->push_back({std::move(path), std::move(what)}); }

    static std::string at(std::string_view list, std::size_t i)
    {
        return std::string(list) + '[' + std::to_string(i) + ']';
    }

    void keys(std::string const& list, std::vector<std::string> const& all)
    {
        for (std::size_t i = 0; i < all.size(); ++i)
            key_text(at(list, i), all[i]);
    }

    // An empty key is what somebody shows who shows none; a hash that is none would be a key that nobody has.
    void key_text(std::string const& path, std::string const& text)
    {
        using chatwire::api_key;
        bool const hashed = text.size() >= 7 && chatwire::http::iequals(std::string_view(text).substr(0, 7), "sha256:");
        if (api_key(text) == api_key(""))
            fault(path, "must not be empty");
        else if (hashed && api_key(text) == api_key::shown(text))
            fault(path, "expected a key, or sha256: and 64 hexadecimal digits");
    }

    void numbers()
    {
        auto const& l = c_->limits;
        auto const& once = c_->idempotency;
        for (auto const& [name, n] : std::vector<std::pair<std::string, std::optional<std::int64_t>>>{
                 {"limits.max_connections", l.max_connections},
                 {"limits.max_body_bytes", l.max_body_bytes},
                 {"limits.heartbeat_ms", l.heartbeat_ms},
                 {"limits.keep_alive_ms", l.keep_alive_ms},
                 {"limits.head_timeout_ms", l.head_timeout_ms},
                 {"limits.body_timeout_ms", l.body_timeout_ms},
                 {"limits.receive_timeout_ms", l.receive_timeout_ms},
                 {"limits.request_timeout_ms", l.request_timeout_ms},
                 {"limits.write_timeout_ms", l.write_timeout_ms},
                 {"limits.drain_delay_ms", l.drain_delay_ms},
                 {"limits.drain_ms", l.drain_ms},
                 {"idempotency.max_answers", once.max_answers},
                 {"idempotency.max_bytes", once.max_bytes},
                 {"idempotency.max_answer_bytes", once.max_answer_bytes},
                 {"idempotency.max_age_ms", once.max_age_ms},
                 {"idempotency.max_waiting", once.max_waiting}})
            if (n.value_or(0) < 0)
                fault(name, "must not be negative");
    }

    template <class T>
    void unique(std::string_view list, std::vector<T> const& all)
    {
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto const before = all.begin() + static_cast<std::ptrdiff_t>(i);
            if (all[i].id.empty())
                fault(at(list, i) + ".id", "must not be empty");
            else if (std::any_of(all.begin(), before, [&](T const& x) { return x.id == all[i].id; }))
                fault(at(list, i) + ".id", "stands twice");
        }
    }

    template <class T>
    void known(std::string path, std::string const& id, std::vector<T> const& all, std::string const& kind)
    {
        if (std::none_of(all.begin(), all.end(), [&](T const& x) { return x.id == id; }))
            fault(std::move(path), "there is no such " + kind);
    }

    void exactly_one(std::string const& path, std::vector<std::pair<std::string, bool>> const& members)
    {
        std::string names;
        for (auto const& [name, there] : members)
            names += (names.empty() ? "" : ", ") + name;
        if (std::count_if(members.begin(), members.end(), [](auto const& m) { return m.second; }) != 1)
            fault(path, "expected exactly one of " + names);
    }

    template <class T>
    void answerer(std::string const& path, T const& m)
    {
        exactly_one(path, {{"responder", m.responder.has_value()}, {"provider", m.provider.has_value()}});
        if (m.provider)
            known(path + ".provider", *m.provider, c_->providers, "provider");
        else if (m.model)
            fault(path + ".model", "belongs to a provider");
    }

    // Callers of a pathway do not choose the model.
    void needs_model(std::string path, pathway_config const& way)
    {
        for (auto const& p : c_->providers)
            if (way.provider == p.id && !way.model && !p.default_model && !p.responder)
                fault(std::move(path), "is needed where the provider has no default_model");
    }

    void policies(std::string const& path, std::vector<chatwire::raw_json> const& all)
    {
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto const p = chatwire::chats::policy::parse(all[i].text());
            if (p)
                continue;
            auto const why = p.error();
            std::string_view lines = why.message;
            while (!lines.empty()) {
                auto const line = lines.substr(0, lines.find('\n'));
                lines.remove_prefix(std::min(line.size() + 1, lines.size()));
                auto const colon = std::min(line.find(": "), line.size());
                auto const inner = line.substr(0, colon);
                fault(at(path, i) + (inner == "policy" ? "" : '.' + std::string(inner)),
                      std::string(line.substr(std::min(colon + 2, line.size()))));
            }
        }
    }

    void user(std::string const& path, user_config const& u)
    {
        if (u.role && u.role != "admin" && u.role != "user")
            fault(path + ".role", "expected admin or user");
        policies(path + ".policies", u.policies);
    }

    void key(std::size_t i)
    {
        auto const& k = c_->api_keys[i];
        auto const path = at("api_keys", i);
        key_text(path + ".key", k.key);
        for (std::size_t j = 0; j < i; ++j)
            if (chatwire::api_key(c_->api_keys[j].key) == chatwire::api_key(k.key))
                fault(path + ".key", "stands twice");
        known(path + ".user", k.user, c_->users, "user");
        if (k.project)
            known(path + ".project", *k.project, c_->projects, "project");
        else if (k.policies)
            fault(path + ".policies", "belong to a project's key");
        if (k.policies)
            policies(path + ".policies", *k.policies);
    }

    void provider(std::string const& path, provider_config const& p)
    {
        if (p.project)
            known(path + ".project", *p.project, c_->projects, "project");
        exactly_one(path, {{"provider", p.provider.has_value()}, {"responder", p.responder.has_value()}});
        if (p.project && p.default_model.value_or("").empty())
            fault(path + ".default_model", "is needed where there is a project");
        if (p.secret)
            exactly_one(path + ".secret", {{"value", p.secret->value.has_value()},
                                           {"env", p.secret->env.has_value()},
                                           {"sealed", p.secret->sealed.has_value()}});
        if (!p.provider)
            return;
        // a secret is only known when it is used: whether there is one is what counts here
        auto made = to_provider(p, p.secret ? "a secret" : "");
        for (auto const& f : chatwire::chats::faults(made)) {
            auto const colon = f.find(": ");
            fault(path + '.' + f.substr(0, colon), f.substr(colon + 2));
        }
    }

    config const* c_;
    std::vector<document_fault>* faults_;
};

// Takes out of a document what has faults, so that the rest of it can be read.
void prune(boost::json::value& document, std::vector<document_fault> const& faults)
{
    for (auto const& f : faults) {
        // `a[0].b[1]` is, as a JSON pointer, `/a/0/b/1`: the member `b` of `/a/0` goes
        std::string pointer = "/";
        for (char const c : f.path)
            if (c != ']')
                pointer += c == '.' || c == '[' ? '/' : c;
        while (pointer.find_last_not_of("0123456789") == pointer.rfind('/') && pointer.size() > 1)
            pointer.erase(pointer.rfind('/'));
        auto const slash = pointer.rfind('/');
        boost::json::error_code missing;
        auto* const parent = document.find_pointer(pointer.substr(0, slash), missing);
        if (parent && parent->is_object())
            parent->get_object().erase(pointer.substr(slash + 1));
    }
}

} // namespace

chatwire::result<loaded> load(std::string_view text)
{
    using chatwire::errc;
    using chatwire::failure;
    auto faults = chatwire::json::check<config>(text);
    if (!faults)
        return faults.error();
    auto options = chatwire::json::read_options();
    std::string rest(text);
    if (!faults->empty()) { // what can be read in spite of them may have faults of the other kinds
        options = options.for_answers();
        auto document = chatwire::json::to_value(chatwire::raw_json::trusted(rest));
        if (!document) { // a number that no double can hold
            faults->push_back({{}, document.error().message});
            return failure(errc::bad_value, chatwire::json::to_text(*faults, "config"));
        }
        prune(*document, *faults);
        rest = chatwire::json::to_raw(*document).text();
    }
    auto c = chatwire::json::read<config>(rest, nullptr, options);
    if (!c && faults->empty())
        return c.error();
    loaded out;
    if (c) {
        checker(*c, *faults).check();
        out.parts = to_parts(*c, *faults);
        out.settings = *std::move(c);
    }
    if (!faults->empty())
        return failure(errc::bad_value, chatwire::json::to_text(*faults, "the file"));
    return out;
}

} // namespace gateway
