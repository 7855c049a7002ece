// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CLIENT_WRITER_IPP
#define CHATWIRE_IMPL_CLIENT_WRITER_IPP

#include <chatwire/client/writer.hpp>
#include <chatwire/http/grammar.hpp>
#include <chatwire/http/head.hpp>
#include <chatwire/http/target.hpp>
#include <chatwire/http/writer.hpp>

#include <array>
#include <utility>

namespace chatwire {
namespace detail {

// What frames the message, or would change what the peer answers with, is not the caller's to set.
inline bool reserved_header(std::string_view name) noexcept
{
    constexpr std::array<std::string_view, 5> names{"Content-Length", "Transfer-Encoding", "Accept-Encoding", "Expect",
                                                    "Upgrade"};
    for (auto const n : names)
        if (http::iequals(n, name))
            return true;
    return false;
}

} // namespace detail

CHATWIRE_DECL std::string call_target(http::url const& base, std::string_view path)
{
    auto const rooted = http::join({}, path); // whatever it looks like, it is a path
    auto const below = http::split_target(rooted);
    auto target = http::join(base.path, below.path);
    char separator = '?';
    for (auto const query : {std::string_view(base.query), below.query}) {
        if (query.empty())
            continue;
        target += separator;
        target += query;
        separator = '&';
    }
    return target;
}

CHATWIRE_DECL result<void> write_call(std::string& out, client_options const& options, http::url const& base,
                                      client_call const& call, client_route const& way)
{
    http::request_head head{.method = call.method, .target = call_target(base, call.path)};
    if (way.forward())
        head.target.insert(0, base.origin.to_string());
    error_code error;
    std::string_view culprit;
    auto const set = [&](std::string_view name, std::string_view value) {
        if (!error && (error = head.fields.set(name, value)))
            culprit = name;
    };
    set("Host", base.origin.authority());
    if (!options.user_agent.empty())
        set("User-Agent", options.user_agent);
    set("Accept", call.expects == client_call::answer::stream ? "text/event-stream" : "application/json");
    set("Accept-Encoding", "identity"); // a proxy that compresses a stream holds it back
    if (!options.api_key.empty())
        set("Authorization", std::string("Bearer ").append(options.api_key.reveal()));
    if (way.forward() && !way.proxy_authorization.empty())
        set("Proxy-Authorization", way.proxy_authorization.reveal());
    if (!call.body.empty())
        set("Content-Type", "application/json");
    if (!call.body.empty() || (call.method != "GET" && call.method != "HEAD"))
        set("Content-Length", std::to_string(call.body.size()));
    if (!call.idempotency_key.empty())
        set("Idempotency-Key", call.idempotency_key);
    for (auto const& f : options.headers) {
        if (detail::reserved_header(f.name))
            return failure(errc::invalid_header, "the header " + f.name + " is set by the library");
        set(f.name, f.value);
    }
    if (error)
        return failure(error, "a value or name that HTTP forbids, in the header '" + std::string(culprit) + "'");
    if ((error = http::write_head(out, head))) {
        bool const header = error == make_error_code(errc::invalid_header);
        return failure(error,
                       header ? "a header that HTTP forbids" : "cannot be sent: " + call.method + ' ' + head.target);
    }
    out += call.body;
    return {};
}

} // namespace chatwire
#endif
