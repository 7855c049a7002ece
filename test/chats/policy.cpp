// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chats/policy.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(chats_policy)

namespace chats_policy_test {

using namespace chatwire;
using namespace chatwire::chats;
using answer = policy::answer;

resource_name const chat_a1{"prj_a", "chat", "chat_1"};
resource_name const chat_a2{"prj_a", "chat", "chat_2"};
resource_name const chat_b{"prj_b", "chat", "chat_1"};
resource_name const document_a{"prj_a", "document", "doc_1"};
resource_name const any_chat_a{"prj_a", "chat"}; // to be made, or all of them

struct question {
    std::string_view action;
    resource_name const& resource;
    answer expected;
};

struct decisions {
    std::string document;
    std::vector<question> questions;
};

std::string statement(std::string const& text) { return R"({"statement":[)" + text + "]}"; }

std::vector<decisions> table()
{
    auto const get = "chats:GetChat", list = "chats:ListChats", other = "documents:GetDocument";
    return {
        {R"({"statement":[]})", {{get, chat_a1, answer::none}, {list, any_chat_a, answer::none}}},
        {statement(R"({"effect":"Allow","action":"*"})"),
         {{get, chat_a1, answer::allow},
          {get, chat_b, answer::allow},
          {other, document_a, answer::allow},
          {list, any_chat_a, answer::allow}}},
        {statement(R"({"effect":"Allow","action":["chats:*"]})"),
         {{get, chat_a1, answer::allow}, {list, chat_b, answer::allow}, {other, document_a, answer::none}}},
        {statement(R"({"effect":"Allow","action":["chats:GetChat"]})"),
         {{get, chat_a1, answer::allow},
          {list, any_chat_a, answer::none},
          {"chats:GetChatX", chat_a1, answer::none},
          {"chats:getchat", chat_a1, answer::none},
          {"xchats:GetChat", chat_a1, answer::none}}},
        {statement(R"({"effect":"Allow","action":["chats:GetChat","chats:ListChats"]})"),
         {{get, chat_a1, answer::allow},
          {list, any_chat_a, answer::allow},
          {"chats:DeleteChat", chat_a1, answer::none}}},
        {statement(R"({"effect":"Allow","action":"chats:*","resource":"*"})"),
         {{get, chat_a1, answer::allow}, {get, chat_b, answer::allow}, {get, any_chat_a, answer::allow}}},
        {statement(R"({"effect":"Allow","action":"chats:*","resource":["soat:prj_a:chat:*"]})"),
         {{get, chat_a1, answer::allow},
          {get, chat_a2, answer::allow},
          {list, any_chat_a, answer::allow},
          {get, chat_b, answer::none},
          {get, document_a, answer::none}}},
        {statement(R"({"effect":"Allow","action":"chats:*","resource":["soat:prj_a:chat:chat_1"]})"),
         {{get, chat_a1, answer::allow},
          {get, chat_a2, answer::none},
          {get, any_chat_a, answer::none},
          {get, chat_b, answer::none}}},
        {statement(R"({"effect":"Allow","action":"*","resource":["soat:*:chat:*"]})"),
         {{get, chat_a1, answer::allow}, {get, chat_b, answer::allow}, {other, document_a, answer::none}}},
        {statement(R"({"effect":"Allow","action":"*","resource":["soat:prj_a:*:*","soat:prj_b:chat:chat_1"]})"),
         {{other, document_a, answer::allow}, {get, chat_b, answer::allow}}},
        {statement(R"({"effect":"Deny","action":"*"})"),
         {{get, chat_a1, answer::deny}, {list, any_chat_a, answer::deny}}},
        // an explicit Deny wins, wherever it stands
        {statement(R"({"effect":"Allow","action":"*"},{"effect":"Deny","action":"chats:DeleteChat"})"),
         {{get, chat_a1, answer::allow}, {"chats:DeleteChat", chat_a1, answer::deny}}},
        {statement(R"({"effect":"Deny","action":"*","resource":"soat:prj_b:*:*"},{"effect":"Allow","action":"*"})"),
         {{get, chat_a1, answer::allow}, {get, chat_b, answer::deny}}},
        // conditions
        {statement(R"({"effect":"Allow","action":"*","condition":{"StringEquals":{"soat:ResourceType":"chat"}}})"),
         {{get, chat_a1, answer::allow}, {other, document_a, answer::none}}},
        {statement(
             R"({"effect":"Allow","action":"*","condition":{"StringEquals":{"soat:ResourceType":["chat","document"]}}})"),
         {{get, chat_a1, answer::allow}, {other, document_a, answer::allow}}},
        {statement(
             R"({"effect":"Allow","action":"*","condition":{"StringNotEquals":{"soat:ResourceType":["document","x"]}}})"),
         {{get, chat_a1, answer::allow}, {other, document_a, answer::none}}},
        {statement(R"({"effect":"Allow","action":"*","condition":{"StringLike":{"soat:ResourceId":"chat_?"}}})"),
         {{get, chat_a1, answer::allow}, {other, document_a, answer::none}, {list, any_chat_a, answer::none}}},
        {statement(R"({"effect":"Allow","action":"*","condition":{"StringLike":{"soat:ProjectId":"prj_*"}}})"),
         {{get, chat_a1, answer::allow}, {get, chat_b, answer::allow}}},
        // a key without a value
        {statement(R"({"effect":"Allow","action":"*","condition":{"StringEquals":{"soat:ResourceId":"chat_1"}}})"),
         {{get, chat_a1, answer::allow}, {get, chat_a2, answer::none}, {list, any_chat_a, answer::none}}},
        {statement(R"({"effect":"Allow","action":"*","condition":{"StringNotEquals":{"soat:ResourceId":"chat_1"}}})"),
         {{get, chat_a1, answer::none}, {get, chat_a2, answer::allow}, {list, any_chat_a, answer::allow}}},
        {statement(R"({"effect":"Allow","action":"*","condition":{"StringLike":{"soat:ResourceId":"*"}}})"),
         {{get, chat_a1, answer::allow}, {list, any_chat_a, answer::none}}},
        // all conditions have to hold
        {statement(R"({"effect":"Allow","action":"*","condition":{"StringEquals":{"soat:ResourceType":"chat",
                      "soat:ProjectId":"prj_a"},"StringNotEquals":{"soat:ResourceId":"chat_2"}}})"),
         {{get, chat_a1, answer::allow},
          {get, chat_a2, answer::none},
          {get, chat_b, answer::none},
          {other, document_a, answer::none}}},
        {statement(R"({"effect":"Allow","action":"*"},
                      {"effect":"Deny","action":"*","condition":{"StringEquals":{"soat:PrincipalType":"key"}}},
                      {"effect":"Deny","action":"*","condition":{"StringEquals":{"soat:PrincipalId":"u_2"}}})"),
         {{get, chat_a1, answer::allow}}}, // asked as the user u_1
    };
}

