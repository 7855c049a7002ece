// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/mcp/reporter.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(mcp_reporter)

namespace mcp_reporter_test {

using namespace chatwire;
using mcp::reporter;

BOOST_AUTO_TEST_CASE(progress_only_increases)
{
    int woken = 0;
    reporter const r([&] { ++woken; });
    r.progress(1, 3, "one");
    r.progress(1);
    r.progress(0.5);
    r.progress(std::numeric_limits<double>::quiet_NaN());
    r.progress(2);
    BOOST_TEST(woken == 2);
    auto const all = r.take();
    BOOST_TEST_REQUIRE(all.size() == 2U);
    BOOST_TEST((all[0] == mcp::progress{1, 3, "one"}));
    BOOST_TEST((all[1] == mcp::progress{2, {}, ""}));
    BOOST_TEST(r.take().empty());
    r.progress(1.5); // also after it was taken
    BOOST_TEST(r.take().empty());
}

BOOST_AUTO_TEST_CASE(the_newest_stay)
{
    reporter const r([] {});
    for (int i = 1; i <= 100; ++i)
        r.progress(i);
    auto const all = r.take();
    BOOST_TEST(all.size() == reporter::max_waiting);
    BOOST_TEST(all.front().done == 1);
    BOOST_TEST(all.back().done == 100);
}

BOOST_AUTO_TEST_CASE(nobody_has_to_listen)
{
    reporter const r;
    r.progress(1);
    BOOST_TEST(r.take().empty());
    BOOST_TEST(!r.cancelled());
    auto const same = r;
    same.cancel();
    BOOST_TEST(r.cancelled());
}

BOOST_AUTO_TEST_CASE(after_it_is_cancelled_nothing_is_said)
{
    int woken = 0;
    reporter const r([&] { ++woken; });
    r.cancel();
    r.progress(1);
    BOOST_TEST(woken == 0);
    BOOST_TEST(r.take().empty());
}

BOOST_AUTO_TEST_CASE(threads_may_report)
{
    reporter const r([] {});
    std::vector<std::thread> threads;
    for (int n = 0; n < 4; ++n)
        threads.emplace_back([r, n] {
            for (int i = 1; i <= 1000; ++i)
                r.progress(i * 4 + n);
        });
    double last = 0;
    bool increases = true;
    for (int i = 0; i < 1000; ++i)
        for (auto const& p : r.take()) {
            increases = increases && p.done > last;
            last = p.done;
        }
    for (auto& t : threads)
        t.join();
    for (auto const& p : r.take()) {
        increases = increases && p.done > last;
        last = p.done;
    }
    BOOST_TEST(increases);
    BOOST_TEST(last == 4003);
}

} // namespace mcp_reporter_test
BOOST_AUTO_TEST_SUITE_END()
