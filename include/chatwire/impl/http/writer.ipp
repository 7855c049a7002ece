// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_HTTP_WRITER_IPP
#define CHATWIRE_IMPL_HTTP_WRITER_IPP

#include <chatwire/http/grammar.hpp>
#include <chatwire/http/head_check.hpp>
#include <chatwire/http/status.hpp>
#include <chatwire/http/writer.hpp>

#include <array>
#include <charconv>
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
    out.append(chunk_prefix(data.size())).append(data).append(chunk_suffix);
}

CHATWIRE_DECL std::string chunk_prefix(std::uint64_t size)
{
    std::array<char, 18> text{};
    auto* const end = std::to_chars(text.data(), text.data() + 16, size, 16).ptr;
    end[0] = '\r';
    end[1] = '\n';
    return {text.data(), end + 2};
}

} // namespace chatwire::http
#endif
