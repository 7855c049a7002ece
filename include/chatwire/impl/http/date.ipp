// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_HTTP_DATE_IPP
#define CHATWIRE_IMPL_HTTP_DATE_IPP

#include <chatwire/http/date.hpp>

namespace chatwire::http {

// By hand, since strftime speaks the language of the process's locale.
CHATWIRE_DECL std::string format_date(std::chrono::sys_seconds t)
{
    static constexpr char const* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr char const* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const day = std::chrono::floor<std::chrono::days>(t);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const time(t - day);
    auto const padded = [](long long n, int width) {
        auto s = std::to_string(n);
        return s.insert(0, s.size() < static_cast<std::size_t>(width) ? width - s.size() : 0, '0');
    };
    return std::string(days[std::chrono::weekday(day).c_encoding()]) + ", " +
           padded(static_cast<unsigned>(date.day()), 2) + ' ' + months[static_cast<unsigned>(date.month()) - 1] + ' ' +
           padded(static_cast<int>(date.year()), 4) + ' ' + padded(time.hours().count(), 2) + ':' +
           padded(time.minutes().count(), 2) + ':' + padded(time.seconds().count(), 2) + " GMT";
}

CHATWIRE_DECL std::optional<std::chrono::sys_seconds> parse_date(std::string_view text)
{
    // `Sun, 06 Nov 1994 08:49:37 GMT`: where the numbers stand is known; a moment that is written otherwise is none
    if (text.size() != 29)
        return std::nullopt;
    auto const number = [&](std::size_t at, std::size_t digits) {
        int n = 0;
        for (char const c : text.substr(at, digits))
            n = c >= '0' && c <= '9' && n >= 0 ? n * 10 + (c - '0') : -1;
        return n;
    };
    int const day = number(5, 2), year = number(12, 4), hour = number(17, 2), minute = number(20, 2),
              second = number(23, 2);
    if (day < 0 || year < 0 || hour < 0 || minute < 0 || second < 0)
        return std::nullopt;
    for (unsigned month = 1; month <= 12; ++month) {
        std::chrono::year_month_day const date{std::chrono::year(year), std::chrono::month(month),
                                               std::chrono::day(static_cast<unsigned>(day))};
        auto const t = std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
                       std::chrono::seconds(second);
        if (date.ok() && format_date(t) == text)
            return t;
    }
    return std::nullopt;
}

} // namespace chatwire::http
#endif
