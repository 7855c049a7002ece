// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/stream_iterator.hpp>
#include <chatwire/error.hpp>

#include <boost/test/unit_test.hpp>

#include <concepts>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(client_stream_iterator)

namespace client_stream_iterator_test {

using namespace chatwire;

// Gives words, then nothing or a failure.
struct words {
    std::vector<std::string> left;
    std::optional<failure> last{};
    int asked = 0;

    result<std::optional<std::string>> next()
    {
        ++asked;
        if (!left.empty()) {
            std::optional<std::string> word(left.front());
            left.erase(left.begin());
            return word;
        }
        if (last)
            return *last;
        return std::optional<std::string>();
    }
};
using iterator = stream_iterator<words, std::string>;

static_assert(std::input_iterator<iterator>);
static_assert(!std::copyable<iterator>);
static_assert(std::sentinel_for<std::default_sentinel_t, iterator>);
static_assert(std::sentinel_for<stream_end, iterator>);

BOOST_AUTO_TEST_CASE(it_goes_through_what_there_is_and_asks_once_for_each)
{
    words w{.left = {"a", "bc"}};
    iterator i(w);
    BOOST_TEST(w.asked == 1);
    BOOST_TEST(*i == "a");
    BOOST_TEST((i != std::default_sentinel));
    ++i;
    BOOST_TEST(i->size() == 2u);
    BOOST_TEST(w.asked == 2);
    auto moved = std::move(i);
    BOOST_TEST(*moved == "bc");
    moved++;
    BOOST_TEST((moved == std::default_sentinel));
    BOOST_TEST(w.asked == 3);
}

BOOST_AUTO_TEST_CASE(the_end_is_the_end_whatever_it_says)
{
    for (auto const& last : {std::optional<failure>(), std::optional<failure>(errc::connection_lost)}) {
        words w{.left = {"a"}, .last = last};
        iterator i(w);
        for (stream_end const& end : {stream_end(how::finished), stream_end(failure(errc::cancelled)), stream_end()})
            BOOST_TEST((i != end));
        ++i;
        for (stream_end const& end : {stream_end(how::finished), stream_end(failure(errc::cancelled)), stream_end()})
            BOOST_TEST((i == end));
    }
}

} // namespace client_stream_iterator_test

BOOST_AUTO_TEST_SUITE_END()
