// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/retry.hpp>

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>

BOOST_AUTO_TEST_SUITE(client_retry)

namespace client_retry_test {

using namespace chatwire;
using ms = std::chrono::milliseconds;

failure refused(int status, std::string api_code = {})
{
    failure f(errc::refused);
    f.status = status;
    f.api_code = std::move(api_code);
    return f;
}

BOOST_AUTO_TEST_CASE(statuses_that_may_pass_are_tried_again)
{
    for (int const status : {408, 409, 429, 500, 502, 503, 504, 529, 599})
        BOOST_TEST(may_retry(refused(status)), status);
    for (int const status : {0, 301, 400, 401, 402, 403, 404, 405, 410, 413, 422, 499})
        BOOST_TEST(!may_retry(refused(status)), status);
}

BOOST_AUTO_TEST_CASE(used_up_quota_is_not_waited_for)
{
    BOOST_TEST(may_retry(refused(429, "rate_limit_exceeded")));
    auto f = refused(429, "insufficient_quota");
    BOOST_TEST(!may_retry(f));
    f.should_retry = true;
    BOOST_TEST(!may_retry(f));
    f = refused(429);
    f.type = "insufficient_quota";
    BOOST_TEST(!may_retry(f));
}

BOOST_AUTO_TEST_CASE(the_service_knows_better_than_its_status)
{
    auto f = refused(400);
    f.should_retry = true;
    BOOST_TEST(may_retry(f));
    f = refused(503);
    f.should_retry = false;
    BOOST_TEST(!may_retry(f));
}

BOOST_AUTO_TEST_CASE(of_other_failures_those_of_the_way_there)
{
    for (auto const code : {errc::connect_failed, errc::connection_lost, errc::host_not_found, errc::connect_timeout,
                            errc::idle_timeout, errc::data_timeout, errc::write_timeout})
        BOOST_TEST(may_retry(failure(code)), to_string(code));
    BOOST_TEST(may_retry(failure(error_code(ECONNRESET, boost::system::system_category()))));
    for (auto const code :
         {errc::total_timeout, errc::cancelled, errc::caller_gone, errc::invalid_url, errc::invalid_header,
          errc::unsupported, errc::insecure_credentials, errc::forbidden_address, errc::bad_json, errc::bad_certificate,
          errc::bad_content_type, errc::body_limit, errc::error_event, errc::truncated_stream})
        BOOST_TEST(!may_retry(failure(code)), to_string(code));
    failure proxy(errc::proxy_refused);
    proxy.status = 407;
    BOOST_TEST(!may_retry(proxy));
    proxy.status = 502;
    BOOST_TEST(may_retry(proxy));
    for (auto const code : {errc::connection_lost, errc::idle_timeout, errc::data_timeout}) {
        failure broken(code); // in the midst of an answer
        broken.status = 200;
        BOOST_TEST(!may_retry(broken), to_string(code));
    }
}

BOOST_AUTO_TEST_CASE(what_does_harm_when_it_is_done_twice_is_not_repeated_where_it_may_have_been_done)
{
    for (auto const code : {errc::connect_failed, errc::host_not_found, errc::connect_timeout})
        BOOST_TEST(may_retry(failure(code), true), to_string(code));
    for (auto const code : {errc::connection_lost, errc::idle_timeout, errc::data_timeout, errc::write_timeout})
        BOOST_TEST(!may_retry(failure(code), true), to_string(code));
    BOOST_TEST(!may_retry(failure(error_code(ECONNRESET, boost::system::system_category())), true));
    BOOST_TEST(may_retry(refused(503), true)); // it says itself that it was not
    BOOST_TEST(!retry_delay({}, failure(errc::connection_lost), 1, 0.0, true));
}

BOOST_AUTO_TEST_CASE(waiting_doubles_up_to_a_bound_and_has_a_random_part)
{
    retry_options const o{.max_retries = 8};
    auto const f = refused(500);
    ms const expected[] = {ms(500), ms(1000), ms(2000), ms(4000), ms(8000), ms(8000), ms(8000), ms(8000)};
    for (unsigned i = 0; i < 8; ++i) {
        BOOST_TEST((retry_delay(o, f, i + 1, 0.0) == expected[i]));
        BOOST_TEST((retry_delay(o, f, i + 1, 0.5) == expected[i] - expected[i] / 8));
        auto const most = *retry_delay(o, f, i + 1, 0.999);
        BOOST_TEST((most >= expected[i] * 3 / 4 && most < expected[i]));
    }
    BOOST_TEST(!retry_delay(o, f, 9, 0.0));
    BOOST_TEST(!retry_delay({.max_retries = 0}, f, 1, 0.0));
    BOOST_TEST(!retry_delay(o, refused(400), 1, 0.0));
    BOOST_TEST((retry_delay({.first_delay = ms(90), .max_delay = ms(50)}, f, 1, 0.0) == ms(50)));
    BOOST_TEST((retry_delay({.first_delay = ms(0)}, f, 2, 0.5) == ms(0)));
    // however large
    BOOST_TEST((retry_delay({.max_retries = 4'000'000'000, .max_delay = ms::max()}, f, 60, 0.0).value() > ms(0)));
}

BOOST_AUTO_TEST_CASE(what_the_service_asks_for_is_waited_unless_it_is_too_long)
{
    auto f = refused(429);
    f.retry_after = ms(20);
    BOOST_TEST((retry_delay({}, f, 1, 0.9) == ms(20)));
    f.retry_after = ms(60'000);
    BOOST_TEST((retry_delay({}, f, 2, 0.9) == ms(60'000)));
    f.retry_after = ms(60'001);
    BOOST_TEST(!retry_delay({}, f, 1, 0.9));
    f.retry_after = ms(-5);
    BOOST_TEST((retry_delay({}, f, 1, 0.9) == ms(0)));
}

} // namespace client_retry_test

BOOST_AUTO_TEST_SUITE_END()
