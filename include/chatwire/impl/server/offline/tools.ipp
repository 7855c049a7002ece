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
#include <functional>
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

inline constexpr std::string_view refusals = "not never without avoid";

// Where a text names a tool.
struct naming {
    function_definition const* tool;
    std::size_t begin, end;
};

// Whether a tool is meant where its name is a word of the language, too: where somebody speaks of calling it.
inline bool is_meant(std::vector<word> const& before, std::string_view behind)
{
    bool const calls = std::any_of(before.begin(), before.end(), [](word const& x) {
        return one_of(x.lower, "call use using run invoke execute try tool function");
    });
    bool const leads = std::all_of(before.begin(), before.end(), [](word const& x) {
        return x.mark || one_of(x.lower, fillers) || one_of(x.lower, "can could would will you to let us");
    });
    auto const next = read_words(behind.substr(0, 40)).words;
    return calls || leads || (!next.empty() && one_of(next[0].lower, "tool function ("));
}

// Where a text names a tool, as it is or with blanks in place of its signs: once, more often only where it says to call
// it again. `refused` is set where the text says not to.
inline void find_names(std::vector<naming>& out, std::string_view lower, function_definition const& f, bool& refused)
{
    auto const name = to_lower(f.name), spoken = canonical_key(f.name);
    bool const is_word = name == spoken && name.find_first_of("_-. 0123456789") == name.npos;
    std::size_t found = 0, tries = 0;
    for (auto const& spelling : {name, spoken}) {
        if (spelling.size() < 2)
            continue;
        for (std::size_t at = 0; (at = lower.find(spelling, at)) != lower.npos && ++tries != 64; ++at) {
            auto const end = at + spelling.size();
            if ((at > 0 && is_word_byte(lower[at - 1])) || (end < lower.size() && is_word_byte(lower[end])))
                continue;
            // what stands before it in its sentence
            auto const far = at - std::min<std::size_t>(at, 200);
            auto lead = lower.substr(far, at - far);
            if (auto const stop = lead.find_last_of(".!?;\n"); stop != lead.npos)
                lead.remove_prefix(stop + 1);
            auto const before = read_words(lead).words;
            if (std::any_of(before.begin(), before.end(), [](word const& x) { return one_of(x.lower, refusals); })) {
                refused = true;
                continue;
            }
            if (is_word && !is_meant(before, lower.substr(end)))
                continue;
            if (found != 0 &&
                (before.empty() || !one_of(before.back().lower, "call use run invoke execute and then again ,")))
                continue;
            out.push_back({&f, at, end});
            if (++found == 16)
                return;
        }
        if (name == spoken)
            return;
    }
}

// The text without the words at its end that belong to what comes next: "..., and then call the".
inline std::string_view before_next(std::string_view text)
{
    auto const words = read_words(text).words;
    auto n = words.size();
    while (n > 0 &&
           (words[n - 1].mark ? !one_of(words[n - 1].text, "\" ' } ] ) `")
                              : one_of(words[n - 1].lower, "and then also call use using run invoke the with tool "
                                                           "function afterwards finally next")))
        --n;
    return n == 0 ? std::string_view() : text.substr(0, words[n - 1].end);
}

// What a tool is about, by its name and by its description.
struct subject {
    function_definition const* tool;
    std::vector<std::string> name, description;

    explicit subject(function_definition const& f)
        : tool(&f), name(topics(canonical_key(f.name))),
          description(topics(canonical_key(shorten(f.description.value_or(""), 2000))))
    {
        std::sort(description.begin(), description.end());
        description.erase(std::unique(description.begin(), description.end()), description.end());
    }
};

// How well a question fits a tool by its words; 0: not at all.
inline std::ptrdiff_t score(subject const& s, std::vector<std::string> const& asked)
{
    auto const among = [&](std::string const& w) { return std::find(asked.begin(), asked.end(), w) != asked.end(); };
    auto const in_name = std::count_if(s.name.begin(), s.name.end(), among);
    auto const in_description = std::count_if(s.description.begin(), s.description.end(), among);
    return in_name == 0 && in_description < 2 ? 0 : 3 * in_name + in_description;
}

inline function_definition const* best_of(std::vector<subject> const& subjects, std::string_view text,
                                          std::function<bool(function_definition const&)> const& eligible)
{
    auto asked = topics(canonical_key(text));
    if (asked.size() > 100)
        asked.resize(100);
    function_definition const* best = nullptr;
    std::ptrdiff_t most = 0;
    for (auto const& s : subjects)
        if (auto const n = eligible(*s.tool) ? score(s, asked) : 0; n > most) {
            most = n;
            best = s.tool;
        }
    return best;
}

// Whether something is wanted, and not only told: a question, "please", or a word of the tool's name in front.
inline bool wanted(clause const& c, function_definition const& f)
{
    auto const e = c.essence();
    if (std::any_of(e.words.begin(), e.words.end(), [](word const& w) { return one_of(w.lower, refusals); }))
        return false;
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
    std::vector<detail::naming> named;
    for (auto const* f : std::vector(functions)) {
        bool refused = false;
        auto const before = named.size();
        detail::find_names(named, lower, *f, refused);
        if (refused && named.size() == before && !must)
            std::erase(functions, f);
    }
    auto const all = named;
    std::erase_if(named, [&](auto const& a) { // `get_weather` within `get_weather_forecast`
        return std::any_of(all.begin(), all.end(), [&](auto const& b) {
            return b.begin <= a.begin && a.end <= b.end && b.end - b.begin > a.end - a.begin;
        });
    });
    std::stable_sort(named.begin(), named.end(), [](auto const& a, auto const& b) { return a.begin < b.begin; });
    std::vector<function_call> out;
    auto const add = [&](function_definition const& f, std::string_view text, bool only_arguments) {
        for (auto& c : detail::calls_of(f, text, known, several, only_arguments))
            if ((out.empty() || several) && out.size() < 32 && std::find(out.begin(), out.end(), c) == out.end())
                out.push_back(std::move(c));
    };
    for (std::size_t i = 0; i != named.size(); ++i) {
        auto const& [tool, begin, end] = named[i];
        auto text = said.substr(end);
        if (i + 1 < named.size())
            text = detail::before_next(said.substr(end, std::max(end, named[i + 1].begin) - end));
        // "For Paris, call get_weather": what stands before it, if nothing stands behind
        if (named.size() == 1 && detail::trimmed(text, " \n.?!\"'`").empty())
            text = detail::before_next(said.substr(0, begin));
        add(*tool, text, true);
    }
    if (!out.empty() || functions.empty())
        return out;

    // By their words, one tool a question.
    std::vector<detail::subject> subjects;
    subjects.reserve(functions.size());
    for (auto const* f : functions)
        subjects.emplace_back(*f);
    std::size_t read = 0;
    for (auto s : split_sentences(said)) {
        for (auto const& c : split_clauses(s)) {
            if (++read > 64)
                break;
            auto const text = c.verbatim(0, c.words.size());
            if (auto const* best = detail::best_of(subjects, text, [&](auto const& f) { return detail::wanted(c, f); }))
                add(*best, text, false);
        }
    }
    if (out.empty() && must) {
        auto const* best = detail::best_of(subjects, said, [](auto const&) { return true; });
        add(best ? *best : *functions.front(), said, false);
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
