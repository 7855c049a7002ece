// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/limits.hpp>

#include "chatwire/json/request.hpp"
#include "support/round_trip.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace json_limits_test {

BOOST_AUTO_TEST_SUITE(json_limits)

using namespace chatwire;

namespace {
json::read_options with(json::limits const& l) { return {.limits = l}; }
} // namespace

BOOST_AUTO_TEST_CASE(size)
{
    BOOST_TEST(support::why_not<raw_json>("[1,2]", with({.max_document = 5})) == "ok");
    BOOST_TEST(support::why_not<raw_json>("[1,2]", with({.max_document = 4})) ==
               "body_limit the document is larger than 4 bytes");
}

BOOST_AUTO_TEST_CASE(depth)
{
    for (std::size_t const depth : {1, 2, 63, 64, 65, 128, 1023, 1024}) {
        auto const exactly = std::string(depth, '[') + std::string(depth, ']');
        auto const more = '[' + exactly + ']';
        BOOST_TEST(support::why_not<raw_json>(exactly, with({.max_depth = depth})) == "ok");
        BOOST_TEST(support::why_not<raw_json>(more, with({.max_depth = depth})) ==
                   "depth_limit JSON nested deeper than " + std::to_string(depth) + " at byte " +
                       std::to_string(depth));
    }
    // levels of known objects count, too
    std::string const request = R"({"messages":[{"role":"user","content":[{"type":"x"}]}]})";
    BOOST_TEST(support::why_not<chatwire::request>(request, with({.max_depth = 5})) == "ok");
    BOOST_TEST(support::why_not<chatwire::request>(request, with({.max_depth = 4})).starts_with("depth_limit"));
    // and no setting makes it endless
    std::string const bomb(100000, '[');
    BOOST_TEST(support::why_not<raw_json>(bomb, with({.max_depth = 1000000})).starts_with("depth_limit"));
    std::string objects;
    for (int i = 0; i < 100000; ++i)
        objects += "{\"a\":";
    BOOST_TEST(support::why_not<raw_json>(objects).starts_with("depth_limit"));
    BOOST_TEST(support::why_not<chatwire::request>(objects).starts_with("depth_limit"));
}

BOOST_AUTO_TEST_CASE(memory)
{
    std::string many = "[1";
    for (int i = 0; i < 100; ++i)
        many += ",1";
    many += ']';
    BOOST_TEST(support::why_not<std::vector<std::int64_t>>(many, with({.max_memory = 101 * 8})) == "ok");
    BOOST_TEST(
        support::why_not<std::vector<std::int64_t>>(many, with({.max_memory = 100 * 8})).starts_with("body_limit"));
    BOOST_TEST(support::why_not<raw_members>(R"({"a":1})", with({.max_memory = 1})).starts_with("body_limit"));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_limits_test
