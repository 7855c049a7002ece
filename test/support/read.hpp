// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_READ_HPP
#define CHATWIRE_TEST_SUPPORT_READ_HPP

#include <chatwire/json/chunk.hpp>
#include <chatwire/json/completion.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/writer.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace support {

// Reads what a service sent; a failure fails the test.
template <class T>
T read_answer(std::string_view text, chatwire::diagnostics* log = nullptr)
{
    auto r = chatwire::json::read<T>(text, log, chatwire::json::read_options::for_answers());
    BOOST_REQUIRE_MESSAGE(r.has_value(), text << ": " << (r ? "" : r.error().what()));
    return *std::move(r);
}

// The codes of the deviations, in order, separated by spaces.
inline std::string codes(chatwire::diagnostics const& log)
{
    std::string out;
    for (auto const& d : log.kept())
        out += (out.empty() ? "" : " ") + d.code;
    return out;
}

} // namespace support
#endif
