// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_PATHORS_EXPIRY_HPP
#define CHATWIRE_PATHORS_EXPIRY_HPP

#include <chatwire/config.hpp>
#include <chatwire/store/store.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <utility>

namespace chatwire::pathors {

/// The rows of a store as if those that are too old were not there. Whoever comes upon one makes the store forget all
/// of them; and so does, now and then, whoever makes the store grow.
///
/// @par Thread safety
/// Every member may be called from any number of threads at once.
class expiry {
public:
    /// @param max_age since a row's last change; 0: none is ever too old
    expiry(std::shared_ptr<store::backend> store, std::chrono::seconds max_age)
        : store_(std::move(store)), max_age_(max_age)
    {
    }

    /// The row of `k`; `errc::not_found` if there is none, or it is too old. Else what the store says.
    CHATWIRE_DECL result<store::row> get(store::key const& k);

    /// To be called before a row of that kind is made: removes those too old, unless that was done a minute ago.
    CHATWIRE_DECL result<void> before_growth(std::string_view kind);

private:
    store::timestamp oldest(store::timestamp now) const { return now - max_age_; }

    std::shared_ptr<store::backend> store_;
    std::chrono::seconds max_age_;
    std::atomic<std::chrono::microseconds::rep> next_{0}; // when it is to be done again
};

} // namespace chatwire::pathors

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/pathors/expiry.ipp>
#endif
#endif
