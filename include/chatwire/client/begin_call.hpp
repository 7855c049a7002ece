// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_BEGIN_CALL_HPP
#define CHATWIRE_CLIENT_BEGIN_CALL_HPP

#include <chatwire/client/core.hpp>
#include <chatwire/client/open_connection.hpp>
#include <chatwire/client/writer.hpp>
#include <chatwire/io/await_event.hpp>
#include <chatwire/io/operation.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace chatwire {

/// The operation that sends a request and receives the first event of its answer, over the connection there is or a
/// new one, once: see @ref retrying_call.
///
/// A connection that was kept since an earlier call may have been closed by the service meanwhile. If it turns out so
/// before any byte of an answer has come, the request is sent once more over a new one. Nothing else is ever sent
/// twice.
///
/// Whatever fails, the connection is closed before the operation is done, unless the service has refused in order.
template <class Dialect = openai>
class begin_call {
public:
    using event = client_event<Dialect>;

    /// How long the rest of an earlier answer is waited for, before the connection is given up.
    static constexpr std::chrono::milliseconds rest_patience{100};

    /// @param total when it is to be given up; never: when client_options::total_timeout says so
    begin_call(client_core<Dialect>& core, client_call call, std::shared_ptr<diagnostics> log,
               io::time_point total = io::never)
        : core_(&core), call_(std::move(call)), log_(std::move(log)), total_(total)
    {
    }

    io::action resume(io::outcome const& o)
    {
        using kind = io::outcome::kind;
        switch (step_) {
        case step::starting: return start();
        case step::reading_rest:
            if (o.what == kind::cancelled || o.what == kind::caller_gone)
                return fail(o.to_failure(errc::idle_timeout));
            if (o.ok())
                core_->connection->commit(o.n);
            else if (o.what != kind::woken)
                return reconnect();
            return reuse();
        case step::closing_old: return connect();
        case step::connecting: return open(o);
        case step::talking: return advance(o);
        case step::closing: break;
        }
        return io::action::finish();
    }

    /// The event, or the failure in place of it.
    result<event> take() { return std::move(*result_); }

    /// Whether something of an answer had come when it failed.
    bool begun() const noexcept { return begun_; }

    /// When the whole call is to be given up.
    io::time_point total() const noexcept { return total_; }

private:
    enum class step : unsigned char { starting, reading_rest, closing_old, connecting, talking, closing };

    io::action start()
    {
        if (total_ == io::never)
            total_ = io::after(io::clock::now(), core_->options.total_timeout);
        if (!core_->way)
            return refuse(core_->way.error());
        if (auto written = write_call(bytes_, core_->options, *core_->base, call_, *core_->way); !written)
            return refuse(std::move(written).error());
        if (core_->stream) {
            core_->stream->finish(failure(errc::cancelled, "another call was made on the stream's client"));
            core_->stream.reset();
            return reconnect();
        }
        return core_->open ? reuse() : connect();
    }

    io::action reuse()
    {
        using state = typename client_connection<Dialect>::state;
        switch (core_->connection->settle()) {
        case state::ready: reused_ = true; return talk();
        case state::unfinished:
            if (step_ != step::reading_rest)
                rest_until_ = std::min(total_, io::after(io::clock::now(), rest_patience));
            step_ = step::reading_rest;
            return io::action::read_some(io::port::upstream, core_->connection->prepare(), rest_until_);
        case state::spent: break;
        }
        return reconnect();
    }

    io::action reconnect()
    {
        step_ = step::closing_old;
        core_->open = false;
        return io::action::close_port(io::port::upstream);
    }

    io::action connect()
    {
        step_ = step::connecting;
        reused_ = false;
        opening_.emplace(*core_->way, core_->options,
                         std::min(total_, io::after(io::clock::now(), core_->options.connect_timeout)));
        return open({});
    }

    io::action open(io::outcome const& o)
    {
        auto next = opening_->resume(o);
        if (next.what != io::action::kind::done)
            return next;
        auto r = opening_->take();
        if (!r) {
            if (r.error().code == make_error_code(errc::connect_timeout) && io::clock::now() >= total_)
                return fail(errc::total_timeout);
            return fail(std::move(r).error());
        }
        core_->open = true;
        core_->connection.emplace(core_->options);
        return talk();
    }

    io::action talk()
    {
        step_ = step::talking;
        core_->connection->start(reused_ ? bytes_ : std::move(bytes_), call_, log_);
        await_.emplace(*core_->connection, io::port::upstream, core_->patience(total_));
        return advance({});
    }

    io::action advance(io::outcome const& o)
    {
        auto next = await_->resume(o);
        if (next.what != io::action::kind::done)
            return next;
        auto r = await_->take();
        if (!r) {
            if (reused_ && !core_->connection->answered() && r.error().code == condition::transport)
                return reconnect();
            begun_ = core_->connection->answered();
            auto f = std::move(r).error();
            if (f.request_id.empty()) // the head may have come before it went wrong
                f.request_id = core_->connection->request_id();
            return fail(std::move(f));
        }
        result_ = std::move(r);
        // after these more of the stream follows
        if (std::holds_alternative<stream_begin>(**result_) || call_.expects == client_call::answer::stream)
            return io::action::finish();
        return settle();
    }

    io::action settle()
    {
        using state = typename client_connection<Dialect>::state;
        return core_->connection->settle() == state::spent ? close() : io::action::finish();
    }

    io::action refuse(failure f) // before anything was done
    {
        result_ = std::move(f);
        return io::action::finish();
    }

    io::action fail(failure f)
    {
        bool const in_order = f.code == condition::api_refusal;
        result_ = core_->explain(std::move(f));
        return in_order ? settle() : close();
    }

    io::action close()
    {
        step_ = step::closing;
        core_->open = false;
        return io::action::close_port(io::port::upstream);
    }

    client_core<Dialect>* core_;
    client_call call_;
    std::shared_ptr<diagnostics> log_;
    io::time_point total_;
    std::string bytes_{};
    step step_ = step::starting;
    bool reused_ = false;
    bool begun_ = false;
    io::time_point rest_until_ = io::never;
    std::optional<open_connection> opening_{};
    std::optional<io::await_event<client_connection<Dialect>>> await_{};
    std::optional<result<event>> result_{};
};

} // namespace chatwire
#endif
