// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Over a real stream it is tested in basic_stream.cpp; here, that it is a range.
#include <chatwire/client/stream_texts.hpp>

#include <boost/test/unit_test.hpp>

#include <ranges>
#include <string>

BOOST_AUTO_TEST_SUITE(client_stream_texts)

namespace client_stream_texts_test {

using namespace chatwire;

struct counting {
    int given = 0;
    int most = 0;
    result<std::optional<std::string>> next_text()
    {
        if (given == most)
            return failure(errc::connection_lost);
        return std::optional<std::string>(std::to_string(given++));
    }
};

static_assert(std::ranges::input_range<stream_texts<counting>>);

BOOST_AUTO_TEST_CASE(it_gives_text_as_it_is_asked_for)
{
    counting s{.most = 4};
    std::string all;
    for (auto& text : stream_texts(s)) {
        all += text;
        if (text == "1")
            break;
    }
    BOOST_TEST(all == "01");
    BOOST_TEST(s.given == 2); // no more than was looked at
    for (auto& text : stream_texts(s))
        all += text;
    BOOST_TEST(all == "0123");
}

} // namespace client_stream_texts_test

BOOST_AUTO_TEST_SUITE_END()
