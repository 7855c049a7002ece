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
