// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CLIENT_OPEN_CONNECTION_IPP
#define CHATWIRE_IMPL_CLIENT_OPEN_CONNECTION_IPP

#include <chatwire/client/open_connection.hpp>

namespace chatwire {

CHATWIRE_DECL io::action open_connection::resume(io::outcome const& o)
{
    using kind = io::outcome::kind;
    switch (step_) {
    case step::connecting:
        if (o.what == kind::begin || o.what == kind::woken)
            return io::action::connect_to(io::port::upstream, way_->connect, until_);
        return o.ok() ? connected() : fail(o.to_failure(errc::connect_timeout));
    case step::tunnelling: {
        auto next = await_->resume(o);
        if (next.what != io::action::kind::done)
            return next;
        auto r = await_->take();
        return r ? tunnelled() : fail(std::move(r).error());
    }
    case step::securing: break;
    }
    return o.ok() ? io::action::finish() : fail(o.to_failure(errc::connect_timeout));
}

CHATWIRE_DECL io::action open_connection::connected()
{
    if (!way_->tunnel())
        return tunnelled();
    step_ = step::tunnelling;
    tunnel_.emplace(*way_, *options_);
    await_.emplace(*tunnel_, io::port::upstream, io::patience{.total = until_});
    return resume({});
}

CHATWIRE_DECL io::action open_connection::tunnelled()
{
    if (!way_->secure)
        return io::action::finish();
    step_ = step::securing;
    return io::action::start_tls(io::port::upstream, way_->service, until_);
}

CHATWIRE_DECL io::action open_connection::fail(failure f)
{
    if (f.code == condition::timeout) // whichever step it was
        f.code = errc::connect_timeout;
    result_ = std::move(f);
    return io::action::finish();
}

} // namespace chatwire
#endif
