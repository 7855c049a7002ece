// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_IDEMPOTENCY_HPP
#define CHATWIRE_SERVER_IDEMPOTENCY_HPP

#include <chatwire/io/action.hpp>
#include <chatwire/server/answer.hpp>
#include <chatwire/server/idempotency_limits.hpp>

#include <functional>
#include <memory>
#include <span>
#include <string_view>

namespace chatwire {

/// Lets all requests that carry the same `Idempotency-Key` be answered by one piece of work.
///
/// The first of them leads: it is carried out. A repeat that comes meanwhile waits, a later one finds the answer that
/// was kept; both get the same status, fields and bytes. Only a success is kept. Of an answer that fails, or is too
/// long to keep, the leader's caller alone gets to know, and the first of those who wait leads in its place: nobody is
/// told of a failure that is not his own, and none is repeated for ever.
///
/// Another request under the same key is refused for as long as the key is remembered, and so are more repeats at once
/// than the limit.
///
/// What is kept is kept by this object: processes that serve the same callers do not know of each other's.
///
/// @par Thread safety
/// All of it, from any thread.
///
/// @par Specification
/// IETF draft-ietf-httpapi-idempotency-key-header; SPEC, 5
class idempotency {
    struct table;
    struct entry;

public:
    class claim;

    /// What a request has to do.
    enum class part : unsigned char {
        leads,   ///< carry it out, and say how it went
        waits,   ///< wait to be woken, and look again
        replays, ///< give the kept answer
        differs, ///< refuse: the key stands for another request
        crowded, ///< refuse: too many wait already
        over,    ///< nothing: it has said how it went
    };

    CHATWIRE_DECL explicit idempotency(idempotency_limits const& limits = {});

    /// @param scope whose key it is, for what, and the key: in another scope it is another key
    /// @param asked everything that makes it this request and no other
    /// @param wake called, from any thread and under no lock, when `waits` has become something else
    CHATWIRE_DECL std::shared_ptr<claim> join(std::span<std::string_view const> scope,
                                              std::span<std::string_view const> asked, std::function<void()> wake,
                                              io::time_point now = io::clock::now());

private:
    std::shared_ptr<table> table_;
};

/// One request's part in it, for as long as the claim lives: a leader that is gone without a word has failed.
///
/// @par Object lifetimes
/// May outlive the `idempotency` it is of.
class idempotency::claim {
public:
    claim(claim const&) = delete;
    CHATWIRE_DECL ~claim();

    CHATWIRE_DECL part what() const;
    /// The answer to replay; never null then.
    CHATWIRE_DECL std::shared_ptr<answer const> kept() const;
    /// The bytes of a body that are too many to keep.
    CHATWIRE_DECL std::size_t too_long() const noexcept;

    // for one that leads; from any other nothing happens

    CHATWIRE_DECL void succeed(answer a, io::time_point now = io::clock::now());
    CHATWIRE_DECL void fail();

private:
    friend class idempotency;
    explicit claim(std::shared_ptr<table> t) : table_(std::move(t)) {}

    std::shared_ptr<table> table_;
    // under the table's lock
    part part_ = part::leads;
    entry* entry_ = nullptr; // while it leads or waits
    std::function<void()> wake_{};
    std::shared_ptr<answer const> kept_{};
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/idempotency.ipp>
#endif
#endif
