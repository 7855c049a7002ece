// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/event.hpp>
#include <chatwire/error.hpp>

#include <boost/test/unit_test.hpp>

#include <concepts>
#include <optional>

BOOST_AUTO_TEST_SUITE(client_event_)

namespace client_event_test {

using namespace chatwire;

// A result is told from what it holds.
static_assert(!std::convertible_to<failure, client_event<>>);
static_assert(std::convertible_to<failure, result<client_event<>>>);
static_assert(std::convertible_to<chunk, client_event<>>);

BOOST_AUTO_TEST_CASE(is_a_variant_and_never_a_failure)
{
    client_event<> const e = stream_end(failure(errc::cancelled));
    BOOST_REQUIRE(std::holds_alternative<stream_end>(e));
    BOOST_TEST((std::get<stream_end>(e).how == how::cancelled));
    result<std::optional<client_event<>>> const r = failure(errc::cancelled);
    BOOST_TEST(!r.has_value());
    BOOST_TEST((client_document{} == client_document{raw_json::trusted("null")}));
    BOOST_TEST((stream_begin{} == stream_begin{}));
}

} // namespace client_event_test

BOOST_AUTO_TEST_SUITE_END()
