// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_CORE_HPP
#define CHATWIRE_CLIENT_CORE_HPP

#include <chatwire/client/connection.hpp>
#include <chatwire/client/options.hpp>
#include <chatwire/client/route.hpp>
#include <chatwire/client/stream_state.hpp>
#include <chatwire/error.hpp>
#include <chatwire/http/url.hpp>
#include <chatwire/io/await_event.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace chatwire {

/// What the calls of one client have in common: whom they talk to, the connection that is kept between them, and the
/// stream that is being read. The operations of a client work on it.
///
/// @par Object lifetimes
/// Must neither move nor end while an operation runs.
/// @par Thread safety
/// None.
template <class Dialect = openai>
struct client_core {
    explicit client_core(client_options o)
        : options(std::move(o)), base(http::parse_url(options.base_url)),
          way(base ? find_route(options, *base) : result<client_route>(base.error()))
    {
    }
    client_core(client_core&&) = delete;
    ~client_core()
    {
        if (stream)
            stream->end = stream_end(failure(errc::cancelled)); // without words: nothing here may throw
    }

    client_options const options;
    result<http::url> const base;
    result<client_route> const way; ///< a failure also where there is no `base`

    bool open = false; ///< the transport's upstream port is connected
    std::optional<client_connection<Dialect>> connection{};
    std::shared_ptr<stream_state<Dialect>> stream{}; ///< has begun and has not ended

    /// Puts into a failure of the transport what went wrong and with whom.
    failure explain(failure f) const
    {
        if (!f.message.empty() || !way)
            return f;
        auto const ms = [](auto d) { return std::to_string(d.count()) + " ms"; };
        if (f.code == make_error_code(errc::connect_timeout))
            f.message = "no connection to " + whom() + " in " + ms(options.connect_timeout);
        else if (f.code == make_error_code(errc::idle_timeout))
            f.message = whom() + " said nothing for " + ms(silence());
        else if (f.code == make_error_code(errc::data_timeout))
            f.message = whom() + " sent only signs of life for " + ms(options.data_timeout);
        else if (f.code == make_error_code(errc::write_timeout))
            f.message = whom() + " took no bytes for " + ms(options.idle_timeout);
        else if (f.code == make_error_code(errc::total_timeout))
            f.message = "no end after " + ms(options.total_timeout);
        else if (f.code == make_error_code(errc::unsupported))
            f.message = "this transport cannot reach " + whom();
        else if (f.code == condition::transport)
            f.message = "talking to " + whom();
        return f;
    }

    /// How long the next event of an answer is waited for, of a call that is given up at `total`.
    io::patience patience(io::time_point total) const { return {options.idle_timeout, total, options.data_timeout}; }

private:
    // How long a peer was silent that was given up for it: the time of an event may be shorter.
    std::chrono::milliseconds silence() const
    {
        auto const idle = options.idle_timeout, data = options.data_timeout;
        return data.count() != 0 && (idle.count() == 0 || data < idle) ? data : idle;
    }

    std::string whom() const
    {
        auto name = base->origin.to_string();
        if (!way->proxy.empty())
            name += " through " + way->proxy;
        if (!way->connect.path.empty())
            name += " at " + way->connect.path;
        return name;
    }
};

} // namespace chatwire
#endif
