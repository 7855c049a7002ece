// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Invariant: for any text,
// - it is a policy, or every fault of it is a line that begins with a path;
// - a policy answers every question as a reading of the document does that is nothing but its rules;
// - the order of statements and the spelling of the document make no difference, and one that denies wins over all;
// - who is allowed anything in a project is told that there may be something.
#include "target.hpp"

#include <chatwire/chats/policy.hpp>

#include <boost/json/serialize.hpp>

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz_policy {

using namespace chatwire;
using namespace chatwire::chats;
using namespace chatwire::fuzz;
namespace bj = boost::json;
using chats::access; // not that of unistd.h
using answer = policy::answer;

std::string_view view(bj::string const& s) { return {s.data(), s.size()}; }

std::vector<std::string_view> list(bj::value const& v)
{
    if (auto const* s = v.if_string())
        return {view(*s)};
    std::vector<std::string_view> all;
    for (auto const& one : v.get_array())
        all.push_back(view(one.get_string()));
    return all;
}

// Characters of UTF-8, each as its bytes; a byte that continues none is one.
std::vector<std::string_view> characters(std::string_view s)
{
    std::vector<std::string_view> all;
    while (!s.empty()) {
        std::size_t n = 1;
        while (n < s.size() && (static_cast<unsigned char>(s[n]) & 0xC0) == 0x80)
            ++n;
        all.push_back(s.substr(0, n));
        s.remove_prefix(n);
    }
    return all;
}

bool like(std::string_view text, std::string_view pattern)
{
    auto const t = characters(text), p = characters(pattern);
    // row by row: whether the first i characters fit the first j of the pattern
    std::vector<char> fits(t.size() + 1);
    fits[0] = 1;
    for (auto const c : p) {
        std::vector<char> next(t.size() + 1);
        if (c.front() == '*' && c.size() == 1) {
            bool any = false;
            for (std::size_t i = 0; i <= t.size(); ++i)
                next[i] = any = any || fits[i];
        } else {
            for (std::size_t i = 0; i < t.size(); ++i)
                next[i + 1] = fits[i] && ((c.front() == '?' && c.size() == 1) || c == t[i]);
        }
        fits = next;
    }
    return fits[t.size()] != 0;
}

std::string_view value_of(std::string_view key, access const& a)
{
    if (key == "soat:ResourceType")
        return a.resource.type;
    if (key == "soat:ResourceId")
        return a.resource.id;
    if (key == "soat:ProjectId")
        return a.resource.project;
    return key == "soat:PrincipalId" ? a.principal_id : a.principal_type;
}

bool condition_holds(std::string_view op, std::string_view key, bj::value const& wanted, access const& a)
{
    auto const value = value_of(key, a);
    bool found = false;
    for (auto const w : list(wanted))
        found = found || (op == "StringLike" ? like(value, w) : value == w);
    if (op == "StringNotEquals")
        return value.empty() || !found;
    return !value.empty() && found;
}

bool matches(bj::object const& s, access const& a)
{
    bool acts = false;
    for (auto const p : list(s.at("action")))
        acts = acts || p == "*" || p == a.action ||
               (p.ends_with(":*") && a.action.substr(0, a.action.find(':')) == p.substr(0, p.size() - 2));
    bool covers = !s.contains("resource");
    if (!covers)
        for (auto const r : list(s.at("resource"))) {
            std::array<std::string_view, 3> parts{"*", "*", "*"};
            if (r != "*") {
                auto rest = r.substr(5);
                for (auto& part : parts) {
                    part = rest.substr(0, rest.find(':'));
                    rest.remove_prefix(std::min(part.size() + 1, rest.size()));
                }
            }
            auto const fits = [](std::string_view p, std::string_view x) { return p == "*" || p == x; };
            covers = covers || (fits(parts[0], a.resource.project) && fits(parts[1], a.resource.type) &&
                                fits(parts[2], a.resource.id));
        }
    bool holds = true;
    if (s.contains("condition"))
        for (auto const& op : s.at("condition").get_object())
            for (auto const& key : op.value().get_object())
                holds = holds && condition_holds({op.key().data(), op.key().size()},
                                                 {key.key().data(), key.key().size()}, key.value(), a);
    return acts && covers && holds;
}

answer model(bj::value const& document, access const& a)
{
    auto said = answer::none;
    for (auto const& s : document.at("statement").get_array())
        if (matches(s.get_object(), a)) {
            if (s.at("effect") == "Deny")
                return answer::deny;
            said = answer::allow;
        }
    return said;
}

// The words of the document, which are what questions are about; and some others.
void gather(bj::value const& v, std::vector<std::string>& words)
{
    if (auto const* s = v.if_string()) {
        words.emplace_back(view(*s));
        std::string_view rest = words.back();
        std::vector<std::string> parts;
        for (auto colon = rest.find(':'); colon != rest.npos; colon = rest.find(':')) {
            parts.emplace_back(rest.substr(0, colon));
            rest.remove_prefix(colon + 1);
        }
        parts.emplace_back(rest);
        words.insert(words.end(), parts.begin(), parts.end());
    } else if (auto const* a = v.if_array()) {
        for (auto const& one : *a)
            gather(one, words);
    } else if (auto const* o = v.if_object()) {
        for (auto const& m : *o)
            gather(m.value(), words);
    }
}

void check(std::string_view input, policy const& p)
{
    if (input.starts_with("\xEF\xBB\xBF")) // which RFC 8259 lets a reader ignore
        input.remove_prefix(3);
    auto const document = as_json(input, "a policy is JSON");
    auto reversed = document;
    auto& statements = reversed.at("statement").get_array();
    std::reverse(statements.begin(), statements.end());
    auto const again = policy::parse(bj::serialize(reversed));
    require(again.has_value(), "a policy whose statements are turned around is one");
    auto const all = policy::parse(R"({"statement":[{"effect":"Allow","action":"*"}]})").value();
    auto const nothing = policy::parse(R"({"statement":[{"effect":"Deny","action":"*"}]})").value();

    std::vector<std::string> words{"chats:GetChat", "chats", "prj", "chat", "", "user", "*"};
    gather(document, words);
    dice d(input);
    auto const word = [&] { return std::string_view(words[d.below(words.size())]); };
    for (int i = 0; i < 24; ++i) {
        resource_name const r{std::string(word()), std::string(word()), std::string(word())};
        access const a{word(), r, word(), word()};
        auto const said = p.ask(a);
        require(said == model(document, a), "the answer is the document's");
        require(said == again->ask(a), "the order of statements makes no difference");
        require(allows(std::array{p}, a) == (said == answer::allow), "one policy alone");
        require(allows(std::array{p, all}, a) == (said != answer::deny), "who denies wins");
        require(!allows(std::array{all, nothing, p}, a), "who denies wins");
        if (said == answer::allow)
            require(reaches(std::array{p}, r.project, a.principal_id, a.principal_type),
                    "who may do something in a project belongs there");
    }
}

void run(std::string_view input)
{
    auto const p = policy::parse(input);
    if (p)
        return check(input, *p);
    if (p.error().code == errc::bad_value)
        require_fault_lines(p.error().message);
    else
        require(p.error().code == errc::bad_json || p.error().code == errc::bad_utf8 ||
                    p.error().code == errc::depth_limit || p.error().code == errc::body_limit,
                "a text that is no JSON is told so");
}

registered const policy_target("policy", &run);

} // namespace fuzz_policy
