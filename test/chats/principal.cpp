// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chats/principal.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(chats_principal)

namespace chats_principal_test {

using namespace chatwire::chats;
using kind = principal::kind;

resource_name const chat_a{"prj_a", "chat", "chat_1"};
resource_name const chat_b{"prj_b", "chat", "chat_1"};

std::vector<policy> says(std::string const& statements)
{
    return {policy::parse(R"({"statement":[)" + statements + "]}").value()};
}

std::string const everything = R"({"effect":"Allow","action":"*"})";
std::string const chats_of_a = R"({"effect":"Allow","action":"chats:*","resource":"soat:prj_a:chat:*"})";
std::string const reading = R"({"effect":"Allow","action":["chats:GetChat","chats:ListChats"]})";

std::shared_ptr<principal const> user(std::string const& statements)
{
    return std::make_shared<principal>(principal{.what = kind::user, .id = "u_1", .policies = says(statements)});
}

BOOST_AUTO_TEST_CASE(an_admin_may_everything)
{
    principal const admin{.what = kind::admin};
    BOOST_TEST(admin.may("chats:DeleteChat", chat_a));
    BOOST_TEST(admin.belongs_to("prj_z"));
}

BOOST_AUTO_TEST_CASE(a_user_may_what_the_policies_say)
{
    auto const u = user(chats_of_a);
    BOOST_TEST(u->may("chats:DeleteChat", chat_a));
    BOOST_TEST(!u->may("chats:DeleteChat", chat_b));
    BOOST_TEST(u->belongs_to("prj_a"));
    BOOST_TEST(!u->belongs_to("prj_b"));
    principal const nobody{};
    BOOST_TEST(!nobody.may("chats:GetChat", chat_a));
    BOOST_TEST(!nobody.belongs_to("prj_a"));
}

BOOST_AUTO_TEST_CASE(a_key_may_what_both_its_owner_and_it_may_and_never_leaves_its_project)
{
    struct row {
        std::shared_ptr<principal const> owner;
        std::optional<std::vector<policy>> own;
        bool get_a, delete_a, get_b;
    };
    auto const admin = std::make_shared<principal>(principal{.what = kind::admin});
    for (auto const& r : std::vector<row>{
             {admin, std::nullopt, true, true, false},
             {admin, says(reading), true, false, false},
             {admin, std::vector<policy>{}, false, false, false},
             {user(everything), std::nullopt, true, true, false},
             {user(everything), says(reading), true, false, false},
             {user(reading), says(everything), true, false, false},
             {user(chats_of_a), says(everything), true, true, false},
             {user(R"({"effect":"Allow","action":"*","resource":"soat:prj_b:*:*"})"), std::nullopt, false, false,
              false},
             {user(everything + R"(,{"effect":"Deny","action":"chats:GetChat"})"), says(everything), false, true,
              false},
             {user(everything), says(everything + R"(,{"effect":"Deny","action":"chats:GetChat"})"), false, true,
              false},
             {nullptr, says(everything), false, false, false},
         }) {
        principal const key{.what = kind::key, .id = "key_1", .policies = r.own, .project = "prj_a", .owner = r.owner};
        BOOST_TEST(key.may("chats:GetChat", chat_a) == r.get_a);
        BOOST_TEST(key.may("chats:DeleteChat", chat_a) == r.delete_a);
        BOOST_TEST(key.may("chats:GetChat", chat_b) == r.get_b);
        BOOST_TEST(key.belongs_to("prj_a"));
        BOOST_TEST(!key.belongs_to("prj_b"));
    }
}

BOOST_AUTO_TEST_CASE(a_policy_may_ask_who_it_is)
{
    auto const keys_only =
        R"({"effect":"Allow","action":"*","condition":{"StringEquals":{"soat:PrincipalType":"key"}}})";
    BOOST_TEST(!user(keys_only)->may("chats:GetChat", chat_a));
    principal const key{
        .what = kind::key, .id = "key_1", .policies = says(keys_only), .project = "prj_a", .owner = user(everything)};
    BOOST_TEST(key.may("chats:GetChat", chat_a));
    BOOST_TEST(user(R"({"effect":"Allow","action":"*","condition":{"StringEquals":{"soat:PrincipalId":"u_1"}}})")
                   ->may("chats:GetChat", chat_a));
}

} // namespace chats_principal_test

BOOST_AUTO_TEST_SUITE_END()
