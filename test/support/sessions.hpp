// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_SESSIONS_HPP
#define CHATWIRE_TEST_SUPPORT_SESSIONS_HPP

#include "faulty_store.hpp"
#include "served.hpp"

#include <chatwire/json/writer.hpp>
#include <chatwire/pathors/service.hpp>
#include <chatwire/store/memory.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A Pathors service in the hands of a test: its store, its clock and its model.
namespace chatwire::test {

/// Two projects, `p` with the key `k` and `q` with the key `l`, and what they remember.
class sessions_world {
public:
    explicit sessions_world(pathors::session_limits limits = {}, std::string instructions = {}, store::limits l = {})
        : memory(std::make_shared<store::memory>(l, [this] { return now(); })),
          store(std::make_shared<faulty_store>(memory)), service(store, limits)
    {
        auto const ask = [this](request r, std::function<void()> wake) {
            asked.push_back(r);
            return model(std::move(r), std::move(wake));
        };
        service.add({.id = "p", .keys = {"k", "k2"}, .pathway = {.instructions = instructions, .complete = ask}});
        service.add({.id = "q", .keys = {"l"}, .pathway = {.id = "way", .model = "mine", .complete = ask}});
        service.add({.id = "nobody", .keys = {}, .pathway = {.complete = ask}});
        service.mount(routes);
    }
    sessions_world(sessions_world const&) = delete;

    /// What the store's clock says: the system's, some time ago.
    store::timestamp now() const
    {
        return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()) - ago;
    }
    std::chrono::seconds ago{0};

    std::shared_ptr<store::memory> memory;
    std::shared_ptr<faulty_store> store;
    pathors::service service;
    router routes{};
    std::vector<request> asked{}; ///< what the model was asked
    completer model = knows({saying("Hi "), saying("there"), finishing()});

    static std::string base(std::string_view project = "p")
    {
        return "/api/project/" + std::string(project) + "/integration/api";
    }

    seen_answer call(std::string const& method, std::string const& target, std::string_view body = {},
                     std::string const& fields = "Authorization: Bearer k\r\n")
    {
        served s(routes);
        s.receive(method + post(target, body, fields).substr(4));
        s.end();
        auto const all = read_answers(s.sent, {method});
        BOOST_TEST_REQUIRE(all.size() == 1U);
        BOOST_TEST(all[0].complete);
        return all[0];
    }
    /// A completion: `body` is the request's members but for their braces.
    seen_answer complete(std::string const& body, std::string const& fields = {})
    {
        return call("POST", base() + "/chat/completions", '{' + body + '}', "Authorization: Bearer k\r\n" + fields);
    }
    seen_answer say(std::string const& text, std::string const& session, bool stream = false)
    {
        return complete(R"("messages":[{"role":"user","content":")" + text + R"("}],"session_id":")" + session +
                        R"(","stream":)" + (stream ? "true" : "false"));
    }
    seen_answer create(std::string const& body) { return call("POST", base() + "/session", body); }
    seen_answer show(std::string const& encoded_id) { return call("GET", base() + "/session/" + encoded_id); }
    seen_answer end(std::string const& body) { return call("DELETE", base() + "/session", body); }

    /// A plan of a completion, which the test drives.
    std::unique_ptr<plan> begin(std::string const& body)
    {
        server_call c;
        c.head.method = "POST";
        c.head.target = base() + "/chat/completions";
        auto const route = routes.match(c);
        BOOST_TEST_REQUIRE(route.has_value());
        c.body = '{' + body + '}';
        return (*route)->begin(std::move(c));
    }

    static store::key key(std::string id, std::string project = "p")
    {
        return {"session", std::move(project), std::move(id)};
    }
    /// The log of a session as it is kept; "none" if there is no session.
    std::string kept(std::string const& id, std::string const& project = "p")
    {
        auto const log = memory->read(key(id, project));
        if (!log)
            return "none";
        std::string out;
        for (auto const& e : *log) {
            auto const m = parse_json(e);
            out += (out.empty() ? "" : "|") + text_of(m, "role") + ':' + text_of(m, "content");
        }
        return out;
    }
    /// What the model was asked last, in the same spelling.
    std::string last_asked() const
    {
        std::string out;
        for (auto const& m : asked.at(asked.size() - 1).messages) {
            auto const v = parse_json(json::to_text(m));
            out += (out.empty() ? "" : "|") + text_of(v, "role") + ':' + text_of(v, "content");
        }
        return out;
    }
};

} // namespace chatwire::test
#endif
