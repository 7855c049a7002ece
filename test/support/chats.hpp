// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_CHATS_HPP
#define CHATWIRE_TEST_SUPPORT_CHATS_HPP

#include "faulty_store.hpp"
#include "served.hpp"

#include <chatwire/chats/service.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/store/memory.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A Chats service in the hands of a test.
namespace chatwire::test {

/// Two projects, `prj_a` and `prj_b`, each with a provider (`aip_a`, `aip_b`) whose model the test gives, and a
/// document (`doc_a`, `doc_b`). Keys are named after whose they are: `admin`; the users `ada` (all of the chats of
/// prj_a), `bob` (all of prj_b's), `both`, `reader` (looks at prj_a), `nobody`; and `ada-key`, `bob-key` and
/// `reader-key`, of a project each, and `narrow-key`, ada's for reading one chat.
class chats_world {
public:
    explicit chats_world(chats::service_options o = {}, store::limits l = {})
        : memory(std::make_shared<store::memory>(l, [this] { return clock += std::chrono::milliseconds(1); })),
          store(std::make_shared<faulty_store>(memory)), service(store, o)
    {
        service.add_project("prj_a");
        service.add_project("prj_b");
        service.add_project("prj_empty");
        add_provider("aip_a", "prj_a");
        add_provider("aip_b", "prj_b");
        service.add(chats::document{"doc_a", "prj_a", "the text of a"});
        service.add(chats::document{"doc_b", "prj_b", "the text of b"});

        using kind = chats::principal::kind;
        add_user("admin", kind::admin, {});
        add_user("ada", kind::user, R"({"effect":"Allow","action":"chats:*","resource":"soat:prj_a:chat:*"})");
        add_user("bob", kind::user, R"({"effect":"Allow","action":"chats:*","resource":"soat:prj_b:chat:*"})");
        add_user("both", kind::user,
                 R"({"effect":"Allow","action":"chats:*","resource":["soat:prj_a:*:*","soat:prj_b:*:*"]})");
        add_user("reader", kind::user,
                 R"({"effect":"Allow","action":["chats:GetChat","chats:ListChats"],"resource":"soat:prj_a:chat:*"})");
        add_user("nobody", kind::user, {});
        add_key("ada-key", "ada", "prj_a", {});
        add_key("bob-key", "bob", "prj_b", {});
        add_key("both-key", "both", "prj_a", {});
        add_key("admin-key", "admin", "prj_b", {});
        add_key("reader-key", "reader", "prj_a", {});
        service.mount(routes);
        routes.repeats = std::make_shared<idempotency>();
    }
    chats_world(chats_world const&) = delete;

    void add_provider(std::string id, std::string project, std::string model = "default-model")
    {
        service.add({.id = std::move(id), .project_id = std::move(project), .default_model = std::move(model)},
                    [this](request r, std::function<void()> wake) {
                        asked.push_back(r);
                        return this->model(std::move(r), std::move(wake));
                    });
    }
    void add_user(std::string const& id, chats::principal::kind what, std::string const& statements)
    {
        principals[id] = std::make_shared<chats::principal const>(
            chats::principal{.what = what, .id = id, .policies = policies(statements)});
        BOOST_TEST_REQUIRE(service.keys().add(api_key(id), principals[id]));
    }
    void add_key(std::string const& id, std::string const& owner, std::string const& project,
                 std::string const& statements)
    {
        chats::principal k{
            .what = chats::principal::kind::key, .id = id, .project = project, .owner = principals.at(owner)};
        if (!statements.empty())
            k.policies = policies(statements);
        BOOST_TEST_REQUIRE(service.keys().add(api_key(id), std::make_shared<chats::principal const>(std::move(k))));
    }
    static std::vector<chats::policy> policies(std::string const& statements)
    {
        return {chats::policy::parse(R"({"statement":[)" + statements + "]}").value()};
    }

    store::timestamp clock = std::chrono::sys_days(std::chrono::year(2026) / 3 / 1);
    std::shared_ptr<store::memory> memory;
    std::shared_ptr<faulty_store> store;
    chats::service service;
    router routes{};
    std::map<std::string, std::shared_ptr<chats::principal const>> principals{};
    std::vector<request> asked{}; ///< what the model was asked
    completer model = knows({saying("Hi "), saying("there"), finishing()});

    seen_answer call(std::string const& key, std::string const& method, std::string const& target,
                     std::string_view body = {}, std::string const& more_fields = {})
    {
        served s(routes);
        s.receive(method + post("/api/v1" + target, body,
                                more_fields + (key.empty() ? "" : "Authorization: Bearer " + key + "\r\n"))
                               .substr(4));
        s.end();
        auto const all = read_answers(s.sent, {method});
        BOOST_TEST_REQUIRE(all.size() == 1U);
        BOOST_TEST(all[0].complete);
        return all[0];
    }
    /// The id of a new chat in prj_a, or in another project, with further members.
    std::string create(std::string const& more = {}, std::string const& project = "a")
    {
        auto const a =
            call("admin", "POST", "/chats",
                 R"({"projectId":"prj_)" + project + R"(","aiProviderId":"aip_)" + project + '"' + more + '}');
        BOOST_TEST_REQUIRE(a.status == 201, a.body);
        return text_of(parse_json(a.body), "id");
    }
    /// A completion for a chat: `body` is the request's members but for their braces.
    seen_answer complete(std::string const& chat, std::string const& body, std::string const& key = "ada")
    {
        return call(key, "POST", "/chats/" + chat + "/completions", '{' + body + '}');
    }

    /// What the model was asked last: `role:text` of each message.
    std::string last_asked() const
    {
        std::string out;
        for (auto const& m : asked.at(asked.size() - 1).messages)
            out += (out.empty() ? "" : "|") + std::string(m.role.text()) + ':' + m.text();
        return out;
    }
};

} // namespace chatwire::test
#endif
