// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/request_id.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(client_request_id)

namespace client_request_id_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(the_name_that_everybody_uses_comes_first_then_azures)
{
    using list = std::vector<std::pair<std::string, std::string>>;
    for (auto const& [given, expected] : {std::pair<list, std::string>({{"X-Request-ID", "r-1"}}, "r-1"),
                                          {{{"apim-request-id", "a-1"}}, "a-1"},
                                          {{{"Apim-Request-Id", "a-1"}, {"x-request-id", "r-1"}}, "r-1"},
                                          {{{"x-request-id", ""}, {"apim-request-id", "a-1"}}, "a-1"},
                                          {{{"request", "r-1"}}, ""},
                                          {{}, ""}}) {
        http::fields f;
        for (auto const& [name, value] : given)
            BOOST_REQUIRE(!f.insert(name, value));
        BOOST_TEST(request_id_of(f) == expected);
    }
}

} // namespace client_request_id_test

BOOST_AUTO_TEST_SUITE_END()
