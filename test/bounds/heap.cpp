// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// All the operators there are: a sanitizer has its own in place of those that are not replaced.
#include "heap.hpp"

#include <cstdlib>
#include <malloc.h>
#include <new>

namespace {

thread_local chatwire::test::heap_watch* watching = nullptr;

void* make(std::size_t size, std::size_t alignment) noexcept
{
    if (watching && !watching->ask())
        return nullptr;
    auto const rounded = (size + alignment - 1) / alignment * alignment;
    void* const p =
        alignment > alignof(std::max_align_t) ? std::aligned_alloc(alignment, rounded) : std::malloc(size ? size : 1);
    if (watching && p)
        watching->made(::malloc_usable_size(p));
    return p;
}

void* make_or_throw(std::size_t size, std::size_t alignment)
{
    if (auto* const p = make(size, alignment))
        return p;
    throw std::bad_alloc();
}

void drop(void* p) noexcept
{
    if (watching && p)
        watching->freed(::malloc_usable_size(p));
    std::free(p);
}

} // namespace

chatwire::test::heap_watch::heap_watch(std::size_t fail_at) noexcept : fail_at_(fail_at) { watching = this; }
void chatwire::test::heap_watch::stop() noexcept { watching = nullptr; }

using align = std::align_val_t;
void* operator new(std::size_t n) { return make_or_throw(n, 1); }
void* operator new[](std::size_t n) { return make_or_throw(n, 1); }
void* operator new(std::size_t n, align a) { return make_or_throw(n, std::size_t(a)); }
void* operator new[](std::size_t n, align a) { return make_or_throw(n, std::size_t(a)); }
void* operator new(std::size_t n, std::nothrow_t const&) noexcept { return make(n, 1); }
void* operator new[](std::size_t n, std::nothrow_t const&) noexcept { return make(n, 1); }
void* operator new(std::size_t n, align a, std::nothrow_t const&) noexcept { return make(n, std::size_t(a)); }
void* operator new[](std::size_t n, align a, std::nothrow_t const&) noexcept { return make(n, std::size_t(a)); }
void operator delete(void* p) noexcept { drop(p); }
void operator delete[](void* p) noexcept { drop(p); }
void operator delete(void* p, std::size_t) noexcept { drop(p); }
void operator delete[](void* p, std::size_t) noexcept { drop(p); }
void operator delete(void* p, align) noexcept { drop(p); }
void operator delete[](void* p, align) noexcept { drop(p); }
void operator delete(void* p, std::size_t, align) noexcept { drop(p); }
void operator delete[](void* p, std::size_t, align) noexcept { drop(p); }
void operator delete(void* p, std::nothrow_t const&) noexcept { drop(p); }
void operator delete[](void* p, std::nothrow_t const&) noexcept { drop(p); }
void operator delete(void* p, align, std::nothrow_t const&) noexcept { drop(p); }
void operator delete[](void* p, align, std::nothrow_t const&) noexcept { drop(p); }
