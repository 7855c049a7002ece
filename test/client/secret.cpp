// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/secret.hpp>

#include <boost/test/unit_test.hpp>

#include <ostream>

BOOST_AUTO_TEST_SUITE(client_secret)

namespace client_secret_test {

using namespace chatwire;

template <class T>
concept printable = requires(std::ostream& out, T const& value)
{
    out << value;
};

static_assert(!printable<secret>);
static_assert(!std::convertible_to<secret, std::string>);
static_assert(!std::convertible_to<secret, std::string_view>);

BOOST_AUTO_TEST_CASE(is_made_of_text_and_shown_on_request_only)
{
    secret const none;
    BOOST_TEST(none.empty());
    secret s = "key";
    BOOST_TEST(s.reveal() == "key");
    s = std::string("other");
    BOOST_TEST(s.reveal() == "other");
    BOOST_TEST(!s.empty());
}

} // namespace client_secret_test

BOOST_AUTO_TEST_SUITE_END()