BOOST_AUTO_TEST_CASE(decisions_follow_from_the_document)
{
    std::size_t asked = 0;
    for (auto const& d : table()) {
        auto const p = policy::parse(d.document);
        BOOST_REQUIRE_MESSAGE(p, d.document << ": " << p.error().what());
        for (auto const& q : d.questions) {
            ++asked;
            BOOST_TEST((p->ask({q.action, q.resource, "u_1", "user"}) == q.expected),
                       d.document << ' ' << q.action << ' ' << q.resource.project << ':' << q.resource.type << ':'
                                  << q.resource.id);
        }
    }
    BOOST_TEST(asked >= 60u);
}

BOOST_AUTO_TEST_CASE(several_policies_are_one)
{
    auto const all = policy::parse(statement(R"({"effect":"Allow","action":"*"})")).value();
    auto const no_delete = policy::parse(statement(R"({"effect":"Deny","action":"chats:DeleteChat"})")).value();
    std::vector<policy> const both{all, no_delete}, turned{no_delete, all};
    for (auto const& policies : {both, turned}) {
        BOOST_TEST(allows(policies, {"chats:GetChat", chat_a1}));
        BOOST_TEST(!allows(policies, {"chats:DeleteChat", chat_a1}));
    }
    BOOST_TEST(!allows({}, {"chats:GetChat", chat_a1}));
    BOOST_TEST(!allows(std::vector{no_delete}, {"chats:GetChat", chat_a1}));
    BOOST_TEST((policy().ask({"chats:GetChat", chat_a1}) == answer::none));
}

