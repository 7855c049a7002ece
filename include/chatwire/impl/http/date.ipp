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

} // namespace chatwire::http
#endif
