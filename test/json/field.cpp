// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/field.hpp>

#include "support/read.hpp"
#include "support/round_trip.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace json_field_test {

struct addition {
    std::string added{};
    friend bool operator==(addition const&, addition const&) = default;
};

struct everything {
    std::string required{};
    std::optional<std::int64_t> nullable{};
    std::optional<std::int64_t> written{};
    std::optional<std::int64_t> optional{};
    std::string name{};
    std::vector<std::string> notes{};
    [[no_unique_address]] addition ext{};
    chatwire::raw_members extra{};
    friend bool operator==(everything const&, everything const&) = default;
};

struct closed {
    std::int64_t a = 0;
};

// Names of every length, among them those that are too long for the quick way.
struct long_names {
    std::optional<std::string> a{}, b{}, c{}, d{}, e{};
    friend bool operator==(long_names const&, long_names const&) = default;
};

struct beside {
    std::string text{};
    std::optional<std::string> words{};
    std::optional<std::vector<closed>> list{};
    chatwire::raw_members extra{};
};

struct wide {
    std::int64_t value = 0;
};

constexpr auto wide_names = [] {
    std::array<std::array<char, 3>, 64> names{};
    for (std::size_t i = 0; i < 64; ++i)
        names[i] = {'f', static_cast<char>('0' + (i < 10 ? i : i / 10)), static_cast<char>(i < 10 ? 0 : '0' + i % 10)};
    return names;
}();

} // namespace json_field_test

namespace chatwire::json {

template <>
struct table<json_field_test::long_names> {
    using n = json_field_test::long_names;
    static constexpr field fields[] = {
        member<&n::a>("a", presence::optional),
        member<&n::b>("a name of twenty-eight bytes", presence::optional),
        member<&n::c>("a name that has twenty-nine b", presence::optional),
        member<&n::d>("io.example/a name that is longer than any block", presence::optional),
        member<&n::e>("e", presence::optional),
    };
};

template <>
struct table<json_field_test::addition> {
    static constexpr field fields[] = {member<&json_field_test::addition::added>("added", presence::optional)};
};

template <>
struct table<json_field_test::everything> {
    using e = json_field_test::everything;
    static constexpr field fields[] = {
        constant("kind", "all"),
        member<&e::required>("required"),
        member<&e::nullable>("nullable", presence::nullable),
        member<&e::written>("written", presence::written),
        member<&e::optional>("optional", presence::optional),
        member<&e::name>("name", presence::optional),
        alias<&e::name>("old_name"),
        member<&e::notes>("notes", presence::optional),
    };
};

template <>
struct table<json_field_test::closed> {
    static constexpr field fields[] = {member<&json_field_test::closed::a>("a")};
};

template <>
struct table<json_field_test::beside> {
    using b = json_field_test::beside;
    static constexpr field fields[] = {
        member<&b::text>("text"),
        or_extra<&b::words>("words", presence::optional),
        or_extra<&b::list>("list", presence::optional),
    };
};

// Not in a loop: clang counts the steps of a constant expression.
template <std::size_t... I>
constexpr std::array<field, 64> wide_fields(std::index_sequence<I...>)
{
    return {member<&json_field_test::wide::value>(
        std::string_view(json_field_test::wide_names[I].data(), I < 10 ? 2 : 3))...};
}

template <>
struct table<json_field_test::wide> {
    static constexpr std::array<field, 64> fields = wide_fields(std::make_index_sequence<64>{});
};

} // namespace chatwire::json

