// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_IDEMPOTENCY_IPP
#define CHATWIRE_IMPL_SERVER_IDEMPOTENCY_IPP

#include <chatwire/crypto/fingerprint.hpp>
#include <chatwire/server/idempotency.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

namespace chatwire {

// Of a key that somebody leads, or whose answer is kept. One that is neither is erased.
struct idempotency::entry {
    crypto::fingerprinter::value key{};
    crypto::fingerprinter::value asked{};
    std::deque<claim*> waiting{};
    std::shared_ptr<answer const> kept{};
    io::time_point until = io::never;
    std::size_t bytes = 0;
};

struct idempotency::table {
    explicit table(idempotency_limits const& l) : limits(l) {}

    idempotency_limits const limits;
    crypto::fingerprinter const fingerprint{};
    std::mutex mutex{};
    std::map<crypto::fingerprinter::value, entry> entries{};
    std::deque<crypto::fingerprinter::value> by_age{}; // those with a kept answer, the oldest first
    std::size_t bytes = 0;                             // that are kept

    void forget_oldest()
    {
        auto const at = entries.find(by_age.front());
        bytes -= at->second.bytes;
        entries.erase(at);
        by_age.pop_front();
    }
    void forget_expired(io::time_point now)
    {
        while (!by_age.empty() && entries.find(by_age.front())->second.until <= now)
            forget_oldest();
    }

    // The leader has nothing to give: the first that waits has to lead. Whom to wake then, without the lock.
    std::function<void()> hand_over(entry& e)
    {
        if (e.waiting.empty()) {
            entries.erase(entries.find(e.key));
            return {};
        }
        auto& next = *e.waiting.front();
        e.waiting.pop_front();
        next.part_ = part::leads;
        return next.wake_;
    }
};

CHATWIRE_DECL idempotency::idempotency(idempotency_limits const& limits) : table_(std::make_shared<table>(limits)) {}

CHATWIRE_DECL std::shared_ptr<idempotency::claim> idempotency::join(std::span<std::string_view const> scope,
                                                                    std::span<std::string_view const> asked,
                                                                    std::function<void()> wake, io::time_point now)
{
    auto const key = table_->fingerprint(scope);
    auto const request = table_->fingerprint(asked);
    std::shared_ptr<claim> c(new claim(table_));
    std::lock_guard lock(table_->mutex);
    table_->forget_expired(now);
    auto const [at, first] = table_->entries.try_emplace(key);
    auto& e = at->second;
    if (first) {
        e.key = key;
        e.asked = request;
        c->entry_ = &e;
    } else if (e.asked != request) {
        c->part_ = part::differs;
    } else if (e.kept) {
        c->part_ = part::replays;
        c->kept_ = e.kept;
    } else if (e.waiting.size() >= table_->limits.max_waiting) {
        c->part_ = part::crowded;
    } else {
        e.waiting.push_back(c.get());
        c->part_ = part::waits;
        c->entry_ = &e;
        c->wake_ = std::move(wake);
    }
    return c;
}

CHATWIRE_DECL idempotency::claim::~claim()
{
    fail();
    std::lock_guard lock(table_->mutex);
    if (part_ == part::waits)
        std::erase(entry_->waiting, this);
}

CHATWIRE_DECL idempotency::part idempotency::claim::what() const
{
    std::lock_guard lock(table_->mutex);
    return part_;
}

CHATWIRE_DECL std::shared_ptr<answer const> idempotency::claim::kept() const
{
    std::lock_guard lock(table_->mutex);
    return kept_;
}

CHATWIRE_DECL std::size_t idempotency::claim::too_long() const noexcept { return table_->limits.max_answer_bytes; }

CHATWIRE_DECL void idempotency::claim::succeed(answer a, io::time_point now)
{
    auto const& limits = table_->limits;
    std::size_t bytes = a.body.size();
    for (auto const& f : a.fields)
        bytes += f.name.size() + f.value.size();
    if (bytes > limits.max_answer_bytes)
        return fail();
    auto const whole = std::make_shared<answer const>(std::move(a));
    std::vector<std::function<void()>> woken;
    {
        std::lock_guard lock(table_->mutex);
        if (part_ != part::leads)
            return;
        part_ = part::over;
        auto& e = *std::exchange(entry_, nullptr);
        for (auto* c : std::exchange(e.waiting, {})) {
            c->part_ = part::replays;
            c->kept_ = whole;
            c->entry_ = nullptr;
            woken.push_back(c->wake_);
        }
        e.kept = whole;
        e.until = io::after(now, limits.max_age);
        e.bytes = bytes;
        table_->bytes += bytes;
        table_->by_age.push_back(e.key);
        while (table_->by_age.size() > limits.max_answers || table_->bytes > limits.max_bytes)
            table_->forget_oldest();
    }
    for (auto const& wake : woken)
        if (wake)
            wake();
}

CHATWIRE_DECL void idempotency::claim::fail()
{
    std::function<void()> wake;
    {
        std::lock_guard lock(table_->mutex);
        if (part_ != part::leads)
            return;
        part_ = part::over;
        wake = table_->hand_over(*std::exchange(entry_, nullptr));
    }
    if (wake)
        wake();
}

} // namespace chatwire
#endif
