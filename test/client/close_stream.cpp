// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/answers.hpp"
#include "../support/simulation.hpp"

#include <chatwire/client/begin_stream.hpp>
#include <chatwire/client/close_stream.hpp>
#include <chatwire/client/next_chunk.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>

BOOST_AUTO_TEST_SUITE(client_close_stream)

namespace client_close_stream_test {

using namespace chatwire;
using namespace chatwire::test;

client_options const options{.base_url = "http://h/v1", .retries = {.max_retries = 0}};
client_call const question{
    .method = "POST", .path = "/chat/completions", .body = "{}", .expects = client_call::answer::stream};

BOOST_AUTO_TEST_CASE(closing_gives_the_rest_up)
{
    for (auto const& bytes : {chunked(stream_body()), http_answer(whole_answer)}) {
        client_core<> core(options);
        simulation s{.answers = {{bytes}}};
        auto const stream = s.run(begin_stream<>(core, question, std::make_shared<diagnostics>())).value();
        BOOST_TEST(s.run(close_stream<>(core, stream)).has_value());
        BOOST_TEST(s.log.ends_with('X'));
        BOOST_TEST(!core.open);
        BOOST_TEST((stream->end->how == how::cancelled));
        auto const next = s.run(next_chunk<>(core, stream));
        BOOST_REQUIRE(!next);
        BOOST_TEST(next.error().code == make_error_code(errc::cancelled));
    }
}

BOOST_AUTO_TEST_CASE(after_the_end_there_is_nothing_to_close)
{
    client_core<> core(options);
    simulation s{.answers = {{chunked(stream_body())}}};
    auto const stream = s.run(begin_stream<>(core, question, std::make_shared<diagnostics>())).value();
    while (s.run(next_chunk<>(core, stream)).value())
        ;
    BOOST_TEST(s.run(close_stream<>(core, stream)).has_value());
    BOOST_TEST((stream->end->how == how::finished));
    BOOST_TEST(core.open);
}

} // namespace client_close_stream_test

BOOST_AUTO_TEST_SUITE_END()
