// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/offloaded_answer.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(server_offloaded_answer)

namespace offloaded_answer_test {

using namespace chatwire;
using io::outcome;

BOOST_AUTO_TEST_CASE(the_function_runs_as_offloaded_work)
{
    int runs = 0;
    offloaded_answer p([&] { return answer::json(std::to_string(++runs)); }, error_shape::object);
    auto a = p.resume({});
    BOOST_TEST((a.what == io::action::kind::offload));
    BOOST_TEST(runs == 0);
    a.work();
    BOOST_TEST((p.resume({.what = outcome::kind::ok}).what == io::action::kind::done));
    BOOST_TEST(p.whole()->body == "1");
}

BOOST_AUTO_TEST_CASE(work_that_failed_is_an_error_in_the_shape_of_the_surface)
{
    offloaded_answer p([] { return answer::json("never seen"); }, error_shape::text);
    p.resume({});
    p.resume(outcome::failed(errc::unexpected_exception));
    BOOST_TEST(p.whole()->status == 500);
    BOOST_TEST(p.whole()->body == R"({"error":"Internal server error"})");
}

BOOST_AUTO_TEST_CASE(the_work_may_outlive_the_plan)
{
    io::action a;
    {
        offloaded_answer p([] { return answer::json("late"); }, error_shape::text);
        a = p.resume({});
        BOOST_TEST((p.resume({.what = outcome::kind::caller_gone}).what == io::action::kind::done));
    }
    a.work(); // writes into what it owns: the sanitizers would tell otherwise
    BOOST_TEST(static_cast<bool>(a.work));
}

} // namespace offloaded_answer_test
BOOST_AUTO_TEST_SUITE_END()
