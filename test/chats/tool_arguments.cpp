// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chats/tool_arguments.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/writer.hpp>

#include <boost/test/unit_test.hpp>

#include <string_view>

BOOST_AUTO_TEST_SUITE(chats_tool_arguments)

namespace tool_arguments_test {

using namespace chatwire;

template <class T>
void survives(std::string_view text)
{
    auto const a = json::read<T>(text);
    BOOST_REQUIRE_MESSAGE(a.has_value(), text);
    BOOST_TEST(json::to_text(*a) == text);
}

BOOST_AUTO_TEST_CASE(are_those_of_the_calls)
{
    survives<chats::list_chats_arguments>("{}");
    survives<chats::list_chats_arguments>(R"({"projectId":"prj_1"})");
    survives<chats::chat_arguments>(R"({"chatId":"cht_1"})");
    survives<chats::completion_for_chat_arguments>(
        R"({"chatId":"cht_1","messages":[{"role":"user","content":"Hi"},{"role":"user","documentId":"doc_1"}],"model":"m"})");
    survives<chats::completion_arguments>(
        R"({"aiProviderId":"aip_1","systemMessage":"s","messages":[{"role":"user","content":"Hi","x":1}],"temperature":0.5})");
    BOOST_TEST(!json::read<chats::chat_arguments>("{}"));
    BOOST_TEST(!json::read<chats::completion_arguments>(R"({"messages":[]})"));
}

} // namespace tool_arguments_test

BOOST_AUTO_TEST_SUITE_END()
