// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_RETRYING_CALL_HPP
#define CHATWIRE_CLIENT_RETRYING_CALL_HPP

#include <chatwire/client/begin_call.hpp>
#include <chatwire/client/retry.hpp>
#include <chatwire/crypto/random_id.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <random>
#include <utility>

namespace chatwire {

/// The operation that is @ref begin_call, made again where it fails and `client_options::retries` says so. An answer
/// that has begun is never asked for again. The time of a whole call is that of all its attempts.
template <class Dialect = openai>
class retrying_call {
public:
    using event = client_event<Dialect>;

    retrying_call(client_core<Dialect>& core, client_call call, std::shared_ptr<diagnostics> log)
        : core_(&core), call_(std::move(call)), log_(std::move(log))
    {
        bool const changes = call_.method == "POST" || call_.method == "PATCH";
        if (core.options.idempotency_keys && changes && call_.idempotency_key.empty())
            call_.idempotency_key = crypto::random_id("retry-");
    }

    io::action resume(io::outcome const& o)
    {
        using kind = io::outcome::kind;
        if (!attempt_) {
            if (attempts_ == 0)
                total_ = io::after(io::clock::now(), core_->options.total_timeout);
            else if (o.what == kind::cancelled || o.what == kind::caller_gone)
                return give(o.to_failure(errc::total_timeout));
            else if (o.what != kind::timeout)
                return io::action::wait_until(again_at_); // woken for another reason
            ++attempts_;
            attempt_.emplace(*core_, call_, log_, total_);
            return advance({});
        }
        return advance(o);
    }

    /// The event, or the failure of the last attempt.
    result<event> take() { return std::move(*result_); }

    /// When the whole call is to be given up.
    io::time_point total() const noexcept { return total_; }

private:
    io::action advance(io::outcome const& o)
    {
        auto next = attempt_->resume(o);
        if (next.what != io::action::kind::done)
            return next;
        auto r = attempt_->take();
        bool const begun = attempt_->begun();
        attempt_.reset();
        if (r) {
            tell(nullptr, std::nullopt);
            return give(std::move(r));
        }
        auto const failed = r.error();
        bool const once = call_.once && call_.idempotency_key.empty();
        auto delay = retry_delay(core_->options.retries, failed, attempts_, random(), once);
        if (begun && failed.code != condition::api_refusal)
            delay.reset(); // an answer that was cut off was an answer: it may have been paid for
        auto const now = io::clock::now();
        if (delay && total_ != io::never && now + *delay >= total_)
            delay.reset(); // it would be given up before
        tell(&failed, delay);
        if (!delay)
            return give(failed);
        again_at_ = now + *delay;
        return io::action::wait_until(again_at_);
    }

    static double random() { return std::random_device{}() / (std::random_device::max() + 1.0); }

    void tell(failure const* failed, std::optional<std::chrono::milliseconds> delay) const
    {
        if (core_->options.on_attempt)
            core_->options.on_attempt({attempts_, call_.method, call_.path, failed, delay});
    }

    io::action give(result<event> r)
    {
        result_ = std::move(r);
        return io::action::finish();
    }

    client_core<Dialect>* core_;
    client_call call_;
    std::shared_ptr<diagnostics> log_;
    io::time_point total_ = io::never;
    io::time_point again_at_ = io::never;
    unsigned attempts_ = 0;
    std::optional<begin_call<Dialect>> attempt_{};
    std::optional<result<event>> result_{};
};

} // namespace chatwire
#endif
