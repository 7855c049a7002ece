// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/image_detail.hpp>

#include "support/words.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(chat_image_detail)

BOOST_AUTO_TEST_CASE(words)
{
    using chatwire::image_detail;
    support::check_words<image_detail>({{image_detail::auto_, "auto"},
                                        {image_detail::low, "low"},
                                        {image_detail::high, "high"},
                                        {image_detail::original, "original"}});
}

BOOST_AUTO_TEST_SUITE_END()
