// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CLIENT_RETRY_IPP
#define CHATWIRE_IMPL_CLIENT_RETRY_IPP

#include <chatwire/client/retry.hpp>

#include <algorithm>

namespace chatwire {

namespace detail {

// Whether nothing can have reached the service.
inline bool before_it_was_sent(failure const& f) noexcept
{
    for (auto const e : {errc::host_not_found, errc::connect_failed, errc::connect_timeout})
        if (f.code == make_error_code(e))
            return true;
    return false;
}

} // namespace detail

CHATWIRE_DECL bool may_retry(failure const& f, bool once) noexcept
{
    if (f.code == make_error_code(errc::refused)) {
        if (f.api_code == "insufficient_quota" || f.type == "insufficient_quota")
            return false;
        if (f.should_retry)
            return *f.should_retry;
        return f.status == 408 || f.status == 409 || f.status == 429 || f.status >= 500;
    }
    if (f.code == make_error_code(errc::proxy_refused))
        return f.status >= 500;
    if (once && !detail::before_it_was_sent(f))
        return false;
    if (f.status != 0) // in the midst of an answer
        return false;
    return f.code == condition::transport ||
           (f.code == condition::timeout && f.code != make_error_code(errc::total_timeout));
}

CHATWIRE_DECL std::optional<std::chrono::milliseconds> retry_delay(retry_options const& o, failure const& f,
                                                                   unsigned failures, double random, bool once) noexcept
{
    using ms = std::chrono::milliseconds;
    if (failures > o.max_retries || !may_retry(f, once))
        return std::nullopt;
    if (f.retry_after) {
        if (*f.retry_after > o.max_retry_after)
            return std::nullopt;
        return std::max(*f.retry_after, ms(0));
    }
    auto const most = std::min<ms>(o.max_delay, std::chrono::hours(24)); // so that no sum of times overflows
    ms delay = std::min(o.first_delay, most);
    for (unsigned i = 1; i < failures && delay < most; ++i)
        delay = std::min(2 * delay, most);
    return std::max(ms(0), delay - ms(static_cast<ms::rep>(static_cast<double>(delay.count()) * random / 4)));
}

} // namespace chatwire
#endif
