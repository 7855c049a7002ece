// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/media_type.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(http_media_type)

BOOST_AUTO_TEST_CASE(parameters_and_case_do_not_matter)
{
    using namespace chatwire::http;
    for (auto good : {"text/event-stream", "text/event-stream;charset=utf-8", "Text/Event-Stream ; charset=UTF-8",
                      " text/event-stream\t", "text/event-stream; profile=\"a;b\""})
        BOOST_TEST(is_media_type(good, "text/event-stream"), good);
    for (auto bad : {"", "text", "text/event-streams", "text/event", "application/json", "; text/event-stream"})
        BOOST_TEST(!is_media_type(bad, "text/event-stream"), bad);
    BOOST_TEST(media_type("text/html; charset=utf-8") == "text/html");
    BOOST_TEST(media_type("") == "");
}

BOOST_AUTO_TEST_SUITE_END()