BOOST_AUTO_TEST_CASE(where_policies_reach)
{
    auto const reaches = [](std::string const& text, std::string_view project) {
        return chats::reaches(std::vector{policy::parse(statement(text)).value()}, project, "usr_1", "user");
    };
    BOOST_TEST(reaches(R"({"effect":"Allow","action":"x:*"})", "prj_a"));
    BOOST_TEST(reaches(R"({"effect":"Allow","action":"*","resource":"soat:prj_a:chat:chat_9"})", "prj_a"));
    BOOST_TEST(reaches(R"({"effect":"Allow","action":"*","resource":"soat:*:chat:*"})", "prj_a"));
    BOOST_TEST(!reaches(R"({"effect":"Allow","action":"*","resource":"soat:prj_a:chat:*"})", "prj_b"));
    BOOST_TEST(!reaches(R"({"effect":"Deny","action":"*"})", "prj_a"));
    BOOST_TEST(!chats::reaches({}, "prj_a"));
    BOOST_TEST(!chats::reaches(std::vector{policy()}, "prj_a"));

    // conditions that the project or the principal decides; those about a resource may hold for one
    auto const under = [&](std::string const& condition, std::string const& effect = "Allow") {
        std::string const all = effect == "Deny" ? R"({"effect":"Allow","action":"*"},)" : "";
        return reaches(all + R"({"effect":")" + effect + R"(","action":"*","condition":)" + condition + '}', "prj_a");
    };
    BOOST_TEST(under(R"({"StringEquals":{"soat:ProjectId":"prj_a"}})"));
    BOOST_TEST(!under(R"({"StringEquals":{"soat:ProjectId":"prj_b"}})"));
    BOOST_TEST(!under(R"({"StringNotEquals":{"soat:ProjectId":"prj_a"}})"));
    BOOST_TEST(under(R"({"StringLike":{"soat:PrincipalId":"usr_*"}})"));
    BOOST_TEST(!under(R"({"StringEquals":{"soat:PrincipalType":"key"}})"));
    BOOST_TEST(under(R"({"StringEquals":{"soat:ResourceType":"chat"}})"));
    BOOST_TEST(under(R"({"StringNotEquals":{"soat:ResourceId":"cht_1"}})"));
    BOOST_TEST(!under(R"({"StringEquals":{"soat:ProjectId":"prj_a"}})", "Deny"));
    BOOST_TEST(under(R"({"StringEquals":{"soat:ProjectId":"prj_b"}})", "Deny"));
    BOOST_TEST(under(R"({"StringEquals":{"soat:ResourceId":"cht_1"}})", "Deny"));

    // what is denied in all of a project is not allowed there, whichever policy says so
    auto const beside = [](std::string const& allow, std::string const& deny) {
        return chats::reaches(std::vector{policy::parse(statement(R"({"effect":"Allow",)" + allow + '}')).value(),
                                          policy::parse(statement(R"({"effect":"Deny",)" + deny + '}')).value()},
                              "prj_a");
    };
    BOOST_TEST(!beside(R"("action":"*")", R"("action":"*","resource":"soat:prj_a:*:*")"));
    BOOST_TEST(!beside(R"("action":"chats:GetChat")", R"("action":"chats:*")"));
    BOOST_TEST(!beside(R"("action":"chats:*")", R"("action":["chats:*","x:*"],"resource":"*")"));
    BOOST_TEST(beside(R"("action":"*")", R"("action":"chats:*")"));
    BOOST_TEST(beside(R"("action":["chats:GetChat","chats:ListChats"])", R"("action":"chats:GetChat")"));
    BOOST_TEST(beside(R"("action":"*")", R"("action":"*","resource":"soat:prj_a:chat:*")"));
    BOOST_TEST(beside(R"("action":"*")", R"("action":"*","resource":"soat:prj_b:*:*")"));
}

BOOST_AUTO_TEST_CASE(patterns_of_text)
{
    auto const like = [](std::string const& id, std::string const& pattern) {
        auto const p = policy::parse(statement(
            R"({"effect":"Allow","action":"*","condition":{"StringLike":{"soat:ResourceId":")" + pattern + R"("}}})"));
        resource_name const r{"p", "t", id};
        return p.value().ask({"a:B", r}) == answer::allow;
    };
    for (auto const* pattern : {"abc", "*", "a*", "*c", "a*c", "a?c", "???", "**", "*b*", "a**c", "*?*?*?*", "abc*"})
        BOOST_TEST(like("abc", pattern), pattern);
    for (auto const* pattern : {"", "ab", "abcd", "????", "??", "b*", "*b", "a*d", "*x*", "?*d", "ABC", "abc?"})
        BOOST_TEST(!like("abc", pattern), pattern);
    BOOST_TEST(like("a\xc3\xa9z", "a?z")); // a character, however many bytes
    BOOST_TEST(!like("a\xc3\xa9z", "a??z"));
    BOOST_TEST(!like(std::string(3000, 'a'), "*a*a*a*a*a*a*a*a*b")); // and it takes no time worth mentioning
}

