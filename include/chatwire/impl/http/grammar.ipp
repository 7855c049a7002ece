// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_HTTP_GRAMMAR_IPP
#define CHATWIRE_IMPL_HTTP_GRAMMAR_IPP

#include <chatwire/http/grammar.hpp>

#endif
