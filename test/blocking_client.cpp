// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/blocking_client.hpp>

#include "support/answers.hpp"
#include "support/peer.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(blocking_client_)

namespace blocking_client_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(is_used_as_one_would_expect)
{
    test::peer p({[](test::far_end& end) {
        end.request();
        end.send(test::chunked(test::stream_body()));
        end.request();
        end.send(test::http_answer(test::whole_answer));
    }});
    blocking_client client(transport::options{.connect = p.connector()}, {.base_url = "http://h/v1"});
    blocking_stream stream = client.stream({.messages = {message::user("Hi")}}).value();
    std::string text;
    while (auto const chunk = stream.next().value())
        text += chunk->text();
    BOOST_TEST(text == "Hello");
    BOOST_TEST(client.create({.messages = {message::user("Hi")}}).value().text() == "Hello");
}

BOOST_AUTO_TEST_CASE(needs_no_more_than_options)
{
    blocking_client client({.base_url = "no url"});
    auto const r = client.models();
    BOOST_REQUIRE(!r);
    BOOST_TEST(r.error().code == make_error_code(errc::invalid_url));
    BOOST_CHECK_THROW(client.models().value(), chatwire::exception);
}

} // namespace blocking_client_test

BOOST_AUTO_TEST_SUITE_END()
