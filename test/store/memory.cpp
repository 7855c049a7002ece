// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/store/memory.hpp>

#include "conformance.hpp"

#include <memory>

BOOST_AUTO_TEST_SUITE(store_memory)
namespace store_memory_cases {

using namespace chatwire;
namespace conf = store_conformance;

// A store with a clock that stands still until it is told to move.
struct fixture {
    std::shared_ptr<std::atomic<long>> time = std::make_shared<std::atomic<long>>(1'000'000);
    store::timestamp now() const { return store::timestamp(std::chrono::microseconds(time->load())); }
    conf::tick next = [this] {
        time->fetch_add(1);
        return now();
    };
    store::memory make(store::limits l = {})
    {
        return store::memory(l, [this] { return now(); });
    }
};

store::row named(std::string id, std::string body)
{
    return {.key = {"k", "p", std::move(id)}, .body = std::move(body)};
}

BOOST_AUTO_TEST_CASE(does_what_a_store_does)
{
    for (auto* promise :
         {&conf::rows<store::backend>, &conf::keys_are_three_parts<store::backend>, &conf::versions<store::backend>,
          &conf::logs<store::backend>, &conf::lists<store::backend>, &conf::expiry<store::backend>}) {
        fixture f;
        auto s = f.make();
        promise(s, f.next);
    }
}

BOOST_AUTO_TEST_CASE(is_one_step_for_every_thread)
{
    store::memory s;
    conf::threads<store::backend>(s);
    store::memory r;
    conf::races<store::backend>(r);
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
