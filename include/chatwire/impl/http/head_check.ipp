// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_HTTP_HEAD_CHECK_IPP
#define CHATWIRE_IMPL_HTTP_HEAD_CHECK_IPP

#include <chatwire/http/grammar.hpp>
#include <chatwire/http/head_check.hpp>

#include <algorithm>

namespace chatwire::http {

CHATWIRE_DECL error_code head_check::line(std::string_view text)
{
    if (begun_ || kind_ == kind::trailer)
        return field_line(text);
    begun_ = true;
    return kind_ == kind::request ? request_line(text) : status_line(text);
}

CHATWIRE_DECL error_code head_check::finish()
{
    if (kind_ == kind::trailer)
        return {};
    if (!begun_)
        return errc::bad_start_line;
    bool const encoded = chunked_ || other_coding_;
    if (encoded && content_length_)
        return errc::bad_content_length;
    if (encoded && (version_ < 11 || !chunked_))
        return errc::bad_transfer_encoding;
    if (other_coding_)
        return errc::not_implemented;
    if (kind_ == kind::response)
        return {};
    if (!has_host_)
        return version_ < 11 ? error_code{} : errc::bad_host;
    if (!target_authority_.empty()) {
        // A target that is a whole URL names the host once more; both have to say the same.
        std::string_view a, b;
        std::uint16_t const usual = target_secure_ ? 443 : 80;
        auto const x = split_authority(target_authority_, a);
        auto const y = split_authority(host_, b);
        if (!x || !y || !iequals(a, b) || (*x ? *x : usual) != (*y ? *y : usual))
            return errc::bad_host;
    }
    return {};
}

CHATWIRE_DECL void head_check::reset() noexcept
{
    begun_ = chunked_ = other_coding_ = expects_continue_ = has_host_ = target_secure_ = false;
    field_count_ = 0;
    version_ = status_ = 0;
    content_length_.reset();
    target_authority_.clear();
    host_.clear();
}

CHATWIRE_DECL error_code head_check::request_line(std::string_view text)
{
    auto const a = text.find(' ');
    auto const b = a == text.npos ? a : text.find(' ', a + 1);
    if (b == text.npos || a == 0 || b == a + 1 || text.find(' ', b + 1) != text.npos)
        return errc::bad_start_line;
    auto const method = text.substr(0, a);
    auto const target = text.substr(a + 1, b - a - 1);
    if (!is_token(method))
        return errc::bad_method;
    // Before the target: what another version allows in one is not ours to judge.
    if (auto const error = on_version(text.substr(b + 1)))
        return error;
    if (!valid_target(method, target))
        return errc::bad_target;
    if (auto const colon = target.find("://"); method != "CONNECT" && target.front() != '/' && colon != target.npos) {
        auto const rest = target.substr(colon + 3);
        target_secure_ = colon == 5;
        target_authority_ = rest.substr(0, rest.find_first_of("/?"));
    }
    return {};
}

CHATWIRE_DECL error_code head_check::status_line(std::string_view text)
{
    auto const a = std::min(text.find(' '), text.size());
    if (auto const error = on_version(text.substr(0, a)))
        return error;
    // SP 3DIGIT SP reason; the last space also where there is no reason
    auto const rest = text.substr(a);
    if (rest.size() < 5 || rest[4] != ' ' || rest[1] < '1' || rest[1] > '9')
        return errc::bad_start_line;
    auto const status = parse_decimal(rest.substr(1, 3));
    if (!status || !valid_field_value(rest.substr(5)))
        return errc::bad_start_line;
    status_ = static_cast<int>(*status);
    return {};
}

CHATWIRE_DECL error_code head_check::on_version(std::string_view text)
{
    auto const digit = [&](std::size_t i) { return i < text.size() && '0' <= text[i] && text[i] <= '9'; };
    if (text.size() == 8 && text.starts_with("HTTP/1.") && digit(7)) {
        version_ = text.back() == '0' ? 10 : 11;
        return {};
    }
    // Another version of the protocol is told from what is none.
    auto const versioned =
        text.starts_with("HTTP/") && digit(5) && (text.size() == 6 || (text.size() == 8 && text[6] == '.' && digit(7)));
    return versioned ? errc::bad_version : errc::bad_start_line;
}

CHATWIRE_DECL error_code head_check::field_line(std::string_view text)
{
    // A name is a token that the colon follows at once. So a folded line, which begins with a space, has none.
    auto const colon = text.find(':');
    if (colon == text.npos || !valid_field_name(text.substr(0, colon)) || !valid_field_value(text.substr(colon + 1)))
        return errc::bad_field;
    if (++field_count_ > max_fields_)
        return errc::field_limit;
    return on_field(text.substr(0, colon), trim(text.substr(colon + 1)));
}

CHATWIRE_DECL error_code head_check::on_field(std::string_view name, std::string_view value)
{
    auto const is_length = iequals(name, "content-length");
    auto const is_encoding = iequals(name, "transfer-encoding");
    auto const is_host = iequals(name, "host");
    if (kind_ == kind::trailer) {
        // Too late for these to be obeyed, so nobody may be able to say that they were.
        return is_length || is_encoding || is_host ? errc::bad_field : error_code{};
    }
    if (is_length) {
        auto const n = parse_decimal(value);
        if (!n || content_length_)
            return errc::bad_content_length;
        content_length_ = *n;
    } else if (is_encoding) {
        return on_codings(value);
    } else if (kind_ == kind::request && is_host) {
        std::string_view host;
        if (has_host_ || !split_authority(value, host))
            return errc::bad_host;
        has_host_ = true;
        host_ = value;
    } else if (kind_ == kind::request && iequals(name, "expect") && version_ >= 11) {
        if (!iequals(value, "100-continue"))
            return errc::bad_expectation;
        expects_continue_ = true;
    }
    return {};
}

// `chunked` has to be the last, so that the end can be found, and is there once.
CHATWIRE_DECL error_code head_check::on_codings(std::string_view list)
{
    for (bool more = true; more;) {
        auto const comma = std::min(list.find(','), list.size());
        auto const coding = trim(list.substr(0, comma));
        if (chunked_ || !is_token(coding))
            return errc::bad_transfer_encoding;
        (iequals(coding, "chunked") ? chunked_ : other_coding_) = true;
        more = comma < list.size();
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return {};
}

} // namespace chatwire::http
#endif
