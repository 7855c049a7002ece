// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chats/provider_completer.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(chats_provider_completer)

namespace provider_completer_test {

using namespace chatwire;

request asking(std::string model)
{
    request r;
    r.model = std::move(model);
    r.messages.push_back(message::user("Hi"));
    return r;
}

BOOST_AUTO_TEST_CASE(asks_where_the_provider_is)
{
    auto const complete = chats::provider_completer({.id = "aip_1",
                                                     .provider = chats::provider_slug::custom,
                                                     .default_model = "m",
                                                     .base_url = "http://127.0.0.1:9/v1"});
    auto const p = complete(asking(""), [] {});
    auto const a = p->resume({});
    BOOST_TEST((a.what == io::action::kind::connect));
    BOOST_TEST((a.p == io::port::upstream));
    BOOST_TEST(a.to->host == "127.0.0.1");
    BOOST_TEST(a.to->port == 9);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_asked_fails_before_it_begins)
{
    std::vector<failure> told;
    chats::ai_provider azure{.id = "aip_1",
                             .provider = chats::provider_slug::azure,
                             .default_model = "m",
                             .config = {.resource_name = "r", .api_version = "2024-10-21"},
                             .secret = "k"};
    auto const hook = [&](failure const& f) { told.push_back(f); };
    auto bad_model = chats::provider_completer(azure, {}, hook)(asking(".."), [] {});
    BOOST_TEST((bad_model->resume({}).what == io::action::kind::done));
    BOOST_TEST(bad_model->queue().error().value().status == 400);
    BOOST_TEST(told.empty()); // the caller's fault

    azure.secret = {};
    auto no_key = chats::provider_completer(azure, "fixed", hook)(asking(".."), [] {});
    BOOST_TEST((no_key->resume({}).what == io::action::kind::done));
    BOOST_TEST(no_key->queue().error().value().status == 0); // the operator's
    BOOST_TEST(told.size() == 1U);
}

} // namespace provider_completer_test

BOOST_AUTO_TEST_SUITE_END()
