// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/stream_decoder_options.hpp>

#include <chatwire/client/stream_decoder.hpp>

#include <boost/test/unit_test.hpp>

#include <string_view>
#include <utility>

namespace client_stream_decoder_options_test {
namespace {

using namespace chatwire;

} // namespace

BOOST_AUTO_TEST_SUITE(client_stream_decoder_options)

BOOST_AUTO_TEST_CASE(limits_end_a_stream_as_such)
{
    std::pair<stream_decoder_options, errc> const cases[] = {
        {{.sse = {.max_line = 16}}, errc::line_limit},      {{.sse = {.max_event = 16}}, errc::event_limit},
        {{.json = {.max_document = 16}}, errc::body_limit}, {{.json = {.max_depth = 2}}, errc::depth_limit},
        {{.json = {.max_memory = 16}}, errc::body_limit},   {{.max_choices = 1}, errc::choice_limit},
    };
    std::string_view const body =
        "data: {\"id\":\"i\",\"choices\":[{\"index\":0,\"delta\":{}},{\"index\":1,\"delta\":{}}]}\n\ndata: [DONE]\n\n";
    for (auto const& [options, code] : cases) {
        stream_decoder d(options);
        d.feed(body);
        auto found = d.next();
        while (found == decoded::chunk)
            found = d.next();
        BOOST_TEST((found == decoded::end));
        BOOST_TEST((d.end().how == how::limit), to_string(code));
        BOOST_TEST((d.end().error && d.end().error->code == code), to_string(code));
    }
    stream_decoder d;
    d.feed(body);
    BOOST_TEST((d.next() == decoded::chunk));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace client_stream_decoder_options_test
