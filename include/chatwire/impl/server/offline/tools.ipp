// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_OFFLINE_TOOLS_IPP
#define CHATWIRE_IMPL_SERVER_OFFLINE_TOOLS_IPP

#include <chatwire/impl/server/offline/schema.ipp>
#include <chatwire/server/offline/detail/json.hpp>
#include <chatwire/server/offline/schema.hpp>
#include <chatwire/server/offline/text.hpp>
#include <chatwire/server/offline/tools.hpp>
#include <chatwire/server/offline/words.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <variant>

namespace chatwire::offline {
namespace detail {

// Words that say nothing about what a tool does.
inline constexpr std::string_view no_topics =
    "get set fetch find list look lookup show search query create make tool function current my your api data info "
    "information "
    "do run call use execute read write update delete add remove send check the a an of for in on at to from by with "
    "and or "
    "is are was it this that given user users returns return value values by name id as be can will not what which who "
    "how "
    "when where all any new one two some me i you please tell give about details result results using used call";

inline std::string stem(std::string_view w)
{
    for (std::string_view tail : {"ing", "es", "s"})
        if (w.size() > tail.size() + 3 && w.ends_with(tail))
            return std::string(w.substr(0, w.size() - tail.size()));
    return std::string(w);
}

inline std::vector<std::string> topics(std::string_view text)
{
    std::vector<std::string> out;
    std::string_view left = text;
    while (!left.empty()) {
        auto const n = std::min(left.find(' '), left.size());
        auto const w = left.substr(0, n);
        if (w.size() > 1 && !one_of(w, no_topics))
            out.push_back(stem(w));
        left.remove_prefix(std::min(n + 1, left.size()));
    }
    return out;
}

// Where a text names a tool, as it is or with blanks in place of its signs; nothing if it does not, or says not to.
struct naming {
    std::size_t begin, end;
    bool refused; // "do not call it"
};

inline std::optional<naming> find_name(std::string_view lower, std::string_view name)
{
    for (auto const& spelling : {to_lower(name), canonical_key(name)}) {
        if (spelling.size() < 2)
            continue;
        for (std::size_t at = 0; (at = lower.find(spelling, at)) != lower.npos; ++at) {
            auto const end = at + spelling.size();
            if ((at > 0 && is_word_byte(lower[at - 1])) || (end < lower.size() && is_word_byte(lower[end])))
                continue;
            auto const start = std::min(lower.find_last_of(".!?;\n", at), lower.size());
            auto const before = read_words(
                lower.substr(start == lower.size() ? 0 : start + 1, at - (start == lower.size() ? 0 : start + 1)));
            auto const& w = before.words;
            if (std::any_of(w.begin(), w.end(),
                            [](word const& x) { return one_of(x.lower, "not never without avoid"); }))
                continue;
            // a name that is a word of the language is only meant where somebody speaks of calling it
            if (spelling.find_first_of("_-. 0123456789") == spelling.npos && to_lower(name) == spelling) {
                bool const is_camel = std::any_of(name.begin() + 1, name.end(), [](char c) { return is_upper(c); });
                auto const behind = read_words(lower.substr(end, 40)).words;
                bool const is_tool = !behind.empty() && one_of(behind[0].lower, "tool function (");
                bool const leads = std::all_of(w.begin(), w.end(), [](word const& x) {
                    return x.mark || one_of(x.lower, fillers) ||
                           one_of(x.lower, "can could would you i want to let us");
                });
                bool const calls = std::any_of(w.begin(), w.end(), [](word const& x) {
                    return one_of(x.lower, "call use using run invoke execute try tool function");
                });
                if (!is_camel && !calls && !is_tool && !leads)
                    continue;
            }
            return naming{at, end, false};
        }
    }
    return std::nullopt;
}

// How well a question fits a tool by its words; 0: not at all.
inline int score(function_definition const& f, std::vector<std::string> const& asked)
{
    auto const among = [&](std::string const& w) { return std::find(asked.begin(), asked.end(), w) != asked.end(); };
    int in_name = 0, in_description = 0;
    for (auto const& w : topics(canonical_key(f.name)))
        in_name += among(w);
    auto const about = topics(canonical_key(shorten(f.description.value_or(""), 2000)));
    std::vector<std::string> counted;
    for (auto const& w : about)
        if (among(w) && std::find(counted.begin(), counted.end(), w) == counted.end()) {
            ++in_description;
            counted.push_back(w);
        }
    if (in_name == 0 && in_description < 2)
        return 0;
    return 3 * in_name + in_description;
}

// Whether something is wanted, and not only told: a question, "please", or a word of the tool's name in front.
inline bool wanted(clause const& c, function_definition const& f)
{
    auto const e = c.essence();
    return c.question || (!e.words.empty() && (one_of(e.words.back().lower, "please") ||
                                               one_of(e.words.front().lower, canonical_key(f.name))));
}

inline std::vector<function_call> calls_of(function_definition const& f, std::string_view said, facts const& known,
                                           bool several, bool only_arguments)
{
    std::vector<function_call> out;
    if (!f.parameters) {
        out.push_back({.name = f.name, .arguments = "{}"});
        return out;
    }
    schema_hints const hints{.said = said, .known = &known, .sparse = true, .only_values = only_arguments};
    for (auto& a : fill_arguments(*f.parameters, hints)) {
        out.push_back({.name = f.name, .arguments = std::move(a)});
        if (!several)
            break;
    }
    return out;
}

} // namespace detail

CHATWIRE_DECL std::vector<function_call> choose_calls(request const& r, std::string_view said, facts const& known)
{
    std::vector<function_definition const*> functions;
    for (auto const& t : r.tools)
        if (t.type == tool_type::function && !t.function.name.empty())
            functions.push_back(&t.function);
    if (functions.empty() || r.messages.empty() || r.messages.back().role == role::tool)
        return {};
    bool must = false;
    if (r.tool_choice) {
        if (auto const* named = std::get_if<named_tool>(&r.tool_choice->value)) {
            std::erase_if(functions, [&](auto const* f) { return f->name != named->name; });
            must = true;
        } else if (auto const* mode = std::get_if<open_enum<tool_choice_mode>>(&r.tool_choice->value)) {
            if (*mode == tool_choice_mode::none)
                return {};
            must = *mode == tool_choice_mode::required;
        }
    }
    if (functions.empty())
        return {};
    bool const several = r.parallel_tool_calls.value_or(true);
    auto const lower = to_lower(said);

    // Named ones, each with what is said from its name up to the next.
    struct found {
        function_definition const* f;
        detail::naming at;
    };
    std::vector<found> named;
    std::vector<function_definition const*> refused;
    for (auto const* f : functions)
        if (auto const at = detail::find_name(lower, f->name)) {
            if (!at->refused)
                named.push_back({f, *at});
            else if (!must)
                refused.push_back(f);
        }
    std::erase_if(functions,
                  [&](auto const* f) { return std::find(refused.begin(), refused.end(), f) != refused.end(); });
    std::sort(named.begin(), named.end(), [](found const& a, found const& b) {
        return std::pair(a.at.begin, b.at.end) <
               std::pair(b.at.begin, a.at.end); // of two at one place the longer first
    });
    std::vector<function_call> out;
    auto const add = [&](function_definition const& f, std::string_view text, bool only_arguments) {
        for (auto& c : detail::calls_of(f, text, known, several, only_arguments))
            if (out.empty() || several)
                out.push_back(std::move(c));
    };
    std::erase_if(named, [&](found const& a) { // `get_weather` within `get_weather_forecast`
        return std::any_of(named.begin(), named.end(), [&](found const& b) {
            return &a != &b && b.at.begin <= a.at.begin && a.at.end <= b.at.end && b.f->name.size() > a.f->name.size();
        });
    });
    for (std::size_t i = 0; i != named.size(); ++i) {
        auto const end = i + 1 < named.size() ? named[i + 1].at.begin : said.size();
        auto text = std::string(said.substr(named[i].at.end, end - named[i].at.end));
        // "with a=1, then call the ..." belongs to the next
        if (i + 1 < named.size())
            for (auto again = true; again;) {
                again = false;
                auto const words = read_words(text).words;
                if (!words.empty() &&
                    (words.back().mark || detail::one_of(words.back().lower, "and then also call use using run invoke "
                                                                             "the with tool function"))) {
                    text.resize(words.back().begin);
                    again = true;
                }
            }
        // "For Paris, call get_weather": what stands before it, if nothing stands behind
        if (named.size() == 1 && read_words(text).bare().words.empty())
            text = std::string(said.substr(0, named[i].at.begin));
        add(*named[i].f, text, true);
    }
    if (!out.empty())
        return out;

    // By their words, one tool a question.
    for (auto s : split_sentences(said))
        for (auto const& c : split_clauses(s)) {
            auto const text = c.verbatim(0, c.words.size());
            auto const asked = detail::topics(canonical_key(text));
            function_definition const* best = nullptr;
            int most = 0;
            for (auto const* f : functions)
                if (auto const n = detail::wanted(c, *f) ? detail::score(*f, asked) : 0; n > most) {
                    most = n;
                    best = f;
                }
            if (best && out.size() < 16)
                add(*best, text, false);
        }
    if (out.empty() && must) {
        auto const asked = detail::topics(canonical_key(said));
        auto const* best = functions.front();
        int most = 0;
        for (auto const* f : functions)
            if (auto const n = detail::score(*f, asked); n > most) {
                most = n;
                best = f;
            }
        add(*best, said, false);
    }
    return out;
}

CHATWIRE_DECL std::string tell_results(request const& r, std::size_t max)
{
    auto first = r.messages.size();
    while (first > 0 && r.messages[first - 1].role == role::tool)
        --first;
    if (first == r.messages.size())
        return {};
    std::string out;
    for (auto i = first; i != r.messages.size(); ++i) {
        auto const& m = r.messages[i];
        std::string_view name = "The tool";
        if (first > 0)
            for (auto const& c : r.messages[first - 1].tool_calls)
                if (m.tool_call_id && c.id == *m.tool_call_id && !c.function.name.empty())
                    name = c.function.name;
        auto const text = shorten(clean(m.text(), 2 * max), max);
        std::string said;
        auto const v = detail::parse_json(text);
        if (v && v->is_object() && v->get_object().size() > 0) {
            std::size_t leaves = 0;
            detail::for_each_leaf(*v, [&](std::string const& path, boost::json::value const& leaf) {
                auto key = canonical_key(path);
                said += (said.empty() ? "" : ", ") + (key.empty() ? path : key) + ": " + detail::say_json(leaf);
                ++leaves;
            });
            if (leaves == 64) // perhaps not all of it
                said = text;
        } else if (v) {
            said = detail::say_json(*v);
        } else {
            said = std::string(detail::trimmed(text));
        }
        out += out.empty() ? "" : " ";
        out += clean(name, 100);
        if (said.empty()) {
            out += " returned nothing.";
        } else {
            out += " says: " + said;
            if (std::string_view(".!?").find(out.back()) == std::string_view::npos)
                out += '.';
        }
    }
    return out;
}

} // namespace chatwire::offline
#endif
