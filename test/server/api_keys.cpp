// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/api_keys.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(server_api_keys)

namespace api_keys_test {

using namespace chatwire;

server_call with(std::string authorization)
{
    server_call c;
    if (!authorization.empty())
        BOOST_REQUIRE(!c.head.fields.insert("Authorization", authorization));
    return c;
}

BOOST_AUTO_TEST_CASE(any_of_the_keys_opens)
{
    api_keys const keys({"one", "two"});
    BOOST_TEST(!keys.check(with("Bearer one")));
    BOOST_TEST(!keys.check(with("bearer two")));
    for (auto const* wrong : {"", "Bearer", "Bearer ", "Bearer on", "Bearer onee", "Bearer ONE", "Basic one", "one"})
        BOOST_TEST(keys.check(with(wrong)).value().status == 401, wrong);
}

BOOST_AUTO_TEST_CASE(a_refusal_does_not_repeat_the_key)
{
    auto const f = api_keys({"one"}).check(with("Bearer secret-of-another-place")).value();
    BOOST_TEST(f.message.find("secret") == std::string::npos);
    BOOST_TEST(f.api_code == "invalid_api_key");
}

BOOST_AUTO_TEST_CASE(without_keys_it_is_open)
{
    BOOST_TEST(!api_keys().check(with("")));
    BOOST_TEST(!api_keys().check(with("Bearer anything")));
    BOOST_TEST(!api_keys().has("anything"));
    BOOST_TEST(api_keys().empty());
}

BOOST_AUTO_TEST_CASE(an_empty_key_is_none)
{
    for (auto const* empty : {"", "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}) {
        api_keys const keys({empty});
        BOOST_TEST(keys.check(with("")).has_value());
        BOOST_TEST(keys.check(with("Bearer ")).has_value());
        BOOST_TEST(keys.check(with("Bearer x")).has_value());
    }
}

BOOST_AUTO_TEST_CASE(anonymous_callers_show_no_key_rather_than_a_wrong_one)
{
    api_keys keys({"one"});
    keys.anonymous = true;
    BOOST_TEST(!keys.check(with("")));
    BOOST_TEST(!keys.check(with("Bearer one")));
    BOOST_TEST(keys.check(with("Bearer two")).has_value());
}

} // namespace api_keys_test
BOOST_AUTO_TEST_SUITE_END()
