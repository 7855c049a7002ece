// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_ERROR_READER_HPP
#define CHATWIRE_JSON_ERROR_READER_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/chat/raw_members.hpp>
#include <chatwire/error.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace chatwire::json {

/// How many bytes of a body that is no JSON, or of JSON in an unknown shape, an error's message keeps.
inline constexpr std::size_t max_error_text = 1024;

/// A text as part of a failure: at most @ref max_error_text bytes, without white space around them, as UTF-8.
CHATWIRE_DECL std::string error_text(std::string_view text);

/// Whether the value of a member `error` means that there is one: many services send `"error": null`, `false`, `""` or
/// an empty object with every answer.
CHATWIRE_DECL bool is_error_value(raw_json const& value) noexcept;

/// Whether the members of an object that has no `choices` are those of an error, in any of the shapes that
/// @ref read_error knows.
CHATWIRE_DECL bool is_error_object(raw_members const& members) noexcept;

/// Whether a text is a JSON object or array that says that something failed.
CHATWIRE_DECL bool is_error_body(std::string_view body);

/// What a service said when it refused.
///
/// Knows an `error` that is an object or a string, the flat object, the array around any of these, `detail` as a string
/// or as a list of faults, problem details (RFC 9457), and takes any other text for the message, cut to
/// @ref max_error_text. A number of 400 to 599 among the members becomes the status if none is given.
///
/// @param code errc::refused or errc::error_event
/// @param status the answer's HTTP status; 0: none
CHATWIRE_DECL failure read_error(std::string_view body, errc code = errc::refused, int status = 0);

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/json/error_reader.ipp>
#endif
#endif
