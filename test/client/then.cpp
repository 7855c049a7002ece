// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/then.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(client_then)

namespace client_then_test {

using namespace chatwire;

struct gives_two {
    io::action resume(io::outcome const& o)
    {
        return o.what == io::outcome::kind::begin ? io::action::wait_until(io::never) : io::action::finish();
    }
    result<int> take() { return 2; }
};

BOOST_AUTO_TEST_CASE(actions_pass_and_the_result_is_changed)
{
    auto captured = 40;
    then op(gives_two{}, [captured](result<int> r) -> result<int> { return captured + *r; });
    static_assert(io::operation<decltype(op)>);
    BOOST_TEST((op.resume({}).what == io::action::kind::wait));
    BOOST_TEST((op.resume({.what = io::outcome::kind::woken}).what == io::action::kind::done));
    BOOST_TEST(op.take().value() == 42);
}

} // namespace client_then_test

BOOST_AUTO_TEST_SUITE_END()
