// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CHATS_POLICY_IPP
#define CHATWIRE_IMPL_CHATS_POLICY_IPP

#include <chatwire/chats/policy.hpp>
#include <chatwire/json/check.hpp>
#include <chatwire/json/document_fault.hpp>
#include <chatwire/json/value.hpp>

#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace chatwire::chats {
namespace detail {

enum class policy_operator : unsigned char { equals, not_equals, like };

// The closed list of what a condition may ask for.
struct policy_key {
    std::string_view name;
    std::string_view (*value)(access const&);
    bool of_one_resource = false; ///< differs between the resources of a project
};
inline constexpr std::array<policy_key, 5> policy_keys{{
    {"soat:ResourceType", [](access const& a) { return std::string_view(a.resource.type); }, true},
    {"soat:ResourceId", [](access const& a) { return std::string_view(a.resource.id); }, true},
    {"soat:ProjectId", [](access const& a) { return std::string_view(a.resource.project); }},
    {"soat:PrincipalId", [](access const& a) { return a.principal_id; }},
    {"soat:PrincipalType", [](access const& a) { return a.principal_type; }},
}};

struct policy_condition {
    policy_operator what;
    policy_key const* key;
    std::vector<std::string> values;
};

// `soat:a:b:c` in its last three parts; of `*`, three times `*`.
using resource_pattern = std::array<std::string, 3>;

// `*` stands for any text, `?` for any character. Linear in time but for the product of the lengths.
inline bool is_like(std::string_view text, std::string_view pattern) noexcept
{
    std::size_t t = 0, p = 0, star = pattern.npos, resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++t;
            // a character may be several bytes
            if (pattern[p] == '?')
                while (t < text.size() && (static_cast<unsigned char>(text[t]) & 0xC0) == 0x80)
                    ++t;
            ++p;
        } else if (star != pattern.npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    return std::all_of(pattern.begin() + static_cast<std::ptrdiff_t>(p), pattern.end(),
                       [](char c) { return c == '*'; });
}

inline bool holds(policy_condition const& c, access const& a)
{
    auto const value = c.key->value(a);
    bool const negative = c.what == policy_operator::not_equals;
    if (value.empty())
        return negative;
    bool const found = std::any_of(c.values.begin(), c.values.end(), [&](auto const& v) {
        return c.what == policy_operator::like ? is_like(value, v) : value == v;
    });
    return found != negative;
}

inline bool is_word(std::string_view s) noexcept
{
    return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

// Reads a document and writes down all that is wrong with it.
class policy_reader {
public:
    std::vector<json::document_fault> faults{};

    void fault(std::string const& path, std::string_view what) { faults.push_back({path, std::string(what)}); }

    // An object, whose members are among `names`.
    boost::json::object const* object(boost::json::value const& v, std::string const& path,
                                      std::initializer_list<std::string_view> names)
    {
        auto const* o = v.if_object();
        if (!o) {
            fault(path, "expected an object");
            return nullptr;
        }
        for (auto const& member : *o) {
            std::string_view const name(member.key().data(), member.key().size());
            if (std::find(names.begin(), names.end(), name) == names.end())
                fault(below(path, name), "no such member");
        }
        return o;
    }

    // A string, or an array of them that is not empty; `check(string, path)` for each.
    template <class F>
    std::vector<std::string> strings(boost::json::value const& v, std::string const& path, F check)
    {
        std::vector<std::string> all;
        auto const take = [&](boost::json::value const& one, std::string const& at) {
            auto const* s = one.if_string();
            if (!s)
                return fault(at, "expected a string");
            all.emplace_back(s->data(), s->size());
            check(std::string_view(all.back()), at);
        };
        auto const* array = v.if_array();
        if (!array) {
            take(v, path);
        } else if (array->empty()) {
            fault(path, "must not be empty");
        } else {
            for (std::size_t i = 0; i < array->size(); ++i)
                take((*array)[i], path + '[' + std::to_string(i) + ']');
        }
        return all;
    }

    static std::string below(std::string const& path, std::string_view name)
    {
        return path.empty() ? std::string(name) : path + '.' + std::string(name);
    }
};

} // namespace detail

struct policy::statement {
    bool deny = false;
    std::vector<std::string> actions{};
    std::vector<detail::resource_pattern> resources{}; // none: any
    std::vector<detail::policy_condition> conditions{};

