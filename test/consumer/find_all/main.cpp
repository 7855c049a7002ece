// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chatwire.hpp>

#if !defined(CHATWIRE_TLS) || !defined(CHATWIRE_SQLITE) || !defined(CHATWIRE_POSTGRES)
#error "what was installed with TLS and all stores came without them"
#endif

int main()
{
    bool const secure = chatwire::transport::options{}.secure && chatwire::transport::tls_client();
    bool const stores = !chatwire::store::sqlite::open({}) && !chatwire::store::postgres::open({.connections = 0});
    return secure && stores && chatwire::make_error_code(chatwire::errc::line_limit) == chatwire::condition::limit ? 0 : 1;
}
