// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/served.hpp"

#include <chatwire/server/turn_away.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(turn_away_)

namespace turn_away_test {

using namespace chatwire;
using io::outcome;
using act = io::action::kind;

static_assert(io::operation<turn_away>);

BOOST_AUTO_TEST_CASE(the_caller_is_told_to_come_back)
{
    for (std::size_t at_once : {1U, 7U, 100'000U}) {
        turn_away op;
        std::string sent;
        auto a = op.resume({});
        while (a.what == act::write) {
            BOOST_TEST((a.p == io::port::caller));
            BOOST_TEST((a.deadline != io::never));
            auto const n = std::min(at_once, a.out.size());
            sent += a.out.substr(0, n);
            a = op.resume(outcome::bytes(n));
        }
        BOOST_TEST((a.what == act::close));
        BOOST_TEST((a.deadline != io::never)); // what it sends meanwhile must not reset our words
        BOOST_TEST((op.resume(outcome::bytes(0)).what == act::done));
        BOOST_TEST(op.take().has_value());

        auto const answers = test::read_answers(sent, {"POST"});
        BOOST_TEST_REQUIRE(answers.size() == 1U);
        BOOST_TEST(answers[0].complete);
        BOOST_TEST(answers[0].status == 503);
        BOOST_TEST(answers[0].field("retry-after") == "1");
        BOOST_TEST(answers[0].field("connection") == "close");
        BOOST_TEST(answers[0].field("x-request-id").starts_with("req_"));
        auto const body = test::parse_json(answers[0].body);
        BOOST_TEST(test::text_of(body.as_object().at("error"), "type") == "server_error");
    }
}

BOOST_AUTO_TEST_CASE(whatever_goes_wrong_the_connection_is_closed)
{
    outcome const faults[] = {
        outcome::failed(errc::connection_lost), {.what = outcome::kind::timeout}, {.what = outcome::kind::cancelled}};
    for (auto const& fault : faults) {
        for (std::size_t k = 0; k < 3; ++k) {
            turn_away op;
            auto a = op.resume({});
            for (std::size_t i = 0; i < k; ++i)
                a = op.resume(outcome::bytes(1));
            a = op.resume(fault);
            BOOST_TEST((a.what == act::close));
            BOOST_TEST((op.resume(fault).what == act::done));
        }
    }
}

} // namespace turn_away_test
BOOST_AUTO_TEST_SUITE_END()
