// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_VALUES_HPP
#define CHATWIRE_TEST_SUPPORT_VALUES_HPP

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace support {

// Every value equals its copies and none of the others: the list changes one member after another, so a member that
// operator== does not see is found.
template <class T>
void check_distinct(std::vector<T> const& values)
{
    for (std::size_t i = 0; i < values.size(); ++i)
        for (std::size_t j = 0; j < values.size(); ++j)
            BOOST_TEST((values[i] == values[j]) == (i == j), "values " << i << " and " << j);
    for (auto const& value : values) {
        T copy = value;
        BOOST_TEST((copy == value));
        T const moved = std::move(copy);
        BOOST_TEST((moved == value));
        copy = moved;
        BOOST_TEST((copy == value));
    }
}

} // namespace support
#endif
