// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_DELTA_QUEUE_HPP
#define CHATWIRE_SERVER_DELTA_QUEUE_HPP

#include <chatwire/chat/chunk.hpp>
#include <chatwire/error.hpp>

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <vector>

namespace chatwire {

/// The bounded queue between whoever makes an answer and the connection that sends it: full with so many chunks, or
/// with so many bytes of text in them; a chunk fits into an empty queue however long it is.
///
/// The maker puts chunks, of which only choices, usage and unknown members count (the connection knows the rest), and
/// closes it, with a failure if the answer is not whole. The taker abandons it when nobody wants the answer any more;
/// from then on every put fails with `errc::cancelled`.
///
/// @par Thread safety
/// One maker and one taker, each on any thread.
class delta_queue {
public:
    static constexpr std::size_t default_bytes = std::size_t{1} << 20;

    explicit delta_queue(std::size_t capacity = 64, std::size_t max_bytes = default_bytes)
        : capacity_(capacity ? capacity : 1), max_bytes_(max_bytes ? max_bytes : 1)
    {
    }

    /// Called, under no lock, whenever the taker has something to see. Set before anything is put.
    std::function<void()> on_change{};
    /// Called, under no lock, when nobody wants the answer any more and it was not closed. Set before anything is put.
    std::function<void()> on_abandon{};

    // the maker's side

    /// Full: false, and `c` is untouched. `errc::cancelled`: nobody wants it.
    CHATWIRE_DECL result<bool> try_put(chunk& c);
    /// Waits while it is full.
    CHATWIRE_DECL result<void> put(chunk c);
    /// For makers that the taker itself drives, and so cannot flood it: never full.
    CHATWIRE_DECL void put_now(chunk c);
    /// Calls `f` once as soon as something fits or nobody wants it, perhaps at once, perhaps from another thread.
    CHATWIRE_DECL void when_writable(std::function<void()> f);
    /// The end of the answer. Only the first call counts.
    CHATWIRE_DECL void close(std::optional<failure> why = std::nullopt);

    // the taker's side

    /// Moves everything there is to the end of `into`.
    CHATWIRE_DECL void take(std::vector<chunk>& into);
    /// Whether the maker has closed it: nothing comes beyond what is in it.
    CHATWIRE_DECL bool closed() const;
    /// The failure it was closed with, if any.
    CHATWIRE_DECL std::optional<failure> error() const;
    CHATWIRE_DECL void abandon();

private:
    CHATWIRE_DECL void announce();
    bool full() const { return chunks_.size() >= capacity_ || bytes_ >= max_bytes_; }
    bool writable() const { return abandoned_ || closed_ || !full(); }

    mutable std::mutex mutex_;
    std::condition_variable writable_changed_;
    std::function<void()> when_writable_{};
    std::vector<chunk> chunks_;
    std::size_t bytes_ = 0; // of text, in chunks_
    std::size_t capacity_;
    std::size_t max_bytes_;
    bool closed_ = false;
    bool abandoned_ = false;
    std::optional<failure> error_{};
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/delta_queue.ipp>
#endif
#endif
