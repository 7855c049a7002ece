// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_READ_OPTIONS_HPP
#define CHATWIRE_JSON_READ_OPTIONS_HPP

#include <chatwire/json/limits.hpp>

#include <cstdint>

namespace chatwire::json {

/// What becomes of bytes in strings that are not UTF-8.
enum class invalid_utf8 : unsigned char {
    refuse,  ///< errc::bad_utf8
    replace, ///< U+FFFD, with the diagnostic `bad_utf8`
    keep,    ///< stays as it is, with the diagnostic: fragments of one text may be cut inside a character
};

/// How a document is read. The default is how a server reads a request.
struct read_options {
    json::limits limits{};

    /// Every deviation is a failure.
    bool strict = false;

    /// Reading what a service answered, not what a client asks: required members may be missing or null, numbers may
    /// stand for strings, a count may have a fraction, NaN and Infinity may stand for numbers. Each is a diagnostic.
    bool answer = false;

    json::invalid_utf8 invalid_utf8 = json::invalid_utf8::refuse;

    /// Where the text begins in what it was taken from: added to the offsets of diagnostics.
    std::uint64_t offset = 0;

    /// How a client reads an answer.
    static read_options for_answers() noexcept
    {
        read_options o;
        o.answer = true;
        o.invalid_utf8 = json::invalid_utf8::keep;
        return o;
    }
};

} // namespace chatwire::json
#endif
