// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_BOUNDS_HEAP_HPP
#define CHATWIRE_TEST_BOUNDS_HEAP_HPP

#include <cstddef>

namespace chatwire::test {

/// Counts what its thread asks `operator new` for, and can let one of the requests fail. This program replaces the
/// operator; one watch at a time in a thread.
class heap_watch {
public:
    static constexpr auto never = static_cast<std::size_t>(-1);

    /// @param fail_at the request, counted from 0, that gets std::bad_alloc
    explicit heap_watch(std::size_t fail_at = never) noexcept;
    ~heap_watch() { stop(); }
    heap_watch(heap_watch const&) = delete;
    heap_watch& operator=(heap_watch const&) = delete;

    /// Ends the counting; the figures stay.
    void stop() noexcept;

    bool failed() const noexcept { return requests_ > fail_at_; }
    std::size_t requests() const noexcept { return requests_; }
    /// Blocks that were made and not freed again.
    std::ptrdiff_t blocks() const noexcept { return blocks_; }
    /// The most bytes there were at once, as the allocator has them.
    std::size_t peak() const noexcept { return static_cast<std::size_t>(peak_); }

    // for the operators
    bool ask() noexcept { return requests_++ != fail_at_; }
    void made(std::size_t bytes) noexcept
    {
        ++blocks_;
        bytes_ += static_cast<std::ptrdiff_t>(bytes);
        peak_ = bytes_ > peak_ ? bytes_ : peak_;
    }
    void freed(std::size_t bytes) noexcept
    {
        --blocks_;
        bytes_ -= static_cast<std::ptrdiff_t>(bytes);
    }

private:
    std::size_t fail_at_;
    std::size_t requests_ = 0;
    std::ptrdiff_t blocks_ = 0;
    std::ptrdiff_t bytes_ = 0;
    std::ptrdiff_t peak_ = 0;
};

} // namespace chatwire::test
#endif
