// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/io/await_event.hpp>

#include <boost/test/unit_test.hpp>

#include <cerrno>
#include <functional>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(io_await_event)
namespace io_await_event_cases {

using namespace chatwire;
using namespace std::chrono_literals;
using io::action;
using io::outcome;
using io::patience;
using io::port;

// Lines: each is an event, and so is the rest before the end. The line "?" is answered with "!", and is no event.
class lines {
public:
    using event = std::string;

    explicit lines(std::string out = {}, std::size_t room = 16) : out_(std::move(out)), buffer_(room, '\0') {}

    std::string_view output() const { return out_; }
    void consume(std::size_t n)
    {
        BOOST_REQUIRE(n <= out_.size());
        out_.erase(0, n);
    }
    std::span<char> prepare() { return buffer_; }
    void commit(std::size_t n) { in_.append(buffer_, 0, n); }
    void commit_eof() { ended_ = true; }
    result<std::optional<event>> next_event()
    {
        if (in_.starts_with("?\n")) {
            in_.erase(0, 2);
            out_ += '!';
        }
        auto const end = in_.find('\n');
        if (end == in_.npos && !ended_)
            return std::optional<event>();
        if (end == in_.npos && in_.empty() && patient_)
            return std::optional<event>();
        if (end == in_.npos && in_.empty())
            return failure(errc::incomplete_message);
        auto line = in_.substr(0, end);
        in_.erase(0, end == in_.npos ? end : end + 1);
        return std::optional<event>(std::move(line));
    }

