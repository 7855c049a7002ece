// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/content.hpp>

#include "support/values.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(chat_content)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(a_string_and_parts_are_different)
{
    support::check_distinct<content>(
        {"", "a", content(std::vector<content_part>()), {text_part{"a"}}, {text_part{"a"}, image_part{}}});
    BOOST_TEST((content("a") == content(std::string("a"))));
    BOOST_TEST((content("a") == content(std::string_view("a"))));
}

BOOST_AUTO_TEST_CASE(text_joins_the_text_parts)
{
    content const c{text_part{"a"}, image_part{}, refusal_part{"no"}, raw_json::trusted("{}"), text_part{"b"}};
    BOOST_TEST(c.text() == "ab");
    BOOST_TEST(content("s").text() == "s");
    std::string out = "x";
    c.append_text(out);
    BOOST_TEST(out == "xab");
}

BOOST_AUTO_TEST_CASE(either_or)
{
    content c = "a";
    BOOST_TEST((c.is_string() && *c.string() == "a" && c.parts() == nullptr));
    c.make_string() += "b";
    BOOST_TEST(c.text() == "ab");
    BOOST_TEST(c.make_parts().empty());
    BOOST_TEST((!c.is_string() && c.string() == nullptr && c.empty()));
    c.make_parts().push_back(text_part{"p"});
    BOOST_TEST((c.make_parts().size() == 1 && !c.empty()));
    BOOST_TEST(c.make_string() == "");
    BOOST_TEST(c.empty());
}

BOOST_AUTO_TEST_SUITE_END()
