// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/pathors/base_url.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(pathors_base_url)

namespace pathors_base_url_test {

using namespace chatwire::pathors;

BOOST_AUTO_TEST_CASE(a_project_is_one_segment)
{
    BOOST_TEST(base_url("https://app.pathors.com", "prj_1") ==
               "https://app.pathors.com/api/project/prj_1/integration/api");
    BOOST_TEST(base_url("http://h:1/", "a/b c") == "http://h:1/api/project/a%2Fb%20c/integration/api");
    BOOST_TEST(base_url("http://h/below?x=1", "p") == "http://h/below/api/project/p/integration/api?x=1");
}

BOOST_AUTO_TEST_CASE(a_session_is_one_segment_whatever_it_is_called)
{
    BOOST_TEST(session_path("s-1") == "/session/s-1");
    BOOST_TEST(session_path("a/../b?c#d%") == "/session/a%2F..%2Fb%3Fc%23d%25");
    BOOST_TEST(session_path("\xC3\xA9\r\n") == "/session/%C3%A9%0D%0A");
    BOOST_TEST(session_path(".") == "/session/%2E");
    BOOST_TEST(session_path("..") == "/session/%2E%2E");
}

} // namespace pathors_base_url_test

BOOST_AUTO_TEST_SUITE_END()
