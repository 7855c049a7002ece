// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_OFFLINE_FACTS_IPP
#define CHATWIRE_IMPL_SERVER_OFFLINE_FACTS_IPP

#include <chatwire/impl/server/offline/pattern.ipp>
#include <chatwire/impl/server/offline/text.ipp>
#include <chatwire/impl/server/offline/words.ipp>
#include <chatwire/server/offline/detail/json.hpp>
#include <chatwire/server/offline/facts.hpp>
#include <chatwire/server/offline/pattern.hpp>
#include <chatwire/server/offline/text.hpp>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <utility>

namespace chatwire::offline {
namespace detail {

inline bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
inline bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
inline bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

inline std::string capitalised(std::string s)
{
    if (!s.empty() && is_lower(s[0]))
        s[0] = static_cast<char>(s[0] - 'a' + 'A');
    return s;
}

inline bool is_emoji(std::string_view w) noexcept
{
    return w.starts_with("\xF0\x9F") || w.starts_with("\xE2\x98") || w.starts_with("\xE2\x9D");
}

// A word that can be part of a name by its looks: a capital, a digit, or a letter outside ASCII in front.
inline bool looks_like_name(word const& w)
{
    if (w.mark || w.text.empty() || is_emoji(w.lower) || w.lower == "i")
        return false;
    return is_upper(w.text[0]) || is_digit(w.text[0]) || static_cast<unsigned char>(w.text[0]) >= 0x80;
}

inline constexpr std::string_view no_names =
    "not a an the and but or from my your his her i im what who where when why how which that this it is are was nice "
    "can could please so just very really quite too also in on at of to for with by here there now later back "
    "tomorrow soon again maybe if no yes unknown speaking btw you me we they do does did will would have has as "
    "calling writing asking looking trying going sorry sure afraid fine good great well ok okay happy sad tired glad "
    "hungry interested new old ready done home late lost confused curious bored busy angry still always never only "
    "getting feeling having using working living thinking wondering back ill sick single married open able unable "
    "today tonight all both another one";

inline constexpr std::string_view peoples =
    "american argentinian australian austrian belgian brazilian british bulgarian canadian chilean chinese croatian "
    "czech danish dutch egyptian english estonian european finnish french german greek hungarian icelandic indian "
    "indonesian irish israeli italian japanese kenyan korean latvian lithuanian mexican nigerian norwegian persian "
    "peruvian polish portuguese romanian russian scottish serbian slovak slovenian spanish swedish swiss syrian "
    "taiwanese thai turkish ukrainian vietnamese welsh african asian christian muslim jewish buddhist catholic hindu";

inline constexpr std::string_view particles = "van von de der den da del della di du la le bin ibn al el ben dos st";

inline constexpr std::string_view quotes = "\" ' \xE2\x80\x98 \xE2\x80\x9C \xE2\x80\x99 \xE2\x80\x9D \xC2\xAB \xC2\xBB";

// The name that starts with word `i`; empty if none does.
inline std::string take_name(clause const& c, std::size_t i)
{
    auto const& w = c.words;
    while (i + 1 < w.size() && one_of(w[i].lower, "actually really simply now")) // "my name is actually X"
        ++i;
    bool const quoted = i < w.size() && w[i].mark && one_of(w[i].text, quotes);
    if (quoted)
        ++i;
    if (i >= w.size() || w[i].mark || is_emoji(w[i].lower) || (!quoted && one_of(w[i].lower, no_names)))
        return {};
    bool const small = is_lower(w[i].text[0]);
    auto end = i + 1;
    while (end < w.size() && end - i < 5) {
        if (quoted ? w[end].mark && one_of(w[end].text, quotes) : w[end].mark)
            break;
        auto const& x = w[end];
        bool const next_is_name = end + 1 < w.size() && looks_like_name(w[end + 1]);
        if (!quoted && !looks_like_name(x) && !(one_of(x.lower, particles) && next_is_name) &&
            !(small && !one_of(x.lower, no_names) && !is_emoji(x.lower)))
            break;
        // capitals do not make a name of "and Then"
        if (!quoted && one_of(x.lower, "and but or so then i"))
            break;
        ++end;
    }
    return c.verbatim(i, end);
}

inline std::size_t find_words(std::vector<word> const& words, std::initializer_list<std::string_view> wanted)
{
    for (std::size_t i = 0; i + wanted.size() <= words.size(); ++i)
        if (std::equal(wanted.begin(), wanted.end(), words.begin() + static_cast<std::ptrdiff_t>(i),
                       [](std::string_view a, word const& b) { return a == b.lower; }))
            return i;
    return std::string_view::npos;
}

// Two keys of one group mean the same.
inline constexpr std::string_view synonyms[] = {
    "city|town|home town|hometown|residence|location|home city|place",
    "job|occupation|profession|work|role|position",
    "plan|subscription|subscription plan|tier|package",
    "mail|email|e mail|email address|mail address|e mail address",
    "phone|phone number|telephone|telephone number|mobile|mobile number",
    "company|employer|firm",
    "origin|country of origin",
    "birthday|date of birth|birth date|birthdate|birthplace|birth",
    "like|likes|hobby|hobbies|interest|interests",
    "dislike|dislikes",
    "name|full name|first name",
};

inline bool mean_the_same(std::string_view a, std::string_view b)
{
    for (auto group : synonyms)
        if (fits(group, a) && fits(group, b))
            return true;
    return false;
}

// Words in front of a key that do not change what it names.
inline constexpr std::string_view modifiers =
    "current full first given own user customer client caller person account profile actual present exact main real "
    "data custom session the a total preferred";

inline std::string_view without_modifiers(std::string_view key)
{
    for (;;) {
        auto const blank = key.find(' ');
        if (blank == key.npos || !one_of(key.substr(0, blank), modifiers))
            return key;
        key.remove_prefix(blank + 1);
    }
}

struct statement_pattern {
    std::string_view pattern;
    std::string_view key; // may name captures
    std::size_t value;    // the number of the capture that is the value
    std::string_view sentence;
};

// What people say of themselves. Names are read elsewhere.
inline constexpr statement_pattern statements[] = {
    {"* i live|lived|reside in|at +", "city", 4, "You live in (4)."},
    {"* i am living|based|located in|at +", "city", 4, "You live in (4)."},
    {"* i moved|relocated to +", "city", 3, "You live in (3)."},
    {"* i come|am|came from +", "origin", 3, "You are from (3)."},
    {"* i work|worked as +", "job", 3, "You work as (3)."},
    {"* i work|worked at|for|in +", "company", 4, "You work (3) (4)."},
    {"* i am + years old *", "age", 2, "You are (2) years old."},
    {"* i was born in|on +", "birthday", 3, "You were born (2) (3)."},
    {"* i speak +", "language", 2, "You speak (2)."},
    {"* i study|studied +", "study", 3, "You study (3)."},
    {"* i play +", "play", 2, "You play (2)."},
    {"* i really|also|do|always like|love|enjoy|adore|prefer +", "like", 4, "You (3) (4)."},
    {"* i like|love|enjoy|adore|prefer +", "like", 3, "You (2) (3)."},
    {"* i hate|dislike|detest +", "dislike", 3, "You (2) (3)."},
    {"* i do not like|love|enjoy +", "dislike", 3, "You do not (2) (3)."},
    {"* i have|own +", "have", 3, "You (2) (3)."},
    {"* my + is|was called|named +", "[2]", 5, "Your (2) (3) (4) (5)."},
    {"* my + is|are|was|were +", "[2]", 4, "Your (2) (3) (4)."},
    {"* i am|was +", "be", 3, "You (2) (3)."},
    {"the + is|are|was|were +", "[1]", 3, "The (1) (2) (3)."},
};

// What a system message says of the user, in the third person.
inline constexpr std::string_view user_words = "user|customer|caller|client|person|visitor|guest|member";
inline constexpr std::string_view owner_words =
    "user's|users|users'|customer's|caller's|client's|person's|visitor's|guest's|member's|their";
inline constexpr std::string_view owner_bare =
    "user user's users users' customer customer's caller caller's client client's person's visitor's guest's member's";

// What a sentence that states no fact of the world may start with.
inline constexpr std::string_view no_subject = "if when whenever unless while until as answer always never do keep be "
                                               "use make respond reply greet speak write tell "
                                               "ask offer say it this that there they he she we i you what who where "
                                               "which how please remember add end begin start";

struct verb {
    std::string_view third, second, key;
};
inline constexpr verb verbs[] = {
    {"lives", "live", "city"}, {"works", "work", "job"},      {"likes", "like", "like"},
    {"loves", "love", "like"}, {"prefers", "prefer", "like"}, {"enjoys", "enjoy", "like"},
    {"has", "have", "have"},   {"owns", "own", "have"},       {"speaks", "speak", "language"},
    {"plays", "play", "play"}, {"studies", "study", "study"}, {"wants", "want", "want"},
    {"needs", "need", "want"}, {"hates", "hate", "dislike"},  {"dislikes", "dislike", "dislike"},
    {"pays", "pay", "pay"},    {"uses", "use", "use"},        {"is", "are", "be"},
    {"was", "were", "be"},
};

// Keys of which somebody can have several.
inline bool many(std::string_view key) { return one_of(key, "like dislike have be want play use note"); }

} // namespace detail

CHATWIRE_DECL std::string canonical_key(std::string_view name)
{
    std::string spaced;
    for (std::size_t i = 0; i < name.size(); ++i) {
        char const c = name[i];
        if (c == '_' || c == '-' || c == '.' || c == '/')
            spaced += ' ';
        else {
            if (detail::is_upper(c) && i > 0 && (detail::is_lower(name[i - 1]) || detail::is_digit(name[i - 1])))
                spaced += ' ';
            spaced += c;
        }
    }
    std::string out;
    for (auto const& w : read_words(spaced).bare().words) {
        std::string_view part = w.lower;
        if (part.ends_with("'s"))
            part.remove_suffix(2);
        if (part == "favourite")
            part = "favorite";
        else if (part == "colour")
            part = "color";
        out += out.empty() ? "" : " ";
        out += part;
    }
    return out;
}

CHATWIRE_DECL std::string given_name(clause const& said)
{
    using detail::find_words;
    auto const& w = said.words;
    constexpr auto none = std::string_view::npos;
    auto const behind = [&](std::size_t at, std::size_t n) { return detail::take_name(said, at + n); };

    if (auto const is = find_words(w, {"name", "is"}); is != none && is > 0) {
        auto const owner = w[is - 1].lower;
        auto const before = is > 1 ? w[is - 2].lower : std::string();
        if (owner == "my" || (detail::one_of(owner, "first full real nick given last user") && before == "my") ||
            owner == "the" || detail::one_of(w[is - 1].text, ","))
            return behind(is, 2);
    }
    if (!w.empty() && w[0].lower == "name" && find_words(w, {"name", "is"}) == 0)
        return behind(0, 2);
    struct {
        std::initializer_list<std::string_view> words;
        bool capital;
    } const ways[] = {
        {{"call", "me"}, false},
        {{"i", "am", "called"}, false},
        {{"i", "am", "named"}, false},
        {{"i", "go", "by"}, false},
        {{"calls", "me"}, false},
        {{"je", "m'appelle"}, false},
        {{"ich", "hei\xC3\x9F"
                 "e"},
         false},
        {{"ich", "heisse"}, false},
        {{"me", "llamo"}, false},
        {{"mi", "nombre", "es"}, false},
        {{"mi", "chiamo"}, false},
        {{"mein", "name", "ist"}, false},
        {{"mon", "nom", "est"}, false},
        {{"meu", "nome", "\xC3\xA9"}, false},
        {{"ik", "heet"}, false},
        {{"jag", "heter"}, false},
        {{"i", "am"}, true},
        {{"this", "is"}, true},
        {{"ich", "bin"}, true},
        {{"je", "suis"}, true},
    };
    for (auto const& way : ways) {
        auto const at = find_words(w, way.words);
        if (at == none)
            continue;
        auto const next = at + way.words.size();
        if (!way.capital)
            return behind(at, way.words.size());
        // "I am German", "I am 34", "this is Bad": a capital is not enough
        auto const first = next < w.size() && w[next].mark ? next + 1 : next;
        if (first < w.size() && detail::looks_like_name(w[first]) && !detail::is_digit(w[first].text[0]) &&
            !detail::one_of(w[first].lower, detail::peoples)) {
            auto name = detail::take_name(said, next);
            // what follows must not go on with the same phrase ("I am OK with that", "this is Paris in spring")
            auto const words_in_name = read_words(name).words.size();
            auto const then = first + words_in_name;
            if (then >= w.size() || w[then].mark || detail::one_of(w[then].lower, "and but from speaking here again"))
                return name;
        }
    }
    return {};
}

CHATWIRE_DECL std::string say(fact const& f, fact::about asked_as)
{
    constexpr std::string_view your = "Your ";
    if (f.setting && asked_as == fact::about::world && f.sentence.starts_with(your))
        return "The " + f.sentence.substr(your.size());
    return f.sentence;
}

CHATWIRE_DECL bool facts::add(fact f)
{
    if (f.key.empty() || f.value.empty() || f.key.size() > max_value || all_.size() >= most)
        return false;
    f.value = shorten(f.value, max_value);
    f.sentence = detail::capitalised(shorten(f.sentence, 2 * max_value));
    std::erase_if(all_, [&](fact const& x) {
        return x.whom == f.whom && (detail::many(f.key) ? x.sentence == f.sentence : x.key == f.key);
    });
    all_.push_back(std::move(f));
    return true;
}

CHATWIRE_DECL bool facts::add_setting(std::string_view path, std::string_view value)
{
    // `customData.city` is the city; only if there is one already, the whole path tells them apart
    auto const dot = path.rfind('.');
    auto const last = dot == path.npos || dot + 1 == path.size() ? path : path.substr(dot + 1);
    auto const whole = canonical_key(path);
    auto key = std::string(detail::without_modifiers(canonical_key(last)));
    if (last.size() != path.size() && std::any_of(all_.begin(), all_.end(), [&](fact const& x) {
            return x.whom == fact::about::user && x.key == key;
        }))
        key = std::string(detail::without_modifiers(whole));
    bool const many = key.ends_with("s") && !key.ends_with("ss") && !key.ends_with("us") && !key.ends_with("is");
    return add({.whom = fact::about::user,
                .key = key,
                .value = std::string(value),
                .sentence = "Your " + key + (many ? " are " : " is ") + std::string(value) + ".",
                .setting = true});
}

// `plan=premium, city=Lyon`
CHATWIRE_DECL bool facts::read_pairs(std::string_view sentence)
{
    bool found = false;
    auto const words = read_words(sentence).words;
    auto const has_equals = [](word const& w) {
        auto const at = w.text.find('=');
        return !w.mark && at != w.text.npos && at != 0;
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::size_t name = i, begin = 0, last = 0;
        if (has_equals(words[i])) {
            begin = words[i].begin + words[i].text.find('=') + 1;
            last = i;
        } else if (i > 0 && words[i].text == "=" && !words[i - 1].mark && i + 1 < words.size()) {
            name = i - 1;
            begin = words[i + 1].begin;
            last = i + 1;
        } else {
            continue;
        }
        while (last + 1 < words.size() && !detail::one_of(words[last + 1].text, ", ; ) ] } .") &&
               !has_equals(words[last + 1]) && !(last + 2 < words.size() && words[last + 2].text == "="))
            ++last;
        auto const& n = words[name].text;
        auto const end = words[last].end;
        if (end > begin)
            found =
                add_setting(std::string_view(n).substr(0, n.find('=')), sentence.substr(begin, end - begin)) || found;
        i = last;
    }
    return found;
}

// `Plan: premium`, `- **City**: Lyon`
CHATWIRE_DECL bool facts::read_line(std::string_view sentence)
{
    auto const colon = sentence.find(':');
    if (colon == sentence.npos ||
        (colon + 1 < sentence.size() && !detail::is_blank(sentence[colon + 1]) && sentence[colon + 1] != '*'))
        return false;
    auto head = read_words(sentence.substr(0, colon)).bare();
    while (!head.words.empty() && (detail::one_of(head.words[0].lower, "- + \xE2\x80\xA2 the this a our") ||
                                   detail::one_of(head.words[0].lower, detail::owner_bare)))
        head.words.erase(head.words.begin());
    auto const tail = read_words(sentence.substr(colon + 1)).bare();
    if (head.words.empty() || head.words.size() > 4 || tail.words.empty() ||
        detail::one_of(head.words.back().lower, "note important rules instructions remember example context facts here "
                                                "following variables data is are"))
        return false;
    return add_setting(head.verbatim(0, head.words.size()), tail.verbatim(0, tail.words.size()));
}

CHATWIRE_DECL void facts::read_instruction_clause(clause const& said)
{
    auto const c = said.essence();
    std::vector<capture> got;
    auto const fits = [&](std::string const& pattern) {
        auto m = match(pattern, c);
        if (m)
            got = std::move(*m);
        return m.has_value();
    };
    auto const text = [&](std::size_t n) { return c.verbatim(got[n - 1].first, got[n - 1].last); };
    // "if the user's name is known" states nothing: only an article may stand in front
    auto const plain_start = [&] {
        return got[0].empty() || (got[0].last == 1 && detail::one_of(c.words[0].lower, "the this our a -"));
    };
    static std::string const owner(detail::owner_words), user(detail::user_words);

    if (fits("* " + owner + " + is|are|was|were +") && plain_start()) {
        auto const name = text(3);
        if (name.find_first_of("._") != name.npos) {
            add_setting(name, text(5));
        } else {
            auto const key = canonical_key(name);
            add({fact::about::user, key, text(5), "Your " + name + " " + text(4) + " " + text(5) + "."});
        }
    } else if (fits("* " + user + " is|was called|named +") && plain_start()) {
        add({fact::about::user, "name", text(5), "Your name is " + text(5) + "."});
    } else if (fits("* " + user + " _ +") && plain_start()) {
        for (auto const& v : detail::verbs)
            if (v.third == c.words[got[2].first].lower) {
                add({fact::about::user, std::string(v.key), text(4),
                     "You " + std::string(v.second) + " " + text(4) + "."});
                break;
            }
    } else if (fits("your name is +")) {
        auto const name = detail::take_name(c, got[0].first);
        add({fact::about::model, "name", name, "My name is " + name + "."});
    } else if (fits("you are called|named +")) {
        auto const name = detail::take_name(c, got[1].first);
        add({fact::about::model, "name", name, "My name is " + name + "."});
    } else if (fits("you are +")) {
        auto const first = got[0].first;
        if (detail::looks_like_name(c.words[first]) && !detail::one_of(c.words[first].lower, detail::peoples)) {
            // with the marks: the name ends at a comma
            auto const are = detail::find_words(said.words, {"you", "are"});
            auto const name = detail::take_name(said, are + 2);
            add({fact::about::model, "name", name, "My name is " + name + "."});
        }
        add({fact::about::model, "role", text(1), "I am " + reflect(c, first, got[0].last) + "."});
    } else if (fits("+ is|are|was|were +") && got[0].last <= 8 &&
               !detail::one_of(c.words[0].lower, detail::no_subject)) {
        auto key = canonical_key(text(1));
        for (std::string_view article : {"the ", "our ", "a ", "an "})
            if (key.starts_with(article))
                key.erase(0, article.size());
        add({fact::about::world, key, text(3), reflect(c, 0, c.words.size()) + "."});
    }
}

CHATWIRE_DECL void facts::read_instruction(std::string_view text)
{
    // JSON objects first, and what is left around them as sentences
    std::string rest(text);
    for (int objects = 0; objects != 8; ++objects) {
        auto const found = detail::first_object(rest);
        if (found.empty())
            break;
        auto const at = static_cast<std::size_t>(found.data() - rest.data());
        detail::for_each_leaf(*detail::parse_json(found), [&](std::string const& path, boost::json::value const& v) {
            if (!v.is_null())
                add_setting(path, detail::say_json(v));
        });
        rest.replace(at, found.size(), "\n");
    }
    for (auto sentence : split_sentences(rest)) {
        if (read_pairs(sentence) || read_line(sentence))
            continue;
        for (auto const& c : split_clauses(sentence))
            read_instruction_clause(c);
    }
}

CHATWIRE_DECL std::vector<fact> facts::read_statement(clause const& said)
{
    std::vector<fact> learnt;
    if (said.question)
        return learnt;
    auto const learn = [&](fact f) {
        if (add(std::move(f)))
            learnt.push_back(all_.back());
    };

    auto c = said.essence();
    bool to_remember = false;
    for (std::string_view lead : {"remember *", "note that *", "keep in mind *", "do not forget *"})
        if (auto const m = match(lead, c)) {
            auto first = (*m)[0].first;
            if (first < c.words.size() && c.words[first].lower == "that")
                ++first;
            c.words.erase(c.words.begin(), c.words.begin() + static_cast<std::ptrdiff_t>(first));
            to_remember = true;
            break;
        }
    if (c.words.empty())
        return learnt;

    if (auto const name = given_name(said); !name.empty()) {
        learn({fact::about::user, "name", name, "Your name is " + name + "."});
        return learnt;
    }
    if (auto const m = match("* your name is *", c)) {
        auto const name = detail::take_name(c, (*m)[1].first);
        learn({fact::about::model, "name", name, "My name is " + name + "."});
        return learnt;
    }
    for (auto const& s : detail::statements) {
        auto const m = match(s.pattern, c);
        if (!m)
            continue;
        auto const value = (*m)[s.value - 1];
        auto const first = c.words[value.first].lower;
        auto const second = value.first + 1 < value.last ? c.words[value.first + 1].lower : std::string();
        auto const key = canonical_key(fill_in(s.key, c, *m));
        if (s.key == "be" &&
            (first.ends_with("ing") || (detail::one_of(first, detail::no_names) &&
                                        !detail::one_of(first, "a an the in at on new single married"))))
            continue;
        if (s.key == "have" && (detail::one_of(first, "to been no not had never just already") ||
                                detail::one_of(second, "question questions problem idea request doubt")))
            continue;
        // "my + is", "the + is": the key is a few words, and no half sentence
        if (s.key.find('[') != s.key.npos) {
            auto const names = (*m)[static_cast<std::size_t>(s.key[s.key.find('[') + 1] - '1')];
            bool plain = names.last - names.first <= 5;
            for (auto i = names.first; i != names.last; ++i)
                plain = plain &&
                        !detail::one_of(c.words[i].lower, "i you that if when who what which is are question point "
                                                          "problem only best worst way thing");
            if (!plain)
                continue;
        }
        bool const world = s.pattern.starts_with("the ");
        learn({world ? fact::about::world : fact::about::user, key, fill_in("(" + std::to_string(s.value) + ")", c, *m),
               fill_in(s.sentence, c, *m)});
        break;
    }
    if (learnt.empty() && to_remember)
        learn({fact::about::world, "note", reflect(c, 0, c.words.size()),
               "You asked me to remember this: " + reflect(c, 0, c.words.size()) + "."});
    return learnt;
}

CHATWIRE_DECL fact const* facts::find(std::string_view name, fact::about whom) const
{
    auto const key = canonical_key(name);
    if (key.empty())
        return nullptr;
    auto const bare = detail::without_modifiers(key);
    // From the strictest reading to the loosest; the latest fact first.
    std::function<bool(std::string const&)> const readings[] = {
        [&](std::string const& k) { return k == key; },
        [&](std::string const& k) { return k == bare || detail::without_modifiers(k) == bare; },
        [&](std::string const& k) { return detail::mean_the_same(k, key) || detail::mean_the_same(k, bare); },
        [&](std::string const& k) { return k + "s" == key || key + "s" == k; },
        [&](std::string const& k) { return k.starts_with(key + " ") || key.starts_with(k + " "); },
    };
    for (auto const& reading : readings)
        for (auto at = all_.rbegin(); at != all_.rend(); ++at)
            if ((at->whom == whom || (whom == fact::about::world && at->setting)) && reading(at->key))
                return &*at;
    return nullptr;
}

CHATWIRE_DECL std::string facts::user_name() const
{
    auto const* f = find("name", fact::about::user);
    return f ? f->value : std::string();
}

CHATWIRE_DECL std::string facts::model_name() const
{
    auto const* f = find("name", fact::about::model);
    return f ? f->value : std::string();
}

} // namespace chatwire::offline
#endif
