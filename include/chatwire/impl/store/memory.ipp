// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_STORE_MEMORY_IPP
#define CHATWIRE_IMPL_STORE_MEMORY_IPP

#include <chatwire/store/detail/cost.hpp>
#include <chatwire/store/memory.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace chatwire::store {

CHATWIRE_DECL std::size_t memory::slot::cost() const noexcept
{
    return detail::cost_of(value.key, value.body) + log_bytes + log.size() * detail::entry_overhead;
}

CHATWIRE_DECL memory::memory(store::limits l, std::function<timestamp()> now)
    : limits_(l), now_(now ? std::move(now) : detail::system_now)
{
}

CHATWIRE_DECL result<row> memory::get(key const& k)
{
    std::lock_guard lock(mutex_);
    auto const at = slots_.find(k);
    if (at == slots_.end())
        return failure(errc::not_found);
    return at->second.value;
}

CHATWIRE_DECL result<row> memory::put(row r, std::optional<std::uint64_t> expected_version)
{
    std::lock_guard lock(mutex_);
    auto at = slots_.find(r.key);
    auto const there = at == slots_.end() ? 0 : at->second.value.version;
    if (expected_version && *expected_version != there)
        return failure(errc::conflict, there ? "the row has another version" : "there is no such row");

    auto const before = there ? detail::cost_of(at->first, at->second.value.body) : 0;
    auto const after = detail::cost_of(r.key, r.body);
    if (after > before && after - before > limits_.bytes - std::min(bytes_, limits_.bytes))
        return failure(errc::store_limit, "the store holds no more bytes");
    if (!there && slots_.size() >= limits_.rows)
        return failure(errc::store_limit, "the store holds no more rows");

    // What may throw comes first: a failed allocation leaves everything as it was.
    r.version = last_version_ + 1;
    r.updated = now_();
    r.created = there ? at->second.value.created : r.updated;
    auto answer = r;
    if (there)
        at->second.value = std::move(r);
    else
        slots_.emplace(answer.key, slot{std::move(r), {}, 0});
    last_version_ = answer.version;
    bytes_ = bytes_ - before + after;
    return answer;
}

CHATWIRE_DECL result<bool> memory::erase(key const& k)
{
    std::lock_guard lock(mutex_);
    auto const at = slots_.find(k);
    if (at == slots_.end())
        return false;
    remove(at);
    return true;
}

CHATWIRE_DECL result<std::vector<row>> memory::list(std::string_view kind, std::optional<std::string_view> project)
{
    std::vector<row> rows;
    {
        std::lock_guard lock(mutex_);
        for (auto at = first_of(kind, project.value_or("")); at != slots_.end() && at->first.kind == kind; ++at) {
            if (project && at->first.project != *project)
                break;
            rows.push_back(at->second.value);
        }
    }
    std::sort(rows.begin(), rows.end(), [](row const& a, row const& b) {
        return a.created != b.created ? a.created > b.created : a.version > b.version;
    });
    return rows;
}

CHATWIRE_DECL result<std::uint64_t> memory::append(key const& k, std::optional<std::uint64_t> expected_length,
                                                   std::vector<std::string> entries)
{
    std::lock_guard lock(mutex_);
    auto const at = slots_.find(k);
    if (at == slots_.end())
        return failure(errc::not_found);
    auto& s = at->second;
    if (expected_length && *expected_length != s.log.size())
        return failure(errc::conflict, "the log has another length");

    std::size_t added = 0;
    for (auto const& e : entries)
        added += e.size();
    if (entries.size() > limits_.log_entries - std::min(s.log.size(), limits_.log_entries))
        return failure(errc::store_limit, "the log holds no more entries");
    if (added > limits_.log_bytes - std::min(s.log_bytes, limits_.log_bytes))
        return failure(errc::store_limit, "the log holds no more bytes");
    auto const cost = added + entries.size() * detail::entry_overhead;
    if (cost > limits_.bytes - std::min(bytes_, limits_.bytes))
        return failure(errc::store_limit, "the store holds no more bytes");

    // Moving strings into room that is already there cannot fail half-way. Room at least doubles, so that appending
    // one by one stays linear.
    if (auto const wanted = s.log.size() + entries.size(); wanted > s.log.capacity())
        s.log.reserve(std::max(wanted, 2 * s.log.capacity()));
    std::move(entries.begin(), entries.end(), std::back_inserter(s.log));
    s.log_bytes += added;
    bytes_ += cost;
    s.value.updated = now_();
    return static_cast<std::uint64_t>(s.log.size());
}

CHATWIRE_DECL result<std::vector<std::string>> memory::read(key const& k)
{
    std::lock_guard lock(mutex_);
    auto const at = slots_.find(k);
    if (at == slots_.end())
        return failure(errc::not_found);
    return at->second.log;
}

CHATWIRE_DECL result<std::size_t> memory::expire(std::string_view kind, timestamp older_than)
{
    std::lock_guard lock(mutex_);
    std::size_t gone = 0;
    for (auto at = first_of(kind, ""); at != slots_.end() && at->first.kind == kind;) {
        if (at->second.value.updated < older_than) {
            at = remove(at);
            ++gone;
        } else {
            ++at;
        }
    }
    return gone;
}

CHATWIRE_DECL std::size_t memory::rows() const
{
    std::lock_guard lock(mutex_);
    return slots_.size();
}

CHATWIRE_DECL std::size_t memory::bytes() const
{
    std::lock_guard lock(mutex_);
    return bytes_;
}

CHATWIRE_DECL memory::map_type::iterator memory::first_of(std::string_view kind, std::string_view project)
{
    return slots_.lower_bound(key{std::string(kind), std::string(project), {}});
}

CHATWIRE_DECL memory::map_type::iterator memory::remove(map_type::iterator at)
{
    bytes_ -= at->second.cost();
    return slots_.erase(at);
}

} // namespace chatwire::store
#endif
