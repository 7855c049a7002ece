// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// docs/protocol.md says what the field tables say: the objects that can be reached from a request, an answer, an error
// and the list of models, member by member. What a member is for is the page's own.
#include <chatwire/json/chunk.hpp>
#include <chatwire/json/completion.hpp>
#include <chatwire/json/error_object.hpp>
#include <chatwire/json/model.hpp>
#include <chatwire/json/request.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace json_protocol_test {
namespace {

using namespace chatwire;
using json::shape;

std::string code(std::string_view text) { return '`' + std::string(text) + '`'; }

std::string words(shape const& s)
{
    std::string out;
    switch (s.what) {
    case shape::type::any: return "any";
    case shape::type::boolean: return "boolean";
    case shape::type::integer: return "integer";
    case shape::type::number: return "number";
    case shape::type::array: return "array of " + words(*s.of[0]);
    case shape::type::map: return "object of " + words(*s.of[0]);
    case shape::type::object: return '[' + std::string(s.name) + "](#" + std::string(s.name) + ')';
    case shape::type::string:
        for (auto const& word : s.words)
            out += (out.empty() ? "" : " ") + code(word);
        return out.empty() ? "string" : out;
    case shape::type::one_of:
        for (auto const* alternative : s.of)
            out += (out.empty() ? "" : ", or ") + words(*alternative);
        return out;
    }
    return out;
}

std::string words(json::field const& f)
{
    switch (f.presence) {
    case json::presence::required: return "required";
    case json::presence::nullable: return "required, may be null";
    case json::presence::written: return "written, null if empty";
    case json::presence::optional: return f.takes_null ? "optional, may be null" : "optional";
    case json::presence::alias: return "alias, read only";
    }
    return {};
}

// The first four cells of a member's row.
std::string row(json::field const& f)
{
    return "| " + code(f.name) + " | " + (f.member.empty() ? "-" : code(f.member)) + " | " +
           (f.text.empty() ? words(*f.shape) : code(f.text)) + " | " + words(f) + " |";
}

// By the C++ type's name.
using objects = std::map<std::string, json::object_info const*>;

void collect(shape const& s, objects& found, std::vector<std::string>& order)
{
    for (auto const* of : s.of)
        collect(*of, found, order);
    if (!s.object || !found.emplace(s.name, s.object).second)
        return;
    order.emplace_back(s.name);
    for (auto const& f : s.object->own)
        collect(*f.shape, found, order);
}

// The rows of the tables of the page, by the heading they stand under.
std::map<std::string, std::vector<std::string>> read_page()
{
    auto const* const root = std::getenv("CHATWIRE_SOURCE_DIR");
    std::ifstream in(std::string(root ? root : ".") + "/docs/protocol.md");
    std::map<std::string, std::vector<std::string>> out;
    std::string line, heading;
    while (std::getline(in, line)) {
        if (line.starts_with("### "))
            out[heading = line.substr(4)];
        else if (line.starts_with("| `"))
            out[heading].push_back(line);
    }
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(json_protocol)

BOOST_AUTO_TEST_CASE(the_page_says_what_the_tables_say)
{
    objects found;
    std::vector<std::string> order;
    for (auto const* root : {&json::shape_of<request>, &json::shape_of<completion>, &json::shape_of<chunk>,
                             &json::shape_of<error_object>, &json::shape_of<model_list>})
        collect(*root, found, order);
    auto page = read_page();
    for (auto const& name : order) {
        auto const& rows = page[name];
        auto const& fields = found[name]->own;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            auto const wanted = row(fields[i]);
            auto const there = i < rows.size() ? rows[i] : "nothing";
            bool const purpose = there.size() > wanted.size() + 4 && there.ends_with(" |");
            BOOST_TEST((there.starts_with(wanted) && purpose),
                       "docs/protocol.md, ### " << name << ": write " << wanted << " ... | for " << there);
        }
        for (std::size_t i = fields.size(); i < rows.size(); ++i)
            BOOST_ERROR("docs/protocol.md, ### " << name << ": there is no such member: " << rows[i]);
    }
    for (auto const& [name, rows] : page)
        BOOST_TEST((found.contains(name) || rows.empty()), "docs/protocol.md, ### " << name << ": no such object");
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_protocol_test
