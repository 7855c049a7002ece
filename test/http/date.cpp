// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/http/date.hpp>

#include <boost/test/unit_test.hpp>

#include <iomanip>
#include <locale>
#include <sstream>

BOOST_AUTO_TEST_SUITE(http_date)
namespace http_date_cases {

using namespace std::chrono;
using chatwire::http::format_date;

BOOST_AUTO_TEST_CASE(the_example_of_the_specification)
{
    BOOST_TEST(format_date(sys_days(1994y / November / 6) + 8h + 49min + 37s) == "Sun, 06 Nov 1994 08:49:37 GMT");
}

BOOST_AUTO_TEST_CASE(edges)
{
    BOOST_TEST(format_date(sys_seconds()) == "Thu, 01 Jan 1970 00:00:00 GMT");
    BOOST_TEST(format_date(sys_seconds(-1s)) == "Wed, 31 Dec 1969 23:59:59 GMT");
    BOOST_TEST(format_date(sys_days(2000y / February / 29) + 86399s) == "Tue, 29 Feb 2000 23:59:59 GMT");
    BOOST_TEST(format_date(sys_days(2100y / March / 1)) == "Mon, 01 Mar 2100 00:00:00 GMT");
    BOOST_TEST(format_date(sys_days(987y / June / 5)) == "Tue, 05 Jun 0987 00:00:00 GMT");
    BOOST_TEST(format_date(sys_days(9999y / December / 31)) == "Fri, 31 Dec 9999 00:00:00 GMT");
}

BOOST_AUTO_TEST_CASE(reading)
{
    using chatwire::http::parse_date;
    BOOST_TEST((parse_date("Sun, 06 Nov 1994 08:49:37 GMT") == sys_days(1994y / November / 6) + 8h + 49min + 37s));
    for (auto t : {sys_seconds(), sys_seconds(-1s), sys_seconds(sys_days(2000y / February / 29) + 86399s)})
        BOOST_TEST((parse_date(format_date(t)) == t));
    for (auto const* bad :
         {"", "Sun, 06 Nov 1994 08:49:37", "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:60 GMT",
          "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Foo 1994 08:49:37 GMT",
          "Sun, -6 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 UTC"})
        BOOST_TEST(!parse_date(bad), bad);
}

// Every day of four centuries, which is when the calendar starts again, read back by the standard library.
BOOST_AUTO_TEST_CASE(every_day_reads_back)
{
    int wrong = 0;
    auto second = 0s;
    for (sys_days day = 1900y / January / 1; day < sys_days(2300y / January / 1); day += days(1)) {
        second = (second + 4567s) % 86400s;
        auto const text = format_date(day + second);
        std::istringstream in(text);
        in.imbue(std::locale::classic());
        std::tm t{};
        in >> std::get_time(&t, "%a, %d %b %Y %H:%M:%S GMT");
        year_month_day const date(day);
        hh_mm_ss const time(second);
        wrong += text.size() != 29 || !in || t.tm_year + 1900 != static_cast<int>(date.year()) ||
                 t.tm_mon + 1 != static_cast<int>(static_cast<unsigned>(date.month())) ||
                 t.tm_mday != static_cast<int>(static_cast<unsigned>(date.day())) ||
                 t.tm_wday != static_cast<int>(weekday(day).c_encoding()) || t.tm_hour != time.hours().count() ||
                 t.tm_min != time.minutes().count() || t.tm_sec != time.seconds().count();
    }
    BOOST_TEST(wrong == 0);
}

} // namespace http_date_cases
BOOST_AUTO_TEST_SUITE_END()