BOOST_AUTO_TEST_CASE(a_malformed_document_is_refused_with_every_fault_named)
{
    auto const faults = [](std::string const& text) {
        auto const p = policy::parse(text);
        BOOST_REQUIRE_MESSAGE(!p, text);
        BOOST_TEST(p.error().code == make_error_code(errc::bad_value));
        return p.error().message;
    };
    BOOST_TEST(faults("[]") == "policy: expected an object");
    BOOST_TEST(faults("{}") == "statement: is missing");
    BOOST_TEST(faults(R"({"statement":{}})") == "statement: expected an array");
    BOOST_TEST(faults(R"({"statement":[],"version":1})") == "version: no such member");
    BOOST_TEST(faults(R"({"statement":[],"a: x\nb":1})") == R"(a: x\u000ab: no such member)");
    BOOST_TEST(faults(statement("1")) == "statement[0]: expected an object");
    BOOST_TEST(faults(statement("{}")) ==
               "statement[0].effect: expected Allow or Deny\nstatement[0].action: is missing");
    BOOST_TEST(faults(statement(R"({"effect":"allow","action":[]})")) ==
               "statement[0].effect: expected Allow or Deny\nstatement[0].action: must not be empty");
    BOOST_TEST(faults(statement(R"({"effect":"Allow","action":["chats:*",3,"chats","chats:Get*",":x","*:x",""]})")) ==
               "statement[0].action[1]: expected a string\n"
               "statement[0].action[2]: expected *, module:* or module:Operation\n"
               "statement[0].action[3]: expected *, module:* or module:Operation\n"
               "statement[0].action[4]: expected *, module:* or module:Operation\n"
               "statement[0].action[5]: expected *, module:* or module:Operation\n"
               "statement[0].action[6]: expected *, module:* or module:Operation");
    auto const resource = "expected * or soat:<project>:<type>:<id>, each of the three a name or *";
    for (auto const* bad : {"", "soat", "soat:a:b", "soat:a:b:c:d", "soat:a:b:", "soat::b:c", "soat:a*:b:c",
                            "aws:a:b:c", "soat:a b:c:d", "**"})
        BOOST_TEST(faults(statement(std::string(R"({"effect":"Deny","action":"*","resource":")") + bad + "\"}")) ==
                   std::string("statement[0].resource: ") + resource);
    BOOST_TEST(faults(statement(R"({"effect":"Allow","action":"*","resource":[]})")) ==
               "statement[0].resource: must not be empty");
    BOOST_TEST(faults(statement(R"({"effect":"Allow","action":"*","condition":[]})")) ==
               "statement[0].condition: expected an object");
    BOOST_TEST(
        faults(statement(
            R"({"effect":"Allow","action":"*"},{"effect":"Allow","action":"*","principal":"x","condition":{"StringIs":{},
               "StringLike":"x","StringEquals":{"aws:X":"y","soat:ResourceType":[1]}}})")) ==
        "statement[1].principal: no such member\n"
        "statement[1].condition.StringIs: expected StringEquals, StringNotEquals or StringLike\n"
        "statement[1].condition.StringLike: expected an object\n"
        "statement[1].condition.StringEquals.aws:X: no such key\n"
        "statement[1].condition.StringEquals.soat:ResourceType[0]: expected a string");

    for (auto const* text : {"", "{", "{]", R"({"statement":[]} x)", "{\"statement\":[\xff]}"}) {
        auto const p = policy::parse(text);
        BOOST_REQUIRE(!p);
        BOOST_TEST(
            (p.error().code == make_error_code(errc::bad_json) || p.error().code == make_error_code(errc::bad_utf8)));
        BOOST_TEST(p.error().message.find("at byte ") != std::string::npos);
    }
    BOOST_TEST(faults(R"({"statement":[{"effect":"Deny","action":"*","effect":"Allow"}],"statement":[]})") ==
               "statement[0].effect: stands twice\nstatement: stands twice");
    BOOST_TEST(faults("1e999") == "policy: number out of range");
    BOOST_TEST(!policy::parse(std::string(100'000, '['))); // and nothing else happens
}

} // namespace chats_policy_test

BOOST_AUTO_TEST_SUITE_END()
