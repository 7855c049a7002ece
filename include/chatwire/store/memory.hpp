// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_STORE_MEMORY_HPP
#define CHATWIRE_STORE_MEMORY_HPP

#include <chatwire/config.hpp>
#include <chatwire/store/limits.hpp>
#include <chatwire/store/store.hpp>

#include <functional>
#include <map>
#include <mutex>

namespace chatwire::store {

/// A store that lives as long as its object: rows and logs in memory, bounded by @ref limits.
///
/// @par Thread safety
/// Every member may be called from any number of threads at once; one lock guards all.
class memory final : public backend {
public:
    /// @param now asked for the time of every change, under the lock; none: the system's clock. Must not throw.
    CHATWIRE_DECL explicit memory(store::limits l = {}, std::function<timestamp()> now = {});

    CHATWIRE_DECL result<row> get(key const& k) override;
    CHATWIRE_DECL result<row> put(row r, std::optional<std::uint64_t> expected_version = std::nullopt) override;
    CHATWIRE_DECL result<bool> erase(key const& k) override;
    CHATWIRE_DECL result<std::vector<row>> list(std::string_view kind,
                                                std::optional<std::string_view> project = std::nullopt) override;
    CHATWIRE_DECL result<std::uint64_t> append(key const& k, std::optional<std::uint64_t> expected_length,
                                               std::vector<std::string> entries) override;
    CHATWIRE_DECL result<std::vector<std::string>> read(key const& k) override;
    CHATWIRE_DECL result<std::size_t> expire(std::string_view kind, timestamp older_than) override;

    /// What @ref limits::rows and @ref limits::bytes are compared with.
    CHATWIRE_DECL std::size_t rows() const;
    CHATWIRE_DECL std::size_t bytes() const;

private:
    struct slot {
        row value;
        std::vector<std::string> log;
        std::size_t log_bytes = 0;
        std::size_t cost() const noexcept;
    };
    using map_type = std::map<key, slot>;

    map_type::iterator first_of(std::string_view kind, std::string_view project);
    map_type::iterator remove(map_type::iterator at);

    store::limits limits_;
    std::function<timestamp()> now_;
    mutable std::mutex mutex_;
    map_type slots_;
    std::size_t bytes_ = 0;
    std::uint64_t last_version_ = 0;
};

} // namespace chatwire::store

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/store/memory.ipp>
#endif
#endif
