// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_STORE_CONFORMANCE_HPP
#define CHATWIRE_TEST_STORE_CONFORMANCE_HPP

// What every store has to do, as one function a promise. Each takes two objects for one empty store, as two nodes have
// them (for a store in memory they are the same one), and a way to move its clock on.

#include <chatwire/store/limits.hpp>
#include <chatwire/store/store.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <thread>
#include <tuple>

namespace store_conformance {

using namespace chatwire;
using store::key;

using tick = std::function<store::timestamp()>; // moves the store's clock on, and returns the new time

using nodes = std::array<std::shared_ptr<store::backend>, 2>;

// A clock that stands still until it is told to move.
struct standing_clock {
    std::shared_ptr<std::atomic<long>> time = std::make_shared<std::atomic<long>>(1'000'000);

    std::function<store::timestamp()> now() const
    {
        return [t = time] { return store::timestamp(std::chrono::microseconds(t->load())); };
    }
    tick next() const
    {
        return [t = time] { return store::timestamp(std::chrono::microseconds(t->fetch_add(1) + 1)); };
    }
};

inline void rows(nodes const& both, tick const& next)
{
    auto& s = *both[0];
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

inline void keys_are_three_parts(nodes const& both, tick const&)
{
    std::string all_bytes;
    for (int c = 0; c != 256; ++c)
        all_bytes += static_cast<char>(c);
    std::string const long_text(5000, 'x');
    std::vector<key> const keys = {{"ab", "c", "d"},
                                   {"a", "bc", "d"},
                                   {"a", "b", "cd"},
                                   {"", "", ""},
                                   {"a", "", ""},
                                   {"", "a", ""},
                                   {"", "", "a"},
                                   {"A", "b", "cd"},
                                   {"a", "b", std::string("c\0d", 3)},
                                   {"a", "b", std::string("c\0e", 3)},
                                   {"a", std::string("\0b", 2), "c"},
                                   {"a", "b", "\xf0\x9f\x98\x80"},
                                   {"\xff", "\xfe", "\x80"},
                                   {all_bytes, all_bytes, all_bytes},
                                   {"a", "b", long_text},
                                   {"a", long_text, long_text + "y"},
                                   {long_text, "b", "c"}};
    for (std::size_t i = 0; i != keys.size(); ++i)
        both[0]->put({.key = keys[i], .body = std::to_string(i)}, 0).value();
    for (std::size_t i = 0; i != keys.size(); ++i) {
        auto const found = both[1]->get(keys[i]).value();
        BOOST_TEST((found.key == keys[i]));
        BOOST_TEST(found.body == std::to_string(i));
    }
    BOOST_TEST(both[1]->list("a").value().size() == 9u);
    BOOST_TEST(both[1]->list("a", "b").value().size() == 5u);
    auto const odd = both[1]->list(all_bytes, all_bytes).value();
    BOOST_TEST((odd.size() == 1u && odd[0].key == keys[13]));
    BOOST_TEST(both[1]->list(long_text).value().size() == 1u);
}

// Bodies and entries are any bytes, and many.
inline void bodies_are_bytes(nodes const& both, tick const&)
{
    std::mt19937 random(3);
    std::uniform_int_distribution<int> byte(0, 255);
    for (std::size_t size : {0u, 1u, 255u, 4096u, 1'000'000u}) {
        std::string bytes(size, '\0');
        std::generate(bytes.begin(), bytes.end(), [&] { return static_cast<char>(byte(random)); });
        key const k{"bytes", "p", std::to_string(size)};
        BOOST_TEST((both[0]->put({.key = k, .body = bytes}).value().body == bytes));
        BOOST_TEST((both[1]->get(k).value().body == bytes));
        both[1]->append(k, 0, {bytes, "", bytes}).value();
        BOOST_TEST((both[0]->read(k).value() == std::vector<std::string>{bytes, "", bytes}));
        BOOST_TEST((both[0]->list("bytes").value().front().body == bytes || size == 0));
    }
}

inline void versions(nodes const& both, tick const&)
{
    auto& s = *both[0];
    key const k{"chat", "p", "x"};
    BOOST_TEST((s.put({.key = k, .body = "no"}, 1).error().code == errc::conflict));
    auto const v1 = s.put({.key = k, .body = "1"}, 0).value().version;
    BOOST_TEST((s.put({.key = k, .body = "no"}, 0).error().code == errc::conflict));
    auto const v2 = s.put({.key = k, .body = "2"}, v1).value().version;
    BOOST_TEST((s.put({.key = k, .body = "no"}, v1).error().code == errc::conflict));
    BOOST_TEST(s.get(k).value().body == "2");
    BOOST_TEST(s.get(k).value().version == v2);
}

inline void logs(nodes const& both, tick const& next)
{
    auto& s = *both[0];
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

inline void lists(nodes const& both, tick const& next)
{
    auto& s = *both[0];
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

inline void expiry(nodes const& both, tick const& next)
{
    auto& s = *both[0];
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

// Four threads, two a node, count one row up by compare-and-put, and write turns of two entries into one log: no
// increment is lost, no turn is torn, and those of a thread are in its order.
inline void threads(nodes const& both, int turns)
{
    key const counter{"n", "p", "counter"};
    key const log{"n", "p", "log"};
    both[0]->put({.key = counter, .body = "0"}).value();
    both[0]->put({.key = log, .body = "{}"}).value();
    constexpr int crew = 4;
    std::atomic<int> torn{0};
    std::vector<std::thread> workers;
    for (int w = 0; w != crew; ++w)
        workers.emplace_back([&, w, s = both[w % 2]] {
            for (int i = 0; i != turns; ++i) {
                for (;;) {
                    auto const r = s->get(counter).value();
                    auto const more = std::to_string(std::stoi(r.body) + 1);
                    auto const done = s->put({.key = counter, .body = more}, r.version);
                    if (done)
                        break;
                    if (done.error().code != errc::conflict)
                        ++torn;
                }
                auto const mark = std::to_string(w) + ":" + std::to_string(i);
                s->append(log, std::nullopt, {mark, mark}).value();
                if (i % 16 == 0) {
                    auto const all = s->read(log).value();
                    torn += all.size() % 2;
                    s->list("n", "p").value();
                    s->put({.key = {"n", "p", mark}, .body = mark}).value();
                    s->erase({"n", "p", mark}).value();
                }
            }
        });
    for (auto& w : workers)
        w.join();
    BOOST_TEST(both[1]->get(counter).value().body == std::to_string(crew * turns));
    auto const all = both[1]->read(log).value();
    BOOST_TEST(all.size() == static_cast<std::size_t>(2 * crew * turns));
    std::array<int, crew> next{};
    for (std::size_t i = 0; i + 1 < all.size(); i += 2) {
        torn += all[i] != all[i + 1];
        auto const w = static_cast<std::size_t>(all[i].front() - '0');
        torn += all[i].substr(2) != std::to_string(next.at(w)++);
    }
    BOOST_TEST(torn == 0);
    BOOST_TEST(both[0]->list("n").value().size() == 2u);
}

// Many threads on two nodes want the same new row, and the same place in a log: one gets it. And while a row comes and
// goes, every version of it is its own.
inline void races(nodes const& both, int rounds)
{
    for (int round = 0; round != rounds; ++round) {
        key const k{"race", "p", std::to_string(round)};
        std::atomic<int> created{0}, appended{0};
        std::array<std::vector<std::uint64_t>, 4> versions;
        std::vector<std::thread> workers;
        for (std::size_t w = 0; w != 4; ++w)
            workers.emplace_back([&, w, s = both[w % 2]] {
                created += s->put({.key = k, .body = "{}"}, 0).has_value();
                appended += s->append(k, 0, {"first"}).has_value();
                for (int i = 0; i != 3; ++i) {
                    key const other{"race", "q", std::to_string(round)};
                    versions[w].push_back(s->put({.key = other, .body = "{}"}).value().version);
                    s->erase(other).value();
                }
            });
        for (auto& w : workers)
            w.join();
        BOOST_TEST(created == 1);
        BOOST_TEST(appended == 1);
        std::vector<std::uint64_t> all;
        for (auto const& v : versions) {
            BOOST_TEST(std::is_sorted(v.begin(), v.end()));
            all.insert(all.end(), v.begin(), v.end());
        }
        std::sort(all.begin(), all.end());
        BOOST_TEST((std::adjacent_find(all.begin(), all.end()) == all.end()));
    }
}

// Of a store with three entries and ten bytes to a log.
inline constexpr store::limits small_logs{.log_entries = 3, .log_bytes = 10};

inline void a_log_is_limited(nodes const& both)
{
    key const k{"k", "p", "a"};
    both[0]->put({.key = k, .body = ""}).value();
    BOOST_TEST((both[0]->append(k, 0, {"1", "2", "3", "4"}).error().code == errc::store_limit));
    BOOST_TEST((both[0]->append(k, 0, {"12345", "123456"}).error().code == errc::store_limit));
    BOOST_TEST(both[1]->read(k).value().empty());
    BOOST_TEST(both[0]->append(k, 0, {"12345", "12345"}).value() == 2u);
    BOOST_TEST((both[1]->append(k, 2, {"x"}).error().code == errc::store_limit));
    BOOST_TEST((both[1]->append(k, 0, {"x"}).error().code == errc::conflict)); // which counts first
    BOOST_TEST(both[1]->append(k, 2, {""}).value() == 3u);
    BOOST_TEST((both[0]->append(k, 3, {""}).error().code == errc::store_limit));
    BOOST_TEST(both[0]->append(k, 3, {}).value() == 3u);
    BOOST_TEST((both[0]->read(k).value() == std::vector<std::string>{"12345", "12345", ""}));
}

// Any operations on few keys, by either node, against what a map would hold.
inline void any_operations(nodes const& both, tick const& next, unsigned seed, int steps)
{
    struct slot {
        store::row value{};
        std::vector<std::string> log{};
    };
    std::map<key, slot> model;
    std::map<key, std::uint64_t> last_version; // of a key, whether it is there or not
    std::mt19937 random(seed);
    auto const below = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
    std::string const parts[] = {"", "a", std::string("a\0", 2), "\xff"};
    auto const part = [&](int n) { return parts[below(n)]; };
    auto now = next();

    for (int step = 0; step != steps; ++step) {
        auto& s = *both[static_cast<std::size_t>(below(2))];
        key const k{part(2), part(2), part(4)};
        auto const at = model.find(k);
        bool const there = at != model.end();
        BOOST_TEST_CONTEXT("seed " << seed << ", step " << step)
        switch (below(10)) {
        case 0:
        case 1:
        case 2: {
            std::optional<std::uint64_t> expected;
            if (below(2))
                expected = below(3) ? (there ? at->second.value.version : 0) : static_cast<std::uint64_t>(below(9));
            auto const body = part(4) + std::to_string(step);
            auto const r = s.put({.key = k, .body = body}, expected);
            if (expected && *expected != (there ? at->second.value.version : 0)) {
                BOOST_TEST((r.error().code == errc::conflict));
                break;
            }
            BOOST_REQUIRE(r.has_value());
            BOOST_TEST(r->version > last_version[k]);
            BOOST_TEST((r->updated == now && r->created == (there ? at->second.value.created : now)));
            BOOST_TEST((r->key == k && r->body == body));
            last_version[k] = r->version;
            model[k].value = *r;
            break;
        }
        case 3:
            BOOST_TEST(s.erase(k).value() == there);
            model.erase(k);
            break;
        case 4:
        case 5: {
            std::optional<std::uint64_t> expected;
            auto const length = there ? at->second.log.size() : 0;
            if (below(2))
                expected = length + static_cast<std::size_t>(below(4) == 0);
            std::vector<std::string> entries(static_cast<std::size_t>(below(4)));
            for (auto& e : entries)
                e = part(4) + std::to_string(step);
            auto const r = s.append(k, expected, entries);
            if (!there) {
                BOOST_TEST((r.error().code == errc::not_found));
            } else if (expected && *expected != length) {
                BOOST_TEST((r.error().code == errc::conflict));
            } else {
                BOOST_TEST(r.value() == length + entries.size());
                at->second.log.insert(at->second.log.end(), entries.begin(), entries.end());
                at->second.value.updated = now;
            }
            break;
        }
        case 6: {
            auto const r = s.get(k);
            BOOST_TEST((there ? r && *r == at->second.value : r.error().code == errc::not_found));
            auto const log = s.read(k);
            BOOST_TEST((there ? log && *log == at->second.log : log.error().code == errc::not_found));
            break;
        }
        case 7: {
            std::vector<store::row> expected;
            bool const of_project = below(2);
            for (auto const& [other, held] : model)
                if (other.kind == k.kind && (!of_project || other.project == k.project))
                    expected.push_back(held.value);
            std::sort(expected.begin(), expected.end(), [](auto const& a, auto const& b) {
                return std::tie(a.created, a.version) > std::tie(b.created, b.version);
            });
            auto const project = of_project ? std::optional<std::string_view>(k.project) : std::nullopt;
            BOOST_TEST((s.list(k.kind, project).value() == expected));
            break;
        }
        case 8: {
            auto const border = now - std::chrono::microseconds(below(12));
            auto const gone = std::erase_if(
                model, [&](auto const& e) { return e.first.kind == k.kind && e.second.value.updated < border; });
            BOOST_TEST(s.expire(k.kind, border).value() == gone);
            break;
        }
        case 9: now = next(); break;
        }
    }
    for (auto const& [k, held] : model) {
        BOOST_TEST((both[0]->get(k).value() == held.value));
        BOOST_TEST((both[1]->read(k).value() == held.log));
    }
}

// Other ones each time: the seed is in the report.
inline void random_operations(nodes const& both, tick const& next)
{
    any_operations(both, next, std::random_device{}(), 600);
}

using promise = void (*)(nodes const&, tick const&);
inline constexpr promise promises[] = {rows,   keys_are_three_parts, bodies_are_bytes, versions, logs, lists,
                                       expiry, random_operations};

} // namespace store_conformance
#endif
