// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/cursor.hpp>

#include "support/random_json.hpp"
#include "support/read.hpp"
#include <boost/json/parse.hpp>
#include <chatwire/json/utf8.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace json_cursor_test {

BOOST_AUTO_TEST_SUITE(json_cursor)

using namespace chatwire;

namespace {

bool accepts(std::string_view text, bool& compare)
{
    compare = true;
    boost::system::error_code ec;
    boost::json::parse_options o;
    o.max_depth = 1000;
    boost::json::parse(boost::json::string_view(text.data(), text.size()), ec, {}, o);
    // half a surrogate pair is no error of the grammar, nor is a number too large for a double
    if (ec && (text.find("\\u") != std::string_view::npos || ec == boost::json::error::exponent_overflow))
        compare = false;
    return !ec;
}

bool valid(std::string_view text)
{
    json::cursor in(text, nullptr, {});
    return in.good() && in.skip() && in.finish();
}

std::string error(std::string_view text)
{
    json::cursor in(text, nullptr, {});
    return in.skip() && in.finish() ? "" : in.error().message;
}

} // namespace

// The grammar, case by case; Boost.JSON agrees on every one.
BOOST_AUTO_TEST_CASE(the_grammar)
{
    std::string_view const good[] = {"null",
                                     "true",
                                     "false",
                                     "0",
                                     "-0",
                                     "1",
                                     "-1",
                                     "10",
                                     "1.0",
                                     "0.5",
                                     "1e1",
                                     "1E1",
                                     "1e+1",
                                     "1e-1",
                                     "123456789012345678901234567890",
                                     R"("")",
                                     R"("a")",
                                     R"("\"\\\/\b\f\n\r\t")",
                                     R"("\u0000\uFFFF\uabcd\uABCD")",
                                     R"("\ud83d\ude00")",
                                     "\"\x7f\"",
                                     "\"\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF\"",
                                     "[]",
                                     "[ ]",
                                     "[1]",
                                     "[1,2]",
                                     "[ 1 , 2 ]",
                                     "[[]]",
                                     "{}",
                                     "{ }",
                                     R"({"":0})",
                                     R"({"a":1,"a":2})",
                                     R"( { "a" : [ { } ] } )",
                                     "\t\n\r 1 \t\n\r",
                                     R"({"a":{"b":{"c":[[[{}]]]}}})"};
    std::string_view const bad[] = {"",
                                    " ",
                                    "nul",
                                    "nulll",
                                    "True",
                                    "TRUE",
                                    "tru",
                                    "truex",
                                    "+1",
                                    "01",
                                    "-",
                                    "-a",
                                    "1.",
                                    ".1",
                                    "1.e1",
                                    "1e",
                                    "1e+",
                                    "0x1",
                                    "1a",
                                    "--1",
                                    "Infinity",
                                    "NaN",
                                    "-Infinity",
                                    "'a'",
                                    R"("a)",
                                    R"("\")",
                                    R"("\x")",
                                    R"("\u12")",
                                    R"("\u12g4")",
                                    R"("\U0041")",
                                    "\"\n\"",
                                    "\"\t\"",
                                    "\"\x1f\"",
                                    "\"\xC0\x80\"",
                                    "\"\xE0\x80\x80\"",
                                    "\"\xED\xA0\x80\"",
                                    "\"\xF4\x90\x80\x80\"",
                                    "\"\x80\"",
                                    "\"\xFF\"",
                                    "\"\xC3\"",
                                    "[",
                                    "]",
                                    "[1",
                                    "[1,",
                                    "[1,]",
                                    "[,1]",
                                    "[,]",
                                    "[1 2]",
                                    "[1:2]",
                                    "{",
                                    "}",
                                    "{1:2}",
                                    R"({"a"})",
                                    R"({"a":})",
                                    R"({"a":1)",
                                    R"({"a":1,})",
                                    R"({"a" 1})",
                                    R"({"a":1 "b":2})",
                                    R"({,})",
                                    R"({"a":1]})",
                                    "[1}",
                                    "1 2",
                                    "{}{}",
                                    "[] ,",
                                    "// a\n1",
                                    "/* */1",
                                    "[1]#",
                                    "\x01",
                                    "\xA0 1"};
    for (auto const text : good) {
        bool compare = false;
        BOOST_TEST(valid(text), text);
        BOOST_TEST((accepts(text, compare) || !compare), text);
    }
    for (auto const text : bad) {
        bool compare = false;
        BOOST_TEST(!valid(text), text);
        BOOST_TEST((!accepts(text, compare) || !compare), text);
    }
    BOOST_TEST(!valid(std::string_view("\0", 1)));
    BOOST_TEST(!valid(std::string_view("1\0", 2)));
}

