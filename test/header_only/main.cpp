// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// Two translation units that include everything, header-only: they link (nothing is defined twice), and they share
// what must exist once.
#include <chatwire/chatwire.hpp>

#include "other.hpp"

int main()
{
    bool const same = &header_only_test::category_of_other() == &chatwire::error_category_instance();
    bool const equal = chatwire::make_error_code(chatwire::errc::bad_json) == chatwire::condition::peer_violation;
    return same && equal ? 0 : 1;
}
