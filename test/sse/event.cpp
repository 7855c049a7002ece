// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/sse/event.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(sse_event)

BOOST_AUTO_TEST_CASE(an_event_outlives_the_bytes_of_its_view)
{
    std::string bytes = "typedataid";
    chatwire::sse::event_view v{{bytes.data(), 4}, {bytes.data() + 4, 4}, {bytes.data() + 8, 2}, 7, false};
    chatwire::sse::event const e(v);
    bytes.assign(bytes.size(), 'x');
    BOOST_TEST(e.type == "type");
    BOOST_TEST(e.data == "data");
    BOOST_TEST(e.id == "id");
    BOOST_TEST(e.offset == 7u);
    BOOST_TEST(!e.terminated);
    BOOST_TEST((chatwire::sse::event(e.view()) == e));
}

BOOST_AUTO_TEST_CASE(the_type_is_message_unless_said_otherwise)
{
    BOOST_TEST(chatwire::sse::event().type == "message");
    BOOST_TEST(chatwire::sse::event_view().type == "message");
}

BOOST_AUTO_TEST_SUITE_END()
