// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/shape.hpp>

#include <chatwire/json/chunk.hpp>
#include <chatwire/json/request.hpp>

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace json_shape_test {
namespace {

using namespace chatwire;
using json::shape;
using json::shape_of;

json::field const& field_of(json::shape const& object, std::string_view name)
{
    for (auto const& f : object.object->own)
        if (f.name == name)
            return f;
    BOOST_FAIL("no field " << name);
    return object.object->own[0];
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_shape)

BOOST_AUTO_TEST_CASE(of_simple_types)
{
    BOOST_TEST((shape_of<bool>.what == shape::type::boolean));
    BOOST_TEST((shape_of<std::int64_t>.what == shape::type::integer));
    BOOST_TEST((shape_of<double>.what == shape::type::number));
    BOOST_TEST((shape_of<std::string>.what == shape::type::string));
    BOOST_TEST(shape_of<std::string>.words.empty());
    BOOST_TEST((shape_of<raw_json>.what == shape::type::any));
    BOOST_TEST((shape_of<std::optional<bool>>.what == shape::type::boolean));
    BOOST_TEST((shape_of<nullable<bool>>.what == shape::type::boolean));
}

BOOST_AUTO_TEST_CASE(of_words)
{
    auto const& s = shape_of<open_enum<verbosity>>;
    BOOST_TEST((s.what == shape::type::string));
    BOOST_TEST(s.words.size() == 3u);
    BOOST_TEST(s.words[2] == "high");
}

BOOST_AUTO_TEST_CASE(of_containers)
{
    auto const& list = shape_of<std::vector<std::string>>;
    BOOST_TEST((list.what == shape::type::array));
    BOOST_TEST((list.of[0] == &shape_of<std::string>));
    auto const& map = shape_of<logit_bias>;
    BOOST_TEST((map.what == shape::type::map));
    BOOST_TEST((map.of[0] == &shape_of<double>));
    auto const& stop = shape_of<stop_sequences>;
    BOOST_TEST((stop.what == shape::type::one_of));
    BOOST_TEST((stop.of[1]->what == shape::type::array));
}

BOOST_AUTO_TEST_CASE(of_objects)
{
    BOOST_TEST(shape_of<request>.name == "request"); // not basic_request
    BOOST_TEST(shape_of<image_url>.name == "image_url");
    auto const& messages = field_of(shape_of<request>, "messages");
    BOOST_TEST(messages.member == "messages");
    BOOST_TEST((messages.shape->of[0] == &shape_of<message>));
    BOOST_TEST(field_of(shape_of<text_part>, "type").member == "");
    BOOST_TEST(field_of(shape_of<chunk>, "created").member == "created");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_shape_test
