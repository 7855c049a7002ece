// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/accumulator.hpp>
#include <chatwire/server/responder.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <vector>

BOOST_AUTO_TEST_SUITE(server_responder)

namespace responder_test {

using namespace chatwire;

struct fixture {
    std::shared_ptr<delta_queue> queue = std::make_shared<delta_queue>();
    blocking_responder out{blocking_put{queue}};

    completion folded()
    {
        std::vector<chunk> chunks;
        queue->take(chunks);
        accumulator<> a;
        for (auto const& c : chunks)
            BOOST_REQUIRE(!a.add(c));
        return a.take();
    }
};

BOOST_FIXTURE_TEST_CASE(what_is_put_is_what_is_answered, fixture)
{
    out.reasoning("hm").value();
    out.text("Hel").value();
    out.text("lo").value();
    tool_call_delta call;
    call.index = 0;
    call.id = "call_1";
    call.function = function_call_delta{.name = "f", .arguments = "{}"};
    out.tool_call(call).value();
    out.usage({.prompt_tokens = 1, .completion_tokens = 2, .total_tokens = 3}).value();
    out.finish(finish_reason::tool_calls).value();

    auto const c = folded();
    BOOST_REQUIRE(c.choices.size() == 1u);
    auto const& m = c.choices[0].message;
    BOOST_TEST(m.text() == "Hello");
    BOOST_TEST(*m.reasoning_content == "hm");
    BOOST_REQUIRE(m.tool_calls.size() == 1u);
    BOOST_TEST(m.tool_calls[0].id == "call_1");
    BOOST_TEST((c.choices[0].finish_reason == finish_reason::tool_calls));
    BOOST_TEST(c.usage->total_tokens == 3);
    BOOST_TEST(!queue->closed()); // that is for whoever runs the handler
}

BOOST_FIXTURE_TEST_CASE(choices_are_answered_side_by_side, fixture)
{
    out.text("a", 0).value();
    out.text("b", 1).value();
    out.refusal("no", 2).value();
    for (int i : {0, 1, 2})
        out.finish("strange", i).value();
    auto const c = folded();
    BOOST_REQUIRE(c.choices.size() == 3u);
    BOOST_TEST(c.choices[1].message.text() == "b");
    BOOST_TEST(*c.choices[2].message.refusal == "no");
    BOOST_TEST(c.choices[0].finish_reason->text() == "strange"); // an open enumeration
}

BOOST_FIXTURE_TEST_CASE(a_failure_ends_the_answer, fixture)
{
    out.text("half").value();
    out.fail(failure(errc::bad_value, "why"));
    BOOST_TEST((queue->error()->code == errc::bad_value));
    BOOST_TEST((out.text("more").error().code == errc::out_of_order));
}

BOOST_FIXTURE_TEST_CASE(a_caller_who_is_gone_ends_the_handler, fixture)
{
    queue->abandon();
    BOOST_TEST((out.text("x").error().code == errc::cancelled));
    BOOST_TEST((out.finish().error().code == condition::cancelled));
}

} // namespace responder_test
BOOST_AUTO_TEST_SUITE_END()
