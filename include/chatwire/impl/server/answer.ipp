// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_ANSWER_IPP
#define CHATWIRE_IMPL_SERVER_ANSWER_IPP

#include <chatwire/http/status.hpp>
#include <chatwire/json/append.hpp>
#include <chatwire/server/answer.hpp>

#include <chrono>

namespace chatwire {
namespace detail {

inline std::string_view error_type_for(int status) noexcept
{
    switch (status) {
    case 401: return "authentication_error";
    case 403: return "permission_error";
    case 404: return "not_found_error";
    case 429: return "rate_limit_error";
    default: return status >= 500 ? "server_error" : "invalid_request_error";
    }
}

inline void append_member(std::string& out, std::string_view name, std::string_view value)
{
    out += ",\"";
    out += name;
    out += "\":";
    if (value.empty())
        out += "null";
    else
        json::append_string(out, value);
}

} // namespace detail

CHATWIRE_DECL int status_of(failure const& f) noexcept
{
    if (f.status)
        return f.status;
    switch (condition_of(f)) {
    case condition::peer_violation:
    case condition::limit: return http::status_for(f.code);
    case condition::timeout: return f.code == errc::idle_timeout ? 408 : 504;
    default: return 500;
    }
}

CHATWIRE_DECL std::string error_json(failure const& f, error_shape shape)
{
    int const status = status_of(f);
    std::string_view message = f.message;
    if (!f.status && status == 500)
        message = "Internal server error"; // the reason is the operator's
    std::string const fallback = message.empty() ? f.code.message() : std::string();
    if (message.empty())
        message = fallback;

    std::string out;
    if (shape == error_shape::text) {
        out = "{\"error\":";
        json::append_string(out, message);
        out += '}';
        return out;
    }
    if (shape == error_shape::rpc) {
        out = status < 500 ? R"({"jsonrpc":"2.0","error":{"code":-32600,"message":)"  // what was sent is no request
                           : R"({"jsonrpc":"2.0","error":{"code":-32603,"message":)"; // it is our fault
        json::append_string(out, message);
        out += "}}";
        return out;
    }
    out = "{\"error\":{\"message\":";
    json::append_string(out, message);
    detail::append_member(out, "type", f.type.empty() ? detail::error_type_for(status) : std::string_view(f.type));
    detail::append_member(out, "param", f.param);
    detail::append_member(out, "code", f.api_code);
    out += "}}";
    return out;
}

CHATWIRE_DECL answer error_answer(failure const& f, error_shape shape)
{
    auto a = answer::json(error_json(f, shape), status_of(f));
    if (f.retry_after) {
        auto const seconds = std::chrono::ceil<std::chrono::seconds>(*f.retry_after).count();
        (void)a.fields.set("Retry-After", std::to_string(seconds)); // digits are always a valid value
    }
    if (a.status == 401)
        (void)a.fields.set("WWW-Authenticate", "Bearer");
    return a;
}

CHATWIRE_DECL failure failure_of(std::exception_ptr const& thrown)
{
    try {
        std::rethrow_exception(thrown);
    } catch (exception const& e) {
        return e.error();
    } catch (...) {
        return errc::unexpected_exception;
    }
}

} // namespace chatwire
#endif
