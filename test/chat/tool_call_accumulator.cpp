// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/tool_call_accumulator.hpp>

#include "support/read.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace chat_tool_call_accumulator_test {
namespace {

using namespace chatwire;

// A line is a delta's `tool_calls`. The calls come out as `id name arguments`, separated by `;`.
struct fold {
    tool_call_accumulator calls{};
    diagnostics log{};
    accumulator_limits limits{};
    std::size_t room = 10'000;

    error_code add(std::string_view line)
    {
        auto const pieces = support::read_answer<std::vector<tool_call_delta>>(line);
        for (std::size_t i = 0; i < pieces.size(); ++i)
            if (auto const ec = calls.add(pieces[i], i, limits, room, &log, 0))
                return ec;
        return {};
    }
    std::string text() const
    {
        std::string out;
        for (auto const& c : calls.calls("call_"))
            out += (out.empty() ? "" : ";") + c.id + ' ' +
                   (c.type == tool_type::custom ? "custom " + c.custom.name + ' ' + c.custom.input
                                                : c.function.name + ' ' + c.function.arguments);
        return out;
    }
};

std::string folded(std::vector<std::string_view> const& lines, std::string_view deviations = "")
{
    fold f;
    for (auto const line : lines)
        BOOST_TEST(!f.add(line));
    BOOST_TEST(support::codes(f.log) == deviations);
    return f.text();
}

} // namespace

BOOST_AUTO_TEST_SUITE(chat_tool_call_accumulator)

BOOST_AUTO_TEST_CASE(custom_tools)
{
    BOOST_TEST(folded({R"([{"index":0,"id":"a","type":"custom","custom":{"name":"sql","input":""}}])",
                       R"([{"index":0,"custom":{"input":"SELECT "}}])", R"([{"index":0,"custom":{"input":"{1}"}}])",
                       R"([{"index":1,"id":"b","type":"function","function":{"name":"g","arguments":"{}"}}])",
                       R"([{"index":2,"id":"c","type":"custom","custom":{"name":"sql"}}])",
                       R"([{"index":2,"custom":{"name":"","input":"x"}}])"}) ==
               "a custom sql SELECT {1};b g {};c custom sql x");
    // without a type, and by place: what a call is stays what it is
    BOOST_TEST(folded({R"([{"id":"a","custom":{"name":"sql","input":"{}"}}])",
                       R"([{"custom":{"name":"sql","input":"+"}}])", R"([{"function":{"name":"f","arguments":"{"}}])",
                       R"([{"function":{"arguments":"}"}}])", R"([{"custom":{"name":"sh","input":"ls"}}])"}) ==
               "a custom sql {}+;call_1 f {};call_2 custom sh ls");
}

BOOST_AUTO_TEST_CASE(members_of_a_custom_call_survive)
{
    fold f;
    BOOST_TEST(!f.add(R"([{"index":0,"id":"a","custom":{"name":"n","input":"","x":1},"y":2}])"));
    BOOST_TEST(!f.add(R"([{"index":0,"custom":{"input":"i","x":3}}])"));
    BOOST_TEST(json::to_text(f.calls.calls("")) ==
               R"([{"id":"a","type":"custom","custom":{"name":"n","input":"i","x":3},"y":2}])");
    f.limits.max_arguments = 4;
    BOOST_TEST(!f.add(R"([{"index":0,"custom":{"input":"jkl"}}])"));
    BOOST_TEST((f.add(R"([{"index":0,"custom":{"input":"m"}}])") == errc::tool_call_limit));
}

BOOST_AUTO_TEST_CASE(by_the_book)
{
    BOOST_TEST(
        folded({R"([{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}])",
                R"([{"index":0,"function":{"arguments":"{\"x\""}}])", R"([{"index":0,"function":{"arguments":":1}"}}])",
                R"([{"index":1,"id":"b","type":"function","function":{"name":"g","arguments":""}}])",
                R"([{"index":1,"function":{"arguments":"{}"}}])"}) == "a f {\"x\":1};b g {}");
}

BOOST_AUTO_TEST_CASE(pieces_of_several_calls_may_mix)
{
    BOOST_TEST(
        folded(
            {R"([{"index":1,"id":"b","function":{"name":"g","arguments":"{"}},{"index":0,"id":"a","function":{"name":"f","arguments":"["}}])",
             R"([{"index":0,"function":{"arguments":"1]"}},{"index":1,"function":{"arguments":"}"}}])"}) ==
        "a f [1];b g {}");
}

BOOST_AUTO_TEST_CASE(without_index_by_id)
{
    BOOST_TEST(folded({R"([{"id":"a","function":{"name":"f","arguments":"{\"x\""}}])",
                       R"([{"id":"b","function":{"name":"f","arguments":"{\"y\""}}])",
                       R"([{"id":"a","function":{"arguments":":1}"}}])",
                       R"([{"id":"b","function":{"arguments":":2}"}}])"}) == "a f {\"x\":1};b f {\"y\":2}");
}

