// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_FUZZ_JSON_TEXTS_HPP
#define CHATWIRE_TEST_FUZZ_JSON_TEXTS_HPP

#include "target.hpp"

#include <chatwire/diagnostic.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/writer.hpp>

#include <string>
#include <string_view>

/// What holds of every type that has a codec, for the targets that read one.
namespace chatwire::fuzz {

/// The errors that reading JSON may end with.
inline bool is_json_error(failure const& f)
{
    for (auto const e : {errc::bad_json, errc::bad_utf8, errc::wrong_type, errc::missing_member, errc::bad_value,
                         errc::depth_limit, errc::body_limit, errc::duplicate_member, errc::protocol_violation})
        if (f.code == make_error_code(e))
            return true;
    return false;
}

/// That a value which was read is written as JSON, by another parser's judgement, that is read as the same.
/// @param by_the_book nothing was tolerated: then the value that is read again is equal. Else its text is: what was
/// tolerated (bytes that are not UTF-8, numbers that are none) is written as the nearest that there is.
template <class T>
void check_written(T const& value, json::read_options const& o, bool by_the_book)
{
    auto const text = json::to_text(value);
    require(as_json(text, "what is written is JSON").is_object(), "what is written is an object");
    diagnostics log;
    auto const again = json::read<T>(text, &log, o);
    if (!again)
        require_equal(again.error().message, text, "what is written can be read");
    require_equal(json::to_text(*again), text, "what is written is read as the same");
    if (by_the_book)
        require(*again == value, "what was by the book comes back as it was");
}

} // namespace chatwire::fuzz
#endif
