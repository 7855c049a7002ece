// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/stream_end.hpp>

#include <boost/test/unit_test.hpp>

#include <set>
#include <string_view>

BOOST_AUTO_TEST_SUITE(chat_stream_end)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(names)
{
    std::string_view const names[] = {"finished",
                                      "finished_without_done",
                                      "done_without_finish_reason",
                                      "truncated",
                                      "error_event",
                                      "refused",
                                      "cancelled",
                                      "timeout",
                                      "limit",
                                      "transport"};
    for (int i = 0; i < 10; ++i) {
        auto const h = static_cast<how>(i);
        BOOST_TEST(to_string(h) == names[i]);
        BOOST_TEST(success(h) == (i < 3));
        BOOST_TEST(stream_end(h).success() == (i < 3));
    }
}

BOOST_AUTO_TEST_CASE(no_failure_is_a_success)
{
    for (int i = 1; to_string(static_cast<errc>(i)) != "unknown"; ++i) {
        stream_end const e(failure(static_cast<errc>(i)));
        BOOST_TEST(!e.success(), i);
        BOOST_TEST((e.error && e.error->code.value() == i));
    }
    BOOST_TEST(!stream_end().success());
}

BOOST_AUTO_TEST_CASE(a_failure_ends_a_stream_by_its_condition)
{
    std::pair<errc, how> const cases[] = {
        {errc::error_event, how::error_event},   {errc::refused, how::refused},
        {errc::cancelled, how::cancelled},       {errc::caller_gone, how::cancelled},
        {errc::idle_timeout, how::timeout},      {errc::total_timeout, how::timeout},
        {errc::event_limit, how::limit},         {errc::choice_limit, how::limit},
        {errc::connection_lost, how::transport}, {errc::connect_failed, how::transport},
        {errc::bad_json, how::truncated},        {errc::truncated_stream, how::truncated},
        {errc::invalid_url, how::transport},
    };
    for (auto const& [code, expected] : cases)
        BOOST_TEST(to_string(how_of(failure(code))) == to_string(expected), to_string(code));
    error_code const foreign(1, boost::system::system_category());
    BOOST_TEST((how_of(failure(foreign)) == how::transport));
}

BOOST_AUTO_TEST_SUITE_END()
