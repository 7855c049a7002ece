// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_TARGET_HPP
#define CHATWIRE_HTTP_TARGET_HPP

#include <chatwire/error.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace chatwire::http {

/// The parts of a request target, as views of it, still percent-encoded.
struct target_view {
    std::string_view path{};  ///< without scheme and host, if there were any
    std::string_view query{}; ///< without its `?`

    friend bool operator==(target_view const&, target_view const&) = default;
};

/// Splits `/path?query` or `http://host/path?query`. Other targets (`*`, `host:port`) are all path.
CHATWIRE_DECL target_view split_target(std::string_view target) noexcept;

/// Percent-encodes everything but letters, digits and `-._~`: fit for one segment of a path, and for a query's names
/// and values. Of `.` and `..`, which mean something in a path, the dots are encoded, too.
CHATWIRE_DECL std::string encode_segment(std::string_view text);

/// Undoes percent-encoding.
/// @return errc::bad_target for a `%` without two hexadecimal digits, and for an encoded NUL
CHATWIRE_DECL result<std::string> decode_segment(std::string_view text);

/// The decoded value of the first parameter of that name in a query, in which `+` is a space; an empty text when it has
/// no value; nullopt when it is not there or not well encoded.
CHATWIRE_DECL std::optional<std::string> find_query(std::string_view query, std::string_view name);

} // namespace chatwire::http

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/http/target.ipp>
#endif
#endif
