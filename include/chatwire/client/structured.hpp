// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_STRUCTURED_HPP
#define CHATWIRE_CLIENT_STRUCTURED_HPP

#include <chatwire/chat/completion.hpp>
#include <chatwire/chat/request.hpp>
#include <chatwire/json/limits.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/schema.hpp>

#include <optional>
#include <string>
#include <utility>

/// Structured output: an answer that is a value of a type. Here without IO, for programs with an HTTP client of their
/// own: @ref ask_for makes the request, @ref read_structured reads the answer. A client's `create<T>` does both.
namespace chatwire {

/// A value that a model gave, and the completion it was read from.
template <class T, class Dialect = openai>
struct structured {
    T value{};
    basic_completion<Dialect> completion{}; ///< with the figures, and with further choices if there are
};

/// The response format whose answers are as a shape says. Its schema is strict, unless `wanted` has `strict = false`.
///
/// @param wanted the name (else the type's) and the description come from here; may be null
/// @return errc::invalid_argument where a strict schema cannot say what the shape is: see json::check_strict
CHATWIRE_DECL result<response_format> structured_format(json::shape const& s, response_format const* wanted = nullptr);

/// Makes a request ask for a `T`: its `response_format` gets the type's schema.
///
/// What the request says there of a `json_schema` stays: a name, a description, or `strict = false`, with which the
/// service need not hold the model to the schema, and the type may have maps and open members.
///
/// @return errc::invalid_argument; then the request is as it was
template <json::described T, class Dialect>
result<void> ask_for(basic_request<Dialect>& r)
{
    auto format = structured_format(json::shape_of<T>, r.response_format ? &*r.response_format : nullptr);
    if (!format)
        return std::move(format).error();
    r.response_format = *std::move(format);
    return {};
}

/// The text of an answer that is to be a value.
/// @return what @ref read_structured fails with before it reads
CHATWIRE_DECL result<std::string> structured_text(choice const& c);

/// Reads the value that an answer is.
///
/// Nothing is guessed: numbers do not stand for strings, and required members may not be missing. But unknown members
/// are dropped, and words that an enumeration does not know are kept (@ref open_enum), as services do that do not hold
/// the model to a schema.
///
/// @return errc::declined: the model would not, `failure::message` has its words; errc::filtered; errc::token_limit: it
/// ends too early; errc::mismatch: it is no JSON, or not a `T`, the message says where, and `failure::param` is the
/// path
/// (`steps[1].text`); errc::depth_limit, body_limit
template <json::described T>
result<T> read_structured(choice const& c, json::limits const& limits = {})
{
    auto text = structured_text(c);
    if (!text)
        return std::move(text).error();
    json::read_options options{.limits = limits};
    options.invalid_utf8 = json::invalid_utf8::keep; // as in every text of an answer
    auto value = json::read<T>(*text, nullptr, options);
    if (value)
        return value;
    auto f = std::move(value).error();
    if (f.code == condition::peer_violation)
        f.code = make_error_code(errc::mismatch);
    return f;
}

/// The same of a completion's first choice.
/// @return also errc::mismatch where there is none
template <json::described T, class Dialect>
result<structured<T, Dialect>> read_structured(basic_completion<Dialect> c, json::limits const& limits = {})
{
    if (c.choices.empty())
        return failure(errc::mismatch, "there is no choice");
    auto value = read_structured<T>(c.choices.front(), limits);
    if (!value)
        return std::move(value).error();
    return structured<T, Dialect>{*std::move(value), std::move(c)};
}

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/client/structured.ipp>
#endif
#endif
