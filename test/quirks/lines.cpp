// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// That nothing is missing: every line of the list of quirks is shown by something, and every diagnostic is documented.
#include "../support/served.hpp"
#include "../support/vectors.hpp"

#include <chatwire/client/writer.hpp>
#include <chatwire/http/parser.hpp>
#include <chatwire/server/completion_service.hpp>

#include <boost/test/unit_test.hpp>

#include <cctype>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(quirks_lines)

namespace quirks_lines_test {

using namespace chatwire;
using test::file_text;
using test::source_directory;

// `server/exchange.cpp:a_failure_is_told` names a test that there is.
bool is_test(std::string const& name)
{
    auto const colon = name.find(':');
    auto const file = source_directory() / "test" / name.substr(0, colon);
    if (colon == name.npos || !std::filesystem::exists(file))
        return false;
    auto const text = file_text(file);
    auto const test = name.substr(colon + 1);
    for (std::string const start : {"_CASE(", "_CASE_TEMPLATE("})
        for (std::string const end : {")", ","})
            if (text.find(start + test + end) != text.npos)
                return true;
    return false;
}

BOOST_AUTO_TEST_CASE(every_line_of_the_list_is_shown)
{
    std::set<std::string> expected;
    for (auto const& [letter, last] :
         {std::pair('F', 25), {'H', 12}, {'E', 13}, {'C', 15}, {'U', 8}, {'T', 12}, {'K', 8}, {'R', 12}})
        for (int i = 1; i <= last; ++i)
            expected.insert(letter + std::to_string(i));

    std::set<std::string> vectors;
    for (auto const& v : test::read_vectors()) {
        vectors.insert(v.quirk());
        BOOST_TEST(expected.contains(v.quirk()), v.name << " belongs to no line of the list");
    }

    std::set<std::string> seen;
    std::istringstream list(file_text(source_directory() / "test/quirks/lines.txt"));
    for (std::string line; std::getline(list, line);) {
        if (line.starts_with('#'))
            continue;
        std::istringstream words(line.substr(line.find('|') + 1));
        auto const name = line.substr(0, line.find(' '));
        BOOST_TEST(seen.insert(name).second, name << " stands twice");
        int shown = 0;
        for (std::string word; words >> word; ++shown) {
            if (word == "vectors")
                BOOST_TEST(vectors.contains(name), "there is no test/vectors/" << name << "_*");
            else
                BOOST_TEST(is_test(word), name << ": there is no test " << word);
        }
        BOOST_TEST(shown > 0, name << " is shown by nothing");
    }
    BOOST_TEST(seen == expected, boost::test_tools::per_element());

    // a file without its pair
    for (auto const& entry : std::filesystem::directory_iterator(source_directory() / "test/vectors"))
        for (auto const* const other : {".http", ".events"})
            BOOST_TEST(std::filesystem::exists(std::filesystem::path(entry.path()).replace_extension(other)),
                       entry.path());
}

BOOST_AUTO_TEST_CASE(each_of_the_twenty_bugs_has_a_test)
{
    auto const text = file_text(source_directory() / "test/quirks/bugs.cpp");
    for (int i = 1; i <= 20; ++i) {
        auto const number = (i < 10 ? "0" : "") + std::to_string(i);
        bool const there = text.find("_CASE(bug_" + number + "_") != text.npos ||
                           text.find("_CASE_TEMPLATE(bug_" + number + "_") != text.npos;
        BOOST_TEST(there, "bug_" << number);
    }
}

// A row of the table in docs/diagnostics.md.
struct documented {
    std::string strict{};
    std::vector<std::string> shown_by{};
};

// What is written in `code` there.
std::vector<std::string> code_words(std::string_view cell)
{
    std::vector<std::string> out;
    for (std::size_t at = 0; (at = cell.find('`', at)) != cell.npos;) {
        auto const end = cell.find('`', at + 1);
        BOOST_REQUIRE(end != cell.npos);
        out.emplace_back(cell.substr(at + 1, end - at - 1));
        at = end + 1;
    }
    return out;
}

std::map<std::string, documented> read_documentation()
{
    std::map<std::string, documented> out;
    std::istringstream page(file_text(source_directory() / "docs/diagnostics.md"));
    for (std::string line; std::getline(page, line);) {
        if (!line.starts_with("| `"))
            continue;
        std::vector<std::string> cells;
        std::istringstream row(line.substr(1));
        for (std::string cell; std::getline(row, cell, '|');)
            cells.push_back(cell);
        BOOST_TEST_REQUIRE(cells.size() == 4u, line);
        auto const code = code_words(cells[0]).at(0);
        BOOST_TEST(out.emplace(code, documented{code_words(cells[2]).at(0), code_words(cells[3])}).second, code);
    }
    return out;
}

BOOST_AUTO_TEST_CASE(every_diagnostic_is_documented_as_it_is)
{
    auto const table = read_documentation();
    std::map<std::string, test::wire_vector> vectors;
    std::set<std::string> produced;
    std::string_view const start = R"({"event":"diagnostic","code":")";
    for (auto& v : test::read_vectors()) {
        for (std::size_t at = 0; (at = v.events.find(start, at)) != v.events.npos;) {
            at += start.size();
            produced.insert(v.events.substr(at, v.events.find('"', at) - at));
        }
        vectors.emplace(v.name, std::move(v));
    }
    for (auto const& code : produced)
        BOOST_TEST(table.contains(code), code << " is not documented");