BOOST_AUTO_TEST_CASE(without_index_and_id_by_place)
{
    BOOST_TEST(folded({R"([{"function":{"name":"f","arguments":"{"}},{"function":{"name":"g","arguments":"["}}])",
                       R"([{"function":{"arguments":"}"}},{"function":{"arguments":"]"}}])"}) ==
               "call_0 f {};call_1 g []");
    // whole calls one after another
    BOOST_TEST(folded({R"([{"function":{"name":"f","arguments":"{\"a\":1}"}}])",
                       R"([{"function":{"name":"f","arguments":"{\"a\":2}"}}])"}) ==
               "call_0 f {\"a\":1};call_1 f {\"a\":2}");
    // -1 is no index
    BOOST_TEST(folded({R"([{"index":-1,"function":{"name":"f","arguments":"{"}}])",
                       R"([{"index":-1,"function":{"arguments":"}"}}])"},
                      "negative_index negative_index") == "call_0 f {}");
}

BOOST_AUTO_TEST_CASE(one_index_for_several_ids)
{
    BOOST_TEST(folded({R"([{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}])",
                       R"([{"index":0,"id":"b","function":{"name":"g","arguments":"{"}}])",
                       R"([{"index":0,"function":{"arguments":"}"}}])",
                       R"([{"index":0,"id":"a","function":{"arguments":" "}}])"},
                      "reused_index reused_index") == "a f {} ;b g {}");
}

BOOST_AUTO_TEST_CASE(ids_and_names_that_are_none)
{
    for (std::string const id : {R"("")", R"("null")", "null"})
        BOOST_TEST(folded({R"([{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":"{"}}])",
                           R"([{"index":0,"type":"","id":)" + id + R"(,"function":{"name":"","arguments":"}"}}])"}) ==
                   "a f {}");
    // given late, or never
    BOOST_TEST(folded({R"([{"index":0,"function":{"name":"f","arguments":"{"}}])",
                       R"([{"index":0,"id":"a","function":{"arguments":"}"}}])"}) == "a f {}");
    BOOST_TEST(folded({R"([{"index":0,"function":{"name":"f"}}])"}) == "call_0 f ");
}

BOOST_AUTO_TEST_CASE(repeated_ids_and_names_are_not_appended)
{
    std::string_view const piece = R"([{"index":0,"id":"a","function":{"name":"f","arguments":"1"}}])";
    BOOST_TEST(folded({piece, piece, piece}) == "a f 111");
}

BOOST_AUTO_TEST_CASE(complete_arguments_sent_again)
{
    std::string_view const whole = R"([{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x\":\"}\\\"\"}"}}])";
    BOOST_TEST(folded({whole, whole}, "repeated_arguments") == "a f {\"x\":\"}\\\"\"}");
}

BOOST_AUTO_TEST_CASE(unknown_members_survive)
{
    fold f;
    BOOST_TEST(!f.add(
        R"([{"index":0,"id":"a","extra_content":{"google":{"thought_signature":"s"}},"function":{"name":"f","x":1}}])"));
    BOOST_TEST(!f.add(R"([{"index":0,"function":{"x":2,"y":3}}])"));
    auto const calls = f.calls.calls("");
    BOOST_TEST(
        json::to_text(calls) ==
        R"([{"id":"a","type":"function","function":{"name":"f","arguments":"","x":2,"y":3},"extra_content":{"google":{"thought_signature":"s"}}}])");
}

BOOST_AUTO_TEST_CASE(order_is_that_of_the_indices)
{
    BOOST_TEST(folded({R"([{"index":2,"id":"c"},{"index":0,"id":"a"},{"index":1,"id":"b"}])"}) == "a  ;b  ;c  ");
}

BOOST_AUTO_TEST_CASE(limits)
{
    fold f;
    f.limits.max_tool_calls = 2;
    f.limits.max_arguments = 4;
    BOOST_TEST(!f.add(R"([{"index":1000000000},{"index":2147483648}])"));
    BOOST_TEST((f.add(R"([{"index":1}])") == errc::tool_call_limit));
    BOOST_TEST(!f.add(R"([{"index":1000000000,"function":{"arguments":"1234"}}])"));
    BOOST_TEST((f.add(R"([{"index":1000000000,"function":{"arguments":"5"}}])") == errc::tool_call_limit));
    BOOST_TEST(f.text() == "call_0  1234;call_1  ");
}

BOOST_AUTO_TEST_CASE(a_type_of_the_services_own_counts_as_content)
{
    tool_call_accumulator calls;
    std::size_t room = 100;
    open_enum<tool_type> const own(std::string(60, 't'));
    BOOST_TEST(!calls.add({.index = 0, .type = own}, 0, {}, room, nullptr, 0));
    BOOST_TEST((calls.add({.index = 1, .type = own}, 1, {}, room, nullptr, 0) == errc::content_limit));
    BOOST_TEST(!calls.add({.index = 2, .type = tool_type::function}, 2, {}, room, nullptr, 0));
    BOOST_TEST(room == 40u);
}

BOOST_AUTO_TEST_CASE(arguments_may_be_cut_anywhere)
{
    std::string const arguments = R"({"text":"a\n\"b\" \u00e9","n":[1,{"k":"}{"}]})";
    for (std::size_t i = 0; i <= arguments.size(); ++i)
        for (std::size_t j = i; j <= arguments.size(); ++j) {
            tool_call_accumulator calls;
            std::size_t room = 1000;
            for (auto const& part : {arguments.substr(0, i), arguments.substr(i, j - i), arguments.substr(j)})
                BOOST_TEST(!calls.add({.index = 0, .function = function_call_delta{.arguments = part}}, 0, {}, room,
                                      nullptr, 0));
            BOOST_TEST(calls.calls("")[0].function.arguments == arguments);
        }
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_tool_call_accumulator_test
