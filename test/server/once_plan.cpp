// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/served.hpp"

#include <chatwire/server/once_plan.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(once_plan_)

namespace once_plan_test {

using namespace chatwire;
using act = io::action::kind;
using out = io::outcome::kind;

struct two_requests {
    idempotency all;
    int woken = 0;
    int begun = 0;
    std::vector<out> told{};
    std::shared_ptr<idempotency::claim> first = join(), second = join();

    std::shared_ptr<idempotency::claim> join()
    {
        return all.join(std::vector<std::string_view>{"k"}, {}, [this] { ++woken; });
    }

    // waits once, then says something
    std::unique_ptr<plan> inner()
    {
        ++begun;
        auto p = std::make_unique<test::scripted_plan>([this](io::outcome const& o, test::scripted_plan& p) {
            told.push_back(o.what);
            if (o.what == out::begin)
                return io::action::wait_until(io::never);
            if (o.what == out::caller_gone)
                return io::action::finish();
            p.queue().put_now(test::finishing());
            p.queue().close();
            return io::action::finish();
        });
        envelope e;
        e.model = "m";
        e.stream = true;
        p->set_envelope(std::move(e));
        return p;
    }
    once_plan plan_of(std::shared_ptr<idempotency::claim> c)
    {
        return {std::move(c), [this] { return inner(); }};
    }
};

BOOST_AUTO_TEST_CASE(a_leader_is_its_route_s_plan)
{
    two_requests t;
    auto p = t.plan_of(t.first);
    BOOST_TEST((p.resume({}).what == act::wait));
    BOOST_TEST(p.envelope().model == "m");
    BOOST_TEST((p.resume({.what = out::woken}).what == act::done));
    std::vector<chunk> chunks;
    p.queue().take(chunks);
    BOOST_TEST(chunks.size() == 1U);
    BOOST_TEST(p.queue().closed());
    BOOST_TEST(!p.whole());
    BOOST_TEST(t.begun == 1);
    BOOST_TEST((t.first->what() == idempotency::part::leads)); // how it went is for the exchange to say
}

BOOST_AUTO_TEST_CASE(a_leader_is_named_after_what_answers)
{
    struct learning_plan final : plan {
        io::action resume(io::outcome const&) override
        {
            envelope_.model = "what answers";
            queue_->close();
            return io::action::finish();
        }
    };
    two_requests t;
    once_plan p(t.first, [] { return std::make_unique<learning_plan>(); });
    BOOST_TEST((p.resume({}).what == act::done));
    BOOST_TEST(p.envelope().model == "what answers");
}

BOOST_AUTO_TEST_CASE(a_leader_says_what_its_route_s_plan_says)
{
    class talking final : public plan {
        io::action resume(io::outcome const&) override
        {
            say("an event");
            whole_ = answer::json("{}");
            return io::action::finish();
        }
    };
    idempotency repeats;
    std::vector<std::string_view> const scope{"s"}, asked{"a"};
    once_plan p(repeats.join(scope, asked, [] {}), [] { return std::make_unique<talking>(); });
    p.resume({});
    BOOST_TEST((p.take_events() == std::vector<std::string>{"an event"}));
    BOOST_TEST(p.take_events().empty());
}

BOOST_AUTO_TEST_CASE(a_leader_that_answers_at_once)
{
    two_requests t;
    once_plan p(t.first, [] { return std::make_unique<immediate_plan>(answer::json("1")); });
    BOOST_TEST((p.resume({}).what == act::done));
    BOOST_TEST(p.whole()->body == "1");
    BOOST_TEST(p.whole()->fields.count("Idempotent-Replayed") == 0U);
}

BOOST_AUTO_TEST_CASE(one_that_waits_gives_the_leaders_answer)
{
    two_requests t;
    auto p = t.plan_of(t.second);
    BOOST_TEST((p.resume({}).what == act::wait));
    BOOST_TEST(!p.envelope().stream);                               // nothing is known of the answer
    BOOST_TEST((p.resume({.what = out::woken}).what == act::wait)); // for nothing
    t.first->succeed(answer::json("1"));
    BOOST_TEST(t.woken == 1);
    BOOST_TEST((p.resume({.what = out::woken}).what == act::done));
    BOOST_TEST(p.whole()->body == "1");
    BOOST_TEST(p.whole()->fields.find("Idempotent-Replayed").value_or("") == "true");
    BOOST_TEST(t.begun == 0);
}

BOOST_AUTO_TEST_CASE(one_that_waits_takes_over)
{
    two_requests t;
    auto p = t.plan_of(t.second);
    BOOST_TEST((p.resume({}).what == act::wait));
    t.first->fail();
    BOOST_TEST(t.woken == 1);
    BOOST_TEST((p.resume({.what = out::woken}).what == act::wait)); // the inner plan's
    BOOST_TEST(p.envelope().stream);
    BOOST_TEST((p.resume({.what = out::woken}).what == act::done));
    BOOST_TEST(t.begun == 1);
    BOOST_TEST((t.told == std::vector{out::begin, out::woken}));
}

BOOST_AUTO_TEST_CASE(one_whose_caller_goes_leaves)
{
    for (auto const how : {out::caller_gone, out::cancelled, out::timeout}) {
        two_requests t;
        {
            auto p = t.plan_of(std::exchange(t.second, nullptr));
            BOOST_TEST((p.resume({}).what == act::wait));
            BOOST_TEST((p.resume({.what = how}).what == act::done));
        }
        t.first->fail();
        BOOST_TEST(t.woken == 0);
        BOOST_TEST((t.join()->what() == idempotency::part::leads)); // nobody is left
    }
    two_requests t;
    auto p = t.plan_of(t.first);
    p.resume({});
    BOOST_TEST((p.resume({.what = out::caller_gone}).what == act::done));
    BOOST_TEST((t.told == std::vector{out::begin, out::caller_gone})); // the inner plan hears of it
}

} // namespace once_plan_test
BOOST_AUTO_TEST_SUITE_END()