BOOST_AUTO_TEST_CASE(random_texts_are_judged_as_boost_json_judges_them)
{
    support::random_json make(1);
    int good = 0, bad = 0;
    for (int i = 0; i < 20000; ++i) {
        auto text = make.value();
        for (auto n = make.below(3); n > 0; --n)
            text = make.changed(std::move(text));
        bool compare = false;
        bool const expected = accepts(text, compare);
        if (!compare)
            continue;
        BOOST_REQUIRE_MESSAGE(valid(text) == expected, text);
        ++(expected ? good : bad);
    }
    BOOST_TEST(good > 2000);
    BOOST_TEST(bad > 2000);
}

// Raw text is kept byte for byte, and nothing before or behind it.
BOOST_AUTO_TEST_CASE(raw_text_is_kept)
{
    support::random_json make(2);
    for (int i = 0; i < 2000; ++i) {
        auto const text = make.value();
        std::string const around = " \n" + text + "\t ";
        json::cursor in(around, nullptr, {});
        raw_json raw;
        BOOST_REQUIRE(in.raw(raw) && in.finish());
        BOOST_TEST(raw.text() == text);
    }
}

BOOST_AUTO_TEST_CASE(raw_text_is_repaired_where_that_is_allowed)
{
    diagnostics log;
    std::string_view const text = "{\"a\xFF\":[NaN,-Infinity,\"\xC3\",1],\"b\":\"\\ud800\"}";
    json::cursor in(text, &log, json::read_options::for_answers());
    raw_json raw;
    BOOST_REQUIRE(in.raw(raw));
    BOOST_TEST(raw.text() == "{\"a\xEF\xBF\xBD\":[null,null,\"\xEF\xBF\xBD\",1],\"b\":\"\\ud800\"}");
    BOOST_TEST(support::codes(log) == "bad_utf8 non_finite_number non_finite_number bad_utf8");
}

