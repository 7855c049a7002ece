// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_HEADER_ONLY_OTHER_HPP
#define CHATWIRE_TEST_HEADER_ONLY_OTHER_HPP

#include <chatwire/error.hpp>

namespace header_only_test {

chatwire::error_category const& category_of_other();

} // namespace header_only_test
#endif
