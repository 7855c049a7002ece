// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Invariant: for any text, our reader (a scanner that looks at eight bytes at once, and reads straight into members)
// and Boost.JSON's (a general one) agree
// - whether it is JSON, but for half a surrogate pair, which is a deviation here and may be an error there;
// - what a string says, byte for byte; what a number is; which members and elements there are, and in what order.
// What was read as it stands is kept byte for byte, and is made a value and a text again without loss.
#include "json_texts.hpp"

#include <chatwire/json/value.hpp>

#include <boost/json/serialize.hpp>

#include <cmath>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz_json {

using namespace chatwire;
using namespace chatwire::fuzz;
namespace bj = boost::json;

std::string_view view(bj::string const& s) { return {s.data(), s.size()}; }

// Whether a \u escape stands where there may be half a pair.
bool has_surrogates(std::string_view text)
{
    for (auto const* const half : {"\\ud", "\\uD"})
        if (text.find(half) != text.npos)
            return true;
    return false;
}

void compare(raw_json const& raw, bj::value const& v)
{
    auto const text = raw.text();
    if (auto const* s = v.if_string()) {
        require_equal(json::read<std::string>(text).value(), view(*s), "a string is the same");
        require_equal(json::to_text(std::string(view(*s))).substr(0, 1), "\"", "a string is written as one");
        require_equal(json::read<std::string>(json::to_text(std::string(view(*s)))).value(), view(*s),
                      "a string is written and read as itself");
    } else if (auto const* a = v.if_array()) {
        auto const ours = json::read<std::vector<raw_json>>(text).value();
        require(ours.size() == a->size(), "as many elements");
        for (std::size_t i = 0; i < ours.size(); ++i)
            compare(ours[i], (*a)[i]);
    } else if (auto const* o = v.if_object()) {
        // the last of several members of a name counts
        auto const ours = json::read<raw_members>(text).value();
        require(ours.size() == o->size(), "as many members");
        for (auto const& m : ours) {
            auto const* theirs = o->if_contains(m.name);
            require(theirs != nullptr, "the same members");
            compare(m.value, *theirs);
        }
    } else if (v.is_bool()) {
        require(json::read<bool>(text).value() == v.get_bool(), "a boolean is the same");
    } else if (v.is_null()) {
        require(raw.is_null(), "null is null");
    } else {
        auto const ours = json::read<double>(text).value();
        require(ours == std::strtod(std::string(text).c_str(), nullptr),
                "a number is the nearest to what stands there");
        if (auto const* i = v.if_int64()) {
            require(json::read<std::int64_t>(text).value() == *i, "an integer is the same");
            require_equal(json::to_text(*i), std::to_string(*i), "an integer is written as one");
        }
        require(json::read<double>(json::to_text(ours)).value() == ours, "a number is written and read as itself");
    }
}

void run(std::string_view input)
{
    auto const ours = json::parse_raw(input);
    if (input.starts_with("\xEF\xBB\xBF")) // which RFC 8259 lets a reader ignore
        input.remove_prefix(3);
    bj::parse_options o;
    o.max_depth = json::limits{}.max_depth;
    boost::system::error_code ec;
    auto const theirs = bj::parse({input.data(), input.size()}, ec, {}, o);
    if (has_surrogates(input) || ec == bj::error::exponent_overflow) {
        if (ours)
            (void)json::to_value(*ours);
        return;
    }
    if (ours.has_value() == ec.failed())
        require_equal(ours ? "JSON" : ours.error().message, ec.failed() ? ec.message() : "JSON", "the readers agree");
    if (!ours)
        return;
    auto const from = input.find_first_not_of(" \t\r\n"), upto = input.find_last_not_of(" \t\r\n");
    require_equal(ours->text(), input.substr(from, upto - from + 1), "what is kept is kept byte for byte");
    auto const value = json::to_value(*ours);
    if (!value) {
        require(value.error().code == errc::bad_value, "only a number that no double can hold is no value");
        return;
    }
    compare(*ours, theirs);
    auto const written = json::to_raw(*value);
    auto const again = json::to_value(written);
    require(again.has_value(), "a value is written as one");
    compare(written, *again);
    require_equal(json::to_raw(*again).text(), written.text(), "a value is written and read as itself");
}

registered const json_target("json", &run);

} // namespace fuzz_json
