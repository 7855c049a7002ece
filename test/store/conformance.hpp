// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_STORE_CONFORMANCE_HPP
#define CHATWIRE_TEST_STORE_CONFORMANCE_HPP

// What every store has to do, as one function a promise. Each takes an empty store whose clock `tick` moves on.

#include <chatwire/store/store.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>

namespace store_conformance {

using namespace chatwire;
using store::key;

using tick = std::function<store::timestamp()>; // moves the store's clock on, and returns the new time

template <store::row_store S>
void rows(S& s, tick const& next)
{
    key const k{"session", "prj", "a"};
    BOOST_TEST((s.get(k).error().code == errc::not_found));

    auto const t1 = next();
    auto const first = s.put({.key = k, .version = 7, .body = "{}"}).value();
    BOOST_TEST((first.key == k));
    BOOST_TEST((first.created == t1 && first.updated == t1));
    BOOST_TEST(first.version > 0u);
    BOOST_TEST(first.body == "{}");
    BOOST_TEST((s.get(k).value() == first));

    auto const t2 = next();
    auto const second = s.put({.key = k, .body = std::string("\0two", 4)}).value();
    BOOST_TEST((second.created == t1 && second.updated == t2));
    BOOST_TEST(second.version > first.version);
    BOOST_TEST((s.get(k).value() == second));

    BOOST_TEST(s.erase(k).value());
    BOOST_TEST(!s.erase(k).value());
    BOOST_TEST((s.get(k).error().code == errc::not_found));

    // a version seen before the erase does not match what comes after it
    auto const third = s.put({.key = k, .body = "3"}).value();
    BOOST_TEST(third.version > second.version);
}

template <store::row_store S>
void keys_are_three_parts(S& s, tick const&)
{
    std::vector<key> const keys = {{"ab", "c", "d"},
                                   {"a", "bc", "d"},
                                   {"a", "b", "cd"},
                                   {"", "", ""},
                                   {"a", "", ""},
                                   {"A", "b", "cd"},
                                   {"a", "b", std::string("c\0d", 3)},
                                   {"a", "b", "\xf0\x9f\x98\x80"}};
    for (std::size_t i = 0; i != keys.size(); ++i)
        s.put({.key = keys[i], .body = std::to_string(i)}, 0).value();
    for (std::size_t i = 0; i != keys.size(); ++i)
        BOOST_TEST(s.get(keys[i]).value().body == std::to_string(i));
}

template <store::row_store S>
void versions(S& s, tick const&)
{
    key const k{"chat", "p", "x"};
    BOOST_TEST((s.put({.key = k, .body = "no"}, 1).error().code == errc::conflict));
    auto const v1 = s.put({.key = k, .body = "1"}, 0).value().version;
    BOOST_TEST((s.put({.key = k, .body = "no"}, 0).error().code == errc::conflict));
    auto const v2 = s.put({.key = k, .body = "2"}, v1).value().version;
    BOOST_TEST((s.put({.key = k, .body = "no"}, v1).error().code == errc::conflict));
    BOOST_TEST(s.get(k).value().body == "2");
    BOOST_TEST(s.get(k).value().version == v2);
}

template <store::row_store S>
void logs(S& s, tick const& next)
{
    key const k{"session", "p", "x"};
    using entries = std::vector<std::string>;
    BOOST_TEST((s.read(k).error().code == errc::not_found));
    BOOST_TEST((s.append(k, std::nullopt, {"a"}).error().code == errc::not_found));

    auto const put = s.put({.key = k, .body = "{}"}).value();
    BOOST_TEST(s.read(k).value().empty());
    auto const later = next();
    BOOST_TEST(s.append(k, 0, {"a", ""}).value() == 2u);
    BOOST_TEST((s.get(k).value().updated == later));
    BOOST_TEST(s.get(k).value().version == put.version);
    BOOST_TEST((s.append(k, 1, {"no"}).error().code == errc::conflict));
    BOOST_TEST((s.append(k, 3, {"no"}).error().code == errc::conflict));
    BOOST_TEST(s.append(k, std::nullopt, {std::string("c\0c", 3)}).value() == 3u);
    BOOST_TEST(s.append(k, 3, {}).value() == 3u);
    BOOST_TEST((s.read(k).value() == entries{"a", "", std::string("c\0c", 3)}));

    // a put keeps the log, an erase does not
    s.put({.key = k, .body = "{\"v\":1}"}).value();
    BOOST_TEST(s.read(k).value().size() == 3u);
    s.erase(k).value();
    s.put({.key = k, .body = "{}"}).value();
    BOOST_TEST(s.read(k).value().empty());
}

template <store::row_store S>
void lists(S& s, tick const& next)
{
    auto const put = [&](char const* kind, char const* project, char const* id) {
        s.put({.key = {kind, project, id}, .body = "{}"}).value();
    };
    auto const ids = [&](char const* kind, std::optional<std::string_view> project) {
        std::string all;
        for (auto const& r : s.list(kind, project).value())
            all += r.key.id;
        return all;
    };
    put("chat", "p", "b");
    next();
    put("chat", "p", "a");
    put("chat", "p", "z"); // in the same moment: the one put last is newer
    next();
    put("chat", "q", "c");
    put("chats", "p", "n");
    put("cha", "p", "n");
    next();
    put("chat", "p", "b"); // a change does not make it new
    BOOST_TEST(ids("chat", "p") == "zab");
    BOOST_TEST(ids("chat", "q") == "c");
    BOOST_TEST(ids("chat", std::nullopt) == "czab");
    BOOST_TEST(ids("chat", "") == "");
    BOOST_TEST(ids("none", std::nullopt) == "");
}

template <store::row_store S>
void expiry(S& s, tick const& next)
{
    auto const put = [&](char const* kind, char const* id) { s.put({.key = {kind, "p", id}, .body = "{}"}).value(); };
    put("session", "old");
    put("session", "spoken");
    put("session", "changed");
    put("chat", "old");
    auto const border = next();
    put("session", "new");
    s.append({"session", "p", "spoken"}, std::nullopt, {"hi"}).value();
    put("session", "changed");
    BOOST_TEST(s.expire("session", border).value() == 1u);
    BOOST_TEST(s.list("session").value().size() == 3u);
    BOOST_TEST((s.get({"session", "p", "old"}).error().code == errc::not_found));
    BOOST_TEST((s.read({"session", "p", "old"}).error().code == errc::not_found));
    BOOST_TEST(s.list("chat").value().size() == 1u);
    BOOST_TEST(s.expire("session", border).value() == 0u);
}

// Four threads count one row up by compare-and-put, and write turns of two entries into one log: no increment is lost,
// no turn is torn.
template <store::row_store S>
void threads(S& s, int turns = 200)
{
    key const counter{"n", "p", "counter"};
    key const log{"n", "p", "log"};
    s.put({.key = counter, .body = "0"}).value();
    s.put({.key = log, .body = "{}"}).value();
    constexpr int crew = 4;
    std::atomic<int> torn{0};
    std::vector<std::thread> workers;
    for (int w = 0; w != crew; ++w)
        workers.emplace_back([&, w] {
            for (int i = 0; i != turns; ++i) {
                for (;;) {
                    auto const r = s.get(counter).value();
                    auto const more = std::to_string(std::stoi(r.body) + 1);
                    if (s.put({.key = counter, .body = more}, r.version))
                        break;
                }
                auto const mark = std::to_string(w) + ":" + std::to_string(i);
                s.append(log, std::nullopt, {mark, mark}).value();
                if (i % 16 == 0) {
                    auto const all = s.read(log).value();
                    torn += all.size() % 2;
                    s.list("n", "p").value();
                    s.put({.key = {"n", "p", mark}, .body = mark}).value();
                    s.erase({"n", "p", mark}).value();
                }
            }
        });
    for (auto& w : workers)
        w.join();
    BOOST_TEST(s.get(counter).value().body == std::to_string(crew * turns));
    auto const all = s.read(log).value();
    BOOST_TEST(all.size() == static_cast<std::size_t>(2 * crew * turns));
    for (std::size_t i = 0; i + 1 < all.size(); i += 2)
        torn += all[i] != all[i + 1];
    BOOST_TEST(torn == 0);
    BOOST_TEST(s.list("n").value().size() == 2u);
}

// Many threads want the same new row, and the same place in a log: one gets it.
template <store::row_store S>
void races(S& s)
{
    for (int round = 0; round != 50; ++round) {
        key const k{"race", "p", std::to_string(round)};
        std::atomic<int> created{0}, appended{0};
        std::vector<std::thread> workers;
        for (int w = 0; w != 4; ++w)
            workers.emplace_back([&] {
                created += s.put({.key = k, .body = "{}"}, 0).has_value();
                appended += s.append(k, 0, {"first"}).has_value();
            });
        for (auto& w : workers)
            w.join();
        BOOST_TEST(created == 1);
        BOOST_TEST(appended == 1);
    }
}

} // namespace store_conformance
#endif
