// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/answers.hpp"
#include "../support/simulation.hpp"

#include <chatwire/client/begin_call.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>
#include <string>

BOOST_AUTO_TEST_SUITE(client_begin_call)

namespace client_begin_call_test {

using namespace chatwire;
using answer = client_call::answer;

client_options const options{.base_url = "http://h/v1", .api_key = "k", .credentials_in_the_clear = true};
client_call const question{.method = "POST", .path = "/chat/completions", .body = "{}", .expects = answer::completion};

begin_call<> ask(client_core<>& core, client_call const& call = question)
{
    return {core, call, std::make_shared<diagnostics>()};
}

bool is(result<client_event<>> const& r, errc code) { return !r && r.error().code == make_error_code(code); }

static_assert(io::operation<begin_call<>>);

BOOST_AUTO_TEST_CASE(connects_sends_and_receives)
{
    client_core<> core(options);
    test::simulation s{.answers = {{test::http_answer(test::whole_answer)}}};
    auto const r = s.run(ask(core));
    BOOST_REQUIRE(r);
    BOOST_TEST(std::get<completion>(*r).text() == "Hello");
    BOOST_TEST(s.all_sent.at(0).starts_with("POST /v1/chat/completions HTTP/1.1\r\n"));
    BOOST_TEST(s.all_sent.at(0).ends_with("\r\n\r\n{}"));
    BOOST_TEST(s.open);
    BOOST_TEST(core.open);
    BOOST_TEST(s.log.find('X') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_failure_names_the_request_once_the_head_of_the_answer_has_come)
{
    for (auto const expects : {answer::completion, answer::stream, answer::document}) {
        auto call = question;
        call.expects = expects;
        auto const bytes = test::http_answer(test::whole_answer, 200, "application/json", "X-Request-ID: r-1\r\n");
        auto const after_head = bytes.find("\r\n\r\n") + 4;
        std::size_t unnamed = 0, named = 0;
        for (std::size_t const n : {after_head - 1, after_head, after_head + 1, bytes.size() - 1})
            for (auto const what : {io::outcome::kind::timeout, io::outcome::kind::cancelled}) {
                client_core<> core(options);
                test::simulation s{
                    .answers = {{bytes}}, .read_size = n, .write_size = 100'000, .injected = {.what = what}};
                s.fail_at = 3; // after it has connected, sent, and received once
                auto const r = s.run(ask(core, call));
                BOOST_REQUIRE(!r);
                bool const has_head = n >= after_head;
                BOOST_TEST(r.error().request_id == (has_head ? "r-1" : ""));
                ++(has_head ? named : unnamed);
            }
        BOOST_TEST(named == 6u);
        BOOST_TEST(unnamed == 2u);

        // an answer before is none of this one
        client_core<> core(options);
        test::simulation s{.answers = {{bytes, "HTTP/1.1 "}}, .read_size = 100'000, .write_size = 100'000};
        auto whole = question;
        BOOST_TEST(s.run(ask(core, whole)).has_value());
        auto const r = s.run(ask(core, call));
        BOOST_REQUIRE(!r);
        BOOST_TEST(r.error().request_id == "");
    }
}

BOOST_AUTO_TEST_CASE(whatever_fails_at_whatever_step_the_call_fails_and_the_connection_is_closed)
{
    std::string const answers[] = {test::http_answer(test::whole_answer),
                                   test::chunked(test::whole_answer, "application/json"),
                                   test::http_answer(R"({"error":"no"})", 401), test::chunked(test::stream_body())};
    std::size_t failed = 0;
    // false: the call ended before step k
    auto const fails_at = [&](std::string const& bytes, answer expects, test::mishap const& m, std::size_t k) {
        auto call = question;
        call.expects = expects;
        client_core<> core(options);
        test::simulation s{.answers = {{bytes}}, .fail_at = k, .injected = m.outcome};
        auto const r = s.run(ask(core, call));
        if (!s.hit)
            return false;
        if (m.reads_only && *s.hit != io::action::kind::read)
            return true;
        BOOST_TEST(s.open == core.open);
        BOOST_REQUIRE(!r);
        BOOST_TEST(s.all_sent.size() <= 1u); // nothing is sent twice
        auto const c = condition_of(r.error());
        if (c == condition::api_refusal && m.reads_only) // it is a refusal, even if what it says is cut
            return true;
        BOOST_TEST((std::find(m.conditions.begin(), m.conditions.end(), c) != m.conditions.end()), r.error().what());
        BOOST_TEST(s.log.ends_with('X'), s.log);
        BOOST_TEST(!core.open);
        ++failed;
        return true;
    };
    for (auto const& bytes : answers)
        for (auto const expects : {answer::completion, answer::stream, answer::document})
            for (auto const& m : test::mishaps()) {
                bool more = true;
                for (std::size_t k = 0; more; ++k)
                    BOOST_TEST_CONTEXT(m.name << " at step " << k) { more = fails_at(bytes, expects, m, k); }
            }
    BOOST_TEST(failed > 500u);
}

BOOST_AUTO_TEST_CASE(each_timeout_has_a_code_of_its_own)
{
    io::outcome const timeout{.what = io::outcome::kind::timeout};
    auto const at = [&](std::size_t step, client_options o = options) {
        client_core<> core(o);
        test::simulation s{.answers = {{test::http_answer(test::whole_answer)}}, .fail_at = step, .injected = timeout};
        return s.run(ask(core));
    };
    BOOST_TEST(is(at(0), errc::connect_timeout));
    BOOST_TEST(is(at(1), errc::write_timeout));
    BOOST_TEST(is(at(8), errc::idle_timeout));
    auto o = options;
    o.total_timeout = std::chrono::milliseconds(1);
    // the total has certainly passed when a wait of more than that has
    auto const t = io::clock::now() + std::chrono::milliseconds(2);
    client_core<> core(o);
    auto op = ask(core);
    BOOST_TEST((op.resume({}).what == io::action::kind::connect));
    while (io::clock::now() < t)
        ;
    BOOST_TEST((op.resume(timeout).what == io::action::kind::close));
    BOOST_TEST((op.resume({.what = io::outcome::kind::ok}).what == io::action::kind::done));
    BOOST_TEST(is(op.take(), errc::total_timeout));
}

BOOST_AUTO_TEST_CASE(a_bad_base_url_or_header_fails_before_anything_is_done)
{
    auto const refused = [](client_options const& o) {
        client_core<> core(o);
        test::simulation s;
        auto r = s.run(ask(core));
        BOOST_TEST(s.log == "");
        BOOST_REQUIRE(!r);
        return r.error().code;
    };
    BOOST_TEST(refused({.base_url = "h/v1"}) == make_error_code(errc::invalid_url));
    BOOST_TEST(refused({}) == make_error_code(errc::invalid_url));
    BOOST_TEST(refused({.base_url = "http://h/v1", .api_key = "k"}) == make_error_code(errc::insecure_credentials));
    BOOST_TEST(refused({.base_url = "http://h/v1", .headers = {{"A", "b\nc"}}}) ==
               make_error_code(errc::invalid_header));
}

BOOST_AUTO_TEST_CASE(a_connection_is_kept_and_used_again)
{
    client_core<> core(options);
    auto const good = test::http_answer(test::whole_answer);
    test::simulation s{.answers = {{good, good, test::http_answer(R"({"error":"no"})", 404), good}}};
    for (bool const whole : {true, true, false, true})
        BOOST_TEST(s.run(ask(core)).has_value() == whole);
    BOOST_TEST(s.all_sent.size() == 1u);
    BOOST_TEST(core.open);
}

BOOST_AUTO_TEST_CASE(a_connection_that_cannot_be_kept_is_closed)
{
    for (auto const& bytes : {test::http_answer(test::whole_answer, 200, "application/json", "Connection: close\r\n"),
                              test::until_close(test::whole_answer, "application/json"),
                              test::http_answer(test::whole_answer) + "and more"}) {
        client_core<> core(options);
        test::simulation s{.answers = {{bytes}, {bytes}}, .read_size = 10'000};
        for (int i = 0; i < 2; ++i) {
            BOOST_TEST(s.run(ask(core)).has_value());
            BOOST_TEST(s.log.ends_with('X'));
            BOOST_TEST(!core.open);
        }
        BOOST_TEST(s.all_sent.size() == 2u);
    }
}

BOOST_AUTO_TEST_CASE(a_kept_connection_that_was_closed_meanwhile_is_replaced_once)
{
    auto const good = test::http_answer(test::whole_answer);
    {
        client_core<> core(options);
        test::simulation s{.answers = {{good}, {good}}};
        BOOST_TEST(s.run(ask(core)).has_value());
        BOOST_TEST(s.run(ask(core)).has_value());
        BOOST_REQUIRE(s.all_sent.size() == 2u);
        BOOST_TEST(s.all_sent[0] == s.all_sent[1] + s.all_sent[1]); // the second request went out on both
    }
    { // the new one is no better
        client_core<> core(options);
        test::simulation s{.answers = {{good}, {}, {good}}};
        BOOST_TEST(s.run(ask(core)).has_value());
        BOOST_TEST(is(s.run(ask(core)), errc::connection_lost));
        BOOST_TEST(s.all_sent.size() == 2u);
    }
    { // a byte of an answer has come: it may have been acted upon
        client_core<> core(options);
        test::simulation s{.answers = {{good, "H"}, {good}}};
        BOOST_TEST(s.run(ask(core)).has_value());
        BOOST_TEST(is(s.run(ask(core)), errc::incomplete_message));
        BOOST_TEST(s.all_sent.size() == 1u);
    }
    { // silence is no sign of a closed connection
        client_core<> core(options);
        test::simulation s{.answers = {{good}, {good}}};
        BOOST_TEST(s.run(ask(core)).has_value());
        auto const writes = (s.all_sent[0].size() + s.write_size - 1) / s.write_size;
        s.fail_at = s.steps + writes;
        s.injected = {.what = io::outcome::kind::timeout};
        BOOST_TEST(is(s.run(ask(core)), errc::idle_timeout));
        BOOST_TEST((s.hit == io::action::kind::read));
        BOOST_TEST(s.all_sent.size() == 1u);
    }
    { // a reset while writing counts like an end
        client_core<> core(options);
        test::simulation s{.answers = {{good}, {good}}};
        BOOST_TEST(s.run(ask(core)).has_value());
        s.fail_at = s.steps;
        s.injected = io::outcome::failed({EPIPE, boost::system::system_category()});
        BOOST_TEST(s.run(ask(core)).has_value());
        BOOST_TEST(s.all_sent.size() == 2u);
    }
}

BOOST_AUTO_TEST_CASE(what_is_left_of_an_earlier_answer_is_waited_for_but_not_long)
{
    auto const stream = test::chunked(test::stream_body());
    auto const good = test::http_answer(test::whole_answer);
    auto const left = stream.size() - 5; // the last chunk is missing
    auto call = question;
    call.expects = answer::completion;
    for (auto const& [rest, connections] : {std::pair(std::string("0\r\n\r\n"), 1u), {std::string(), 2u}}) {
        client_core<> core(options);
        test::simulation s{.answers = {{stream.substr(0, left), good}, {good}}, .read_size = 10'000};
        BOOST_TEST(s.run(ask(core)).has_value()); // folded
        BOOST_TEST(core.open);
        s.given = rest;
        s.fail_at = rest.empty() ? s.steps : s.fail_at;
        s.injected = {.what = io::outcome::kind::timeout};
        BOOST_TEST(s.run(ask(core)).has_value());
        BOOST_TEST(s.all_sent.size() == connections);
    }
    // cancelling ends that wait, too
    client_core<> core(options);
    test::simulation s{.answers = {{stream.substr(0, left), good}, {good}}, .read_size = 10'000};
    BOOST_TEST(s.run(ask(core)).has_value());
    s.fail_at = s.steps;
    s.injected = {.what = io::outcome::kind::cancelled};
    BOOST_TEST(is(s.run(ask(core)), errc::cancelled));
    BOOST_TEST(!core.open);
}

BOOST_AUTO_TEST_CASE(being_woken_changes_nothing)
{
    client_core<> core(options);
    for (std::size_t k = 0; k < 20; ++k) {
        test::simulation s{.answers = {{test::http_answer(test::whole_answer)}},
                           .fail_at = k,
                           .injected = {.what = io::outcome::kind::woken},
                           .end_after_injection = false};
        client_core<> other(options);
        auto r = s.run(ask(other));
        if (s.hit == io::action::kind::read)
            BOOST_TEST(r.has_value());
    }
}

} // namespace client_begin_call_test

BOOST_AUTO_TEST_SUITE_END()
