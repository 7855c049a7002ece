// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_WRITER_HPP
#define CHATWIRE_HTTP_WRITER_HPP

#include <chatwire/error.hpp>
#include <chatwire/http/head.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace chatwire::http {

/// Appends a head, with the empty line that ends it.
///
/// Whatever is appended, @ref head_check accepts: the fields that frame the body, and Host, have to be right. Nothing
/// is added that is not in the head.
///
/// @return errc::invalid_argument for a method, target, status, reason or version that cannot be, errc::invalid_header
/// for fields that cannot; then nothing is appended
CHATWIRE_DECL error_code write_head(std::string& out, request_head const& head);
CHATWIRE_DECL error_code write_head(std::string& out, response_head const& head);

/// Appends one chunk of a chunked body. Of no data nothing is written, since that would end the body.
CHATWIRE_DECL void write_chunk(std::string& out, std::string_view data);

/// What stands before a chunk's data, for gathered writes: prefix, data, @ref chunk_suffix. Allocates nothing below
/// 2^48.
CHATWIRE_DECL std::string chunk_prefix(std::uint64_t size);

/// What stands after a chunk's data.
inline constexpr std::string_view chunk_suffix = "\r\n";

/// What ends a chunked body without trailers.
inline constexpr std::string_view last_chunk = "0\r\n\r\n";

/// The interim answer to `Expect: 100-continue`.
inline constexpr std::string_view continue_response = "HTTP/1.1 100 Continue\r\n\r\n";

inline void write_last_chunk(std::string& out) { out += last_chunk; }
inline void write_continue(std::string& out) { out += continue_response; }

} // namespace chatwire::http

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/http/writer.ipp>
#endif
#endif
