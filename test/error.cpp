// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/error.hpp>

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>
#include <system_error>

namespace error_test {
namespace {

using namespace chatwire;

constexpr int first = 1;
constexpr int past_any = 1000;

bool known(int value) { return to_string(static_cast<errc>(value)) != "unknown"; }

} // namespace

BOOST_AUTO_TEST_SUITE(error)

BOOST_AUTO_TEST_CASE(every_code_has_a_name_and_a_text_of_its_own)
{
    std::set<std::string_view> names;
    int value = first;
    for (; known(value); ++value) {
        auto const e = static_cast<errc>(value);
        BOOST_TEST(names.insert(to_string(e)).second, to_string(e));
        BOOST_TEST(!make_error_code(e).message().empty());
        BOOST_TEST(make_error_code(e).failed());
    }
    // no gaps: what follows the last known code is unknown
    BOOST_TEST(names.size() > 40u);
    BOOST_TEST(to_string(errc::caller_gone) == "caller_gone");
    BOOST_TEST(value - 1 == static_cast<int>(errc::caller_gone));
    for (; value < past_any; ++value)
        BOOST_TEST(!known(value), value);
}

BOOST_AUTO_TEST_CASE(a_code_equals_its_condition_and_no_other)
{
    constexpr condition all[] = {condition::misuse,    condition::peer_violation, condition::api_refusal,
                                 condition::transport, condition::limit,          condition::timeout,
                                 condition::cancelled};
    for (int value = first; known(value); ++value) {
        auto const code = make_error_code(static_cast<errc>(value));
        int equal = 0;
        for (auto c : all)
            if (code == c) {
                ++equal;
                BOOST_TEST((condition_of(code) == c));
            }
        BOOST_TEST(equal == 1, to_string(static_cast<errc>(value)));
    }
    BOOST_TEST((make_error_code(errc::idle_timeout) == condition::timeout));
    BOOST_TEST((make_error_code(errc::caller_gone) == condition::cancelled));
    BOOST_TEST((make_error_code(errc::bad_json) == condition::peer_violation));
    BOOST_TEST((make_error_code(errc::bad_json) != condition::transport));
}

BOOST_AUTO_TEST_CASE(an_error_of_the_operating_system_is_a_transport_error)
{
    error_code const reset = boost::system::errc::make_error_code(boost::system::errc::connection_reset);
    BOOST_TEST((reset == condition::transport));
    BOOST_TEST((reset != condition::timeout));
    BOOST_TEST((condition_of(reset) == condition::transport));
}

BOOST_AUTO_TEST_CASE(what_says_condition_code_status_and_message)
{
    failure f(errc::refused, "no such model");
    f.status = 404;
    BOOST_TEST(f.what() == "api_refusal: the service refused the request (HTTP 404): no such model");
    f.message = "Slow\r\n2026-01-01 all is well\n\x1b[2J\x7f caf\xc3\xa9 \t";
    BOOST_TEST(
        f.what() == // one line, whatever a peer says
        "api_refusal: the service refused the request (HTTP 404): Slow  2026-01-01 all is well  [2J  caf\xc3\xa9  ");
    f.message = "a\xc2\x9b"
                "2J\x9b"
                "b \xe2\x9b\x84 \xc3\x9f \xc2\xa0\x80 \xf0\x9f\x98\x80\x9f";
    BOOST_TEST(f.what() == "api_refusal: the service refused the request (HTTP 404): a  2J b \xe2\x9b\x84 \xc3\x9f "
                           "\xc2\xa0  \xf0\x9f\x98\x80 ");
    BOOST_TEST(failure(errc::cancelled).what() == "cancelled: " + make_error_code(errc::cancelled).message());
}

BOOST_AUTO_TEST_CASE(value_throws_an_exception_that_carries_the_failure)
{
    failure f(errc::refused, "slow down");
    f.status = 429;
    f.retry_after = std::chrono::milliseconds(1500);
    result<int> const r = f;
    BOOST_TEST(r.has_error());
    try {
        (void)r.value();
        BOOST_TEST(false, "value() returned");
    } catch (exception const& e) {
        BOOST_TEST(e.error().status == 429);
        BOOST_TEST(e.error().message == "slow down");
        BOOST_TEST((e.error().retry_after == std::chrono::milliseconds(1500)));
        BOOST_TEST((e.code() == errc::refused));
        BOOST_TEST(std::string(e.what()).find("slow down") != std::string::npos);
    }
    BOOST_TEST(result<int>(3).value() == 3);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace error_test