    std::string const& left() const { return in_; }
    /// Wants more even after the end, which no endpoint should.
    lines& patient()
    {
        patient_ = true;
        return *this;
    }

private:
    std::string out_;
    std::string buffer_;
    std::string in_{};
    bool ended_ = false;
    bool patient_ = false;
};

static_assert(io::endpoint<lines>);
static_assert(io::operation<io::await_event<lines>>);

// Puts bytes where a read wants them.
outcome give(action const& a, std::string_view bytes)
{
    BOOST_REQUIRE((a.what == action::kind::read));
    BOOST_REQUIRE(bytes.size() <= a.in.size());
    bytes.copy(a.in.data(), bytes.size());
    return outcome::bytes(bytes.size());
}

using answer = std::function<outcome(action const&)>;

// Runs the operation against a function that plays the driver.
result<std::string> play(lines& e, answer const& with, patience limits = {}, port p = port::upstream)
{
    io::await_event op(e, p, limits);
    outcome last;
    for (int step = 0; step != 1000; ++step) {
        auto const a = op.resume(last);
        if (a.what == action::kind::done)
            return op.take();
        BOOST_TEST((a.p == p));
        BOOST_TEST(!a.watch_caller);
        if (a.what == action::kind::write)
            BOOST_REQUIRE(!a.out.empty());
        last = with(a);
    }
    BOOST_FAIL("the operation does not end");
    return failure(errc::protocol_violation);
}

// The same, with a list of answers that must be used up.
result<std::string> play(lines& e, std::vector<answer> const& with, patience limits = {})
{
    std::size_t i = 0;
    auto r = play(
        e,
        [&](action const& a) {
            BOOST_REQUIRE(i != with.size());
            return with[i++](a);
        },
        limits);
    BOOST_TEST(i == with.size());
    return r;
}

answer says(outcome::kind k)
{
    return [k](action const&) { return outcome{.what = k}; };
}
answer says(error_code e)
{
    return [e](action const&) { return outcome::failed(e); };
}
answer gives(std::string_view bytes)
{
    return [bytes](action const& a) { return give(a, bytes); };
}
answer takes(std::size_t n)
{
    return [n](action const& a) {
        BOOST_TEST((a.what == action::kind::write));
        return outcome::bytes(n);
    };
}

error_code const broken_pipe(EPIPE, boost::system::system_category());
error_code const reset(ECONNRESET, boost::system::system_category());

BOOST_AUTO_TEST_CASE(every_split_of_what_is_sent_and_received)
{
    std::string const request = "request";
    std::string const answer = "answer\nmore";
    for (std::size_t out = 1; out <= request.size(); ++out)
        for (std::size_t in = 1; in <= answer.size(); ++in)
            for (bool woken : {false, true}) {
                lines e(request);
                std::string sent;
                std::string_view rest = answer;
                bool wake = woken;
                auto const r = play(e, [&](action const& a) {
                    if (a.what == action::kind::write) {
                        sent += a.out.substr(0, out);
                        return outcome::bytes(std::min(out, a.out.size()));
                    }
                    if (woken && std::exchange(wake, !wake)) // loses and repeats nothing
                        return outcome{.what = outcome::kind::woken};
                    auto const piece = rest.substr(0, in);
                    rest.remove_prefix(piece.size());
                    return give(a, piece);
                });
                BOOST_TEST(r.value() == "answer");
                BOOST_TEST(sent == request);
                BOOST_TEST(e.left() + std::string(rest) == "more"); // reads no further than it must
            }
}

BOOST_AUTO_TEST_CASE(an_event_that_is_there_needs_no_io)
{
    lines e;
    e.prepare()[0] = 'a';
    e.prepare()[1] = '\n';
    e.commit(2);
    BOOST_TEST(play(e, std::vector<answer>{}).value() == "a");
}

BOOST_AUTO_TEST_CASE(what_an_endpoint_answers_is_sent_before_reading_on)
{
    lines e;
    BOOST_TEST(play(e, {gives("?\n"), takes(1), gives("x"), gives("y\n")}).value() == "xy");
    BOOST_TEST(e.output() == "");
    lines with_an_event;
    BOOST_TEST(play(with_an_event, {gives("?\nx\n")}).value() == "x");
    BOOST_TEST(play(with_an_event, {takes(1), gives("y\n")}).value() == "y");
}

BOOST_AUTO_TEST_CASE(the_end_may_make_an_event)
{
    lines e;
    BOOST_TEST(play(e, {gives("rest"), says(outcome::kind::eof)}).value() == "rest");
}

BOOST_AUTO_TEST_CASE(the_end_is_what_the_endpoint_makes_of_it)
{
    lines e;
    BOOST_TEST((play(e, {says(outcome::kind::eof)}).error().code == errc::incomplete_message));
    lines waits_for_ever;
    BOOST_TEST((play(waits_for_ever.patient(), {says(outcome::kind::eof)}).error().code == errc::connection_lost));
}

BOOST_AUTO_TEST_CASE(the_answer_of_a_peer_that_stopped_listening_is_read)
{
    lines e("a long request");
    BOOST_TEST(play(e, {takes(2), says(broken_pipe), gives("413"), gives("\n")}).value() == "413");
    lines to_the_end("a long request");
    BOOST_TEST(play(to_the_end, {says(broken_pipe), gives("413"), says(outcome::kind::eof)}).value() == "413");
}

BOOST_AUTO_TEST_CASE(the_answer_of_a_peer_that_takes_no_more_is_read)
{
    lines e("a long request");
    auto const r = play(e,
                        {takes(2), says(outcome::kind::timeout),
                         [](action const& a) {
                             BOOST_TEST((a.deadline < io::clock::now() + 1h)); // not as long again
                             return give(a, "413\n");
                         }},
                        {.idle = 2h});
    BOOST_TEST(r.value() == "413");
    answer const ends[] = {says(outcome::kind::eof), says(reset)};
    for (auto const& end : ends) {
        lines silent("request");
        BOOST_TEST((play(silent, {says(outcome::kind::timeout), end}).error().code == errc::write_timeout));
    }
}

BOOST_AUTO_TEST_CASE(without_an_answer_the_write_error_explains_more)
{
    answer const ends[] = {says(outcome::kind::eof), says(reset)};
    for (auto const& end : ends)
        for (bool patient : {false, true}) {
            lines e("request");
            if (patient)
                e.patient();
            BOOST_TEST(play(e, {says(broken_pipe), end}).error().code == broken_pipe);
        }
}

BOOST_AUTO_TEST_CASE(a_write_error_hides_no_decision_of_this_side)
{
    std::pair<outcome::kind, errc> const ends[] = {{outcome::kind::timeout, errc::idle_timeout},
                                                   {outcome::kind::cancelled, errc::cancelled},
                                                   {outcome::kind::caller_gone, errc::caller_gone}};
    for (auto [kind, expected] : ends) {
        lines e("request");
        BOOST_TEST((play(e, {says(broken_pipe), says(kind)}).error().code == expected));
    }
}

BOOST_AUTO_TEST_CASE(every_clock_has_its_code)
{
    auto const code = [](std::string out, patience limits) {
        lines e(std::move(out));
        return play(e, {says(outcome::kind::timeout)}, limits).error().code;
    };
    BOOST_TEST((code("", {.idle = 1h}) == errc::idle_timeout));
    lines unread("request");
    auto const late = play(unread, {says(outcome::kind::timeout), says(outcome::kind::timeout)}, {.idle = 1h});
    BOOST_TEST((late.error().code == errc::write_timeout));
    auto const passed = io::clock::now();
    BOOST_TEST((code("", {.idle = 1h, .total = passed}) == errc::total_timeout));
    BOOST_TEST((code("request", {.idle = 1h, .total = passed}) == errc::total_timeout));
}

// What the endpoint makes nothing of is a sign of life, and no event.
BOOST_AUTO_TEST_CASE(signs_of_life_do_not_stretch_the_time_of_an_event)
{
    lines e("re");
    std::vector<io::time_point> seen;
    auto const r = play(e,
                        [&](action const& a) {
                            seen.push_back(a.deadline);
                            if (a.what == action::kind::write)
                                return outcome::bytes(1);
                            if (io::clock::now() < a.deadline)
                                return give(a, ".");
                            return outcome{.what = outcome::kind::timeout};
                        },
                        {.idle = 1h, .event = 2ms});
    BOOST_TEST((r.error().code == errc::data_timeout));
    BOOST_TEST_REQUIRE(seen.size() > 2u);
    auto const now = io::clock::now();
    BOOST_TEST((seen[0] > now && seen[1] > now)); // sending has the time between two signs of life
    for (std::size_t i = 3; i < seen.size(); ++i)
        BOOST_TEST((seen[i] == seen[2]));
    // a peer that says nothing at all in that time is idle, as one that is silent for less
    lines mute;
    auto const waits = [](action const& a) {
        while (io::clock::now() < a.deadline)
            ;
        return outcome{.what = outcome::kind::timeout};
    };
    BOOST_TEST((play(mute, {answer(waits)}, {.idle = 1h, .event = 1ms}).error().code == errc::idle_timeout));
    lines silent;
    BOOST_TEST(
        (play(silent, {says(outcome::kind::timeout)}, {.idle = 1ms, .event = 1h}).error().code == errc::idle_timeout));
}

BOOST_AUTO_TEST_CASE(being_told_to_stop_ends_it_at_any_step)
{
    for (auto [kind, expected] : {std::pair(outcome::kind::cancelled, errc::cancelled),
                                  std::pair(outcome::kind::caller_gone, errc::caller_gone)}) {
        lines writing("request");
        BOOST_TEST((play(writing, {says(kind)}).error().code == expected));
        lines reading("request");
        BOOST_TEST((play(reading, {takes(7), gives("an"), says(kind)}).error().code == expected));
    }
    lines e;
    BOOST_TEST(play(e, {gives("an"), says(reset)}).error().code == reset);
}

BOOST_AUTO_TEST_CASE(each_action_has_the_deadline_that_comes_first)
{
    auto const deadlines = [](patience limits) {
        std::vector<io::time_point> seen;
        lines e("re");
        play(
            e,
            [&](action const& a) {
                seen.push_back(a.deadline);
                return a.what == action::kind::write ? outcome::bytes(1) : give(a, seen.size() == 3 ? "a" : "\n");
            },
            limits)
            .value();
        BOOST_TEST(seen.size() == 4u);
        return seen;
    };
    for (auto t : deadlines({}))
        BOOST_TEST((t == io::never));
    auto const far = io::clock::now() + 24h;
    for (auto t : deadlines({.total = far}))
        BOOST_TEST((t == far));
    for (auto t : deadlines({.idle = 48h, .total = far}))
        BOOST_TEST((t == far));
    auto const before = io::clock::now();
    auto last = before;
    for (auto t : deadlines({.idle = 1h, .total = far})) { // starts anew with each
        BOOST_TEST((t >= last + (last == before ? 1h : 0h)));
        BOOST_TEST((t <= io::clock::now() + 1h));
        last = t;
    }
}

} // namespace io_await_event_cases
BOOST_AUTO_TEST_SUITE_END()
