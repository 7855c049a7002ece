// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/store/memory.hpp>

#include "conformance.hpp"

#include <memory>

BOOST_AUTO_TEST_SUITE(store_memory)
namespace store_memory_cases {

using namespace chatwire;
namespace conf = store_conformance;

struct fixture {
    conf::standing_clock clock{};
    conf::tick next = clock.next();
    store::timestamp now() const { return clock.now()(); }
    store::memory make(store::limits l = {}) { return store::memory(l, clock.now()); }
};

// The same store twice: nobody else sees what is in memory.
conf::nodes twice(std::shared_ptr<store::memory> const& s) { return {s, s}; }

store::row named(std::string id, std::string body)
{
    return {.key = {"k", "p", std::move(id)}, .body = std::move(body)};
}

BOOST_AUTO_TEST_CASE(does_what_a_store_does)
{
    for (auto const promise : conf::promises) {
        conf::standing_clock const clock;
        promise(twice(std::make_shared<store::memory>(store::limits{}, clock.now())), clock.next());
    }
    for (unsigned seed = 0; seed != 50; ++seed) {
        conf::standing_clock const clock;
        conf::any_operations(twice(std::make_shared<store::memory>(store::limits{}, clock.now())), clock.next(), seed,
                             1000);
    }
    conf::a_log_is_limited(twice(std::make_shared<store::memory>(conf::small_logs)));
}

BOOST_AUTO_TEST_CASE(is_one_step_for_every_thread)
{
    conf::threads(twice(std::make_shared<store::memory>()), 200);
    conf::races(twice(std::make_shared<store::memory>()), 50);
}

BOOST_AUTO_TEST_CASE(the_system_clock_is_the_default)
{
    store::memory s;
    auto const before = std::chrono::system_clock::now() - std::chrono::microseconds(1);
    auto const r = s.put(named("a", "")).value();
    BOOST_TEST((r.created >= before && r.created <= std::chrono::system_clock::now()));
}

BOOST_AUTO_TEST_CASE(rows_are_limited)
{
    fixture f;
    auto s = f.make({.rows = 2});
    s.put(named("a", "")).value();
    s.put(named("b", "")).value();
    BOOST_TEST((s.put(named("c", "")).error().code == errc::store_limit));
    BOOST_TEST((s.put(named("c", "")).error().code == condition::limit));
    s.put(named("b", "changed")).value();
    BOOST_TEST(s.rows() == 2u);
    s.erase({"k", "p", "a"}).value();
    s.put(named("c", "")).value();
}

BOOST_AUTO_TEST_CASE(bytes_are_limited_and_counted_back)
{
    fixture f;
    auto s = f.make({.bytes = 100});
    s.put(named("a", std::string(40, 'x'))).value(); // 3 + 40
    BOOST_TEST(s.bytes() == 43u);
    BOOST_TEST((s.put(named("b", std::string(55, 'x'))).error().code == errc::store_limit));
    BOOST_TEST((s.get({"k", "p", "b"}).error().code == errc::not_found));
    s.put(named("b", std::string(54, 'x'))).value();
    BOOST_TEST(s.bytes() == 100u);
    BOOST_TEST((s.append({"k", "p", "a"}, std::nullopt, {""}).error().code == errc::store_limit));
    s.put(named("b", "")).value(); // shrinking is always possible
    BOOST_TEST(s.bytes() == 46u);
    s.append({"k", "p", "a"}, std::nullopt, {"0123456789"}).value(); // 10 + 32
    BOOST_TEST(s.bytes() == 88u);
    s.erase({"k", "p", "a"}).value();
    BOOST_TEST(s.bytes() == 3u);
    f.next();
    s.expire("k", f.now()).value();
    BOOST_TEST(s.bytes() == 0u);
    BOOST_TEST(s.rows() == 0u);
}

BOOST_AUTO_TEST_CASE(a_log_is_limited_and_takes_all_or_nothing)
{
    fixture f;
    auto s = f.make({.log_entries = 3, .log_bytes = 10});
    store::key const k{"k", "p", "a"};
    s.put(named("a", "")).value();
    BOOST_TEST((s.append(k, 0, {"1", "2", "3", "4"}).error().code == errc::store_limit));
    BOOST_TEST((s.append(k, 0, {"12345", "123456"}).error().code == errc::store_limit));
    BOOST_TEST(s.read(k).value().empty());
    BOOST_TEST(s.append(k, 0, {"12345", "12345"}).value() == 2u);
    BOOST_TEST((s.append(k, 2, {"x"}).error().code == errc::store_limit));
    BOOST_TEST(s.append(k, 2, {""}).value() == 3u);
    BOOST_TEST((s.append(k, 3, {""}).error().code == errc::store_limit));
    BOOST_TEST(s.bytes() == 3u + 10u + 3u * 32u);
}

BOOST_AUTO_TEST_CASE(a_refused_change_does_not_use_up_a_version)
{
    fixture f;
    auto s = f.make({.rows = 1});
    auto const v = s.put(named("a", "")).value().version;
    BOOST_TEST(!s.put(named("b", "")));
    BOOST_TEST(!s.put(named("a", ""), v + 1));
    BOOST_TEST((s.put(named("a", ""), v).has_value()));
}

} // namespace store_memory_cases
BOOST_AUTO_TEST_SUITE_END()
