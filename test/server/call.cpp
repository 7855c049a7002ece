// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/call.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(server_call_test)

namespace call_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(credentials_are_found_where_clients_put_them)
{
    struct row {
        char const *name, *value, *key;
    };
    row const rows[] = {
        {"Authorization", "Bearer k", "k"},
        {"authorization", "BEARER k", "k"},
        {"Authorization", "Bearer   k", "k"},
        {"Authorization", "Bearer", ""},
        {"Authorization", "Basic k", ""},
        {"Authorization", "Bearerk", ""},
        {"X-Api-Key", "k", "k"},
        {"api-key", "k", "k"},
        {"Authorization", "Bearer a b", "a b"},
    };
    for (auto const& r : rows) {
        server_call c;
        BOOST_REQUIRE(!c.head.fields.insert(r.name, r.value));
        BOOST_TEST(c.bearer() == r.key, r.name << ": " << r.value);
    }
    BOOST_TEST(server_call().bearer() == "");
}

BOOST_AUTO_TEST_CASE(a_bearer_token_comes_before_other_places)
{
    server_call c;
    BOOST_REQUIRE(!c.head.fields.insert("X-Api-Key", "second"));
    BOOST_REQUIRE(!c.head.fields.insert("Authorization", "Bearer first"));
    BOOST_TEST(c.bearer() == "first");
}

BOOST_AUTO_TEST_CASE(of_two_credentials_in_one_place_none_counts)
{
    for (auto const* name : {"Authorization", "X-Api-Key", "api-key"}) {
        server_call c;
        BOOST_REQUIRE(!c.head.fields.insert(name, "Bearer k"));
        BOOST_TEST(c.bearer() != "");
        BOOST_REQUIRE(!c.head.fields.insert(name, "Bearer k"));
        BOOST_TEST(c.bearer() == "", name);
    }
}

BOOST_AUTO_TEST_CASE(parameters_are_found_by_name)
{
    server_call c;
    c.params = {{"a", "1"}, {"b", ""}};
    BOOST_TEST(c.param("a") == "1");
    BOOST_TEST(c.param("b") == "");
    BOOST_TEST(c.param("c") == "");
}

} // namespace call_test
BOOST_AUTO_TEST_SUITE_END()
