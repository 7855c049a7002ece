// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_ROUND_TRIP_HPP
#define CHATWIRE_TEST_SUPPORT_ROUND_TRIP_HPP

#include <chatwire/json/reader.hpp>
#include <chatwire/json/writer.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace support {

// Reads a text by the book, and writes it as it was: every member of it is understood, and survives.
template <class T>
void check_text(std::string_view text)
{
    chatwire::json::read_options strict;
    strict.strict = true;
    auto const value = chatwire::json::read<T>(text, nullptr, strict);
    BOOST_REQUIRE_MESSAGE(value.has_value(), text << ": " << (value ? "" : value.error().what()));
    BOOST_TEST(chatwire::json::to_text(*value) == text);
    // and into an object that holds something else
    T reused = *value;
    BOOST_TEST(
        chatwire::json::read_into(reused, "{\"unknown\":[1]}", nullptr, chatwire::json::read_options::for_answers())
            .has_value() ==
        chatwire::json::read<T>("{\"unknown\":[1]}", nullptr, chatwire::json::read_options::for_answers()).has_value());
    BOOST_TEST(chatwire::json::read_into(reused, text, nullptr, strict).has_value());
    BOOST_TEST((reused == *value), text);
}

// A value survives being written and read, and other libraries can read it.
template <class T>
void check_value(T const& value)
{
    auto const text = chatwire::json::to_text(value);
    boost::system::error_code ec;
    boost::json::parse(boost::json::string_view(text.data(), text.size()), ec);
    BOOST_TEST(!ec, text);
    auto const read = chatwire::json::read<T>(text);
    BOOST_REQUIRE_MESSAGE(read.has_value(), text << ": " << (read ? "" : read.error().what()));
    BOOST_TEST((*read == value), text);
}

// Why a text cannot be read, as `code param message`; "ok" if it can.
template <class T>
std::string why_not(std::string_view text, chatwire::json::read_options const& o = {})
{
    auto const r = chatwire::json::read<T>(text, nullptr, o);
    if (r)
        return "ok";
    return std::string(to_string(static_cast<chatwire::errc>(r.error().code.value()))) + " " + r.error().message;
}

} // namespace support
#endif
