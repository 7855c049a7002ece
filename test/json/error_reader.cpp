// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/error_reader.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace json_error_reader_test {

BOOST_AUTO_TEST_SUITE(json_error_reader)

using namespace chatwire;

namespace {

// status|type|param|code|message
std::string said(std::string_view body, int status = 0)
{
    auto const f = json::read_error(body, errc::refused, status);
    BOOST_TEST((f.code == errc::refused));
    return std::to_string(f.status) + '|' + f.type + '|' + f.param + '|' + f.api_code + '|' + f.message;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_shape)
{
    struct {
        std::string_view body, said;
        bool error = true; // also where an answer is expected
    } const cases[] = {
        {R"({"error":{"message":"m","type":"t","param":"p","code":"c"}})", "0|t|p|c|m"},
        {R"({"error":{"message":"m","type":"t","param":null,"code":null}})", "0|t|||m"},
        {R"({"error":"m"})", "0||||m"},
        {R"({"error":"m","error_type":"t"})", "0|t|||m"},
        {R"({"error":"m","requiredBalance":1,"status":402})", "402||||m"},
        {R"({"object":"error","message":"m","type":"t","param":null,"code":400})", "400|t||400|m"},
        {R"({"message":"m","type":"t","code":"c"})", "0|t||c|m"},
        {R"({"error_code":"E","message":"m"})", "0|||E|m"},
        {R"({"error":{"message":"m","code":429}})", "429|||429|m"},
        {R"([{"error":{"code":400,"message":"m","status":"INVALID_ARGUMENT"}}])", "400|||400|m"},
        {R"({"code":400,"message":"m","details":"d"})", "400|||400|m"},
        {R"({"code":422,"details":"d"})", "422|||422|d"},
        {R"({"type":"about:blank","title":"T","status":503,"detail":"d"})", "503|about:blank|||d"},
        {R"({"title":"T","status":503})", "503||||T"},
        {R"({"detail":"Not Found"})", "0||||Not Found"},
        {R"({"detail":[{"loc":["body","messages",0,"role"],"msg":"field required","type":"missing"},{"loc":["body"],"msg":"x"}]})",
         "0|missing|messages[0].role||messages[0].role: field required; x"},
        {R"({"detail":{"message":"m","code":"c"}})", "0|||c|m"},
        {R"({"error":{"message":{"inner":1}}})", "0||||{\"inner\":1}"},
        {R"({"error":{"code":7}})", "0|||7|{\"code\":7}"},
        {R"({"error":{"message":"Provider returned error","code":502,"metadata":{"raw":"upstream says no"}}})",
         "502|||502|Provider returned error: upstream says no"},
        {R"({"error":["m"]})", "0||||m"},
        {R"({"error":true})", "0||||true"},
        {R"({"errors":[{"message":"m"}]})", "0||||m"},
        {R"({"choices":null,"error":{"message":"m"}})", "0||||m"},
        {R"({"choices":[{"error":{"message":"m","code":502},"finish_reason":"error"}]})", "502|||502|m", false},
        {R"("m")", "0||||m", false},
        {"  Bad gateway \n", "0||||Bad gateway", false},
        {"<html>nginx</html>", "0||||<html>nginx</html>", false},
        {"", "0||||", false},
        {"null", "0||||null", false},
        {"{}", "0||||{}", false},
        {"[]", "0||||[]", false},
        {R"({"error":)", "0||||{\"error\":", false},
    };
    for (auto const& c : cases) {
        BOOST_TEST(said(c.body) == c.said, c.body);
        BOOST_TEST(json::is_error_body(c.body) == c.error, c.body);
    }
}

BOOST_AUTO_TEST_CASE(the_status_of_the_answer_counts)
{
    BOOST_TEST(said(R"({"error":{"message":"m","code":400}})", 503) == "503|||400|m");
    BOOST_TEST(said(R"({"error":{"message":"m","code":200}})") == "0|||200|m");
    BOOST_TEST(said(R"({"error":{"message":"m","code":99999999999}})") == "0|||99999999999|m");
}

BOOST_AUTO_TEST_CASE(what_is_no_error)
{
    for (std::string const value : {"null", "false", "\"\"", "0", "{}", "[]", "{ }"}) {
        BOOST_TEST(!json::is_error_value(raw_json::trusted(value)), value);
        BOOST_TEST(!json::is_error_body("{\"error\":" + value + ",\"id\":\"x\"}"), value);
    }
    BOOST_TEST(!json::is_error_body(R"({"id":"x","object":"chat.completion","choices":[]})"));
    BOOST_TEST(!json::is_error_body(R"({"choices":[],"message":"not one"})"));
    BOOST_TEST(!json::is_error_body("[1,2]"));
}

BOOST_AUTO_TEST_CASE(long_texts_are_cut_between_characters)
{
    std::string text(json::max_error_text - 1, 'x');
    text += "\xC3\xA9 and more";
    BOOST_TEST(json::read_error(text).message == std::string(json::max_error_text - 1, 'x'));
    BOOST_TEST(json::read_error("a\xFFz").message == "a\xEF\xBF\xBDz");
    BOOST_TEST(json::read_error("{\"error\":\"" + std::string(5000, 'y') + "\"}").message.size() ==
               json::max_error_text);
}

// However deep it is wrapped, reading it ends.
BOOST_AUTO_TEST_CASE(nesting)
{
    std::string text = "\"m\"";
    for (int i = 0; i < 60; ++i)
        text = (i % 2 ? "{\"error\":" : "[") + text + (i % 2 ? "}" : "]");
    BOOST_TEST(!json::read_error(text).message.empty());
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_error_reader_test
