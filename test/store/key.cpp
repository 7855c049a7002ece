// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/store/key.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <vector>

BOOST_AUTO_TEST_SUITE(store_key)
namespace store_key_cases {

using chatwire::store::key;

BOOST_AUTO_TEST_CASE(keys_are_ordered_by_kind_then_project_then_id)
{
    std::vector<key> const sorted = {{"a", "a", "a"}, {"a", "a", "b"}, {"a", "b", "a"},    {"a", "b", "aa"},
                                     {"b", "", ""},   {"b", "", "a"},  {"b", "a", "\x7f"}, {"b", "a", "\xff"}};
    BOOST_TEST(std::is_sorted(sorted.begin(), sorted.end()));
    for (std::size_t i = 0; i != sorted.size(); ++i)
        for (std::size_t k = 0; k != sorted.size(); ++k) {
            BOOST_TEST((sorted[i] == sorted[k]) == (i == k));
            BOOST_TEST((sorted[i] < sorted[k]) == (i < k));
        }
}

// Rows of a kind stand side by side, and so do those of a project in it: stores list them as ranges.
BOOST_AUTO_TEST_CASE(a_kind_starts_with_its_empty_project_and_id)
{
    key const first{.kind = "chat"};
    BOOST_TEST((first < key{"chat", "", std::string(1, '\0')}));
    BOOST_TEST((first < key{"chat", std::string(1, '\0'), ""}));
    BOOST_TEST((key{"cha", "\xff", "\xff"} < first));
}

} // namespace store_key_cases
BOOST_AUTO_TEST_SUITE_END()
