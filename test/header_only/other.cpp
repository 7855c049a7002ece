// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chatwire.hpp>

#include "other.hpp"

#ifndef CHATWIRE_HEADER_ONLY
#error "this program tests the header-only way"
#endif

chatwire::error_category const& header_only_test::category_of_other() { return chatwire::error_category_instance(); }
