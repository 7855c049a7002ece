// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_ANSWER_HPP
#define CHATWIRE_SERVER_ANSWER_HPP

#include <chatwire/error.hpp>
#include <chatwire/http/fields.hpp>

#include <exception>
#include <string>
#include <utility>

namespace chatwire {

/// A whole HTTP answer, as the server's side gives it; framing is the connection's.
struct answer {
    int status = 200;
    std::string body{};
    std::string content_type = "application/json";
    http::fields fields{}; ///< further ones

    static answer json(std::string body, int status = 200) { return {.status = status, .body = std::move(body)}; }
};

/// How a surface says that it failed.
enum class error_shape : unsigned char {
    object, ///< OpenAI's `{"error":{"message","type","param","code"}}`
    text,   ///< `{"error":"..."}`
    rpc,    ///< JSON-RPC's `{"jsonrpc":"2.0","error":{"code","message"}}`, about no request in particular
};

/// The status a failure is answered with: its own, or the one that fits its code; 500 for what is not the caller's
/// fault.
CHATWIRE_DECL int status_of(failure const& f) noexcept;

/// The JSON of an error, in the shape of a surface.
///
/// Of failures that the caller cannot have caused and that name no status, only "Internal server error" is told.
CHATWIRE_DECL std::string error_json(failure const& f, error_shape shape);

/// The whole answer, with `Retry-After` where the failure has one.
CHATWIRE_DECL answer error_answer(failure const& f, error_shape shape);

/// What an exception that left the code of a service amounts to: what a `chatwire::exception` carries, else
/// `errc::unexpected_exception`.
CHATWIRE_DECL failure failure_of(std::exception_ptr const& thrown);

/// A refusal: what a service returns when it says no.
inline failure refusal(int status, std::string message, std::string type = "invalid_request_error",
                       std::string param = {}, std::string code = {})
{
    failure f(errc::refused, std::move(message));
    f.status = status;
    f.type = std::move(type);
    f.param = std::move(param);
    f.api_code = std::move(code);
    return f;
}

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/answer.ipp>
#endif
#endif
