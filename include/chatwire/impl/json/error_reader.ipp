// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_JSON_ERROR_READER_IPP
#define CHATWIRE_IMPL_JSON_ERROR_READER_IPP

#include <chatwire/json/error_reader.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/utf8.hpp>

#include <charconv>

namespace chatwire::json {

CHATWIRE_DECL std::string error_text(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    auto const first = text.find_first_not_of(space);
    if (first == std::string_view::npos)
        return {};
    text = text.substr(first, text.find_last_not_of(space) + 1 - first);
    bool const cut = text.size() > max_error_text;
    text = text.substr(0, max_error_text);
    std::string out;
    auto const* p = text.data();
    auto const* const end = p + text.size();
    while (p != end) {
        if (auto const n = utf8_length(p, end)) {
            out.append(p, n);
            p += n;
            continue;
        }
        auto const bad = utf8_bad_length(p, end);
        if (!cut || p + bad != end) // else a character was cut in two just now
            out += replacement_character;
        p += bad;
    }
    return out;
}

namespace detail {

inline read_options error_options()
{
    auto o = read_options::for_answers();
    o.invalid_utf8 = invalid_utf8::replace;
    return o;
}

// A value as words: a string's text, nothing for null, else its JSON.
inline std::string words(raw_json const* value)
{
    if (!value || value->is_null())
        return {};
    if (value->is_string())
        if (auto text = read<std::string>(value->text(), nullptr, error_options()))
            return error_text(*text);
    return error_text(value->text());
}

inline std::string first_words(raw_members const& from, std::initializer_list<std::string_view> names)
{
    for (auto name : names)
        if (auto text = words(from.find(name)); !text.empty())
            return text;
    return {};
}

inline int as_status(std::string_view text) noexcept
{
    int n = 0;
    auto const r = std::from_chars(text.data(), text.data() + text.size(), n);
    return r.ec == std::errc() && r.ptr == text.data() + text.size() && n >= 400 && n < 600 ? n : 0;
}

inline raw_members members_of(raw_json const& value)
{
    if (value.is_object())
        if (auto m = read<raw_members>(value.text(), nullptr, error_options()))
            return *std::move(m);
    return {};
}

// ["body","messages",0] is messages[0]
inline std::string path_of(raw_json const& loc)
{
    std::string path;
    auto const steps = read<std::vector<raw_json>>(loc.text(), nullptr, error_options());
    if (!steps)
        return path;
    for (auto const& step : *steps) {
        auto const word = words(&step);
        if (step.is_number())
            path += '[' + word + ']';
        else if (word != "body")
            path += (path.empty() ? "" : ".") + word;
    }
    return path;
}

// [{"loc":["body","messages",0],"msg":"...","type":"..."}, ...]
inline bool read_faults(failure& f, raw_json const& list)
{
    auto const faults = read<std::vector<raw_json>>(list.text(), nullptr, error_options());
    if (!faults)
        return false;
    for (auto const& fault : *faults) {
        auto const m = members_of(fault);
        auto text = m.empty() ? words(&fault) : first_words(m, {"msg", "message"});
        std::string path;
        if (auto const* loc = m.find("loc"); loc && loc->is_array())
            path = path_of(*loc);
        if (text.empty())
            continue;
        if (!f.message.empty())
            f.message += "; ";
        f.message += path.empty() ? text : path + ": " + text;
        if (f.param.empty())
            f.param = error_text(path);
        if (f.type.empty())
            f.type = first_words(m, {"type"});
    }
    f.message = error_text(f.message);
    return !f.message.empty();
}

inline void read_members(failure& f, raw_members const& m, int nesting);

inline void read_value(failure& f, raw_json const& value, int nesting)
{
    if (value.is_object() && nesting < 4) {
        read_members(f, members_of(value), nesting + 1);
    } else if (value.is_array() && nesting < 4) {
        if (auto const list = read<std::vector<raw_json>>(value.text(), nullptr, error_options());
            list && !list->empty())
            read_value(f, list->front(), nesting + 1);
    } else if (f.message.empty()) {
        f.message = words(&value);
    }
    if (f.message.empty())
        f.message = error_text(value.text());
}

inline void take(std::string& into, std::string text)
{
    if (into.empty())
        into = std::move(text);
}

inline void read_members(failure& f, raw_members const& m, int nesting)
{
    if (auto const* error = m.find("error"); error && is_error_value(*error))
        read_value(f, *error, nesting);
    else if (auto const* choices = m.find("choices"); choices && choices->is_array() && nesting < 4)
        // a chunk or a completion: the error stands in a choice
        if (auto const list = read<std::vector<raw_json>>(choices->text(), nullptr, error_options()))
            for (auto const& choice : *list)
                if (f.message.empty())
                    if (auto const inner = members_of(choice); inner.find("error"))
                        read_members(f, inner, nesting + 1);
    if (auto const* errors = m.find("errors"); f.message.empty() && errors && is_error_value(*errors))
        read_value(f, *errors, nesting);
    auto const* detail = m.find("detail");
    if (f.message.empty() && detail && detail->is_array())
        read_faults(f, *detail);
    if (f.message.empty() && detail && detail->is_object())
        read_value(f, *detail, nesting);
    take(f.message, first_words(m, {"message", "detail", "error_description", "title", "details", "msg"}));
    // OpenRouter: what the provider behind it said
    if (auto const* metadata = m.find("metadata"))
        if (auto const raw = first_words(members_of(*metadata), {"raw"});
            !raw.empty() && f.message.find(raw) == std::string::npos)
            f.message = error_text(f.message.empty() ? raw : f.message + ": " + raw);
    take(f.type, first_words(m, {"type", "error_type"}));
    take(f.param, first_words(m, {"param"}));
    take(f.api_code, first_words(m, {"code", "error_code"}));
    if (f.status == 0)
        f.status = as_status(words(m.find("status")));
    if (f.status == 0)
        f.status = as_status(words(m.find("code")));
}

} // namespace detail

CHATWIRE_DECL bool is_error_value(raw_json const& value) noexcept
{
    auto const text = value.text();
    if (value.is_object() || value.is_array())
        return text.find_first_not_of(" \t\r\n", 1) != text.size() - 1;
    return text != "null" && text != "false" && text != "\"\"" && text != "0";
}

CHATWIRE_DECL bool is_error_object(raw_members const& members) noexcept
{
    auto const says = [&](std::string_view name) {
        auto const* const value = members.find(name);
        return value && is_error_value(*value);
    };
    if (members.find("choices"))
        return says("error");
    if (auto const* object = members.find("object"); object && object->text() == "\"error\"")
        return true;
    for (auto const name : {"error", "errors", "message", "detail", "details", "error_code", "msg"})
        if (says(name))
            return true;
    return says("title") && says("status");
}

CHATWIRE_DECL bool is_error_body(std::string_view body)
{
    auto value = read<raw_json>(body, nullptr, detail::error_options());
    for (int i = 0; value && value->is_array() && i < 2; ++i) {
        auto const list = read<std::vector<raw_json>>(value->text(), nullptr, detail::error_options());
        if (!list || list->empty())
            return false;
        value = list->front();
    }
    return value && value->is_object() && is_error_object(detail::members_of(*value));
}

CHATWIRE_DECL failure read_error(std::string_view body, errc code, int status)
{
    failure f(code);
    f.status = status;
    if (auto const value = read<raw_json>(body, nullptr, detail::error_options()); value && !value->is_null())
        detail::read_value(f, *value, 0);
    else
        f.message = error_text(body);
    return f;
}

} // namespace chatwire::json
#endif
