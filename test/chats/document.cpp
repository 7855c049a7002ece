// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chats/document.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chats_document)

BOOST_AUTO_TEST_CASE(documents_are_values)
{
    using chatwire::chats::document;
    document const a{.id = "doc_1", .project_id = "prj_1", .content = "text"};
    auto b = a;
    BOOST_TEST((a == b));
    b.project_id = "prj_2";
    BOOST_TEST((a != b));
}

BOOST_AUTO_TEST_SUITE_END()
