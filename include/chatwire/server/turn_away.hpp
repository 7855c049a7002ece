// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_TURN_AWAY_HPP
#define CHATWIRE_SERVER_TURN_AWAY_HPP

#include <chatwire/io/operation.hpp>

#include <chrono>
#include <string_view>

namespace chatwire {

/// The operation that tells a connection for which there is no room so, with a 503, and closes it.
class turn_away {
public:
    io::action resume(io::outcome const& o)
    {
        auto const until = io::after(io::clock::now(), std::chrono::seconds(1));
        if (o.what == io::outcome::kind::begin || (writing_ && o.ok())) {
            rest_.remove_prefix(o.n);
            writing_ = !rest_.empty();
            if (writing_)
                return io::action::write_some(io::port::caller, rest_, until);
        } else if (!writing_) {
            return io::action::finish();
        }
        writing_ = false;
        return io::action::close_port(io::port::caller, until);
    }
    result<void> take() { return {}; }

private:
    std::string_view rest_ = "HTTP/1.1 503 Service Unavailable\r\n"
                             "Content-Type: application/json\r\n"
                             "Content-Length: 91\r\n"
                             "Retry-After: 1\r\n"
                             "Connection: close\r\n"
                             "\r\n"
                             R"({"error":{"message":"Too many connections","type":"server_error","param":null,"code":null}})";
    bool writing_ = false;
};

} // namespace chatwire
#endif
