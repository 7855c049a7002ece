// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "providers.hpp"

#include <chatwire/http/url.hpp>
#include <chatwire/transport/options.hpp>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <utility>

namespace gateway {
namespace {

using chatwire::chats::ai_provider;
using place = std::pair<std::string, std::uint16_t>;

chatwire::secret secret_of(secret_config const& s, std::string const& path, std::vector<std::string>& faults)
{
    if (s.value.has_value() == s.env.has_value()) {
        faults.push_back(path + ": expected one of value, env");
        return {};
    }
    if (s.value)
        return *s.value;
    if (auto const* const found = std::getenv(s.env->c_str()))
        return std::string(found);
    faults.push_back(path + ".env: there is no environment variable " + *s.env);
    return {};
}

ai_provider provider_of(provider_config const& c, std::string const& path, std::vector<std::string>& faults)
{
    ai_provider p{.id = c.id,
                  .project_id = c.project,
                  .name = c.name,
                  .provider = c.provider,
                  .default_model = c.default_model,
                  .base_url = c.base_url,
                  .config = c.config,
                  .allow_plaintext = c.allow_plaintext,
                  .allow_link_local = c.allow_link_local};
    auto const before = faults.size();
    if (c.secret)
        p.secret = secret_of(*c.secret, path + ".secret", faults);
    bool const no_secret = faults.size() != before;
    auto const set = [](std::chrono::milliseconds& to, std::optional<std::int64_t> const& from) {
        if (from)
            to = std::chrono::milliseconds(*from);
    };
    set(p.connect_timeout, c.connect_timeout_ms);
    set(p.idle_timeout, c.idle_timeout_ms);
    set(p.total_timeout, c.total_timeout_ms);
    for (auto const& fault : chatwire::chats::faults(p))
        if (!(no_secret && fault.starts_with("secret:"))) // was told
            faults.push_back(path + '.' + fault);
    return p;
}

#ifdef CHATWIRE_TLS
// A provider may have a certificate authority of its own: who vouches depends on whom is connected to.
class trust {
public:
    void add(ai_provider const& p, std::string const& ca, std::string const& path, std::vector<std::string>& faults)
    {
        auto const asked = chatwire::chats::resolve(p, "any");
        if (ca.empty() || !asked)
            return;
        auto const origin = chatwire::http::parse_url(asked->client.base_url).value().origin;
        auto made = chatwire::transport::tls_client({.ca = ca});
        if (!made)
            faults.push_back(path + ".ca: " + made.error().message);
        else if (!by_place_.emplace(place{origin.host, origin.port}, *std::move(made)).second)
            faults.push_back(path + ".ca: another provider at the same host and port has one");
    }
    chatwire::transport::securer securer() &&
    {
        return [by_place = std::move(by_place_), others = chatwire::transport::options().secure](
                   std::unique_ptr<chatwire::transport::stream> s, chatwire::io::origin const& to) {
            auto const at = by_place.find({to.host, to.port});
            return (at == by_place.end() ? others : at->second)(std::move(s), to);
        };
    }

private:
    std::map<place, chatwire::transport::securer> by_place_;
};
#else
class trust {
public:
    void add(ai_provider const&, std::string const& ca, std::string const& path, std::vector<std::string>& faults)
    {
        if (!ca.empty())
            faults.push_back(path + ".ca: TLS is not in this build");
    }
    chatwire::transport::securer securer() && { return nullptr; }
};
#endif

} // namespace

ai_provider const* providers::find(std::string_view id) const noexcept
{
    auto const at = std::find_if(all.begin(), all.end(), [id](ai_provider const& p) { return p.id == id; });
    return at == all.end() ? nullptr : &*at;
}

providers providers_from(config const& c, std::vector<std::string>& faults)
{
    providers out;
    trust trusted;
    for (std::size_t i = 0; i < c.providers.size(); ++i) {
        auto const path = "providers[" + std::to_string(i) + ']';
        auto const& from = c.providers[i];
        if (from.id.empty())
            faults.push_back(path + ".id: must not be empty");
        else if (out.find(from.id))
            faults.push_back(path + ".id: stands twice");
        out.all.push_back(provider_of(from, path, faults));
        trusted.add(out.all.back(), from.ca, path, faults);
    }
    out.secure = std::move(trusted).securer();

    auto const check = [&](auto const& answering, std::string const& path) {
        if (answering.responder.has_value() == answering.provider.has_value())
            faults.push_back(path + ": expected one of responder, provider");
        if (answering.provider && !out.find(*answering.provider))
            faults.push_back(path + ".provider: there is no provider '" + *answering.provider + "'");
        if (!answering.model.empty() && !answering.provider)
            faults.push_back(path + ".model: is a provider's");
    };
    for (std::size_t i = 0; i < c.models.size(); ++i)
        check(c.models[i], "models[" + std::to_string(i) + ']');
    for (std::size_t i = 0; i < c.projects.size(); ++i)
        check(c.projects[i].pathway, "projects[" + std::to_string(i) + "].pathway");
    return out;
}

chatwire::completer completer_for(ai_provider const& p, std::string model)
{
    return chatwire::chats::relay_to(p, std::move(model), [id = p.id](chatwire::failure const& f) {
        auto line = "gateway: " + id + ": " + f.what();
        for (auto& byte : line) // somebody else's words must not look like lines of ours
            if (static_cast<unsigned char>(byte) < 0x20)
                byte = ' ';
        std::cerr << line + '\n';
    });
}

} // namespace gateway
