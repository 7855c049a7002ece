// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_RECORDED_HPP
#define CHATWIRE_JSON_RECORDED_HPP

#include <chatwire/json/reader.hpp>
#include <chatwire/json/writer.hpp>

#include <string>
#include <utility>

namespace chatwire::json {

/// A value and the text it was read from. As long as the value is what the text says it is written as that text, byte
/// for byte, whichever order, white space and spelling of numbers that has; a value that was changed is written anew.
///
/// For those who pass on what they were sent, and may have to change it. Writing costs a reading.
///
/// @par Thread safety
/// None.
template <class T>
class recorded {
public:
    /// @return what @ref json::read fails with
    /// @param log gets the tolerated deviations; may be null
    static result<recorded> read(std::string text, diagnostics* log = nullptr, read_options const& o = {})
    {
        recorded r;
        if (auto done = read_into(r.value, text, log, o); !done)
            return done.error();
        r.text_ = std::move(text);
        r.options_ = o;
        return r;
    }

    T value{};

    /// Appends the text, or the value's JSON where it is another by now.
    void write(std::string& out) const
    {
        if (auto const said = json::read<T>(text_, nullptr, options_); said && *said == value)
            out += text_;
        else
            json::write(out, value);
    }

private:
    std::string text_;
    read_options options_;
};

} // namespace chatwire::json
#endif
