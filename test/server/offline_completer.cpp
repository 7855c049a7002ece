// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/offline_completer.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(server_offline_completer_)
namespace server_offline_completer_cases {

using namespace chatwire;
using kind = io::outcome::kind;

request asked(std::string_view text)
{
    request r;
    r.messages.push_back(message::user(text));
    return r;
}

io::outcome told(kind what)
{
    io::outcome o;
    o.what = what;
    return o;
}

std::vector<chunk> taken(plan& p)
{
    std::vector<chunk> out;
    p.queue().take(out);
    return out;
}

// One chunk a step, each a pace after the one before; the queue is closed with the last.
BOOST_AUTO_TEST_CASE(one_word_a_step)
{
    auto const r = asked("Count from 1 to 5");
    auto const expected = offline_model().answer(r).chunks;
    auto const complete = offline_completer({}, std::chrono::milliseconds(20));
    auto const p = complete(r, [] {});
    std::vector<chunk> got;
    auto action = p->resume(told(kind::begin));
    std::optional<io::time_point> due;
    for (std::size_t steps = 1;; ++steps) {
        auto const now = taken(*p);
        BOOST_TEST(now.size() == 1u);
        got.insert(got.end(), now.begin(), now.end());
        if (action.what == io::action::kind::done)
            break;
        BOOST_REQUIRE(steps < expected.size());
        BOOST_TEST(!p->queue().closed());
        if (due)
            BOOST_TEST((action.deadline - *due == std::chrono::milliseconds(20)));
        BOOST_TEST((action.what == io::action::kind::wait));
        due = action.deadline;
        action = p->resume(told(kind::timeout));
    }
    BOOST_TEST(p->queue().closed());
    BOOST_TEST(!p->queue().error().has_value());
    BOOST_TEST((got == expected));
}

BOOST_AUTO_TEST_CASE(being_woken_says_nothing)
{
    auto const p = offline_completer({}, std::chrono::milliseconds(20))(asked("Count to 5"), [] {});
    auto const first = p->resume(told(kind::begin));
    BOOST_TEST(taken(*p).size() == 1u);
    auto const again = p->resume(told(kind::woken));
    BOOST_TEST(taken(*p).empty());
    BOOST_TEST((again.deadline == first.deadline));
}

BOOST_AUTO_TEST_CASE(nobody_to_answer)
{
    for (auto const end : {kind::caller_gone, kind::cancelled}) {
        auto const p = offline_completer()(asked("Count to 5"), [] {});
        p->resume(told(kind::begin));
        taken(*p);
        BOOST_TEST((p->resume(told(end)).what == io::action::kind::done));
        BOOST_TEST(taken(*p).empty());
    }
}

} // namespace server_offline_completer_cases
BOOST_AUTO_TEST_SUITE_END()
