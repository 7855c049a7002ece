// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// Which texts are JSON, case by case, here and in Boost.JSON 1.81. The kinds of case are those of the well-known suites
// (RFC 8259, section by section: structures, numbers, strings, escapes, surrogates, UTF-8, white space, what stands
// before and after); the cases are made up here.
#include <chatwire/json/reader.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace json_acceptance_test {
namespace {

using namespace chatwire;
using namespace std::string_literals;

std::string many(std::string_view text, std::size_t n)
{
    std::string out;
    while (n-- > 0)
        out += text;
    return out;
}

// Why Boost.JSON refuses what is taken here. docs/protocol.md says the same.
constexpr char const exponent[] = "the grammar has no bound for an exponent; Boost.JSON counts it in an int";
constexpr char const half_pair[] = "the grammar has half a surrogate pair as an escape like others, without a meaning";
constexpr char const byte_order_mark[] = "a reader may ignore it (RFC 8259, 8.1); strict mode does not";

struct acceptance_case {
    std::string_view name; ///< y: is JSON; n: is none; i: is left to the reader, and taken here
    std::string text;
    char const* taken_here_alone = nullptr; ///< why; null: Boost.JSON says the same
};

acceptance_case const cases[] = {
    {"y_array_empty", "[]"s},
    {"y_object_empty", "{}"s},
    {"y_array_of_one", "[1]"s},
    {"y_array_nested", "[[[[]]],[[]]]"s},
    {"y_array_of_all", "[null,true,false,0,\"\",[],{}]"s},
    {"y_object_of_one", "{\"a\":1}"s},
    {"y_object_nested", "{\"a\":{\"b\":{\"c\":{}}}}"s},
    {"y_object_empty_name", "{\"\":0}"s},
    {"y_object_names_that_differ_in_case", "{\"a\":1,\"A\":2}"s},
    {"y_object_duplicate_member", "{\"a\":1,\"a\":2}"s},
    {"y_object_duplicate_member_same_value", "{\"a\":1,\"a\":1}"s},
    {"y_object_escaped_duplicate", "{\"a\":1,\"\\u0061\":2}"s},
    {"y_object_name_with_escape", "{\"\\n\\\"\":1}"s},
    {"y_object_name_with_nul_escape", "{\"a\\u0000b\":1}"s},
    {"y_object_long_name", "{\"" + many("n", 300) + "\":1}"},
    {"y_array_long", "[0" + many(",0", 199) + "]"},
    {"y_object_many", "{\"m\":0" + many(",\"n\":1", 40) + "}"},
    {"y_object_name_not_ascii", "{\"\xC3\xA9\xE4\xBD\xA0\xF0\x9F\x98\x80\":1}"s},
    {"y_lonely_string", "\"a\""s},
    {"y_lonely_empty_string", "\"\""s},
    {"y_lonely_number", "7"s},
    {"y_lonely_negative", "-7"s},
    {"y_lonely_fraction", "0.5"s},
    {"y_lonely_true", "true"s},
    {"y_lonely_false", "false"s},
    {"y_lonely_null", "null"s},
    {"n_nothing", ""s},
    {"n_white_space_alone", " "s},
    {"n_line_ends_alone", "\n\r\n"s},
    {"n_array_open", "["s},
    {"n_array_open_with_value", "[1"s},
    {"n_array_open_after_comma", "[1,"s},
    {"n_array_close", "]"s},
    {"n_array_extra_close", "[]]"s},
    {"n_array_comma", "[,]"s},
    {"n_array_two_commas", "[1,,2]"s},
    {"n_array_leading_comma", "[,1]"s},
    {"n_array_trailing_comma", "[1,]"s},
    {"n_array_trailing_commas", "[1,,]"s},
    {"n_array_no_comma", "[1 2]"s},
    {"n_array_no_comma_strings", "[\"a\"\"b\"]"s},
    {"n_array_no_comma_arrays", "[[][]]"s},
    {"n_array_colon", "[\"a\":1]"s},
    {"n_array_closed_as_object", "[1}"s},
    {"n_array_semicolon", "[1;2]"s},
    {"n_array_of_star", "[*]"s},
    {"n_array_of_minus", "[-]"s},
    {"n_array_named_values", "[a:1]"s},
    {"n_array_spread", "[...]"s},
    {"n_array_open_string", "[\"a"s},
    {"n_array_open_nested", "[[]"s},
    {"n_array_inner_open_object", "[{]"s},
    {"n_array_hole_in_the_middle", "[1, ,2]"s},
    {"n_object_open", "{"s},
    {"n_object_open_name", "{\"a"s},
    {"n_object_name_alone", "{\"a\""s},
    {"n_object_name_alone_closed", "{\"a\"}"s},
    {"n_object_colon_alone", "{:1}"s},
    {"n_object_open_colon", "{\"a\":"s},
    {"n_object_no_value", "{\"a\":}"s},
    {"n_object_open_value", "{\"a\":1"s},
    {"n_object_open_comma", "{\"a\":1,"s},
    {"n_object_trailing_comma", "{\"a\":1,}"s},
    {"n_object_trailing_commas", "{\"a\":1,,}"s},
    {"n_object_leading_comma", "{,\"a\":1}"s},
    {"n_object_comma_alone", "{,}"s},
    {"n_object_two_commas", "{\"a\":1,,\"b\":2}"s},
    {"n_object_no_comma", "{\"a\":1 \"b\":2}"s},
    {"n_object_two_colons", "{\"a\"::1}"s},
    {"n_object_equals", "{\"a\"=1}"s},
    {"n_object_comma_for_colon", "{\"a\",1}"s},
    {"n_object_bare_name", "{a:1}"s},
    {"n_object_single_quoted_name", "{'a':1}"s},
    {"n_object_number_name", "{1:1}"s},
    {"n_object_null_name", "{null:1}"s},
    {"n_object_true_name", "{true:1}"s},
    {"n_object_array_name", "{[]:1}"s},
    {"n_object_object_name", "{{}:1}"s},
    {"n_object_closed_as_array", "{\"a\":1]"s},
    {"n_object_extra_close", "{}}"s},
    {"n_object_close", "}"s},
    {"n_object_value_twice", "{\"a\":1 2}"s},
    {"n_object_array_of_members", "{[\"a\",1]}"s},
    {"n_object_name_with_control", "{\"a\nb\":1}"s},
    {"n_object_several_values", "{\"a\":1:2}"s},
    {"n_object_bare_word_value", "{\"a\":b}"s},
    {"n_object_trailing_name", "{\"a\":1,\"b\"}"s},
    {"n_object_semicolon", "{\"a\":1;\"b\":2}"s},
    {"n_trailing_value", "1 2"s},
    {"n_trailing_array", "[][]"s},
    {"n_trailing_object", "{}{}"s},
    {"n_trailing_comma", "[],"s},
    {"n_trailing_comma_after_number", "1,"s},
    {"n_trailing_letter", "[]x"s},
    {"n_trailing_quote", "\"\"\""s},
    {"n_trailing_colon", "\"a\":"s},
    {"n_trailing_member", "\"a\":1"s},
    {"n_trailing_hash", "[]#"s},
    {"n_trailing_comment", "[]//"s},
    {"n_trailing_block_comment", "[]/**/"s},
    {"n_trailing_word", "{} garbage"s},
    {"n_trailing_true", "true true"s},
    {"n_trailing_null_joined", "nullnull"s},
    {"n_trailing_nul_byte", "[]\x00"s},
    {"n_trailing_nul_after_number", "1\x00"s},
    {"n_trailing_form_feed", "[]\x0C"s},
    {"n_trailing_backslash", "[]\\"s},
    {"n_trailing_brace_after_string", "\"a\"}"s},
    {"n_trailing_semicolon", "{};"s},
    {"n_comment_before", "/*a*/[]"s},
    {"n_comment_line_before", "//a\n[]"s},
    {"n_comment_inside", "[/*a*/]"s},
    {"n_comment_between", "{\"a\"/*b*/:1}"s},
    {"n_comment_hash", "# a\n[]"s},
    {"n_comment_half", "[/]"s},
    {"n_true_cut", "tru"s},
    {"n_true_upper", "TRUE"s},
    {"n_true_title", "True"s},
    {"n_true_longer", "truee"s},
    {"n_false_cut", "fals"s},
    {"n_false_upper", "False"s},
    {"n_null_cut", "nul"s},
    {"n_null_upper", "NULL"s},
    {"n_null_longer", "nulls"s},
    {"n_nil", "nil"s},
    {"n_undefined", "undefined"s},
    {"n_none", "None"s},
    {"n_true_in_pieces", "[tr ue]"s},
    {"n_true_with_escape", "[tru\\u0065]"s},
    {"n_word", "[word]"s},
    {"n_letter", "a"s},
    {"n_null_cut_in_array", "[nul]"s},
    {"n_true_cut_by_comma", "[tru,1]"s},
    {"y_number_zero", "0"s},
    {"y_number_minus_zero", "-0"s},
    {"y_number_one", "1"s},
    {"y_number_minus_one", "-1"s},
    {"y_number_fraction", "0.1"s},
    {"y_number_fraction_of_zeros", "0.000"s},
    {"y_number_long_fraction", "0." + many("3", 60)},
    {"y_number_fraction_small", "0." + many("0", 40) + "1"},
    {"y_number_exponent", "1e5"s},
    {"y_number_exponent_upper", "1E5"s},
    {"y_number_exponent_plus", "1e+5"s},
    {"y_number_exponent_minus", "1e-5"s},
    {"y_number_exponent_zeros", "1e005"s},
    {"y_number_exponent_zero", "1e0"s},
    {"y_number_zero_exponent", "0e9"s},
    {"y_number_fraction_exponent", "1.5e3"s},
    {"y_number_fraction_exponent_minus", "1.5E-3"s},
    {"y_number_minus_fraction", "-1.25"s},
    {"y_number_int64_max", "9223372036854775807"s},
    {"y_number_int64_min", "-9223372036854775808"s},
    {"y_number_beyond_int64", "9223372036854775808"s},
    {"y_number_uint64_max", "18446744073709551615"s},
    {"y_number_beyond_uint64", "18446744073709551616"s},
    {"y_number_thirty_digits", "111111111111111111111111111111"s},
    {"y_number_hundred_digits", many("1", 100)},
    {"y_number_double_max", "1.7976931348623157e308"s},
    {"y_number_double_min", "2.2250738585072014e-308"s},
    {"y_number_denormal", "5e-324"s},
    {"y_number_minus_zero_exponent", "-0e-1"s},
    {"y_number_minus_zero_fraction", "-0.0"s},
    {"y_number_after_space", "[ 4]"s},
    {"y_number_before_space", "[4 ]"s},
    {"i_number_exponent_huge", "1e400"s},
    {"i_number_exponent_huge_negative", "-1e400"s},
    {"i_number_exponent_tiny", "1e-400"s},
    {"i_number_exponent_ten_digits", "1e9999999999"s, exponent},
    {"i_number_exponent_minus_ten_digits", "1e-9999999999"s, exponent},
    {"i_number_zero_exponent_ten_digits", "0e9999999999"s, exponent},
    {"i_number_exponent_twenty_digits", "1e99999999999999999999"s, exponent},
    {"i_number_zero_with_exponent_of_twenty_digits", "0e99999999999999999999"s, exponent},
    {"i_number_just_beyond_double", "1.7976931348623159e308"s},
    {"i_number_below_denormal", "1e-330"s},
    {"i_number_digits_and_exponent", "1" + many("0", 400)},
    {"i_number_fraction_with_huge_exponent", "0." + many("0", 400) + "1e400"},
    {"i_number_exponent_int_max", "1e2147483647"s},
    {"i_number_exponent_beyond_int", "1e2147483648"s, exponent},
    {"i_number_exponent_minus_beyond_int", "1e-2147483649"s, exponent},
    {"i_number_four_hundred_digits", many("9", 400)},
    {"n_number_plus", "+1"s},
    {"n_number_leading_zero", "01"s},
    {"n_number_minus_leading_zero", "-01"s},
    {"n_number_two_zeros", "00"s},
    {"n_number_leading_point", ".5"s},
    {"n_number_minus_point", "-.5"s},
    {"n_number_trailing_point", "1."s},
    {"n_number_minus_trailing_point", "-1."s},
    {"n_number_point_alone", "."s},
    {"n_number_point_exponent", "1.e5"s},
    {"n_number_exponent_alone", "1e"s},
    {"n_number_exponent_plus_alone", "1e+"s},
    {"n_number_exponent_minus_alone", "1e-"s},
    {"n_number_exponent_point", "1e1.5"s},
    {"n_number_exponent_twice", "1e1e1"s},
    {"n_number_exponent_first", "e1"s},
    {"n_number_minus_alone", "-"s},
    {"n_number_two_minuses", "--1"s},
    {"n_number_minus_plus", "-+1"s},
    {"n_number_minus_space", "- 1"s},
    {"n_number_two_points", "1.2.3"s},
    {"n_number_hexadecimal", "0x1F"s},
    {"n_number_octal", "0o7"s},
    {"n_number_binary", "0b1"s},
    {"n_number_underscore", "1_000"s},
    {"n_number_separator", "1 000"s},
    {"n_number_letters", "1a"s},
    {"n_number_infinity", "Infinity"s},
    {"n_number_minus_infinity", "-Infinity"s},
    {"n_number_nan", "NaN"s},
    {"n_number_inf", "inf"s},
    {"n_number_minus_nan", "-NaN"s},
    {"n_number_suffix", "1.5f"s},
    {"n_number_full_width", "\xEF\xBC\x91"s},
    {"n_number_fraction_cut", "0."s},
    {"n_number_fraction_exponent_cut", "0.3e"s},
    {"n_number_zero_exponent_cut", "0e"s},
    {"n_number_zero_plus", "0+1"s},
    {"n_number_minus_letter", "-x"s},
    {"n_number_trailing_minus", "1-"s},
    {"n_number_expression", "1+1"s},
    {"n_number_fraction_of_letter", "1.a"s},
    {"n_number_exponent_of_letter", "1ex"s},
    {"n_number_exponent_two_signs", "1e+-1"s},
    {"n_number_currency", "$1"s},
    {"n_number_percent", "1%"s},
    {"n_number_exponent_space", "1e 5"s},
    {"n_number_point_space", "1. 5"s},
    {"n_number_invalid_utf8_after", "1\xE5"s},
    {"n_number_invalid_utf8_in_exponent", "1e1\xE5"s},
    {"n_number_minus_zero_leading", "-00"s},
    {"n_number_leading_zero_fraction", "01.5"s},
    {"n_number_exponent_leading_zero_point", "0.e1"s},
    {"y_string_letters", "\"abc\""s},
    {"y_string_space", "\" \""s},
    {"y_string_solidus", "\"/\""s},
    {"y_string_del", "\"\x7F\""s},
    {"y_string_each_escape", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""s},
    {"y_string_u_lower", "\"\\u00e9\""s},
    {"y_string_u_upper", "\"\\u00E9\""s},
    {"y_string_u_control", "\"\\u0001\""s},
    {"y_string_u_nul", "\"\\u0000\""s},
    {"y_string_u_quote", "\"\\u0022\""s},
    {"y_string_u_backslash", "\"\\u005c\""s},
    {"y_string_u_three_bytes", "\"\\u4f60\""s},
    {"y_string_u_pair", "\"\\ud83d\\ude00\""s},
    {"y_string_u_pair_upper", "\"\\uD83D\\uDE00\""s},
    {"y_string_u_first_pair", "\"\\ud800\\udc00\""s},
    {"y_string_u_last_pair", "\"\\udbff\\udfff\""s},
    {"y_string_u_noncharacter", "\"\\uffff\""s},
    {"y_string_u_noncharacter_pair", "\"\\ud83f\\udffe\""s},
    {"y_string_u_bom", "\"\\ufeff\""s},
    {"y_string_u_line_separator", "\"\\u2028\""s},
    {"y_string_u_replacement", "\"\\ufffd\""s},
    {"y_string_two_u", "\"\\u0041\\u0042\""s},
    {"y_string_u_then_digits", "\"\\u00410\""s},
    {"y_string_escaped_backslash_u", "\"\\\\u0041\""s},
    {"y_string_two_bytes", "\"\xC3\xA9\""s},
    {"y_string_three_bytes", "\"\xE4\xBD\xA0\""s},
    {"y_string_four_bytes", "\"\xF0\x9F\x98\x80\""s},
    {"y_string_line_separator", "\"\xE2\x80\xA8\xE2\x80\xA9\""s},
    {"y_string_noncharacter", "\"\xEF\xBF\xBF\""s},
    {"y_string_last_scalar", "\"\xF4\x8F\xBF\xBF\""s},
    {"y_string_bom_inside", "\"\xEF\xBB\xBF\""s},
    {"y_string_combining", "\"e\xCC\x81\""s},
    {"y_string_comment_inside", "\"/*a*/\""s},
    {"y_string_brackets_inside", "\"[{]},:\""s},
    {"y_string_long", "\"" + many("x", 1000) + "\""},
    {"y_string_long_with_escape_at_the_end", "\"" + many("x", 99) + "\\n\""},
    {"y_string_fifteen", "\"xxxxxxxxxxxxxxx\""s},
    {"y_string_sixteen", "\"xxxxxxxxxxxxxxxx\""s},
    {"y_string_seventeen", "\"xxxxxxxxxxxxxxxxx\""s},
    {"y_string_escape_at_sixteen", "\"xxxxxxxxxxxxxxx\\tyyyyyyyyyyyyyyyy\""s},
    {"y_string_two_bytes_at_sixteen", "\"xxxxxxxxxxxxxxx\xC3\xA9\""s},
    {"y_string_four_bytes_at_sixteen", "\"xxxxxxxxxxxxxx\xF0\x9F\x98\x80\""s},
    {"y_string_single_quotes", "\"'\""s},
    {"i_string_half_pair_high", "\"\\ud800\""s, half_pair},
    {"i_string_half_pair_low", "\"\\udc00\""s, half_pair},
    {"i_string_half_pair_then_letter", "\"\\ud800a\""s, half_pair},
    {"i_string_half_pair_then_escape", "\"\\ud800\\n\""s, half_pair},
    {"i_string_half_pair_then_u", "\"\\ud800\\u0041\""s, half_pair},
    {"i_string_two_high_halves", "\"\\ud800\\ud800\""s, half_pair},
    {"i_string_pair_reversed", "\"\\udc00\\ud800\""s, half_pair},
    {"i_string_half_then_pair", "\"\\ud800\\ud83d\\ude00\""s, half_pair},
    {"i_string_pair_then_half", "\"\\ud83d\\ude00\\ude00\""s, half_pair},
    {"i_string_half_pair_in_name", "{\"\\ud800\":1}"s, half_pair},
    {"i_string_half_pair_before_quote", "\"\\ud83d\""s, half_pair},
    {"i_string_half_pair_upper", "\"\\uDBFF\""s, half_pair},
    {"n_string_open", "\""s},
    {"n_string_open_letters", "\"abc"s},
    {"n_string_open_escape", "\"\\"s},
    {"n_string_escaped_quote_open", "\"\\\""s},
    {"n_string_single_quoted", "'a'"s},
    {"n_string_no_quotes", "abc"s},
    {"n_string_tab", "\"\t\""s},
    {"n_string_line_feed", "\"\n\""s},
    {"n_string_carriage_return", "\"\r\""s},
    {"n_string_nul", "\"\x00\""s},
    {"n_string_unit_separator", "\"\x1F\""s},
    {"n_string_control_at_sixteen", "\"xxxxxxxxxxxxxxxx\x01\""s},
    {"n_string_escape_x", "\"\\x41\""s},
    {"n_string_escape_a", "\"\\a\""s},
    {"n_string_escape_v", "\"\\v\""s},
    {"n_string_escape_zero", "\"\\0\""s},
    {"n_string_escape_quote_single", "\"\\'\""s},
    {"n_string_escape_e", "\"\\e\""s},
    {"n_string_escape_upper_u", "\"\\U0041\""s},
    {"n_string_escape_upper_n", "\"\\N\""s},
    {"n_string_escape_space", "\"\\ \""s},
    {"n_string_escape_line_end", "\"\\\n\""s},
    {"n_string_escape_not_ascii", "\"\\\xC3\xA9\""s},
    {"n_string_escape_bytes", "\"\\\xFF\""s},
    {"n_string_u_no_digits", "\"\\u\""s},
    {"n_string_u_one_digit", "\"\\u0\""s},
    {"n_string_u_two_digits", "\"\\u00\""s},
    {"n_string_u_three_digits", "\"\\u004\""s},
    {"n_string_u_letter", "\"\\u00G0\""s},
    {"n_string_u_minus", "\"\\u-041\""s},
    {"n_string_u_plus", "\"\\u+041\""s},
    {"n_string_u_space", "\"\\u 041\""s},
    {"n_string_u_braces", "\"\\u{41}\""s},
    {"n_string_u_cut", "\"\\u00"s},
    {"n_string_second_u_cut", "\"\\ud83d\\u\""s},
    {"n_string_second_u_cut_digits", "\"\\ud83d\\ude0\""s},
    {"n_string_second_u_letter", "\"\\ud83d\\udeXX\""s},
    {"n_string_pair_cut_at_backslash", "\"\\ud83d\\"s},
    {"n_string_trailing_backslash", "\"a\\"s},
    {"n_string_backslash_alone", "[\"\\\"]"s},
    {"n_string_escaped_name_open", "{\"a\\\""s},
    {"n_string_two_in_a_row", "\"a\" \"b\""s},
    {"n_string_back_ticks", "`a`"s},
    {"n_string_backslash_outside", "\\n"s},
    {"n_string_u_outside", "\\u0022a\\u0022"s},
    {"n_string_u_outside_in_array", "[\\u0020]"s},
    {"n_string_curly_quotes", "\xE2\x80\x9C"
                              "a\xE2\x80\x9D"s},
    {"n_string_quote_only_in_array", "[\"]"s},
    {"n_utf8_continuation_alone", "\"\x80\""s},
    {"n_utf8_continuations", "\"\xBF\xBF\""s},
    {"n_utf8_two_cut", "\"\xC3\""s},
    {"n_utf8_three_cut", "\"\xE4\xBD\""s},
    {"n_utf8_three_cut_to_one", "\"\xE4\""s},
    {"n_utf8_four_cut", "\"\xF0\x9F\x98\""s},
    {"n_utf8_overlong_two", "\"\xC0\xAF\""s},
    {"n_utf8_overlong_two_c1", "\"\xC1\xBF\""s},
    {"n_utf8_overlong_three", "\"\xE0\x80\xAF\""s},
    {"n_utf8_overlong_four", "\"\xF0\x80\x80\xAF\""s},
    {"n_utf8_overlong_nul", "\"\xC0\x80\""s},
    {"n_utf8_surrogate", "\"\xED\xA0\x80\""s},
    {"n_utf8_surrogate_pair", "\"\xED\xA0\xBD\xED\xB8\x80\""s},
    {"n_utf8_beyond_last", "\"\xF4\x90\x80\x80\""s},
    {"n_utf8_five_bytes", "\"\xF8\x88\x80\x80\x80\""s},
    {"n_utf8_six_bytes", "\"\xFC\x84\x80\x80\x80\x80\""s},
    {"n_utf8_fe", "\"\xFE\""s},
    {"n_utf8_ff", "\"\xFF\""s},
    {"n_utf8_latin_1", "\"caf\xE9\""s},
    {"n_utf8_two_then_letter", "\"\xC3"
                               "A\""s},
    {"n_utf8_at_sixteen", "\"xxxxxxxxxxxxxxx\xC3\""s},
    {"n_utf8_in_name", "{\"\xFF\":1}"s},
    {"n_utf8_outside", "\xFF"s},
    {"n_utf8_outside_in_array", "[\xFF]"s},
    {"n_utf8_after_value", "[]\xE5"s},
    {"n_utf8_in_literal", "[tru\xE5]"s},
    {"n_utf8_utf_16_le", "\"\x00"
                         "a\x00\"\x00"s},
    {"n_utf8_utf_16_be", "\x00\"\x00"
                         "a\x00\""s},
    {"n_utf8_utf_32_le", "\"\x00\x00\x00"
                         "a\x00\x00\x00\"\x00\x00\x00"s},
    {"n_utf8_cut_by_the_end", "\"\xE4\xBD"s},
    {"n_utf8_four_then_two", "\"\xF0\x9F\xC3\xA9\""s},
    {"i_bom", "\xEF\xBB\xBF[]"s, byte_order_mark},
    {"i_bom_lonely_number",
     "\xEF\xBB\xBF"
     "1"s,
     byte_order_mark},
    {"i_bom_then_space", "\xEF\xBB\xBF []"s, byte_order_mark},
    {"n_bom_alone", "\xEF\xBB\xBF"s},
    {"n_bom_twice", "\xEF\xBB\xBF\xEF\xBB\xBF[]"s},
    {"n_bom_cut", "\xEF\xBB[]"s},
    {"n_bom_after", "[]\xEF\xBB\xBF"s},
    {"n_bom_after_space", " \xEF\xBB\xBF[]"s},
    {"n_bom_utf_16_le", "\xFF\xFE[\x00]\x00"s},
    {"n_bom_utf_16_be", "\xFE\xFF\x00[\x00]"s},
    {"n_bom_inside", "[\xEF\xBB\xBF]"s},
    {"y_space_each", "\t\n\r [ \t\n\r ] \t\n\r"s},
    {"y_space_in_object", " { \"a\" : 1 , \"b\" : [ ] } "s},
    {"y_space_line_ends", "[\r\n1,\r\n2\r\n]\r\n"s},
    {"y_space_much", many(" ", 100) + "[]"},
    {"y_space_after", "[]" + many(" ", 100)},
    {"y_space_tabs", "\t[\t]\t"s},
    {"n_space_form_feed", "[\x0C]"s},
    {"n_space_vertical_tab", "[\x0B]"s},
    {"n_space_no_break", "[\xC2\xA0]"s},
    {"n_space_ideographic", "[\xE3\x80\x80]"s},
    {"n_space_line_separator", "[\xE2\x80\xA8]"s},
    {"n_space_zero_width", "[\xE2\x80\x8B]"s},
    {"n_space_word_joiner", "[\xE2\x81\xA0]"s},
    {"n_space_nul", "[\x00]"s},
    {"n_space_backspace", "[\x08]"s},
    {"n_space_nel", "[\xC2\x85]"s},
    {"n_space_escape_tab", "[\\t]"s},
    {"n_space_leading_nul", "\x00[]"s},
    {"n_space_leading_form_feed", "\x0C[]"s},
    {"n_nul_alone", "\x00"s},
    {"n_nul_between", "[1,\x00"
                      "2]"s},
    {"n_nul_in_number", "1\x00"
                        "2"s},
    {"n_nul_in_literal", "tr\x00ue"s},
    {"n_nul_in_escape", "\"\\\x00\""s},
    {"n_nul_in_u", "\"\\u00\x00"
                   "41\""s},
    {"n_other_xml", "<a/>"s},
    {"n_other_yaml", "a: 1"s},
    {"n_other_csv", "1,2"s},
    {"n_other_url_encoded", "a=1&b=2"s},
    {"n_other_event", "data: {}"s},
    {"n_other_jsonp", "f({})"s},
    {"n_other_prefix_guard", ")]}',\n{}"s},
    {"n_other_python_single", "{'a': None}"s},
    {"n_other_parentheses", "(1)"s},
    {"n_other_function", "function(){}"s},
    {"n_other_date", "new Date(0)"s},
    {"n_other_regex", "/a/"s},
    {"n_other_template", "${a}"s},
    {"n_other_star", "*"s},
    {"n_other_angle", "<>"s},
    {"n_other_ampersand", "&"s},
    {"n_other_at", "@"s},
    {"n_other_two_lines_of_objects", "{\"a\":1}\n{\"a\":2}"s},
    {"n_other_record_separator", "\x1E{}"s},
    {"n_other_string_in_parentheses", "(\"a\")"s},
    {"n_other_length_prefix", "2\r\n[]"s},
};

bool boost_takes(std::string_view text, std::size_t depth = 128)
{
    boost::json::parse_options o;
    o.max_depth = depth;
    boost::system::error_code ec;
    boost::json::parse(text, ec, {}, o);
    return !ec;
}

BOOST_AUTO_TEST_SUITE(json_acceptance)

BOOST_AUTO_TEST_CASE(what_is_json_is_taken_and_nothing_else)
{
    for (auto const& c : cases) {
        bool const taken = c.name.front() != 'n';
        BOOST_TEST(json::parse_raw(c.text).has_value() == taken, c.name);
        BOOST_TEST(boost_takes(c.text) == (taken && !c.taken_here_alone), c.name << " by Boost.JSON");
        // the mark is a deviation, and so is half a pair where the string is read and not kept as it stands
        bool const strictly = taken && c.taken_here_alone != byte_order_mark;
        BOOST_TEST(json::parse_raw(c.text, {.strict = true}).has_value() == strictly, c.name << ", strict");
    }
}

// Whatever an object holds that is kept or dropped is read by the same rules as the value that is all there is.
BOOST_AUTO_TEST_CASE(what_is_skipped_is_looked_at_like_what_is_read)
{
    for (auto const& c : cases) {
        if (c.text.starts_with("\xEF\xBB\xBF") || c.text.starts_with("\xFF\xFE") || c.text.starts_with("\xFE\xFF"))
            continue; // before a document only
        auto const wrapped = "{\"x\":" + c.text + "}";
        // some texts are JSON only together with what is put around them
        bool const taken = boost_takes(wrapped) || (c.name.front() == 'i' && c.taken_here_alone);
        BOOST_TEST(json::read<raw_members>(wrapped).has_value() == taken, c.name);
        BOOST_TEST(json::parse_raw("[0," + c.text + "]").has_value() ==
                       (boost_takes("[0," + c.text + "]") || (c.name.front() == 'i' && c.taken_here_alone)),
                   c.name);
    }
}

BOOST_AUTO_TEST_CASE(a_string_that_is_read_says_what_boost_json_reads)
{
    for (auto const& c : cases) {
        if (c.text.empty() || c.text.front() != '"')
            continue;
        auto const ours = json::read<std::string>(c.text);
        BOOST_TEST(ours.has_value() == (c.name.front() != 'n'), c.name);
        BOOST_TEST(json::read<std::string>(c.text, nullptr, {.strict = true}).has_value() ==
                       (c.name.front() != 'n' && c.taken_here_alone != half_pair),
                   c.name << ", strict");
        if (c.name.front() != 'y')
            continue;
        auto const theirs = boost::json::parse(c.text);
        BOOST_TEST(*ours == std::string_view(theirs.get_string().data(), theirs.get_string().size()), c.name);
    }
}

BOOST_AUTO_TEST_CASE(depth_is_bounded_alike)
{
    for (std::size_t const depth : {1U, 2U, 100U, 128U, 129U, 1000U, 100'000U}) {
        auto const arrays = many("[", depth) + many("]", depth);
        auto const objects = many("{\"a\":", depth) + "0" + many("}", depth);
        BOOST_TEST(json::parse_raw(arrays).has_value() == (depth <= 128), depth);
        BOOST_TEST(json::parse_raw(objects).has_value() == (depth <= 128), depth);
        BOOST_TEST(boost_takes(arrays) == (depth <= 128), depth);
        BOOST_TEST(boost_takes(objects) == (depth <= 128), depth);
        BOOST_TEST(!json::parse_raw(many("[", depth)).has_value(), depth);
    }
}

BOOST_AUTO_TEST_CASE(the_last_of_several_members_counts)
{
    for (auto const* const text : {R"({"a":1,"a":2})", R"({"a":1,"\u0061":2})", R"({"a":0,"b":1,"a":1,"a":2})"}) {
        auto const ours = json::read<raw_members>(text).value();
        BOOST_TEST(ours.find("a")->text() == "2");
        BOOST_TEST(boost::json::parse(text).as_object().at("a").as_int64() == 2);
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace json_acceptance_test
