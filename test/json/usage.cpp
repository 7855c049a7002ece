// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/usage.hpp>

#include "support/read.hpp"
#include "support/round_trip.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>

namespace json_usage_test {

BOOST_AUTO_TEST_SUITE(json_usage)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(every_member_survives)
{
    support::check_text<usage>(
        R"({"prompt_tokens":1,"completion_tokens":2,"total_tokens":3,"prompt_tokens_details":{"cached_tokens":4,"cache_write_tokens":10,"text_tokens":11,"audio_tokens":5,"image_tokens":12,"x":0},)"
        R"("completion_tokens_details":{"reasoning_tokens":6,"text_tokens":13,"audio_tokens":7,"accepted_prediction_tokens":8,"rejected_prediction_tokens":9,"y":0},"z":0})");
    support::check_text<usage>(R"({"prompt_tokens":-1,"completion_tokens":-1,"total_tokens":-1})");
    support::check_text<usage>(R"({"prompt_tokens":3000000000,"completion_tokens":0,"total_tokens":3000000000})");
}

BOOST_AUTO_TEST_CASE(what_services_send)
{
    diagnostics log;
    auto const read = [&](std::string_view text) { return support::read_answer<usage>(text, &log); };
    BOOST_TEST((read("{}") == usage{}));
    BOOST_TEST((read(R"({"prompt_tokens":1.0,"completion_tokens":"2","total_tokens":null})") == usage{1, 2, -1}));
    BOOST_TEST((read(R"({"prompt_tokens":1,"total_tokens":1,"prompt_tokens_details":null})") == usage{1, -1, 1}));
    BOOST_TEST(support::codes(log) ==
               "missing_member missing_member missing_member float_number number_in_string null_member "
               "null_member missing_member");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_usage_test
