// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_STORE_TIMESTAMP_IPP
#define CHATWIRE_IMPL_STORE_TIMESTAMP_IPP

#include <chatwire/store/timestamp.hpp>

#include <chrono>

namespace chatwire::store {

CHATWIRE_DECL std::string to_iso8601(timestamp t)
{
    auto const day = std::chrono::floor<std::chrono::days>(t);
    std::chrono::year_month_day const date(day);
    std::chrono::hh_mm_ss const time(std::chrono::floor<std::chrono::milliseconds>(t - day));
    std::string out;
    auto const put = [&](long long n, int width, char after) {
        std::string digits = std::to_string(n);
        for (int i = static_cast<int>(digits.size()); i < width; ++i)
            out += '0';
        out += digits;
        out += after;
    };
    put(static_cast<int>(date.year()), 4, '-');
    put(static_cast<unsigned>(date.month()), 2, '-');
    put(static_cast<unsigned>(date.day()), 2, 'T');
    put(time.hours().count(), 2, ':');
    put(time.minutes().count(), 2, ':');
    put(time.seconds().count(), 2, '.');
    put(time.subseconds().count(), 3, 'Z');
    return out;
}

} // namespace chatwire::store
#endif
