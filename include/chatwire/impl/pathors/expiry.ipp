// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_PATHORS_EXPIRY_IPP
#define CHATWIRE_IMPL_PATHORS_EXPIRY_IPP

#include <chatwire/pathors/expiry.hpp>

namespace chatwire::pathors {
namespace detail {

inline store::timestamp now_for_stores()
{
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

} // namespace detail

CHATWIRE_DECL result<store::row> expiry::get(store::key const& k)
{
    auto row = store_->get(k);
    if (!row || max_age_.count() <= 0)
        return row;
    auto const cutoff = oldest(detail::now_for_stores());
    if (row->updated >= cutoff)
        return row;
    // not `erase`: somebody may have renewed it at this moment
    if (auto const gone = store_->expire(k.kind, cutoff); !gone)
        return gone.error();
    return store_->get(k);
}

CHATWIRE_DECL result<void> expiry::before_growth(std::string_view kind)
{
    if (max_age_.count() <= 0)
        return {};
    // looking at every row for every new one would be quadratic
    auto const now = detail::now_for_stores();
    auto next = next_.load(std::memory_order_relaxed);
    auto const then = (now + std::chrono::minutes(1)).time_since_epoch().count();
    if (now.time_since_epoch().count() < next || !next_.compare_exchange_strong(next, then))
        return {};
    if (auto const gone = store_->expire(kind, oldest(now)); !gone)
        return gone.error();
    return {};
}

} // namespace chatwire::pathors
#endif