    bool matches(access const& a) const
    {
        auto const module = a.action.substr(0, a.action.find(':'));
        bool const acts = std::any_of(actions.begin(), actions.end(), [&](std::string_view p) {
            return p == "*" || p == a.action || (p.ends_with(":*") && p.substr(0, p.size() - 2) == module);
        });
        auto const covers = [&](detail::resource_pattern const& r) {
            auto const one = [](std::string_view pattern, std::string_view part) {
                return pattern == "*" || pattern == part;
            };
            return one(r[0], a.resource.project) && one(r[1], a.resource.type) && one(r[2], a.resource.id);
        };
        return acts && (resources.empty() || std::any_of(resources.begin(), resources.end(), covers)) &&
               std::all_of(conditions.begin(), conditions.end(), [&](auto const& c) { return detail::holds(c, a); });
    }

    bool covers_project(std::string_view project, bool all_of_it) const
    {
        return resources.empty() || std::any_of(resources.begin(), resources.end(), [&](auto const& r) {
                   return (r[0] == "*" || r[0] == project) && !(all_of_it && (r[1] != "*" || r[2] != "*"));
               });
    }

    void read(detail::policy_reader& in, boost::json::value const& v, std::string const& path);
    void read_resource(detail::policy_reader& in, std::string_view text, std::string const& path);
    void read_conditions(detail::policy_reader& in, boost::json::value const& v, std::string const& path);
};

inline void policy::statement::read(detail::policy_reader& in, boost::json::value const& v, std::string const& path)
{
    auto const* o = in.object(v, path, {"effect", "action", "resource", "condition"});
    if (!o)
        return;
    auto const* effect = o->if_contains("effect");
    auto const* word = effect ? effect->if_string() : nullptr;
    if (!word || (*word != "Allow" && *word != "Deny"))
        in.fault(path + ".effect", "expected Allow or Deny");
    else
        deny = *word == "Deny";

    if (auto const* action = o->if_contains("action"))
        actions = in.strings(*action, path + ".action", [&](std::string_view text, std::string const& at) {
            auto const colon = text.find(':');
            auto const operation = colon == text.npos ? std::string_view() : text.substr(colon + 1);
            if (text != "*" &&
                !(detail::is_word(text.substr(0, colon)) && (operation == "*" || detail::is_word(operation))))
                in.fault(at, "expected *, module:* or module:Operation");
        });
    else
        in.fault(path + ".action", "is missing");

    if (auto const* resource = o->if_contains("resource"))
        in.strings(*resource, path + ".resource",
                   [&](std::string_view text, std::string const& at) { read_resource(in, text, at); });
    if (auto const* condition = o->if_contains("condition"))
        read_conditions(in, *condition, path + ".condition");
}

inline void policy::statement::read_resource(detail::policy_reader& in, std::string_view text, std::string const& path)
{
    if (text == "*") {
        resources.push_back({"*", "*", "*"});
        return;
    }
    detail::resource_pattern r;
    bool good = text.starts_with("soat:");
    auto rest = text.substr(std::min<std::size_t>(5, text.size()));
    for (std::size_t i = 0; good && i < r.size(); ++i) {
        auto const colon = rest.find(':');
        auto const part = rest.substr(0, colon);
        good = (part == "*" || detail::is_word(part)) && (colon == rest.npos) == (i + 1 == r.size());
        r[i] = part;
        rest.remove_prefix(colon == rest.npos ? rest.size() : colon + 1);
    }
    if (good)
        resources.push_back(std::move(r));
    else
        in.fault(path, "expected * or soat:<project>:<type>:<id>, each of the three a name or *");
}

inline void policy::statement::read_conditions(detail::policy_reader& in, boost::json::value const& v,
                                               std::string const& path)
{
    static constexpr std::array<std::pair<std::string_view, detail::policy_operator>, 3> operators{{
        {"StringEquals", detail::policy_operator::equals},
        {"StringNotEquals", detail::policy_operator::not_equals},
        {"StringLike", detail::policy_operator::like},
    }};
    auto const* o = v.if_object();
    if (!o)
        return in.fault(path, "expected an object");
    for (auto const& member : *o) {
        std::string_view const name(member.key().data(), member.key().size());
        auto const at = path + '.' + std::string(name);
        auto const op =
            std::find_if(operators.begin(), operators.end(), [&](auto const& x) { return x.first == name; });
        auto const* keys = member.value().if_object();
        if (op == operators.end())
            in.fault(at, "expected StringEquals, StringNotEquals or StringLike");
        else if (!keys)
            in.fault(at, "expected an object");
        else
            for (auto const& asked : *keys) {
                std::string_view const key_name(asked.key().data(), asked.key().size());
                auto const key = std::find_if(detail::policy_keys.begin(), detail::policy_keys.end(),
                                              [&](auto const& k) { return k.name == key_name; });
                auto const where = at + '.' + std::string(key_name);
                auto values = in.strings(asked.value(), where, [](std::string_view, std::string const&) {});
                if (key == detail::policy_keys.end())
                    in.fault(where, "no such key");
                else
                    conditions.push_back({op->second, &*key, std::move(values)});
            }
    }
}

CHATWIRE_DECL result<policy> policy::parse(std::string_view text)
{
    auto twice = json::check<raw_json>(text); // of a member that stands twice a value has only one
    if (!twice)
        return twice.error();
    auto const document = json::to_value(raw_json::trusted(std::string(text)));
    if (!document) // a number that no double can hold
        return failure(document.error().code, json::to_text({{{}, document.error().message}}, "policy"));

    detail::policy_reader in;
    in.faults = *std::move(twice);
    auto all = std::make_shared<std::vector<statement>>();
    if (auto const* o = in.object(*document, "", {"statement"})) {
        auto const* list = o->if_contains("statement");
        auto const* array = list ? list->if_array() : nullptr;
        if (!array)
            in.fault("statement", list ? "expected an array" : "is missing");
        else
            for (std::size_t i = 0; i < array->size(); ++i)
                all->emplace_back().read(in, (*array)[i], "statement[" + std::to_string(i) + ']');
    }
    if (!in.faults.empty())
        return failure(errc::bad_value, json::to_text(in.faults, "policy"));
    policy p;
    p.statements_ = std::move(all);
    return p;
}

CHATWIRE_DECL policy::answer policy::ask(access const& a) const
{
    auto said = answer::none;
    if (statements_)
        for (auto const& s : *statements_)
            if (s.matches(a)) {
                if (s.deny)
                    return answer::deny;
                said = answer::allow;
            }
    return said;
}

CHATWIRE_DECL bool allows(std::span<policy const> all, access const& a)
{
    bool allowed = false;
    for (auto const& p : all) {
        auto const said = p.ask(a);
        if (said == policy::answer::deny)
            return false;
        allowed = allowed || said == policy::answer::allow;
    }
    return allowed;
}

CHATWIRE_DECL bool reaches(std::span<policy const> all, std::string_view project, std::string_view principal_id,
                           std::string_view principal_type)
{
    resource_name const somewhere{std::string(project), {}, {}};
    access const a{{}, somewhere, principal_id, principal_type};
    auto const ruled_out = [&](auto const& c) { return !c.key->of_one_resource && !detail::holds(c, a); };
    auto const certain = [&](auto const& c) { return !c.key->of_one_resource && detail::holds(c, a); };

    std::vector<std::string_view> denied; // actions, in all of the project
    for (auto const& p : all)
        if (p.statements_)
            for (auto const& s : *p.statements_)
                if (s.deny && s.covers_project(project, true) &&
                    std::all_of(s.conditions.begin(), s.conditions.end(), certain))
                    denied.insert(denied.end(), s.actions.begin(), s.actions.end());
    auto const is_denied = [&](std::string_view action) {
        return std::any_of(denied.begin(), denied.end(), [&](std::string_view d) {
            return d == "*" || d == action || (d.ends_with(":*") && action.starts_with(d.substr(0, d.size() - 1)));
        });
    };
    for (auto const& p : all)
        if (p.statements_)
            for (auto const& s : *p.statements_)
                if (!s.deny && s.covers_project(project, false) &&
                    std::none_of(s.conditions.begin(), s.conditions.end(), ruled_out) &&
                    !std::all_of(s.actions.begin(), s.actions.end(), is_denied))
                    return true;
    return false;
}

} // namespace chatwire::chats
#endif
