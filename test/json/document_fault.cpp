// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/document_fault.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(json_document_fault)

BOOST_AUTO_TEST_CASE(a_line_for_each)
{
    using namespace chatwire;
    BOOST_TEST(json::to_text({}).empty());
    std::vector<json::document_fault> const two = {{"a[0].b", "is missing"}, {"", "expected an object"}};
    BOOST_TEST(json::to_text(two) == "a[0].b: is missing\ndocument: expected an object");
    BOOST_TEST(json::to_text(two, "policy") == "a[0].b: is missing\npolicy: expected an object");
    BOOST_TEST((two[0] == json::document_fault{"a[0].b", "is missing"}));
}

BOOST_AUTO_TEST_CASE(a_name_makes_no_line_of_its_own)
{
    using namespace chatwire;
    BOOST_TEST(json::to_text({{"a\nb: is missing\r", "\x1b\x7f\t"}}) ==
               "a\\u000ab: is missing\\u000d: \\u001b\\u007f\\u0009");
}

BOOST_AUTO_TEST_SUITE_END()