    for (auto const& [code, row] : table) {
        BOOST_TEST(!row.shown_by.empty(), code << " is shown by nothing");
        for (auto const& name : row.shown_by) {
            if (name.find(':') != name.npos) {
                BOOST_TEST(is_test(name), code << ": there is no test " << name);
                continue;
            }
            auto const found = vectors.find(name);
            BOOST_TEST_REQUIRE((found != vectors.end()), code << ": there is no vector " << name);
            auto const& v = found->second;
            auto const first = v.events.find(start);
            BOOST_TEST(
                (first != v.events.npos && v.events.compare(first + start.size(), code.size() + 1, code + '"') == 0),
                name << " does not begin with " << code);
            BOOST_TEST(v.strict.substr(v.strict.find(' ') + 1) == row.strict, name);
        }
    }
}

// What the library may say: the first argument of whatever notes a deviation.
BOOST_AUTO_TEST_CASE(no_diagnostic_of_the_sources_is_left_out)
{
    auto const table = read_documentation();
    std::set<std::string> said;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(source_directory() / "include")) {
        if (!entry.is_regular_file())
            continue;
        auto const text = file_text(entry.path());
        for (std::string_view const call : {"note(", "note(log, ", "tolerate(", "log_->add(", "log->add("})
            for (std::size_t at = 0; (at = text.find(call, at)) != text.npos;) {
                at += call.size();
                if (at < text.size() && text[at] == '"')
                    said.insert(text.substr(at + 1, text.find('"', at + 1) - at - 1));
            }
    }
    BOOST_TEST(said.size() > 30u);
    for (auto const& code : said)
        BOOST_TEST(table.contains(code), code);
}

// H9: nginx and its like hold back what an upstream sends, unless told not to.
BOOST_AUTO_TEST_CASE(no_proxy_holds_back_a_stream)
{
    completion_service service;
    service.add_model({.id = "m"}, test::knows({test::saying("Hi"), test::finishing()}));
    router routes;
    service.mount(routes);
    for (bool const stream : {false, true}) {
        test::served s(routes);
        s.receive(
            test::post("/v1/chat/completions", R"({"model":"m","messages":[{"role":"user","content":"Hi"}],"stream":)" +
                                                   std::string(stream ? "true" : "false") + "}"));
        auto const a = test::read_answers(s.sent, {"POST"}, false).at(0);
        BOOST_TEST(a.complete);
        BOOST_TEST(a.field("X-Accel-Buffering") == (stream ? "no" : ""));
        if (stream)
            BOOST_TEST(a.field("Cache-Control") == "no-cache");
    }
}

void check_names(http::fields const& fields)
{
    std::set<std::string> names;
    for (auto const& f : fields) {
        std::string name;
        for (char const c : f.name)
            name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        BOOST_TEST(names.insert(name).second, name << " is sent twice");
    }
    BOOST_TEST(!names.empty());
}

// H11: some peers refuse a message with two equal headers.
BOOST_AUTO_TEST_CASE(every_header_is_sent_once)
{
    completion_service service;
    service.add_model({.id = "m"}, test::knows({test::saying("Hi"), test::finishing()}));
    router routes;
    service.mount(routes);
    client_options const o{.base_url = "http://h/v1",
                           .api_key = "k",
                           .headers = {{"content-type", "application/json; charset=utf-8"}, {"ACCEPT", "*/*"}},
                           .credentials_in_the_clear = true};
    for (std::string const body : {R"({"model":"m","messages":[]})", R"({"model":"m","stream":true,"messages":[]})",
                                   R"({"model":"other","messages":[]})", "{"}) {
        std::string bytes;
        BOOST_REQUIRE(write_call(
            bytes, o, http::parse_url(o.base_url).value(),
            {.method = "POST", .path = "/chat/completions", .body = body, .expects = client_call::answer::stream}));
        http::request_parser p;
        p.feed(bytes);
        BOOST_REQUIRE((p.next().value().what == http::piece::kind::head));
        check_names(p.head().fields);

        test::served s(routes);
        s.receive(bytes);
        auto const a = test::read_answers(s.sent, {"POST"}, false);
        BOOST_REQUIRE(a.size() == 1u);
        check_names(a[0].fields);
    }
}

} // namespace quirks_lines_test

BOOST_AUTO_TEST_SUITE_END()
