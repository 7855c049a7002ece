// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chatwire.hpp>

#if defined(CHATWIRE_TLS) || defined(CHATWIRE_SQLITE) || defined(CHATWIRE_POSTGRES)
#error "what there is no library for was not asked for, and cannot be"
#endif

// https is refused: there is nothing to secure a connection with.
int main() { return chatwire::transport::options{}.secure ? 1 : 0; }
