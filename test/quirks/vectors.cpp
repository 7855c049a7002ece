// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// What is on the wire between real services and clients, a file each, and what is told of it: whole, cut in two at
// every place, and byte by byte.
#include "../support/vectors.hpp"
#include "told.hpp"

#include <chatwire/http/parser.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(quirks_vectors)

namespace quirks_vectors_test {

using namespace chatwire;
using test::wire_vector;
using pieces = std::vector<std::string_view>;

std::vector<wire_vector> const& all()
{
    static auto const vectors = test::read_vectors();
    return vectors;
}

client_call::answer called(wire_vector const& v)
{
    return v.call == "stream" ? client_call::answer::stream : client_call::answer::completion;
}

// One failure for each vector is enough to read.
template <class F>
void compare(wire_vector const& v, std::string_view bytes, std::string const& expected, F tell)
{
    bool good = true;
    test::at_every_split(bytes, [&](pieces const& p, std::string const& where) {
        if (!good)
            return;
        auto const said = tell(p);
        good = said == expected;
        if (!good)
            BOOST_ERROR(v.name << ", " << where << ", is told as\n" << said << "and not as\n" << expected);
    });
    BOOST_TEST(good, v.name);
}

BOOST_AUTO_TEST_CASE(answers_are_told_as_expected_however_they_are_cut)
{
    for (auto const& v : all())
        if (!v.is_request())
            compare(v, v.bytes, v.without("sse"), [&](pieces const& p) { return test::told_answer(p, called(v)); });
}

// Those whose point is the framing of the event stream, through the decoder alone, with its events.
BOOST_AUTO_TEST_CASE(event_streams_are_told_as_expected_however_they_are_cut)
{
    int count = 0;
    for (auto const& v : all())
        if (v.has_sse()) {
            ++count;
            auto const answers = test::read_answers(v.bytes, {"POST"});
            BOOST_TEST_REQUIRE(answers.size() == 1u);
            compare(v, answers[0].body, v.events, [](pieces const& p) { return test::told_stream(p); });
        }
    BOOST_TEST(count > 0);
}

// A stream whose events each come three times: so that a reader that keeps texts can go wrong, and must not.
BOOST_AUTO_TEST_CASE(events_that_come_again_are_told_as_if_each_were_the_first)
{
    std::size_t learnt = 0;
    for (auto const& v : all()) {
        bool const cut =
            v.bytes.find("\r\nTransfer-Encoding: chunked\r\n") != v.bytes.npos && !v.bytes.ends_with("\r\n0\r\n\r\n");
        if (v.call != "stream" || cut)
            continue;
        auto const answers = test::read_answers(v.bytes, {"POST"});
        BOOST_TEST_REQUIRE(answers.size() == 1u, v.name);
        auto const& body = answers[0].body;
        if (body.size() > 3'000)
            continue;
        auto const end = std::min(body.find("data: [DONE]"), body.size());
        std::string again;
        for (std::size_t from = 0; from < end;) {
            auto const blank = body.find("\n\n", from);
            auto const to = blank < end ? blank + 2 : end;
            for (int i = 0; i < 3; ++i)
                again.append(body, from, to - from);
            from = to;
        }
        again.append(body, end);
        auto const expected = test::told_stream({again}, {.learn = false});
        BOOST_TEST(test::told_stream({again}, {.learn = true}) == expected, v.name);
        compare(v, again, expected, [](pieces const& p) { return test::told_stream(p, {.learn = true}, true); });
        ++learnt;
    }
    BOOST_TEST(learnt > 50u);
}

BOOST_AUTO_TEST_CASE(requests_are_read_as_expected_however_they_are_cut)
{
    for (auto const& v : all())
        if (v.is_request())
            compare(v, v.bytes, v.events, [&](pieces const& p) { return test::told_request(p, v.key); });
}

BOOST_AUTO_TEST_CASE(strictly_every_deviation_is_a_failure_and_nothing_else_is)
{
    client_options const strict{.strict = true};
    for (auto const& v : all()) {
        if (v.is_request())
            continue;
        bool const deviates = v.events.find("{\"event\":\"diagnostic\"") != v.events.npos;
        BOOST_TEST((v.strict == "same") != deviates, v.name);
        pieces bytes;
        for (std::size_t i = 0; i < v.bytes.size(); ++i)
            bytes.push_back(std::string_view(v.bytes).substr(i, 1));
        for (auto const& p : {pieces{v.bytes}, bytes}) {
            stream_end end;
            auto const said = test::told_answer(p, called(v), strict, &end);
            if (!deviates) {
                BOOST_TEST(said == v.without("sse"), v.name);
                continue;
            }
            BOOST_TEST(!end.success(), v.name << ": " << said);
            auto const how_and_why =
                std::string(to_string(end.how)) + ' ' + (end.error ? examples::code_name(end.error->code) : "");
            BOOST_TEST(how_and_why == v.strict, v.name << ": " << said);
        }
    }
}

} // namespace quirks_vectors_test

BOOST_AUTO_TEST_SUITE_END()
