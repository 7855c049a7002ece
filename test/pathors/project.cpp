// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/pathors/project.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(pathors_project)

BOOST_AUTO_TEST_CASE(nobody_may_call_a_project_without_keys)
{
    chatwire::pathors::project const p{.id = "prj_x", .pathway = {.id = "p"}};
    BOOST_TEST(p.keys.empty());
    BOOST_TEST(p.pathway.id == "p");
}

BOOST_AUTO_TEST_SUITE_END()
