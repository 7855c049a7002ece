// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/server/delta_queue.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(server_delta_queue)

namespace delta_queue_test {

using namespace chatwire;

chunk numbered(int n)
{
    chunk c;
    c.created = n;
    return c;
}

std::vector<chunk> all_of(delta_queue& q)
{
    std::vector<chunk> out;
    q.take(out);
    return out;
}

BOOST_AUTO_TEST_CASE(it_is_bounded_and_keeps_the_order)
{
    delta_queue q(2);
    auto a = numbered(1), b = numbered(2), c = numbered(3);
    BOOST_TEST(q.try_put(a).value());
    BOOST_TEST(q.try_put(b).value());
    BOOST_TEST(!q.try_put(c).value());
    BOOST_TEST(c.created == 3); // untouched
    auto const got = all_of(q);
    BOOST_REQUIRE(got.size() == 2u);
    BOOST_TEST(got[0].created == 1);
    BOOST_TEST(got[1].created == 2);
    BOOST_TEST(q.try_put(c).value());
    BOOST_TEST(!q.closed());
}

chunk saying(std::size_t n)
{
    chunk c;
    c.choices.resize(1);
    c.choices[0].delta.content = std::string(n, 'x');
    return c;
}

BOOST_AUTO_TEST_CASE(few_chunks_of_much_text_fill_it_too)
{
    delta_queue q(100, 10);
    auto huge = saying(1000), word = saying(4), last = numbered(1);
    BOOST_TEST(q.try_put(huge).value()); // an empty queue takes anything
    BOOST_TEST(!q.try_put(word).value());
    all_of(q);
    for (int i = 0; i < 3; ++i) {
        auto c = saying(4);
        BOOST_TEST(q.try_put(c).value());
    }
    BOOST_TEST(!q.try_put(last).value());
    BOOST_TEST(all_of(q).size() == 3u);
    BOOST_TEST(q.try_put(last).value());

    // text that is no content counts as well
    std::vector<chunk> others(20, saying(0));
    others[0].choices[0].delta.reasoning = "0123456789";
    others[1].choices[0].delta.refusal = "0123456789";
    others[2].choices[0].delta.tool_calls.push_back({.function = function_call_delta{.arguments = "0123456789"}});
    others[3].choices[0].delta.audio = audio_delta{.data = "0123456789"};
    others[4].choices[0].delta.content = content({text_part{"01234"}, text_part{"56789"}});
    others[5].extra.append("01", raw_json::trusted("\"456789\""));
    auto const call = [](tool_call_delta d) { return std::vector<tool_call_delta>{std::move(d)}; };
    others[6].choices[0].delta.tool_calls = call({.custom = custom_call_delta{.input = "0123456789"}});
    others[7].choices[0].delta.tool_calls = call({.function = function_call_delta{.name = "0123456789"}});
    others[8].choices[0].delta.tool_calls = call({.id = "0123456789"});
    others[9].choices[0].delta.function_call = function_call_delta{.arguments = "0123456789"};
    others[10].choices[0].delta.function_call = function_call_delta{.name = "0123456789"};
    others[11].choices[0].delta.audio = audio_delta{.transcript = "0123456789"};
    others[12].choices[0].delta.audio = audio_delta{.id = "0123456789"};
    others[13].choices[0].delta.annotations = std::vector<annotation>(1);
    others[14].choices[0].logprobs = logprobs{.content = std::vector<token_logprob>(1)};
    others[15].choices[0].logprobs = logprobs{.refusal = std::vector<token_logprob>(1)};
    others[16].choices[0].delta.role = open_enum<role>("0123456789");
    others[17].choices[0].finish_reason = open_enum<finish_reason>("0123456789");
    others[18].id = "0123456789";
    raw_members extra;
    extra.append("0", raw_json::trusted("12"));
    others[19].choices[0].delta.function_call = function_call_delta{.extra = extra};
    for (auto& c : others) {
        delta_queue one(100, 10);
        BOOST_TEST(one.try_put(c).value());
        auto more = saying(1);
        BOOST_TEST(!one.try_put(more).value());
    }
}

BOOST_AUTO_TEST_CASE(the_taker_hears_of_the_first_chunk_and_of_the_end)
{
    delta_queue q;
    int heard = 0;
    q.on_change = [&] { ++heard; };
    auto a = numbered(1), b = numbered(2);
    q.try_put(a).value();
    BOOST_TEST(heard == 1);
    q.try_put(b).value(); // it knows already
    BOOST_TEST(heard == 1);
    q.close(failure(errc::bad_value, "why"));
    BOOST_TEST(heard == 2);
    q.close(failure(errc::bad_json));
    BOOST_TEST(heard == 2);
    BOOST_TEST(q.closed());
    BOOST_TEST((q.error()->code == errc::bad_value));
    BOOST_TEST(all_of(q).size() == 2u); // what was said before the end stays
}

BOOST_AUTO_TEST_CASE(nothing_can_follow_the_end)
{
    delta_queue q;
    q.close();
    BOOST_TEST(!q.error());
    auto c = numbered(1);
    BOOST_TEST((q.try_put(c).error().code == errc::out_of_order));
    q.put_now(numbered(2));
    BOOST_TEST(all_of(q).empty());
}

BOOST_AUTO_TEST_CASE(an_abandoned_queue_says_so_to_its_maker)
{
    delta_queue q(1);
    q.put(numbered(1)).value();
    bool writable = false;
    q.when_writable([&] { writable = true; });
    BOOST_TEST(!writable);
    q.abandon();
    BOOST_TEST(writable);
    BOOST_TEST((q.put(numbered(2)).error().code == errc::cancelled));
    BOOST_TEST(all_of(q).empty());
    bool at_once = false;
    q.when_writable([&] { at_once = true; });
    BOOST_TEST(at_once);
}

BOOST_AUTO_TEST_CASE(the_maker_is_told_once_and_not_after_its_end)
{
    delta_queue gone, ended;
    int told = 0;
    gone.on_abandon = ended.on_abandon = [&] { ++told; };
    gone.abandon();
    gone.abandon();
    BOOST_TEST(told == 1);
    ended.close();
    ended.abandon();
    BOOST_TEST(told == 1);
}

BOOST_AUTO_TEST_CASE(when_writable_is_called_once_by_a_take)
{
    delta_queue q(1);
    q.put(numbered(1)).value();
    int called = 0;
    q.when_writable([&] { ++called; });
    all_of(q);
    BOOST_TEST(called == 1);
    q.put(numbered(2)).value();
    all_of(q);
    BOOST_TEST(called == 1);
}

BOOST_AUTO_TEST_CASE(a_blocked_maker_goes_on_when_there_is_room)
{
    constexpr int count = 20'000;
    delta_queue q(3);
    std::thread maker([&] {
        for (int i = 0; i < count; ++i)
            q.put(numbered(i)).value();
        q.close();
    });
    std::vector<chunk> got;
    std::size_t most = 0;
    while (!q.closed() || got.size() < count) {
        auto const before = got.size();
        q.take(got);
        most = std::max(most, got.size() - before);
        std::this_thread::yield();
    }
    maker.join();
    BOOST_TEST(most <= 3u);
    BOOST_REQUIRE(got.size() == static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        BOOST_REQUIRE(got[static_cast<std::size_t>(i)].created == i);
}

BOOST_AUTO_TEST_CASE(a_blocked_maker_learns_that_nobody_listens)
{
    delta_queue q(1);
    q.put(numbered(1)).value();
    std::atomic<bool> failed{false};
    std::thread maker([&] { failed = q.put(numbered(2)).has_error(); });
    q.abandon();
    maker.join();
    BOOST_TEST(failed.load());
}

} // namespace delta_queue_test
BOOST_AUTO_TEST_SUITE_END()
