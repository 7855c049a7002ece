// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/plan.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(server_plan)

namespace plan_test {

using namespace chatwire;

BOOST_AUTO_TEST_CASE(an_immediate_plan_is_its_answer)
{
    immediate_plan p(answer::json("{}", 201));
    BOOST_TEST((p.resume({}).what == io::action::kind::done));
    BOOST_REQUIRE(p.whole());
    BOOST_TEST(p.whole()->status == 201);
    BOOST_TEST(p.whole()->body == "{}");
    BOOST_TEST(!p.queue().closed());
}

BOOST_AUTO_TEST_CASE(whoever_made_a_plan_sets_its_envelope)
{
    immediate_plan p(answer::json(""));
    BOOST_TEST(p.envelope().model == "");
    envelope e;
    e.model = "m";
    e.stream = true;
    p.set_envelope(e);
    BOOST_TEST(p.envelope().model == "m");
    BOOST_TEST(p.envelope().stream);
}

// A plan that passes on what another says.
struct outer_plan final : plan {
    io::action resume(io::outcome const&) override { return io::action::finish(); }
    using plan::name_after;
};

BOOST_AUTO_TEST_CASE(a_plan_takes_over_what_another_knows_of_its_answer)
{
    outer_plan p;
    envelope mine;
    mine.id = "mine";
    mine.created = 1;
    mine.model = "pathway-default";
    mine.stream = true;
    p.set_envelope(mine);
    immediate_plan inner(answer::json(""));
    p.name_after(inner); // it knows nothing
    BOOST_TEST(p.envelope().id == "mine");
    BOOST_TEST(p.envelope().created == 1);
    BOOST_TEST(p.envelope().model == "pathway-default");
    envelope known;
    known.id = "i";
    known.created = 2;
    known.model = "m";
    inner.set_envelope(known);
    p.name_after(inner);
    BOOST_TEST(p.envelope().id == "i");
    BOOST_TEST(p.envelope().created == 2);
    BOOST_TEST(p.envelope().model == "m");
    BOOST_TEST(p.envelope().stream);
}

} // namespace plan_test
BOOST_AUTO_TEST_SUITE_END()
