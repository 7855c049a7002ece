// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/mcp/version.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mcp_version)

namespace mcp_version_test {

using namespace chatwire;
using mcp::version;

BOOST_AUTO_TEST_CASE(revisions_have_their_dates_for_names)
{
    for (auto const v :
         {version::of_2025_03_26, version::of_2025_06_18, version::of_2025_11_25, version::of_2026_07_28})
        BOOST_TEST((mcp::find_version(to_string(v)) == v));
    BOOST_TEST(to_string(version::of_2025_06_18) == "2025-06-18");
    for (char const* name : {"", "2024-11-05", "2026-07-2", "2026-07-288"})
        BOOST_TEST(!mcp::find_version(name));
}

BOOST_AUTO_TEST_CASE(only_the_newest_has_no_handshake)
{
    BOOST_TEST(stateless(version::of_2026_07_28));
    BOOST_TEST(!stateless(mcp::newest_with_handshake));
    BOOST_TEST(to_string(mcp::newest_with_handshake) == "2025-11-25");
}

} // namespace mcp_version_test
BOOST_AUTO_TEST_SUITE_END()
