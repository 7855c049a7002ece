// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_HEAD_CHECK_HPP
#define CHATWIRE_HTTP_HEAD_CHECK_HPP

#include <chatwire/error.hpp>
#include <chatwire/http/limits.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace chatwire::http {

/// Judges a head line by line, as strictly as it takes for no two programs on a path to read a message differently.
///
/// Give it each line without its CRLF, in order, the start line first (a trailer has none); then call @ref finish in
/// place of the empty line. The first error is final. The questions below are answered once `finish` has returned no
/// error.
///
/// Refused beyond what the grammar asks: a repeated Content-Length, also of the same value; Content-Length beside
/// Transfer-Encoding; any Transfer-Encoding but `chunked`, or one in HTTP/1.0; folded lines; a request without exactly
/// one well-formed Host (in HTTP/1.0 none is allowed), or with one that contradicts the target. A later HTTP/1.x is read
/// as HTTP/1.1.
///
/// @par Specification
/// RFC 9112, 2 to 6
class head_check {
public:
    enum class kind { request, response, trailer };

    explicit head_check(kind k, std::size_t max_fields = limits{}.max_fields) : kind_(k), max_fields_(max_fields) {}

    CHATWIRE_DECL error_code line(std::string_view text);
    CHATWIRE_DECL error_code finish();

    /// Starts over, for another head of the same kind.
    CHATWIRE_DECL void reset() noexcept;

    int version() const noexcept { return version_; } ///< 10 or 11
    int status() const noexcept { return status_; }   ///< of a response
    bool chunked() const noexcept { return chunked_; }
    std::optional<std::uint64_t> content_length() const noexcept { return content_length_; }
    bool expects_continue() const noexcept { return expects_continue_; }

private:
    CHATWIRE_DECL error_code request_line(std::string_view text);
    CHATWIRE_DECL error_code status_line(std::string_view text);
    CHATWIRE_DECL error_code on_version(std::string_view text);
    CHATWIRE_DECL error_code field_line(std::string_view text);
    CHATWIRE_DECL error_code on_field(std::string_view name, std::string_view value);
    CHATWIRE_DECL error_code on_codings(std::string_view list);

    kind kind_;
    std::size_t max_fields_;
    bool begun_ = false;
    std::size_t field_count_ = 0;
    int version_ = 0;
    int status_ = 0;
    bool chunked_ = false;
    bool other_coding_ = false; // before it
    bool expects_continue_ = false;
    bool has_host_ = false;
    std::optional<std::uint64_t> content_length_{};
    std::string target_authority_{}; // of a target that is a whole URL
    bool target_secure_ = false;
    std::string host_{};
};

} // namespace chatwire::http

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/http/head_check.ipp>
#endif
#endif