BOOST_AUTO_TEST_CASE(errors_tell_the_byte)
{
    BOOST_TEST(error("") == "malformed JSON at byte 0: expected a value");
    BOOST_TEST(error("  nil") == "malformed JSON at byte 2: expected a value");
    BOOST_TEST(error(R"({"a" 1})") == "malformed JSON at byte 5: expected ':'");
    BOOST_TEST(error(R"({"a":1 "b"})") == "malformed JSON at byte 7: expected ',' or '}'");
    BOOST_TEST(error("[1 2]") == "malformed JSON at byte 3: expected ',' or ']'");
    BOOST_TEST(error("{a:1}") == "malformed JSON at byte 1: expected a member name");
    BOOST_TEST(error("[1] x") == "malformed JSON at byte 4: expected the end of the document");
    BOOST_TEST(error(R"(["ab)") == "malformed JSON at byte 4: unterminated string");
    BOOST_TEST(error("[\"a\nb\"]") == "malformed JSON at byte 3: control character in a string");
    BOOST_TEST(error(R"(["a\qb"])") == "malformed JSON at byte 3: unknown escape");
    BOOST_TEST(error(R"(["\u12x4"])") == "malformed JSON at byte 2: expected four hexadecimal digits after \\u");
    BOOST_TEST(error("[1.x]") == "malformed JSON at byte 1: malformed number");
    BOOST_TEST(error("[\"\xFF\"]") == "invalid UTF-8 at byte 2");
}

// Strings come out as Boost.JSON reads them.
BOOST_AUTO_TEST_CASE(strings)
{
    support::random_json make(3);
    for (int i = 0; i < 5000; ++i) {
        auto const text = make.string();
        auto const expected = boost::json::parse(text).as_string();
        json::cursor copy(text, nullptr, {}), look(text, nullptr, {});
        std::string out = "before";
        std::string_view view;
        BOOST_REQUIRE(copy.string(out) && copy.finish() && look.string_view(view) && look.finish());
        BOOST_TEST(out == std::string_view(expected.data(), expected.size()));
        BOOST_TEST(view == out);
    }
}

// What a string holds besides plain text stands at each place of a block, and where what was read is poured out.
BOOST_AUTO_TEST_CASE(strings_with_something_at_every_place)
{
    struct {
        std::string_view literal, read; // no `read`: it fails
        char const* why = "";
    } const cases[] = {{R"(\n)", "\n"},
                       {R"(\u00e9)", "\xC3\xA9"},
                       {R"(\ud83d\ude00)", "\xF0\x9F\x98\x80"},
                       {"\xC3\xA9", "\xC3\xA9"},
                       {"\xE4\xBD\xA0\xE5\xA5\xBD", "\xE4\xBD\xA0\xE5\xA5\xBD"},
                       {"\xE0\xA0\x80\xED\x9F\xBF", "\xE0\xA0\x80\xED\x9F\xBF"},
                       {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
                       {R"(\"\\\/\b)", "\"\\/\b"},
                       {R"(\x)", {}, "malformed JSON at byte "},
                       {R"(\u12G4)", {}, "malformed JSON at byte "},
                       {"\x1F", {}, "malformed JSON at byte "},
                       {"\xC3", {}, "invalid UTF-8 at byte "},
                       {"\xED\xA0\x80", {}, "invalid UTF-8 at byte "},
                       {"\xE4\xBD", {}, "invalid UTF-8 at byte "},
                       {"\xF4\x90\x80\x80", {}, "invalid UTF-8 at byte "}};
    auto const check = [&](std::size_t before, std::size_t after) {
        for (auto const& c : cases) {
            auto const literal = std::string(before, 'a') + std::string(c.literal) + std::string(after, 'z');
            // memory of its own: what is behind is not to be looked at
            std::vector<char> text(literal.begin(), literal.end());
            text.insert(text.begin(), '"');
            text.push_back('"');
            text.shrink_to_fit();
            std::string_view const whole(text.data(), text.size());
            auto const read = json::read<std::string>(whole);
            auto const raw = json::parse_raw(whole);
            BOOST_REQUIRE(bool(read) == !c.read.empty());
            BOOST_REQUIRE(bool(raw) == bool(read));
            if (read) {
                BOOST_REQUIRE(*read == std::string(before, 'a') + std::string(c.read) + std::string(after, 'z'));
                BOOST_REQUIRE(raw->text() == whole);
            } else {
                auto const at = c.why + std::to_string(before + 1);
                BOOST_REQUIRE(read.error().message.starts_with(at));
                BOOST_REQUIRE(raw.error().message.starts_with(at));
            }
        }
    };
    for (std::size_t before = 0; before <= 40; ++before)
        for (std::size_t const after : {0, 1, 7, 8, 15, 16, 17, 33})
            check(before, after);
    for (std::size_t before = 960; before <= 1030; ++before)
        check(before, 3);
}

// A text that ends inside a string, at each length.
BOOST_AUTO_TEST_CASE(strings_without_an_end)
{
    for (std::size_t length = 0; length <= 40; ++length)
        for (std::string_view const last : {"", "\\", "\\u", "\\u12", "\n", "\xC3", "\xE4\xBD"}) {
            auto const literal = '"' + std::string(length, 'a') + std::string(last);
            std::vector<char> text(literal.begin(), literal.end());
            text.shrink_to_fit();
            BOOST_REQUIRE(!json::read<std::string>(std::string_view(text.data(), text.size())));
            BOOST_REQUIRE(!json::parse_raw(std::string_view(text.data(), text.size())));
        }
}

// Whole numbers of each length, before all that may follow them.
BOOST_AUTO_TEST_CASE(integers_of_every_length)
{
    std::string digits;
    for (int i = 1; i <= 19; ++i) {
        digits += static_cast<char>('0' + i % 10);
        for (std::string_view const sign : {"", "-"}) {
            auto const number = std::string(sign) + digits;
            for (std::string_view const behind : {"", " ", "\n"}) {
                auto const alone = json::read<std::int64_t>(number + std::string(behind));
                BOOST_REQUIRE((alone && std::to_string(*alone) == number));
                auto const list =
                    json::read<std::vector<std::int64_t>>("[" + number + std::string(behind) + "," + number + "]");
                BOOST_REQUIRE((list && list->size() == 2 && std::to_string(list->front()) == number));
            }
            for (std::string_view const bad : {"a", "-", "\"", "{"})
                BOOST_REQUIRE(!json::read<std::vector<std::int64_t>>("[" + number + std::string(bad) + "]"));
            BOOST_REQUIRE(!json::read<std::vector<std::int64_t>>("[0" + number + "]"));
        }
    }
    BOOST_TEST(!json::read<std::vector<std::int64_t>>("[00]"));
    BOOST_TEST(!json::read<std::vector<std::int64_t>>("[12345678901234567890]"));
}

BOOST_AUTO_TEST_CASE(half_a_surrogate_pair)
{
    for (std::string const text :
         {R"("\ud83d")", R"("\ude00")", R"("\ud83dx")", R"("\ud83d\n")", R"("\ud83d\u0041")", R"("\ude00\ud83d")"}) {
        diagnostics log;
        json::cursor in(text, &log, {});
        std::string out;
        BOOST_REQUIRE_MESSAGE(in.string(out) && in.finish(), text);
        BOOST_TEST(out.find("\xEF\xBF\xBD") != std::string::npos);
        BOOST_TEST(json::is_utf8(out));
        BOOST_TEST(log.kept().at(0).code == "lone_surrogate");
    }
}

BOOST_AUTO_TEST_CASE(integers)
{
    auto const read = [](std::string_view text) {
        json::cursor in(text, nullptr, {});
        std::int64_t n = 0;
        return in.integer(n) && in.finish() ? std::to_string(n) : in.error().message;
    };
    for (auto const* text : {"0", "-1", "9223372036854775807", "-9223372036854775808"})
        BOOST_TEST(read(text) == text);
    BOOST_TEST(read("1e3") == "1000");
    BOOST_TEST(read("-2.0") == "-2");
    BOOST_TEST(read("\"12\"") == "12");
    for (auto const* text : {"9223372036854775808", "1e19", "-1e300", "1e400"})
        BOOST_TEST(read(text) == "number out of range", text);
    for (auto const* text : {"1.5", "\"\"", "\"1x\"", "\" 1\"", "true", "[]"})
        BOOST_TEST(read(text) == "expected an integer", text);
}

BOOST_AUTO_TEST_CASE(doubles)
{
    auto const read = [](std::string_view text) {
        json::cursor in(text, nullptr, {});
        double d = -1;
        return in.number(d) && in.finish() ? json::to_text(d) : in.error().message;
    };
    BOOST_TEST(read("0.1") == "0.1");
    BOOST_TEST(read("1e300") == "1e+300");
    BOOST_TEST(read("1e-400") == "0");
    BOOST_TEST(read("0." + std::string(400, '0') + "1") == "0");
    BOOST_TEST(read("\"2.5\"") == "2.5");
    BOOST_TEST(read("1e400") == "number out of range");
    BOOST_TEST(read(std::string(400, '9')) == "number out of range");
    BOOST_TEST(read("\"warm\"") == "expected a number");
    BOOST_TEST(read("NaN") == "malformed JSON at byte 0: expected a number");
}

BOOST_AUTO_TEST_CASE(repeated_members)
{
    diagnostics log;
    json::cursor in(R"({"a":1,"b":2,"a":3})", &log, {});
    raw_members m;
    BOOST_REQUIRE(in.members(m));
    BOOST_TEST((m == raw_members{{"a", raw_json::trusted("3")}, {"b", raw_json::trusted("2")}}));
    BOOST_TEST(support::codes(log) == "duplicate_member");
    // of many, the last stays
    std::string many = "{";
    for (int i = 0; i < 100; ++i)
        many += "\"m" + std::to_string(i % 50) + "\":" + std::to_string(i) + (i < 99 ? "," : "}");
    diagnostics more;
    json::cursor again(many, &more, {});
    BOOST_REQUIRE(again.members(m));
    BOOST_TEST(m.size() == 50u);
    BOOST_TEST(m.find("m7")->text() == "57");
    BOOST_TEST(more.count() == 50u);
}

BOOST_AUTO_TEST_CASE(a_hundred_thousand_unknown_members_take_no_time)
{
    std::string many = "{";
    for (int i = 0; i < 100000; ++i)
        many += "\"" + std::to_string(i) + "\":0,";
    many.back() = '}';
    json::cursor in(many, nullptr, {});
    raw_members m;
    BOOST_TEST(in.members(m));
    BOOST_TEST(m.size() == 100000u);
}

BOOST_AUTO_TEST_CASE(looking_ahead_takes_nothing)
{
    json::cursor in(R"( {"a":[{"type":"no"}],"type":"yes","b":1} 7)", nullptr, {});
    BOOST_TEST(in.look_ahead("type") == "yes");
    BOOST_TEST(in.look_ahead("none") == "");
    BOOST_TEST(in.look_ahead("b") == "");
    BOOST_TEST(in.skip());
    BOOST_TEST(in.look_ahead("type") == "");
    std::int64_t n = 0;
    BOOST_TEST((in.integer(n) && n == 7));
}

BOOST_AUTO_TEST_CASE(after_a_failure_the_first_reason_stays)
{
    json::cursor in("[1,x]", nullptr, {});
    BOOST_TEST(in.enter_array());
    std::int64_t n = 0;
    BOOST_TEST((in.element() && in.integer(n) && in.element() && !in.integer(n)));
    BOOST_TEST(!in.fail(errc::bad_value, "later"));
    BOOST_TEST(!in.good());
    BOOST_TEST(!in.element());
    BOOST_TEST(in.error().message == "malformed JSON at byte 3: expected an integer");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_cursor_test
