// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "parts.hpp"

#include <chatwire/http/url.hpp>
#include <chatwire/json/document_fault.hpp>
#include <chatwire/transport/options.hpp>

#ifdef CHATWIRE_TLS
#include <chatwire/crypto/seal.hpp>
#endif

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

namespace gateway {
namespace {

using chatwire::errc;
using chatwire::failure;
using chatwire::result;
using chatwire::chats::policy;
using chatwire::chats::principal;
using chatwire::json::document_fault;

std::optional<std::string> read_file(std::string const& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return std::nullopt;
    return std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

result<std::string> from_environment(std::string const& name)
{
    char const* const value = std::getenv(name.c_str());
    if (!value || !*value)
        return failure(errc::invalid_argument, "the environment variable " + name + " is not set");
    return std::string(value);
}

#ifdef CHATWIRE_TLS
result<chatwire::crypto::sealing_key> sealing_key(config const& c)
{
    if (!c.sealing_key)
        return failure(errc::invalid_argument, "the config has no sealing_key");
    auto text = c.sealing_key->env ? from_environment(*c.sealing_key->env) : result<std::string>("");
    if (c.sealing_key->file) {
        auto read = read_file(*c.sealing_key->file);
        if (!read)
            return failure(errc::invalid_argument, "the file of sealing_key cannot be read");
        text = *std::move(read);
    }
    if (!text)
        return text.error();
    text->erase(text->find_last_not_of(" \t\r\n") + 1);
    return chatwire::crypto::parse_sealing_key(*text);
}
#endif

// What a secret is sealed for: one that is moved to another provider does not open.
std::string sealed_for(std::string const& provider_id) { return "provider:" + provider_id; }

result<chatwire::secret> open(secret_config const& c, [[maybe_unused]] config const& all,
                              [[maybe_unused]] std::string const& provider_id)
{
    if (c.value)
        return chatwire::secret(*c.value);
    if (c.env) {
        auto value = from_environment(*c.env);
        return value ? result<chatwire::secret>(chatwire::secret(*std::move(value))) : value.error();
    }
#ifdef CHATWIRE_TLS
    auto const key = sealing_key(all);
    if (!key)
        return key.error();
    auto opened = chatwire::crypto::open_sealed(*key, *c.sealed, sealed_for(provider_id));
    return opened ? result<chatwire::secret>(chatwire::secret(*std::move(opened))) : opened.error();
#else
    return failure(errc::unsupported, "sealed secrets need OpenSSL, which is not in this build");
#endif
}

#ifdef CHATWIRE_TLS
// A provider may have a certificate authority of its own: who vouches depends on whom is connected to.
class trust {
public:
    // Every provider is added, also one that has none: of those at one place, all have the same.
    result<void> add(chatwire::chats::ai_provider const& p, std::optional<std::string> const& ca)
    {
        auto const asked = chatwire::chats::resolve(p, "any");
        auto const url = asked ? chatwire::http::parse_url(asked->client.base_url) : asked.error();
        if (!url)
            return {}; // is told elsewhere
        std::pair const place(url->origin.host, url->origin.port);
        auto const [at, added] = ca_of_.try_emplace(place, ca);
        if (at->second != ca)
            return failure(errc::invalid_argument, "another provider at the same host and port has another, or none");
        if (!ca || !added)
            return {};
        auto made = chatwire::transport::tls_client({.ca = *ca});
        if (!made)
            return made.error();
        by_place_.emplace(place, *std::move(made));
        return {};
    }

    chatwire::transport::securer securer() const
    {
        return [by_place = by_place_, others = chatwire::transport::tls_client_of_the_system()](
                   std::unique_ptr<chatwire::transport::stream> s, chatwire::io::origin const& to) {
            auto const at = by_place.find({to.host, to.port});
            return (at == by_place.end() ? others : at->second)(std::move(s), to);
        };
    }

private:
    std::map<std::pair<std::string, std::uint16_t>, std::optional<std::string>> ca_of_;
    std::map<std::pair<std::string, std::uint16_t>, chatwire::transport::securer> by_place_;
};
#else
class trust {
public:
    result<void> add(chatwire::chats::ai_provider const&, std::optional<std::string> const& ca)
    {
        return ca ? result<void>(failure(errc::unsupported, "TLS is not in this build")) : result<void>();
    }
    chatwire::transport::securer securer() const { return nullptr; }
};
#endif

std::vector<policy> to_policies(std::vector<chatwire::raw_json> const& all)
{
    std::vector<policy> out;
    for (auto const& p : all)
        if (auto read = policy::parse(p.text())) // what is wrong with others is told elsewhere
            out.push_back(*std::move(read));
    return out;
}

} // namespace

chatwire::chats::ai_provider to_provider(provider_config const& c, chatwire::secret secret)
{
    chatwire::chats::ai_provider p;
    p.id = c.id;
    p.project_id = c.project.value_or("");
    p.name = c.name.value_or(c.id);
    p.provider = c.provider.value_or("custom");
    p.default_model = c.default_model.value_or("");
    p.base_url = c.base_url.value_or("");
    p.config = c.config.value_or(p.config);
    p.secret = std::move(secret);
    p.allow_plaintext = c.allow_plaintext.value_or(false);
    p.allow_link_local = c.allow_link_local.value_or(false);
    auto const set = [](std::chrono::milliseconds& to, std::optional<std::int64_t> const& from) {
        if (from)
            to = std::chrono::milliseconds(*from);
    };
    set(p.connect_timeout, c.connect_timeout_ms);
    set(p.idle_timeout, c.idle_timeout_ms);
    set(p.data_timeout, c.data_timeout_ms);
    set(p.total_timeout, c.total_timeout_ms);
    return p;
}

#ifdef CHATWIRE_TLS
result<std::string> seal_secret(config const& c, std::string const& provider_id, std::string_view secret)
{
    auto const key = sealing_key(c);
    if (!key)
        return key.error();
    return chatwire::crypto::seal(*key, secret, sealed_for(provider_id));
}
#endif

parts to_parts(config const& c, std::vector<document_fault>& faults)
{
    parts out;
    trust trusts;
    for (std::size_t i = 0; i < c.providers.size(); ++i) {
        auto const& p = c.providers[i];
        bool const one_form = p.secret && (p.secret->value || p.secret->env || p.secret->sealed);
        auto secret = one_form ? open(*p.secret, c, p.id) : chatwire::secret();
        if (!secret)
            faults.push_back({"providers[" + std::to_string(i) + "].secret", secret.error().message});
        out.providers.push_back(to_provider(p, secret ? *secret : chatwire::secret("unknown")));
        if (one_form && secret && p.provider) // whether there is one was checked before, and now what it is
            for (auto const& f : chatwire::chats::faults(out.providers.back()))
                if (f.starts_with("secret: "))
                    faults.push_back({"providers[" + std::to_string(i) + "].secret", f.substr(8)});
        if (auto const trusted = p.provider ? trusts.add(out.providers.back(), p.ca) : result<void>(); !trusted)
            faults.push_back({"providers[" + std::to_string(i) + "].ca", trusted.error().message});
    }
    out.secure_upstream = trusts.securer();
    for (std::size_t i = 0; i < c.documents.size(); ++i) {
        auto const& d = c.documents[i];
        auto text = d.file ? read_file(*d.file) : d.content;
        if (!text && d.file)
            faults.push_back({"documents[" + std::to_string(i) + "].file", "cannot be read"});
        out.documents.push_back({d.id, d.project, text.value_or("")});
    }
    std::map<std::string, std::shared_ptr<principal const>> users;
    for (auto const& u : c.users)
        users[u.id] = std::make_shared<principal const>(
            principal{.what = u.role == "admin" ? principal::kind::admin : principal::kind::user,
                      .id = u.id,
                      .policies = to_policies(u.policies)});
    for (auto const& k : c.api_keys) {
        auto who = users[k.user];
        if (k.project) {
            principal own{.what = principal::kind::key, .id = k.id.value_or(""), .project = *k.project, .owner = who};
            if (k.policies)
                own.policies = to_policies(*k.policies);
            who = std::make_shared<principal const>(std::move(own));
        }
        out.keys.emplace_back(k.key, std::move(who));
    }
    return out;
}

} // namespace gateway
