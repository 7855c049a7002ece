// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/offloaded_plan.hpp>

#include <boost/test/unit_test.hpp>

#include <vector>

BOOST_AUTO_TEST_SUITE(server_offloaded_plan)

namespace offloaded_plan_test {

using namespace chatwire;
using io::outcome;

// Says one chunk a step, and waits in between.
class counting final : public plan {
public:
    explicit counting(std::vector<outcome::kind>& told) : told_(&told) { envelope_.model = "counter"; }
    io::action resume(io::outcome const& o) override
    {
        told_->push_back(o.what);
        if (o.what == outcome::kind::caller_gone || told_->size() == 3) {
            queue_->close();
            return io::action::finish();
        }
        chunk c;
        c.id = std::to_string(told_->size());
        queue_->put_now(c);
        return io::action::wait_until(io::never);
    }

private:
    std::vector<outcome::kind>* told_;
};

BOOST_AUTO_TEST_CASE(the_plan_that_is_made_elsewhere_answers)
{
    std::vector<outcome::kind> told;
    offloaded_plan p([&] { return std::make_unique<counting>(told); }, error_shape::object);
    auto a = p.resume({});
    BOOST_TEST((a.what == io::action::kind::offload));
    BOOST_TEST(told.empty());
    a.work();
    BOOST_TEST((p.resume({.what = outcome::kind::ok}).what == io::action::kind::wait));
    BOOST_TEST(p.envelope().model == "counter");
    BOOST_TEST((p.resume({.what = outcome::kind::timeout}).what == io::action::kind::wait));
    BOOST_TEST((p.resume({.what = outcome::kind::caller_gone}).what == io::action::kind::done));
    BOOST_TEST((told == std::vector{outcome::kind::begin, outcome::kind::timeout, outcome::kind::caller_gone}));
    std::vector<chunk> said;
    p.queue().take(said);
    BOOST_TEST(said.size() == 2U);
    BOOST_TEST(p.queue().closed());
    BOOST_TEST(!p.whole());
}

BOOST_AUTO_TEST_CASE(it_may_know_its_answer)
{
    offloaded_plan p([] { return std::make_unique<immediate_plan>(answer::json("1", 404)); }, error_shape::text);
    p.resume({}).work();
    BOOST_TEST((p.resume({.what = outcome::kind::ok}).what == io::action::kind::done));
    BOOST_TEST(p.whole()->status == 404);
}

BOOST_AUTO_TEST_CASE(work_that_failed_is_an_error_in_the_shape_of_the_surface)
{
    offloaded_plan p([]() -> std::unique_ptr<plan> { throw 1; }, error_shape::text);
    p.resume({});
    BOOST_TEST((p.resume(outcome::failed(errc::unexpected_exception)).what == io::action::kind::done));
    BOOST_TEST(p.whole()->status == 500);
    BOOST_TEST(p.whole()->body == R"({"error":"Internal server error"})");
}

BOOST_AUTO_TEST_CASE(the_work_may_outlive_the_plan)
{
    io::action a;
    {
        offloaded_plan p([] { return std::make_unique<immediate_plan>(answer::json("late")); }, error_shape::text);
        a = p.resume({});
        BOOST_TEST((p.resume({.what = outcome::kind::caller_gone}).what == io::action::kind::done));
    }
    a.work(); // writes into what it owns: the sanitizers would tell otherwise
    BOOST_TEST(static_cast<bool>(a.work));
}

} // namespace offloaded_plan_test
BOOST_AUTO_TEST_SUITE_END()
