// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/status.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(http_status)

BOOST_AUTO_TEST_CASE(phrases)
{
    using chatwire::http::reason_phrase;
    BOOST_TEST(reason_phrase(200) == "OK");
    BOOST_TEST(reason_phrase(404) == "Not Found");
    BOOST_TEST(reason_phrase(299) == "");
}

BOOST_AUTO_TEST_CASE(what_to_answer)
{
    using chatwire::errc;
    using chatwire::http::status_for;
    BOOST_TEST(status_for(errc::body_limit) == 413);
    BOOST_TEST(status_for(errc::target_limit) == 414);
    BOOST_TEST(status_for(errc::head_limit) == 431);
    BOOST_TEST(status_for(errc::field_limit) == 431);
    BOOST_TEST(status_for(errc::bad_version) == 505);
    BOOST_TEST(status_for(errc::bad_expectation) == 417);
    BOOST_TEST(status_for(errc::not_implemented) == 501);
    BOOST_TEST(status_for(errc::idle_timeout) == 408);
    for (auto e :
         {errc::bad_start_line, errc::bad_method, errc::bad_target, errc::bad_field, errc::bad_content_length,
          errc::bad_transfer_encoding, errc::bad_host, errc::bad_chunk, errc::incomplete_message, errc::bad_json})
        BOOST_TEST(status_for(e) == 400, chatwire::to_string(e));
    for (auto e : {errc::invalid_argument, errc::connection_lost, errc::cancelled})
        BOOST_TEST(status_for(e) == 500, chatwire::to_string(e));
    for (int s : {413, 414, 431, 501, 505, 417, 408, 400, 500})
        BOOST_TEST(!chatwire::http::reason_phrase(s).empty(), s);
}

BOOST_AUTO_TEST_SUITE_END()
