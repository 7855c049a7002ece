// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/transport/worker_pool.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <latch>
#include <memory>
#include <set>
#include <vector>

BOOST_AUTO_TEST_SUITE(transport_worker_pool)
namespace transport_worker_pool_cases {

using chatwire::transport::worker_pool;

BOOST_AUTO_TEST_CASE(as_many_threads_as_allowed_run_at_once_and_no_more)
{
    for (std::size_t threads : {1u, 2u, 5u}) {
        std::latch all(static_cast<std::ptrdiff_t>(threads)); // opens only if so many run at once
        std::atomic<std::size_t> running{0};
        std::atomic<std::size_t> most{0};
        std::mutex mutex;
        std::set<std::thread::id> ids;
        {
            worker_pool pool(threads);
            for (int i = 0; i != 50; ++i)
                pool.post([&, meets = i < static_cast<int>(threads)] {
                    auto const now = ++running;
                    for (auto seen = most.load(); seen < now && !most.compare_exchange_weak(seen, now);)
                        ;
                    if (meets)
                        all.arrive_and_wait();
                    std::lock_guard lock(mutex);
                    ids.insert(std::this_thread::get_id());
                    --running;
                });
        }
        BOOST_TEST(most == threads);
        BOOST_TEST(ids.size() <= threads);
        BOOST_TEST(ids.count(std::this_thread::get_id()) == 0u);
    }
}

BOOST_AUTO_TEST_CASE(there_is_always_a_thread)
{
    bool ran = false;
    {
        worker_pool pool(0);
        pool.post([&] { ran = true; });
    }
    BOOST_TEST(ran);
}

BOOST_AUTO_TEST_CASE(queued_work_finishes_before_the_destructor_returns)
{
    std::latch gate(1);
    std::vector<int> order;
    std::thread opens;
    {
        worker_pool pool(1);
        pool.post([&] { gate.wait(); });
        for (int i = 0; i != 100; ++i)
            pool.post([&order, i] { order.push_back(i); });
        BOOST_TEST(order.empty());
        opens = std::thread([&] { gate.count_down(); });
    }
    opens.join();
    BOOST_REQUIRE(order.size() == 100u);
    for (int i = 0; i != 100; ++i)
        BOOST_TEST(order[static_cast<std::size_t>(i)] == i); // one thread: first come, first served
}

BOOST_AUTO_TEST_CASE(work_may_post_work_even_while_the_pool_ends)
{
    for (int round = 0; round != 50; ++round) {
        std::atomic<int> ran{0};
        {
            worker_pool pool(8);
            for (int i = 0; i != 4; ++i)
                pool.post([&] {
                    pool.post([&] {
                        ++ran;
                        pool.post([&] { ++ran; });
                    });
                });
        }
        BOOST_TEST(ran == 8);
    }
}

BOOST_AUTO_TEST_CASE(many_threads_post)
{
    std::atomic<int> ran{0};
    {
        worker_pool pool(3);
        std::vector<std::thread> posters;
        for (int i = 0; i != 6; ++i)
            posters.emplace_back([&] {
                for (int k = 0; k != 300; ++k)
                    pool.post([&] { ++ran; });
            });
        for (auto& t : posters)
            t.join();
    }
    BOOST_TEST(ran == 1800);
}

BOOST_AUTO_TEST_CASE(what_work_owned_goes_before_the_next_runs)
{
    bool gone = false;
    {
        worker_pool pool(1);
        auto owned = std::make_shared<int>(0);
        std::weak_ptr<int> const watch = owned;
        pool.post([owned = std::move(owned)] { ++*owned; });
        pool.post([&gone, watch] { gone = watch.expired(); });
    }
    BOOST_TEST(gone);
}

} // namespace transport_worker_pool_cases
BOOST_AUTO_TEST_SUITE_END()
