// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_STORE_STORE_HPP
#define CHATWIRE_STORE_STORE_HPP

#include <chatwire/error.hpp>
#include <chatwire/store/key.hpp>
#include <chatwire/store/row.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire::store {

/// What a store can do: keep rows, and for each row a log. The members mean what @ref backend says of its own.
template <class S>
concept row_store = requires(S& s, key const& k, row r, std::optional<std::uint64_t> expected, std::string_view kind,
                             std::optional<std::string_view> project, std::vector<std::string> entries, timestamp t)
{
    {
        s.get(k)
        } -> std::same_as<result<row>>;
    {
        s.put(r, expected)
        } -> std::same_as<result<row>>;
    {
        s.erase(k)
        } -> std::same_as<result<bool>>;
    {
        s.list(kind, project)
        } -> std::same_as<result<std::vector<row>>>;
    {
        s.append(k, expected, entries)
        } -> std::same_as<result<std::uint64_t>>;
    {
        s.read(k)
        } -> std::same_as<result<std::vector<std::string>>>;
    {
        s.expire(kind, t)
        } -> std::same_as<result<std::size_t>>;
};

/// A store chosen at run time. Every call is one step: done whole or not at all, and seen so by every other thread.
///
/// Calls may wait for a disk or a server; protocol code makes them through the `offload` action.
///
/// @par Errors
/// Besides those named below: what the medium reports (condition `transport`), never a partial change.
///
/// @par Thread safety
/// Every member may be called from any number of threads at once.
class backend {
public:
    backend() = default;
    backend(backend const&) = delete;
    backend& operator=(backend const&) = delete;
    virtual ~backend() = default;

    /// The row of `k`; `errc::not_found` when there is none.
    virtual result<row> get(key const& k) = 0;

    /// Makes `r.body` the body of `r.key`; the other members of `r` are not looked at. A row that was there keeps its
    /// `created` and its log.
    /// @param expected_version none: whatever is there is replaced; 0: only if nothing is there; else only if that is
    /// the version of what is there.
    /// @return the row as it now stands; `errc::conflict` when the expectation does not hold; `errc::store_limit`.
    virtual result<row> put(row r, std::optional<std::uint64_t> expected_version = std::nullopt) = 0;

    /// Removes the row and its log.
    /// @return whether there was one.
    virtual result<bool> erase(key const& k) = 0;

    /// The rows of a kind, in one project or in all, the newest (by `created`, then `version`) first.
    virtual result<std::vector<row>> list(std::string_view kind,
                                          std::optional<std::string_view> project = std::nullopt) = 0;

    /// Puts `entries` at the end of the log of `k`, all or none, side by side.
    /// @param expected_length none: wherever the log ends; else only if it has that many entries.
    /// @return the new number of entries; `errc::not_found` when `k` has no row; `errc::conflict`;
    /// `errc::store_limit`.
    virtual result<std::uint64_t> append(key const& k, std::optional<std::uint64_t> expected_length,
                                         std::vector<std::string> entries) = 0;

    /// The log of `k`, oldest entry first; `errc::not_found` when `k` has no row.
    virtual result<std::vector<std::string>> read(key const& k) = 0;

    /// Removes every row of a kind, with its log, whose `updated` lies before `older_than`.
    /// @return how many.
    virtual result<std::size_t> expire(std::string_view kind, timestamp older_than) = 0;
};

static_assert(row_store<backend>);

} // namespace chatwire::store
#endif
