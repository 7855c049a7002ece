// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_HTTP_WRITER_IPP
#define CHATWIRE_IMPL_HTTP_WRITER_IPP

#include <chatwire/http/grammar.hpp>
#include <chatwire/http/head_check.hpp>
#include <chatwire/http/status.hpp>
#include <chatwire/http/writer.hpp>

#include <cstddef>
#include <limits>

namespace chatwire::http {
namespace detail {

// Appends the fields and the empty line; all of the head goes again unless the reader's own rules accept it.
inline error_code write_fields(std::string& out, std::size_t start, fields const& all, head_check::kind kind)
{
    // No start line can have more than one line: the callers have looked for line ends.
    head_check check(kind, std::numeric_limits<std::size_t>::max());
    auto const refuse = [&](errc e) {
        out.resize(start);
        return e;
    };
    if (check.line(std::string_view(out).substr(start)))
        return refuse(errc::invalid_argument);
    out += "\r\n";
    for (auto const& f : all) {
        auto const at = out.size();
        out.append(f.name).append(": ").append(f.value);
        if (check.line(std::string_view(out).substr(at)))
            return refuse(errc::invalid_header);
        out += "\r\n";
    }
    if (check.finish())
        return refuse(errc::invalid_header);
    out += "\r\n";
    return {};
}

// The size of a chunk, and the line end.
class chunk_head {
public:
    explicit chunk_head(std::uint64_t size) noexcept : first_(text_ + 16)
    {
        first_[0] = '\r';
        first_[1] = '\n';
        do
            *--first_ = "0123456789abcdef"[size & 15];
        while ((size >>= 4) != 0);
    }
    chunk_head(chunk_head const&) = delete;
    chunk_head& operator=(chunk_head const&) = delete;

    std::string_view text() const noexcept { return {first_, static_cast<std::size_t>(text_ + 18 - first_)}; }

private:
    char text_[18];
    char* first_;
};

} // namespace detail

CHATWIRE_DECL error_code write_head(std::string& out, request_head const& head)
{
    if ((head.version != 10 && head.version != 11) || !is_token(head.method) || !valid_target(head.method, head.target))
        return errc::invalid_argument;
    auto const start = out.size();
    out.append(head.method).append(" ").append(head.target).append(head.version == 11 ? " HTTP/1.1" : " HTTP/1.0");
    return detail::write_fields(out, start, head.fields, head_check::kind::request);
}

CHATWIRE_DECL error_code write_head(std::string& out, response_head const& head)
{
    std::string_view const reason = head.reason.empty() ? reason_phrase(head.status) : std::string_view(head.reason);
    if ((head.version != 10 && head.version != 11) || head.status < 100 || head.status > 999 ||
        !valid_field_value(reason))
        return errc::invalid_argument;
    auto const start = out.size();
    out.append(head.version == 11 ? "HTTP/1.1 " : "HTTP/1.0 ");
    out.append(std::to_string(head.status)).append(" ").append(reason);
    return detail::write_fields(out, start, head.fields, head_check::kind::response);
}

CHATWIRE_DECL void write_chunk(std::string& out, std::string_view data)
{
    if (data.empty())
        return;
    detail::chunk_head const head(data.size());
    out.append(head.text()).append(data).append(chunk_suffix);
}

CHATWIRE_DECL std::string chunk_prefix(std::uint64_t size) { return std::string(detail::chunk_head(size).text()); }

} // namespace chatwire::http
#endif
