// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/nullable.hpp>

#include <boost/test/unit_test.hpp>

#include <optional>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(chat_nullable)

using text = chatwire::nullable<std::string>;

BOOST_AUTO_TEST_CASE(three_states)
{
    text const absent, also_absent = std::nullopt, null = nullptr, value = "v", empty = "";
    BOOST_TEST((absent.is_absent() && !absent.is_null() && !absent.has_value()));
    BOOST_TEST((!null.is_absent() && null.is_null() && !null));
    BOOST_TEST((!value.is_absent() && !value.is_null() && value));
    BOOST_TEST((absent == also_absent));
    BOOST_TEST((absent != null));
    BOOST_TEST((null != value));
    BOOST_TEST((empty != absent));
    BOOST_TEST((empty != null));
    BOOST_TEST((value == std::string("v")));
    BOOST_TEST(*value == "v");
    BOOST_TEST(value->size() == 1u);
    BOOST_TEST(null.value_or("other") == "other");
    BOOST_TEST(value.value_or("other") == "v");
}

BOOST_AUTO_TEST_CASE(every_state_follows_every_other)
{
    for (text const& from : {text(), text(nullptr), text("v")})
        for (text const& to : {text(), text(nullptr), text("w")}) {
            text t = from;
            t = to;
            BOOST_TEST((t == to));
        }
    text t = nullptr;
    BOOST_TEST(t.ensure() == "");
    BOOST_TEST(!t.is_null());
    *t = "kept";
    BOOST_TEST(t.ensure() == "kept");
    t.emplace("new");
    BOOST_TEST(std::move(*t) == "new");
    t.reset();
    BOOST_TEST(t.is_absent());
    t = nullptr;
    t.reset();
    BOOST_TEST(t.is_absent());
    BOOST_TEST((text(std::optional<std::string>()).is_absent()));
}

BOOST_AUTO_TEST_CASE(false_and_zero_are_values)
{
    chatwire::nullable<bool> const no = false;
    BOOST_TEST(no.has_value());
    BOOST_TEST(!no.value_or(true));
    chatwire::nullable<double> const zero = 0;
    BOOST_TEST(*zero == 0.0);
}

BOOST_AUTO_TEST_SUITE_END()
