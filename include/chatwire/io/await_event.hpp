// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IO_AWAIT_EVENT_HPP
#define CHATWIRE_IO_AWAIT_EVENT_HPP

#include <chatwire/io/endpoint.hpp>
#include <chatwire/io/operation.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

namespace chatwire::io {

/// When to give up on a peer. Zero durations mean no limit.
struct patience {
    std::chrono::milliseconds idle{};  ///< between two signs of life in one direction
    time_point total = never;          ///< for everything
    std::chrono::milliseconds event{}; ///< for the event, once everything is sent, whatever comes before it
};

/// Sends what the endpoint has to send, then receives until it has an event: the one generic operation.
///
/// The result is the event, or the failure that the endpoint or the transport ended with. Failures of the transport are
/// `idle_timeout`, `data_timeout` (there were signs of life), `write_timeout`, `total_timeout`, `cancelled`,
/// `connection_lost` or the system's own.
///
/// @par Object lifetimes
/// The endpoint must outlive the operation.
template <endpoint E>
class await_event {
public:
    using event = typename E::event;

    await_event(E& endpoint, port p, patience limits = {}) : endpoint_(&endpoint), port_(p), limits_(limits) {}

    action resume(outcome const& o)
    {
        switch (o.what) {
        case outcome::kind::begin:
        case outcome::kind::woken: break;
        case outcome::kind::ok:
            if (reading_) {
                endpoint_->commit(o.n);
                heard_ = true;
            } else {
                endpoint_->consume(o.n);
            }
            break;
        case outcome::kind::eof: endpoint_->commit_eof(); break;
        case outcome::kind::timeout:
            if (clock::now() >= limits_.total)
                return fail(errc::total_timeout);
            if (reading_ && heard_ && clock::now() >= event_until_)
                return fail(errc::data_timeout);
            if (reading_)
                return fail(overslept_ ? *write_error_ : failure(errc::idle_timeout));
            // A peer that takes no more may have said why.
            write_error_ = failure(errc::write_timeout);
            overslept_ = true;
            break;
        default:
            // A peer may answer and close while we still send: what it said explains more than a broken pipe.
            if (o.what == outcome::kind::error && !reading_ && !write_error_) {
                write_error_ = o.to_failure(errc::write_timeout);
                break;
            }
            if (o.what == outcome::kind::error && write_error_ && o.message.empty())
                return fail(*write_error_);
            return fail(o.to_failure(errc::idle_timeout));
        }
        if (has_output())
            return send();
        auto next = endpoint_->next_event();
        if (!next)
            return fail(write_error_ && o.what == outcome::kind::eof ? *write_error_ : std::move(next).error());
        if (*next) {
            result_ = std::move(**next);
            return action::finish();
        }
        if (has_output()) // an answer of the endpoint's own to what came: the peer may wait for it
            return send();
        if (o.what == outcome::kind::eof) // an endpoint that wants more after the end would never be served
            return fail(write_error_ ? *write_error_ : failure(errc::connection_lost));
        reading_ = true;
        if (event_until_ == never)
            event_until_ = after(clock::now(), limits_.event);
        return action::read_some(port_, endpoint_->prepare(), std::min(deadline(), event_until_));
    }

    result<event> take() { return std::move(*result_); }

private:
    // What a peer said while it took no more is there already, or as good as.
    static constexpr std::chrono::milliseconds grace{50};

    time_point deadline() const
    {
        return std::min(limits_.total, after(clock::now(), overslept_ ? grace : limits_.idle));
    }

    bool has_output() const { return !write_error_ && !std::string_view(endpoint_->output()).empty(); }

    action send()
    {
        reading_ = false;
        return action::write_some(port_, endpoint_->output(), deadline());
    }

    action fail(failure f)
    {
        result_ = std::move(f);
        return action::finish();
    }

    E* endpoint_;
    port port_;
    patience limits_;
    bool reading_ = false;
    bool heard_ = false;     // a sign of life
    bool overslept_ = false; // while writing
    time_point event_until_ = never;
    std::optional<failure> write_error_{};
    std::optional<result<event>> result_{};
};

} // namespace chatwire::io
#endif
