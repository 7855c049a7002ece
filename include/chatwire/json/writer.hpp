// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_WRITER_HPP
#define CHATWIRE_JSON_WRITER_HPP

#include <chatwire/json/codec.hpp>

#include <string>
#include <utility>

namespace chatwire::json {

/// Appends a value's JSON, without white space.
///
/// The text is always valid: bytes that are not UTF-8 become U+FFFD, numbers that are not finite become null.
template <class T>
void write(std::string& out, T const& value)
{
    codec<T>::write(out, value);
}

/// A value's JSON.
template <class T>
std::string to_text(T const& value)
{
    std::string out;
    codec<T>::write(out, value);
    return out;
}

/// A value as open-shaped JSON: for tool parameters and unknown members.
template <class T>
raw_json to_raw(T const& value)
{
    return raw_json::trusted(to_text(value));
}

} // namespace chatwire::json
#endif
