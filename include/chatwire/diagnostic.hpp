// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_DIAGNOSTIC_HPP
#define CHATWIRE_DIAGNOSTIC_HPP

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatwire {

/// A deviation from a protocol that was tolerated, and where. Nothing is ever tolerated without one.
struct diagnostic {
    std::string code;         ///< a stable name in snake_case, such as `null_chunk`
    std::uint64_t offset = 0; ///< in bytes from the start of the body or document
    std::string excerpt{};    ///< at most @ref diagnostics::max_excerpt bytes of what stood there

    friend bool operator==(diagnostic const&, diagnostic const&) = default;
};

/// Counts deviations; keeps the first of them; shows each to a hook; bounds how many a peer may cause.
///
/// @par Thread safety
/// None.
class diagnostics {
public:
    static constexpr std::size_t max_excerpt = 64;

    /// Called for every deviation, also for those that are no longer kept. Must not throw.
    std::function<void(diagnostic const&)> hook{};
    std::size_t max_kept = 64;
    /// One more ends what is being read, with errc::diagnostic_limit.
    std::uint64_t max_count = 100'000;

    /// Sets @ref max_count so that this many more may come.
    void allow_more(std::uint64_t more) noexcept
    {
        max_count = more > std::numeric_limits<std::uint64_t>::max() - count_ ? more : count_ + more;
    }

    /// Takes out of an excerpt what nobody may see, before it is kept or shown. Must not throw.
    std::function<void(std::string& excerpt)> scrub{};

    void add(std::string_view code, std::uint64_t offset, std::string_view excerpt)
    {
        ++count_;
        if (kept_.size() >= max_kept && !hook)
            return;
        diagnostic d{std::string(code), offset, std::string(excerpt.substr(0, max_excerpt))};
        if (scrub)
            scrub(d.excerpt);
        if (hook)
            hook(d);
        if (kept_.size() < max_kept)
            kept_.push_back(std::move(d));
    }

    std::uint64_t count() const noexcept { return count_; }
    /// Whether there were more than may be.
    bool exhausted() const noexcept { return count_ > max_count; }
    std::vector<diagnostic> const& kept() const noexcept { return kept_; }

private:
    std::uint64_t count_ = 0;
    std::vector<diagnostic> kept_;
};

} // namespace chatwire
#endif
