// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/reader.hpp>

#include "support/round_trip.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <string>

namespace json_reader_test {

BOOST_AUTO_TEST_SUITE(json_reader)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(a_document_and_nothing_else)
{
    BOOST_TEST(*json::read<std::string>(" \"a\" \n") == "a");
    BOOST_TEST(support::why_not<std::string>("\"a\" 1") ==
               "bad_json malformed JSON at byte 4: expected the end of the document");
    BOOST_TEST(support::why_not<std::string>("") == "bad_json malformed JSON at byte 0: expected a string");
}

BOOST_AUTO_TEST_CASE(deviations_are_told)
{
    diagnostics log;
    BOOST_TEST((*json::read<std::int64_t>("2.0", &log) == 2));
    BOOST_TEST((log.kept().at(0) == diagnostic{"float_number", 0, "2.0"}));
    json::read_options strict;
    strict.strict = true;
    auto const r = json::read<std::int64_t>("2.0", nullptr, strict);
    BOOST_TEST((r.error().code == errc::wrong_type));
    BOOST_TEST(r.error().message == "float_number at byte 0");
}

BOOST_AUTO_TEST_CASE(raw_text_of_unknown_origin)
{
    BOOST_TEST(json::parse_raw(" {\"a\" : 1}\n")->text() == "{\"a\" : 1}");
    BOOST_TEST(!json::parse_raw("{").has_value());
    BOOST_TEST(!json::parse_raw("1 1").has_value());
    BOOST_TEST(!json::parse_raw("\"\xFF\"").has_value());
}

BOOST_AUTO_TEST_CASE(into_an_object)
{
    std::string target = "before";
    BOOST_TEST(json::read_into(target, "\"after\"").has_value());
    BOOST_TEST(target == "after");
    BOOST_TEST((json::read_into(target, "1").error().code == errc::wrong_type));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_reader_test
