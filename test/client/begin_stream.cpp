// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/answers.hpp"
#include "../support/simulation.hpp"

#include <chatwire/client/begin_stream.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>

BOOST_AUTO_TEST_SUITE(client_begin_stream)

namespace client_begin_stream_test {

using namespace chatwire;
using namespace chatwire::test;

client_options const options{.base_url = "http://h/v1", .retries = {.max_retries = 0}};
client_call const question{
    .method = "POST", .path = "/chat/completions", .body = "{}", .expects = client_call::answer::stream};

begin_stream<> ask(client_core<>& core) { return {core, question, std::make_shared<diagnostics>()}; }

BOOST_AUTO_TEST_CASE(a_stream_has_begun_when_its_head_is_there)
{
    client_core<> core(options);
    auto const head = chunked_head("text/event-stream", "X-Request-ID: r-1\r\n");
    simulation s{.answers = {{head + framed(stream_body())}}, .read_size = head.size()};
    auto const r = s.run(ask(core));
    BOOST_REQUIRE(r);
    BOOST_TEST(std::count(s.log.begin(), s.log.end(), 'R') == 1);
    BOOST_TEST((core.stream == *r));
    BOOST_TEST(!(*r)->end);
    BOOST_TEST((*r)->head.fields.find("x-request-id").value_or("") == "r-1");
}

BOOST_AUTO_TEST_CASE(refusals_and_failures_come_in_its_place)
{
    for (auto const& [bytes, code] : {std::pair(http_answer(R"({"error":"no"})", 401), errc::refused),
                                      {http_answer(R"({"error":"no"})"), errc::refused},
                                      {http_answer("<html>", 200, "text/html"), errc::bad_content_type},
                                      {std::string("HTTP/1.1 200 OK\r\n"), errc::incomplete_message},
                                      {std::string(), errc::connection_lost}}) {
        client_core<> core(options);
        simulation s{.answers = {{bytes}}};
        auto const r = s.run(ask(core));
        BOOST_REQUIRE(!r);
        BOOST_TEST(r.error().code == make_error_code(code));
        BOOST_TEST(!core.stream);
    }
}

BOOST_AUTO_TEST_CASE(another_call_ends_a_stream_that_is_not_at_its_end)
{
    client_core<> core(options);
    simulation s{.answers = {{chunked_head()}, {chunked_head()}}};
    auto const first = s.run(ask(core)).value();
    auto const second = s.run(ask(core)).value();
    BOOST_TEST((core.stream == second));
    BOOST_REQUIRE(first->end);
    BOOST_TEST((first->end->how == how::cancelled));
    BOOST_TEST(s.all_sent.size() == 2u);
    BOOST_TEST(!second->end);
}

} // namespace client_begin_stream_test

BOOST_AUTO_TEST_SUITE_END()
