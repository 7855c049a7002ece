// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/completer.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>

BOOST_AUTO_TEST_SUITE(server_completer)

namespace completer_test {

using namespace chatwire;
using io::outcome;
using act = io::action::kind;

struct fixture {
    std::shared_ptr<request const> seen;
    std::shared_ptr<delta_queue> queue;
    int woken = 0;
    std::unique_ptr<plan> p;

    fixture()
    {
        auto const c = started_by([this](std::shared_ptr<request const> r, std::shared_ptr<delta_queue> q) {
            seen = std::move(r);
            queue = std::move(q);
        });
        p = c({.model = "m"}, [this] { ++woken; });
    }
};

BOOST_FIXTURE_TEST_CASE(the_handler_starts_with_the_plan, fixture)
{
    BOOST_TEST(!seen);
    auto const a = p->resume({});
    BOOST_TEST((a.what == act::wait));
    BOOST_TEST((a.deadline == io::never));
    BOOST_TEST(seen->model == "m");
    BOOST_TEST(queue == p->shared_queue());
}

BOOST_FIXTURE_TEST_CASE(the_plan_waits_until_the_queue_is_closed, fixture)
{
    p->resume({});
    queue->put({}).value();
    BOOST_TEST(woken == 1);
    BOOST_TEST((p->resume({.what = outcome::kind::woken}).what == act::wait));
    queue->close();
    BOOST_TEST(woken == 2);
    BOOST_TEST((p->resume({.what = outcome::kind::woken}).what == act::done));
}

BOOST_AUTO_TEST_CASE(a_handler_may_be_as_far_ahead_as_it_was_told)
{
    for (std::size_t size : {1u, 5u}) {
        std::shared_ptr<delta_queue> queue;
        auto const c = started_by(
            [&](std::shared_ptr<request const>, std::shared_ptr<delta_queue> q) { queue = std::move(q); }, size);
        auto const p = c({}, {});
        p->resume({});
        std::size_t put = 0;
        for (chunk one; queue->try_put(one).value(); one = {})
            ++put;
        BOOST_TEST(put == size);
    }
}

BOOST_FIXTURE_TEST_CASE(a_handler_that_ends_at_once_needs_no_wait, fixture)
{
    auto const c = started_by([](std::shared_ptr<request const>, std::shared_ptr<delta_queue> q) { q->close(); });
    BOOST_TEST((c({}, {})->resume({}).what == act::done));
}

BOOST_FIXTURE_TEST_CASE(nobody_waits_for_a_handler_whose_caller_is_gone, fixture)
{
    for (auto const what : {outcome::kind::caller_gone, outcome::kind::cancelled}) {
        fixture f;
        f.p->resume({});
        BOOST_TEST((f.p->resume({.what = what}).what == act::done));
        f.p.reset();
        BOOST_TEST((f.queue->put({}).error().code == errc::cancelled)); // and the handler learns it
        f.queue->close();
    }
}

} // namespace completer_test
BOOST_AUTO_TEST_SUITE_END()
