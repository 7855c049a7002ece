// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_WORDS_HPP
#define CHATWIRE_TEST_SUPPORT_WORDS_HPP

#include <chatwire/chat/open_enum.hpp>

#include <boost/test/unit_test.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace support {

// Each enumerator has its spelling, and there are no others.
template <class E>
void check_words(std::initializer_list<std::pair<E, std::string_view>> words)
{
    BOOST_TEST(enum_names(E{}).size() == words.size());
    for (auto const& [value, spelling] : words) {
        BOOST_TEST(chatwire::to_string(value) == spelling);
        chatwire::open_enum<E> const read(spelling);
        BOOST_TEST(read.known());
        BOOST_TEST((read == value));
        BOOST_TEST((chatwire::open_enum<E>(value).text() == spelling));
        BOOST_TEST(!chatwire::open_enum<E>(std::string(spelling) + "_").known());
    }
}

} // namespace support
#endif
