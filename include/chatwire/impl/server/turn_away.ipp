// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_TURN_AWAY_IPP
#define CHATWIRE_IMPL_SERVER_TURN_AWAY_IPP

#include <chatwire/server/exchange.hpp>
#include <chatwire/server/turn_away.hpp>

#include <chatwire/http/writer.hpp>

#include <chrono>

namespace chatwire {

CHATWIRE_DECL turn_away::turn_away()
{
    auto full = refusal(503, "Too many connections", "server_error");
    full.retry_after = std::chrono::seconds(1);
    router const nowhere;
    server_exchange x(nowhere);
    x.refuse(full);
    auto head = x.take_head();
    (void)head.fields.set("Content-Length", std::to_string(x.output().size()));
    (void)head.fields.set("Connection", "close");
    (void)http::write_head(text_, head); // every field of it was checked when it was set
    text_ += x.output();
}

CHATWIRE_DECL io::action turn_away::resume(io::outcome const& o)
{
    if (doing_ == doing::closing)
        return io::action::finish();
    auto const until = io::after(io::clock::now(), std::chrono::seconds(1));
    sent_ += o.n;
    if ((o.ok() || o.what == io::outcome::kind::begin) && sent_ < text_.size())
        return io::action::write_some(io::port::caller, std::string_view(text_).substr(sent_), until);
    doing_ = doing::closing;
    return io::action::close_port(io::port::caller, until);
}

} // namespace chatwire
#endif
