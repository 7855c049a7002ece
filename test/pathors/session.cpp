// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/reader.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/pathors/session.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(pathors_session)

namespace pathors_session_test {

using namespace chatwire;

template <class T>
void round_trip(T const& value, std::string_view text)
{
    BOOST_TEST(json::to_text(value) == text);
    auto const back = json::read<T>(text);
    BOOST_REQUIRE(back);
    BOOST_TEST((*back == value));
}

BOOST_AUTO_TEST_CASE(every_document_is_spelled_as_the_service_spells_it)
{
    using namespace pathors;
    round_trip(create_session{.session_id = "s", .variables = raw_json::trusted(R"({"userName":"John Doe"})")},
               R"({"session_id":"s","variables":{"userName":"John Doe"}})");
    round_trip(create_session{.session_id = "s"}, R"({"session_id":"s"})");
    round_trip(session_created{.session_id = "s", .pathway_id = "p"}, R"({"sessionId":"s","pathwayId":"p"})");
    round_trip(session_data{.session_id = "s",
                            .data = {.variables = raw_json::trusted(R"({"a":1})"), .messages = {message::user("Hi")}},
                            .created_at = "2025-01-02T03:04:05.678Z",
                            .updated_at = "2025-01-02T03:04:06.000Z"},
               R"({"sessionId":"s","data":{"variables":{"a":1},"messages":[{"role":"user","content":"Hi"}]},)"
               R"("createdAt":"2025-01-02T03:04:05.678Z","updatedAt":"2025-01-02T03:04:06.000Z"})");
    round_trip(end_session{.session_id = "s"}, R"({"session_id":"s"})");
    round_trip(session_ended{.success = true, .session_id = "s", .message = "gone"},
               R"({"success":true,"sessionId":"s","message":"gone"})");
}

BOOST_AUTO_TEST_CASE(a_session_needs_an_id)
{
    auto const r = json::read<pathors::create_session>(R"({"variables":{}})");
    BOOST_REQUIRE(!r);
    BOOST_TEST(r.error().code == make_error_code(errc::missing_member));
}

} // namespace pathors_session_test

BOOST_AUTO_TEST_SUITE_END()
