// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/stop_sequences.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

namespace chat_stop_sequences_test {
namespace {

using namespace chatwire;

} // namespace

BOOST_AUTO_TEST_SUITE(chat_stop_sequences)

BOOST_AUTO_TEST_CASE(equality_sees_every_member)
{
    support::check_distinct<chatwire::stop_sequences>({stop_sequences(), stop_sequences("a"), stop_sequences{"a", "b"},
                                                       stop_sequences(std::vector<std::string>{"a"})});
}

BOOST_AUTO_TEST_CASE(one_text_is_a_list_of_one)
{
    BOOST_TEST((stop_sequences("a").list() == std::vector<std::string>{"a"}));
    BOOST_TEST((stop_sequences{"a", "b"}.list() == std::vector<std::string>{"a", "b"}));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_stop_sequences_test