namespace json_field_test {

BOOST_AUTO_TEST_SUITE(json_field)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(every_presence)
{
    BOOST_TEST(json::to_text(everything{}) == R"({"kind":"all","required":"","nullable":null,"written":null})");
    everything const full{.required = "r",
                          .nullable = 1,
                          .written = 2,
                          .optional = 3,
                          .name = "n",
                          .notes = {"x"},
                          .ext = {.added = "a"},
                          .extra = {{"u", raw_json::trusted("4")}}};
    BOOST_TEST(
        json::to_text(full) ==
        R"({"kind":"all","required":"r","nullable":1,"written":2,"optional":3,"name":"n","notes":["x"],"added":"a","u":4})");
    support::check_value(full);
}

BOOST_AUTO_TEST_CASE(what_may_be_missing)
{
    BOOST_TEST(support::why_not<everything>(R"({"kind":"all","required":"","nullable":null})") == "ok");
    BOOST_TEST(support::why_not<everything>(R"({"kind":"all","required":""})") == "missing_member nullable: missing");
    BOOST_TEST(support::why_not<everything>(R"({"kind":"all","nullable":null})") == "missing_member required: missing");
    BOOST_TEST(support::why_not<everything>(R"({"required":"","nullable":null})") == "missing_member kind: missing");
}

BOOST_AUTO_TEST_CASE(another_name_is_read_and_never_written)
{
    diagnostics log;
    auto const e = json::read<everything>(R"({"kind":"all","required":"","nullable":null,"old_name":"n"})", &log);
    BOOST_TEST((e && e->name == "n"));
    BOOST_TEST(support::codes(log) == "alias_member");
    BOOST_TEST(json::to_text(*e).find("\"name\":\"n\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(members_in_any_order)
{
    std::vector<std::string> members{R"("kind":"all")", R"("required":"r")", R"("nullable":1)", R"("added":"a")",
                                     R"("u":4)"};
    std::sort(members.begin(), members.end());
    auto const expected = *json::read<everything>(R"({"kind":"all","required":"r","nullable":1,"added":"a","u":4})");
    do {
        std::string text = "{";
        for (auto const& m : members)
            text += m + ",";
        text.back() = '}';
        auto const e = json::read<everything>(text);
        BOOST_TEST((e && *e == expected), text);
    } while (std::next_permutation(members.begin(), members.end()));
}

BOOST_AUTO_TEST_CASE(without_a_place_for_them_unknown_members_are_told_of)
{
    diagnostics log;
    auto const c = json::read<closed>(R"({"a":1,"b":[2],"c":3})", &log);
    BOOST_TEST((c && c->a == 1));
    BOOST_TEST(support::codes(log) == "unknown_member unknown_member");
}

BOOST_AUTO_TEST_CASE(what_a_field_cannot_hold_is_kept_beside_it)
{
    auto const kept = [](std::string_view member, std::string_view code) {
        diagnostics log;
        auto const text = R"({"text":"t",)" + std::string(member) + '}';
        auto const b = support::read_answer<beside>(text, &log);
        BOOST_TEST(b.text == "t");
        BOOST_TEST(b.extra.size() == 1u, text);
        BOOST_TEST(json::to_text(b) == text);
        BOOST_TEST(support::codes(log) == code, text);
    };
    kept(R"("words":{"a": 1})", "not_a_string");
    kept(R"("list":7)", "other_shape");
    kept(R"("list":"x")", "other_shape");
    kept(R"("list":[{"a":1},{"a":{}}])", "other_shape");
    // in a request only a string's place is another value's
    BOOST_TEST(support::why_not<beside>(R"({"text":"t","words":{"a":1}})") == "ok");
    BOOST_TEST(support::why_not<beside>(R"({"text":"t","list":[{"a":{}}]})") ==
               "wrong_type list[0].a: expected an integer");
    // what is no JSON, or beyond a limit, is an error all the same
    auto o = json::read_options::for_answers();
    BOOST_TEST(support::why_not<beside>(R"({"text":"t","list":[{]})", o).starts_with("bad_json"));
    o.limits.max_depth = 4;
    BOOST_TEST(support::why_not<beside>(R"({"text":"t","list":[{"a":[[[[1]]]]}]})", o).starts_with("depth_limit"));
    o.limits.max_depth = 9;
    o.strict = true;
    BOOST_TEST(support::why_not<beside>(R"({"text":"t","list":7})", o) == "wrong_type list: expected an array");
}

BOOST_AUTO_TEST_CASE(a_table_of_sixty_four_fields)
{
    std::string text = "{";
    for (int i = 0; i < 64; ++i)
        text += "\"f" + std::to_string(i) + "\":" + std::to_string(i) + ",";
    text.back() = '}';
    auto const w = json::read<wide>(text);
    BOOST_REQUIRE(w.has_value());
    BOOST_TEST(w->value == 63);
    BOOST_TEST(support::why_not<wide>(R"({"f0":0})") == "missing_member f1: missing");
}

BOOST_AUTO_TEST_CASE(names_of_every_length_in_every_order)
{
    std::string_view const names[] = {"a", "a name of twenty-eight bytes", "a name that has twenty-nine b",
                                      "io.example/a name that is longer than any block", "e"};
    std::array<std::size_t, 5> order{0, 1, 2, 3, 4};
    do
        for (std::size_t n = 0; n <= order.size(); ++n)
            for (std::string_view const value : {"", "v", "a value that makes the text a longer one"}) {
                std::string text = "{";
                for (std::size_t i = 0; i < n; ++i)
                    text.append(i ? ",\"" : "\"").append(names[order[i]]).append("\":\"").append(value).append("\"");
                text += '}';
                auto const read = chatwire::json::read<long_names>(text);
                BOOST_REQUIRE(read);
                std::size_t found = 0;
                for (auto const* const m : {&read->a, &read->b, &read->c, &read->d, &read->e})
                    found += m->has_value() && **m == value;
                BOOST_TEST(found == n, text);
                BOOST_TEST((chatwire::json::read<long_names>(chatwire::json::to_text(*read)).value() == *read));
            }
    while (std::next_permutation(order.begin(), order.end()));
    std::string const zeros = std::string("{") + std::string(64, '\0');
    BOOST_TEST(!chatwire::json::read<long_names>(zeros));
    BOOST_TEST(!chatwire::json::read<long_names>("{\"a name of twenty-eight bytes\":\"x\"" + zeros.substr(1)));
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_field_test
