// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_BOUNDS_FIGURES_HPP
#define CHATWIRE_TEST_BOUNDS_FIGURES_HPP

#include <boost/test/unit_test.hpp>

#include <string_view>

namespace chatwire::test {

/// Whether the figures behind the tests are to be printed: `test_bounds ... -- figures`.
inline bool wants_figures()
{
    auto const& suite = boost::unit_test::framework::master_test_suite();
    for (int i = 1; i < suite.argc; ++i)
        if (std::string_view(suite.argv[i]) == "figures")
            return true;
    return false;
}

} // namespace chatwire::test
#endif
