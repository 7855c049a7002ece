// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_READER_HPP
#define CHATWIRE_JSON_READER_HPP

#include <chatwire/json/codec.hpp>

#include <string_view>

namespace chatwire::json {

/// Reads a document into an object that there is, and reuses its memory.
///
/// On failure the object holds what was read so far. `failure::message` names the place: `malformed JSON at byte 17:
/// expected ':'`, or `messages[0].role: expected a string` with the path in `failure::param` too.
///
/// @param log gets the tolerated deviations; may be null
template <class T>
result<void> read_into(T& target, std::string_view text, diagnostics* log = nullptr, read_options const& o = {})
{
    cursor in(text, log, o);
    if (!in.good() || !codec<T>::read(in, target))
        return in.error();
    if (!in.finish())
        return in.error();
    return {};
}

/// Reads a document.
///
/// @param log gets the tolerated deviations; may be null
/// @return errc::bad_json, bad_utf8, wrong_type, missing_member, bad_value, depth_limit, body_limit; strict: also
/// duplicate_member, protocol_violation
/// @see read_into about messages
template <class T>
result<T> read(std::string_view text, diagnostics* log = nullptr, read_options const& o = {})
{
    T value{};
    if (auto r = read_into(value, text, log, o); !r)
        return r.error();
    return value;
}

/// Checks that a text is one JSON value, and keeps it.
inline result<raw_json> parse_raw(std::string_view text, read_options const& o = {})
{
    return read<raw_json>(text, nullptr, o);
}

} // namespace chatwire::json
#endif
