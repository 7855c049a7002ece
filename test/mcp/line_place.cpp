// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/mcp/line_place.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <utility>

BOOST_AUTO_TEST_SUITE(mcp_line_place)

namespace mcp_line_place_test {

using namespace chatwire::mcp;

BOOST_AUTO_TEST_CASE(a_place_takes_a_task)
{
    auto const out = std::make_shared<detail::line_outbox>(100, nullptr);
    auto const number = out->begin(std::nullopt, {});
    bool done = false;
    line_place p{.start = [&](line_task t) { done = t.resume({}).what == chatwire::io::action::kind::done; }};
    p.start(line_task(rpc_answer(), out, number));
    BOOST_TEST(done);
    BOOST_TEST(out->working() == 0U);
}

} // namespace mcp_line_place_test
BOOST_AUTO_TEST_SUITE_END()
