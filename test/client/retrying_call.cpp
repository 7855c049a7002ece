// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/answers.hpp"
#include "../support/simulation.hpp"

#include <chatwire/client/retrying_call.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(client_retrying_call)

namespace client_retrying_call_test {

using namespace chatwire;
using answer = client_call::answer;
using ms = std::chrono::milliseconds;

client_call const question{.method = "POST", .path = "/chat/completions", .body = "{}", .expects = answer::completion};

// What on_attempt was told.
struct told {
    std::vector<std::string> lines{};

    client_options options(retry_options const& retries = {})
    {
        client_options o{.base_url = "http://h/v1"};
        o.retries = retries;
        o.on_attempt = [this](client_attempt const& a) {
            std::string line = std::to_string(a.number) + ' ' + std::string(a.method) + ' ' + std::string(a.path) + ' ';
            line += a.failed ? a.failed->code.message() + ' ' + std::to_string(a.failed->status) : "ok";
            lines.push_back(line + (a.delay ? " again" : ""));
        };
        return o;
    }
};

retrying_call<> ask(client_core<>& core, client_call const& call = question)
{
    return {core, call, std::make_shared<diagnostics>()};
}

std::string const good = test::http_answer(test::whole_answer);
std::string const busy = test::http_answer(R"({"error":{"message":"busy"}})", 503);

static_assert(io::operation<retrying_call<>>);

BOOST_AUTO_TEST_CASE(a_call_that_is_refused_for_now_is_made_again)
{
    told t;
    client_core<> core(t.options());
    test::simulation s{.answers = {{busy, busy, good}}};
    auto const r = s.run(ask(core));
    BOOST_REQUIRE(r);
    BOOST_TEST(std::get<completion>(*r).text() == "Hello");
    BOOST_TEST(std::count(s.log.begin(), s.log.end(), '.') == 2);
    BOOST_TEST(std::count(s.log.begin(), s.log.end(), 'C') == 1); // the connection is good
    auto const& sent = s.all_sent.at(0);
    BOOST_TEST(sent.size() % 3 == 0u);
    auto const one = sent.substr(0, sent.size() / 3);
    BOOST_TEST(sent == one + one + one);
    auto const code = make_error_code(errc::refused).message();
    BOOST_TEST(t.lines == (std::vector<std::string>{"1 POST /chat/completions " + code + " 503 again",
                                                    "2 POST /chat/completions " + code + " 503 again",
                                                    "3 POST /chat/completions ok"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_last_failure_is_told_when_there_were_enough)
{
    told t;
    client_core<> core(t.options({.max_retries = 3}));
    test::simulation s{
        .answers = {{busy, busy, busy, test::http_answer(R"({"error":{"message":"last"}})", 500), good}}};
    auto const r = s.run(ask(core));
    BOOST_REQUIRE(!r);
    BOOST_TEST(r.error().status == 500);
    BOOST_TEST(r.error().message == "last");
    BOOST_TEST(t.lines.size() == 4u);
    BOOST_TEST(!t.lines.back().ends_with("again"));
}

BOOST_AUTO_TEST_CASE(what_no_retry_can_mend_is_not_retried)
{
    for (auto const& bytes : {test::http_answer(R"({"error":{"message":"no"}})", 401),
                              test::http_answer(R"({"error":{"message":"no","code":"insufficient_quota"}})", 429),
                              test::http_answer("<html>", 200), test::http_answer("{", 200)}) {
        told t;
        client_core<> core(t.options());
        test::simulation s{.answers = {{bytes, good}, {good}}};
        BOOST_TEST(!s.run(ask(core)), bytes);
        BOOST_TEST(t.lines.size() == 1u);
        BOOST_TEST(s.log.find('.') == std::string::npos);
    }
    told t;
    client_core<> core(t.options({.max_retries = 0}));
    test::simulation s{.answers = {{busy, good}}};
    BOOST_TEST(!s.run(ask(core)));
    BOOST_TEST(t.lines.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_fails_before_an_answer_has_begun_is_made_again_and_no_answer_that_has)
{
    for (auto const& injected : {io::outcome::failed({ECONNRESET, boost::system::system_category()}),
                                 io::outcome{.what = io::outcome::kind::timeout}}) {
        std::size_t again = 0, cut = 0;
        for (std::size_t k = 0;; ++k) {
            told t;
            client_core<> core(t.options());
            test::simulation s{.answers = {{good}, {good}}, .fail_at = k, .injected = injected};
            auto const r = s.run(ask(core));
            if (!s.hit)
                break;
            if (r) {
                ++again;
                BOOST_TEST(t.lines.size() == 2u);
                BOOST_TEST(std::get<completion>(*r).text() == "Hello");
            } else {
                ++cut;
                BOOST_TEST(t.lines.size() == 1u);
                BOOST_TEST(s.log.find('R') < s.log.find('X')); // something of it had come
            }
        }
        BOOST_TEST(again > 3u);
        BOOST_TEST(cut > 3u);
    }
}

BOOST_AUTO_TEST_CASE(a_call_that_may_have_been_carried_out_is_repeated_only_if_that_does_no_harm)
{
    auto const reset = io::outcome::failed({ECONNRESET, boost::system::system_category()});
    for (bool const key : {false, true}) {
        told t;
        auto o = t.options();
        o.idempotency_keys = key;
        client_core<> core(o);
        auto call = question;
        call.once = true;
        test::simulation s{.answers = {{good}, {good}}, .fail_at = 3, .injected = reset};
        auto const r = s.run(ask(core, call));
        BOOST_TEST(s.all_sent.at(0).starts_with("POST"));
        BOOST_TEST(r.has_value() == key);
        BOOST_TEST(t.lines.size() == (key ? 2u : 1u));
    }
}

BOOST_AUTO_TEST_CASE(a_stream_that_has_begun_is_not_asked_for_again)
{
    auto call = question;
    call.expects = answer::stream;
    told t;
    client_core<> core(t.options());
    test::simulation s{.answers = {{busy, test::chunked(test::stream_body())}}};
    auto const r = s.run(ask(core, call));
    BOOST_REQUIRE(r);
    BOOST_TEST(std::holds_alternative<stream_begin>(*r));
    BOOST_TEST(t.lines.size() == 2u);
}

BOOST_AUTO_TEST_CASE(waiting_can_be_cancelled_and_is_not_cut_short_by_a_wake)
{
    told t;
    client_core<> core(t.options());
    test::simulation s{.answers = {{busy, good}}};
    auto op = ask(core);
    io::action a;
    for (io::outcome last;; last = s.act(a)) {
        a = op.resume(last);
        if (a.what == io::action::kind::wait)
            break;
        BOOST_TEST_REQUIRE((a.what != io::action::kind::done));
    }
    auto const until = a.deadline;
    BOOST_TEST((until != io::never));
    a = op.resume({.what = io::outcome::kind::woken});
    BOOST_TEST((a.what == io::action::kind::wait && a.deadline == until));
    a = op.resume({.what = io::outcome::kind::cancelled});
    BOOST_TEST((a.what == io::action::kind::done));
    auto const r = op.take();
    BOOST_REQUIRE(!r);
    BOOST_TEST((r.error().code == make_error_code(errc::cancelled)));
}

BOOST_AUTO_TEST_CASE(who_would_wait_beyond_the_time_of_the_call_fails_at_once)
{
    told t;
    auto o = t.options();
    o.total_timeout = ms(100);
    client_core<> core(o);
    test::simulation s{.answers = {{busy, good}}};
    auto const r = s.run(ask(core));
    BOOST_REQUIRE(!r);
    BOOST_TEST(r.error().status == 503);
    BOOST_TEST(s.log.find('.') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_call_keeps_its_idempotency_key_and_the_next_has_another)
{
    told t;
    auto o = t.options();
    o.idempotency_keys = true;
    client_core<> core(o);
    test::simulation s{.answers = {{busy, busy, good, good, good}}};
    auto const keys = [&] {
        std::vector<std::string> found;
        std::string_view rest = s.all_sent.at(0);
        constexpr std::string_view name = "\r\nIdempotency-Key: ";
        for (std::size_t at; (at = rest.find(name)) != rest.npos;) {
            rest.remove_prefix(at + name.size());
            found.emplace_back(rest.substr(0, rest.find('\r')));
        }
        return found;
    };
    BOOST_TEST(s.run(ask(core)).has_value());
    BOOST_TEST(keys().size() == 3u);
    BOOST_TEST(s.run(ask(core)).has_value());
    BOOST_TEST(s.run(ask(core, {.path = "/models"})).has_value()); // which changes nothing
    auto const all = keys();
    BOOST_TEST_REQUIRE(all.size() == 4u);
    BOOST_TEST(std::set<std::string>(all.begin(), all.begin() + 3).size() == 1u);
    BOOST_TEST(all[3] != all[0]);
    BOOST_TEST(all[0].size() > 20u);
}

} // namespace client_retrying_call_test

BOOST_AUTO_TEST_SUITE_END()
