// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_ERROR_OBJECT_HPP
#define CHATWIRE_JSON_ERROR_OBJECT_HPP

#include <chatwire/chat/error_object.hpp>
#include <chatwire/json/codec.hpp>

namespace chatwire::json {

template <>
struct table<error_steer> {
    static constexpr field fields[] = {member<&error_steer::message>("message")};
};

template <>
struct table<error_misalignment> {
    using m = error_misalignment;
    static constexpr field fields[] = {
        member<&m::error_type>("error_type", presence::optional),
        member<&m::detailed_explanation>("detailed_explanation", presence::optional),
        member<&m::review_target>("review_target", presence::optional),
        member<&m::steer>("steer", presence::optional),
    };
};

template <>
struct table<error_object> {
    static constexpr field fields[] = {
        member<&error_object::message>("message"),
        member<&error_object::type>("type"),
        member<&error_object::param>("param", presence::nullable),
        member<&error_object::code>("code", presence::nullable),
        member<&error_object::misalignment>("misalignment", presence::optional),
    };
};

/// Appends `{"error":{...}}`, the body of a refusal of the plain protocol and the last event of a stream that failed.
inline void write_error(std::string& out, error_object const& error)
{
    out += R"({"error":)";
    codec<error_object>::write(out, error);
    out += '}';
}

/// Appends `{"error":"text"}`, the body of a refusal of the other services.
inline void write_error(std::string& out, std::string_view text)
{
    out += R"({"error":)";
    append_string(out, text);
    out += '}';
}

} // namespace chatwire::json
#endif
