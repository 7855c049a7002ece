// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SSE_DETAIL_UNFILLED_HPP
#define CHATWIRE_SSE_DETAIL_UNFILLED_HPP

#include <memory>
#include <utility>

namespace chatwire::sse::detail {

/// An allocator whose containers leave new elements as the memory is: room for bytes need not be zeros first.
template <class T>
struct unfilled : std::allocator<T> {
    template <class U>
    struct rebind {
        using other = unfilled<U>;
    };
    unfilled() = default;
    template <class U>
    unfilled(unfilled<U> const&) noexcept
    {
    }
    template <class U>
    void construct(U* p) noexcept
    {
        ::new (static_cast<void*>(p)) U;
    }
    template <class U, class... A>
    void construct(U* p, A&&... a)
    {
        std::construct_at(p, std::forward<A>(a)...);
    }
};

} // namespace chatwire::sse::detail
#endif
