// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CHATS_AI_PROVIDER_IPP
#define CHATWIRE_IMPL_CHATS_AI_PROVIDER_IPP

#include <chatwire/chats/ai_provider.hpp>
#include <chatwire/http/grammar.hpp>
#include <chatwire/http/loopback.hpp>
#include <chatwire/http/target.hpp>
#include <chatwire/http/url.hpp>

#include <algorithm>
#include <cstddef>

namespace chatwire::chats {
namespace detail {

// What is peculiar to a kind of provider; in the order of provider_slug.
struct provider_row {
    std::string_view base_url; // {resource_name} and {region} are the config's
    bool needs_key = true;
    std::string_view path = "/chat/completions"; // {model} is the one asked for, {api_version} the config's
    bool api_key_header = false;                 // in place of a bearer's
};

inline constexpr provider_row provider_rows[] = {
    {.base_url = "https://api.openai.com/v1"},
    {.base_url = "https://api.anthropic.com/v1"},
    {.base_url = "https://generativelanguage.googleapis.com/v1beta/openai"},
    {.base_url = "https://api.x.ai/v1"},
    {.base_url = "https://api.groq.com/openai/v1"},
    {.base_url = "http://localhost:11434", .needs_key = false, .path = "/v1/chat/completions"},
    {.base_url = "https://{resource_name}.openai.azure.com/openai",
     .path = "/deployments/{model}/chat/completions?api-version={api_version}",
     .api_key_header = true},
    {.base_url = "https://bedrock-runtime.{region}.amazonaws.com/openai/v1"},
    {.base_url = {}, .needs_key = false},
    {.base_url = {}, .needs_key = false},
};
static_assert(std::size(provider_rows) == std::size(provider_slug_names));

inline provider_row const& row_of(provider_slug s) noexcept { return provider_rows[static_cast<std::size_t>(s)]; }

// Puts a value in place of its `{name}`.
inline std::string fill_in(std::string text, std::string_view name, std::string_view value)
{
    auto const placeholder = '{' + std::string(name) + '}';
    if (auto const at = text.find(placeholder); at != text.npos)
        text.replace(at, placeholder.size(), value);
    return text;
}

// What may be a part of a host name or of a path without being encoded, and is not `.` or `..`.
inline bool is_plain_part(std::string_view text) noexcept
{
    auto const plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
               c == '-';
    };
    return !text.empty() && std::all_of(text.begin(), text.end(), plain) && text.front() != '.' && text.back() != '.' &&
           text.find("..") == text.npos;
}

inline bool is_dots(std::string_view segment) noexcept { return segment == "." || segment == ".."; }

inline std::string base_url_of(ai_provider const& p, provider_row const& row)
{
    if (!p.base_url.empty())
        return p.base_url;
    return fill_in(fill_in(std::string(row.base_url), "resource_name", p.config.resource_name), "region",
                   p.config.region);
}

} // namespace detail

CHATWIRE_DECL std::vector<std::string> faults(ai_provider const& p)
{
    std::vector<std::string> out;
    if (!p.provider.known()) {
        std::string list;
        for (auto const name : detail::provider_slug_names)
            list += (list.empty() ? "" : ", ") + std::string(name);
        out.push_back("provider: expected one of " + list);
        return out; // what else it needs is not known
    }
    auto const& row = detail::row_of(p.provider.value_or(provider_slug::custom));
    auto const needs = [&](std::string_view name, std::string_view value) {
        bool const used = (p.base_url.empty() && row.base_url.find(name) != row.base_url.npos) ||
                          row.path.find(name) != row.path.npos;
        if (used && !detail::is_plain_part(value))
            out.push_back("config." + std::string(name) +
                          (value.empty() ? ": is required" : ": expected letters, digits, '.', '_' and '-' only"));
        return !used || detail::is_plain_part(value);
    };
    bool whole = needs("resource_name", p.config.resource_name);
    whole = needs("region", p.config.region) && whole;
    needs("api_version", p.config.api_version);
    if (auto const base = detail::base_url_of(p, row); base.empty()) {
        out.push_back("base_url: is required");
    } else if (whole) {
        auto const url = http::parse_url(base);
        if (!url)
            out.push_back("base_url: " + url.error().message);
        else if (!url->origin.secure() && !http::is_loopback(url->origin.host) && !p.allow_plaintext)
            out.push_back(
                "base_url: http:// leads to another machine in the clear, which allow_plaintext does not allow");
    }
    if (row.needs_key && p.secret.empty())
        out.push_back("secret: is required");
    if (!http::valid_field_value(p.secret.reveal()))
        out.push_back("secret: has characters that no header can have");
    if (detail::is_dots(p.default_model) && row.path.find("{model}") != row.path.npos)
        out.push_back("default_model: cannot be part of an address");
    for (auto const& [name, d] : {std::pair{"connect_timeout", p.connect_timeout},
                                  {"idle_timeout", p.idle_timeout},
                                  {"data_timeout", p.data_timeout},
                                  {"total_timeout", p.total_timeout}})
        if (d.count() < 0)
            out.push_back(std::string(name) + ": must not be negative");
    return out;
}

CHATWIRE_DECL result<upstream> resolve(ai_provider const& p, std::string_view model)
{
    if (auto const wrong = faults(p); !wrong.empty()) {
        std::string list;
        for (auto const& fault : wrong)
            list += (list.empty() ? "" : "\n") + fault;
        return failure(errc::invalid_argument, list);
    }
    auto const& row = detail::row_of(p.provider.value_or(provider_slug::custom));
    if (model.empty())
        model = p.default_model;
    if (row.path.find("{model}") != row.path.npos && (model.empty() || detail::is_dots(model))) {
        failure f(errc::invalid_argument, model.empty() ? "model is required" : "model cannot be part of an address");
        f.status = 400;
        f.param = "model";
        return f;
    }
    upstream u{.client = {.base_url = detail::base_url_of(p, row),
                          .credentials_in_the_clear = p.allow_plaintext,
                          .connect_timeout = p.connect_timeout,
                          .idle_timeout = p.idle_timeout,
                          .data_timeout = p.data_timeout,
                          .total_timeout = p.total_timeout},
               .path = detail::fill_in(detail::fill_in(std::string(row.path), "model", http::encode_segment(model)),
                                       "api_version", p.config.api_version),
               .model = std::string(model),
               .allow_link_local = p.allow_link_local};
    if (!row.api_key_header)
        u.client.api_key = p.secret;
    else if (!p.secret.empty())
        u.client.headers.push_back({"api-key", std::string(p.secret.reveal())});
    return u;
}

} // namespace chatwire::chats
#endif
