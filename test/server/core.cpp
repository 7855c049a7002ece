// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/core.hpp>

#include <boost/test/unit_test.hpp>

#include <exception>
#include <stdexcept>

BOOST_AUTO_TEST_SUITE(server_core_test)

namespace core_test {

using namespace chatwire;

server_options at_most(std::size_t connections)
{
    server_options o;
    o.limits.max_connections = connections;
    return o;
}

BOOST_AUTO_TEST_CASE(connections_are_counted_and_bounded)
{
    server_core core(at_most(2));
    int left = 0;
    core.on_leave = [&] { ++left; };
    server_core::ticket a, b, c;
    BOOST_TEST(core.enter({[] {}, [] {}}, a));
    BOOST_TEST(core.enter({[] {}, [] {}}, b));
    BOOST_TEST(!core.enter({[] {}, [] {}}, c));
    BOOST_TEST(core.connections() == 2u);
    core.leave(a);
    BOOST_TEST(left == 1);
    BOOST_TEST(core.enter({[] {}, [] {}}, c));
    core.leave(b);
    core.leave(c);
    BOOST_TEST(core.connections() == 0u);
}

BOOST_AUTO_TEST_CASE(draining_wakes_and_cutting_cancels_every_connection)
{
    server_core core(at_most(0)); // no limit
    int woken = 0, cancelled = 0;
    server_core::ticket t[3];
    for (auto& one : t)
        BOOST_TEST(core.enter({[&] { ++woken; }, [&] { ++cancelled; }}, one));
    core.leave(t[1]);
    BOOST_TEST(!core.draining());
    core.drain();
    BOOST_TEST(core.draining());
    BOOST_TEST(woken == 2);
    BOOST_TEST(cancelled == 0);
    core.cut();
    BOOST_TEST(cancelled == 2);
    core.leave(t[0]);
    core.leave(t[2]);
}

BOOST_AUTO_TEST_CASE(the_end_of_a_handler_is_the_end_of_its_answer)
{
    delta_queue fine, refused, broken, ended;
    close_after_handler(fine, nullptr);
    BOOST_TEST(fine.closed());
    BOOST_TEST(!fine.error());

    auto no = refusal(429, "too many");
    close_after_handler(refused, std::make_exception_ptr(exception(no)));
    BOOST_TEST(refused.error()->status == 429);

    close_after_handler(broken, std::make_exception_ptr(std::runtime_error("inside")));
    BOOST_TEST((broken.error()->code == errc::unexpected_exception));
    BOOST_TEST(broken.error()->message.find("inside") == std::string::npos);

    ended.close(failure(errc::bad_value)); // what the handler said itself counts
    close_after_handler(ended, std::make_exception_ptr(std::runtime_error("x")));
    BOOST_TEST((ended.error()->code == errc::bad_value));
}

BOOST_AUTO_TEST_CASE(a_handler_answers_for_the_models_of_the_options)
{
    server_options o;
    o.models = {"m"};
    o.api_keys = {"k"};
    server_core core(o);
    core.on_completion([](request, std::function<void()>) -> std::unique_ptr<plan> { return nullptr; });
    server_call c;
    c.head.method = "GET";
    c.head.target = "/v1/models";
    auto const r = core.routes().match(c);
    BOOST_REQUIRE(r);
    BOOST_TEST((*r)->guard(c).has_value());
    BOOST_TEST((*r)->begin(c)->whole()->body.find(R"("id":"m")") != std::string::npos);
}

} // namespace core_test
BOOST_AUTO_TEST_SUITE_END()
