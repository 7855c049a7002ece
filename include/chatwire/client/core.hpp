// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_CORE_HPP
#define CHATWIRE_CLIENT_CORE_HPP

#include <chatwire/client/connection.hpp>
#include <chatwire/client/options.hpp>
#include <chatwire/client/stream_state.hpp>
#include <chatwire/error.hpp>
#include <chatwire/http/url.hpp>
#include <chatwire/io/origin.hpp>

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
    explicit client_core(client_options o) : options(std::move(o)), base(find(options))
    {
        if (base)
            to = {.host = base->origin.host, .port = base->origin.port};
    }
    client_core(client_core&&) = delete;
    ~client_core()
    {
        if (stream)
            stream->end = stream_end(failure(errc::cancelled, "the stream's client was destroyed"));
    }

    client_options const options;
    result<http::url> const base;
    io::origin to{};

    bool open = false; ///< the transport's upstream port is connected
    std::optional<client_connection<Dialect>> connection{};
    std::shared_ptr<stream_state<Dialect>> stream{}; ///< has begun and has not ended

    /// Puts into a failure of the transport what went wrong and with whom.
    failure explain(failure f) const
    {
        if (!f.message.empty() || !base)
            return f;
        auto const ms = [](auto d) { return std::to_string(d.count()) + " ms"; };
        if (f.code == make_error_code(errc::connect_timeout))
            f.message = "no connection to " + base->origin.to_string() + " in " + ms(options.connect_timeout);
        else if (f.code == make_error_code(errc::idle_timeout))
            f.message = base->origin.to_string() + " said nothing for " + ms(options.idle_timeout);
        else if (f.code == make_error_code(errc::write_timeout))
            f.message = base->origin.to_string() + " took no bytes for " + ms(options.idle_timeout);
        else if (f.code == make_error_code(errc::total_timeout))
            f.message = "no end after " + ms(options.total_timeout);
        else if (f.code == condition::transport)
            f.message = "talking to " + base->origin.to_string();
        return f;
    }

private:
    static result<http::url> find(client_options const& o)
    {
        auto url = http::parse_url(o.base_url);
        if (url && url->origin.secure())
            return failure(errc::unsupported, "https is not in this build: " + url->origin.to_string());
        return url;
    }
};

} // namespace chatwire
#endif
