// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/offline/prose.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>

BOOST_AUTO_TEST_SUITE(server_offline_prose)
namespace server_offline_prose_cases {

using namespace chatwire::offline;

BOOST_AUTO_TEST_CASE(a_tale_has_the_words_asked_for)
{
    BOOST_TEST(tale(0) == "");
    BOOST_TEST(tale(1) == "Once.");
    for (std::size_t n : {1u, 2u, 10u, 11u, 133u, 2000u}) {
        auto const t = tale(n);
        BOOST_TEST(static_cast<std::size_t>(std::count(t.begin(), t.end(), ' ')) == n - 1);
        BOOST_TEST(t.ends_with('.'));
        BOOST_TEST(!t.ends_with(",."));
    }
    BOOST_TEST(tale(1000000) == tale(2000));
}

} // namespace server_offline_prose_cases
BOOST_AUTO_TEST_SUITE_END()
