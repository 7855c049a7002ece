// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/pathors/pathway.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(pathors_pathway)

BOOST_AUTO_TEST_CASE(answers_name_the_default_pathway_unless_told_otherwise)
{
    chatwire::pathors::pathway const way{.id = "p"};
    BOOST_TEST(way.model == "pathway-default");
    BOOST_TEST(way.instructions.empty());
    BOOST_TEST(!way.complete);
}

BOOST_AUTO_TEST_SUITE_END()
