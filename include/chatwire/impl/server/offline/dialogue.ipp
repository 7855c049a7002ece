// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_OFFLINE_DIALOGUE_IPP
#define CHATWIRE_IMPL_SERVER_OFFLINE_DIALOGUE_IPP

#include <chatwire/impl/server/offline/facts.ipp>
#include <chatwire/impl/server/offline/pattern.ipp>
#include <chatwire/impl/server/offline/text.ipp>
#include <chatwire/impl/server/offline/words.ipp>
#include <chatwire/server/offline/arithmetic.hpp>
#include <chatwire/server/offline/dialogue.hpp>
#include <chatwire/server/offline/eliza.hpp>
#include <chatwire/server/offline/look_up.hpp>
#include <chatwire/server/offline/pattern.hpp>
#include <chatwire/server/offline/prose.hpp>
#include <chatwire/server/offline/text.hpp>

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <span>

namespace chatwire::offline {
namespace detail {

inline std::string small_start(std::string s)
{
    if (!s.empty() && is_upper(s[0]) && !s.starts_with("I "))
        s[0] = static_cast<char>(s[0] - 'A' + 'a');
    return s;
}

inline void append_sentence(std::string& out, std::string_view s)
{
    if (s.empty())
        return;
    if (!out.empty())
        out += ' ';
    out += s;
}

// A question without what only leads to it: "Can you tell me", "do you remember", and "please" at the end.
inline clause core_of(clause const& said)
{
    static constexpr std::string_view leads[] = {
        "can|could|would|will you please|kindly +",
        "can|could|would|will you tell|remind|give|show me +",
        "do|can you still|also|even know|remember|recall|see +",
        "do|can you know|remember|recall|see +",
        "tell|remind|give|show me +",
        "i|we want|need to know +",
        "i would like|love to know +",
        "i forgot|wonder +",
        "of|if|whether|again +",
    };
    auto c = said.essence();
    for (bool again = true; again;) {
        again = false;
        for (auto lead : leads)
            if (auto const m = match(lead, c)) {
                c.words.erase(c.words.begin(), c.words.begin() + static_cast<std::ptrdiff_t>(m->back().first));
                again = true;
                break;
            }
        // "can you say", "could you count": a request is in it
        if (auto const m = match("can|could|would|will you say|repeat|echo|count|calculate|compute|add|list *", c)) {
            c.words.erase(c.words.begin(), c.words.begin() + static_cast<std::ptrdiff_t>((*m)[1].first));
            again = true;
        }
    }
    while (c.words.size() > 1 && one_of(c.words.back().lower, "please again now then thanks currently exactly still"))
        c.words.pop_back();
    return c;
}

// The keys named in the words from `first` up to `last`: "name, plan and city" names three.
inline std::vector<std::string> listed_keys(clause const& c, capture const& at)
{
    std::vector<std::string> keys;
    auto start = at.first;
    auto const flush = [&](std::size_t end) {
        while (start < end && one_of(c.words[start].lower, "my the and our"))
            ++start;
        if (start < end)
            keys.push_back(c.verbatim(start, end));
        start = end;
    };
    for (auto i = at.first; i < at.last; ++i) {
        if (one_of(c.words[i].lower, "and or")) {
            flush(i);
            start = i + 1;
        } else if (i > at.first) {
            auto const between = c.source.substr(c.words[i - 1].end, c.words[i].begin - c.words[i - 1].end);
            if (between.find(',') != between.npos)
                flush(i);
        }
    }
    flush(at.last);
    return keys;
}

// Whether all words of `what` are in a text, but for "my", "the" and the like.
inline bool speaks_of(std::string_view text, std::string_view what)
{
    auto const key = canonical_key(what), in = canonical_key(text);
    bool any = false;
    std::string_view left = key;
    while (!left.empty()) {
        auto const n = std::min(left.find(' '), left.size());
        auto const w = left.substr(0, n);
        if (!one_of(w, "my your the a an our this that of name is")) {
            if (!one_of(w, in))
                return false;
            any = true;
        }
        left.remove_prefix(std::min(n + 1, left.size()));
    }
    return any;
}

// Whether one text is in the other as whole words, whatever the case.
inline bool mentions(std::string_view text, std::string_view what)
{
    auto const a = ' ' + canonical_key(text) + ' ', b = ' ' + canonical_key(what) + ' ';
    return b.size() > 2 && a.find(b) != a.npos;
}

struct known_question {
    std::string_view pattern;
    std::string_view keys; // of the facts that answer it, the first that is known counts
    std::string_view unknown;
};

inline constexpr known_question known_questions[] = {
    {"where am|do i from|come *", "origin city", "where you are from"},
    {"where do|did i live|stay|reside *", "city", "where you live"},
    {"where i live|stay|reside *", "city", "where you live"},
    {"where do|did i work *", "company job", "where you work"},
    {"who|whom do|did i work for", "company job", "whom you work for"},
    {"where am i *", "city", "where you are"},
    {"where i am *", "city", "where you are"},
    {"how old am i *", "age", "how old you are"},
    {"how old i am *", "age", "how old you are"},
    {"when|where was i born", "birthday", "that about your birth"},
    {"what do|did i do *", "job company be", "what you do"},
    {"what do|did i work *", "job company", "what you do"},
    {"what|which language|languages do|can i speak *", "language", "which languages you speak"},
    {"what am i *", "be job", "what you are"},
};

inline constexpr known_question many_questions[] = {
    {"* do|did i like|love|enjoy|prefer|adore *", "like", "what you like"},
    {"* do|did i hate|dislike *", "dislike", "what you dislike"},
    {"* i do not like *", "dislike", "what you dislike"},
    {"what i like|love|enjoy|prefer *", "like", "what you like"},
    {"what do|did i have|own *", "have", "what you have"},
    {"what do|did i play *", "play", "what you play"},
    {"what do|did i study *", "study", "what you study"},
    {"what do|did i want|need *", "want", "what you want"},
    {"what do|did i use *", "use", "what you use"},
};

// Answers the questions of one message.
class answerer {
public:
    answerer(facts const& known, std::string const& name, std::vector<std::string> const& instructions,
             std::vector<std::string> const& heard, std::vector<std::string> const& said)
        : known_(known), name_(name), instructions_(instructions), heard_(heard), said_(said)
    {
    }

    // The answer to a question about the conversation; nothing if it is about anything else.
    std::optional<std::string> answer(clause const& raw)
    {
        c_ = core_of(raw);
        if (c_.words.empty())
            return std::nullopt;
        for (auto const way : {&answerer::counting, &answerer::sums, &answerer::tales, &answerer::literal,
                               &answerer::history, &answerer::of_the_model, &answerer::of_the_user,
                               &answerer::yes_or_no, &answerer::by_key, &answerer::from_the_texts})
            if (auto s = (this->*way)(raw))
                return s;
        return std::nullopt;
    }

    // The same for what has no question mark, but can be worked out.
    std::optional<std::string> work(clause const& raw)
    {
        c_ = core_of(raw);
        auto s = counting(raw);
        return s ? s : sums(raw);
    }

    std::string who_i_am() const
    {
        auto const name = known_.model_name().empty() ? name_ : known_.model_name();
        std::string s = "I am " + name + ", a small offline model: I keep facts, count, add, and call tools.";
        if (auto const* role = known_.find("role", fact::about::model); role && !mentions(role->value, name))
            s = "My name is " + name + ". " + role->sentence;
        return s;
    }

private:
    bool fits(std::string_view pattern)
    {
        auto m = match(pattern, c_);
        if (m)
            got_ = std::move(*m);
        return m.has_value();
    }
    bool any(std::initializer_list<std::string_view> patterns)
    {
        return std::any_of(patterns.begin(), patterns.end(), [&](std::string_view p) { return fits(p); });
    }
    std::string text(std::size_t n) const { return c_.verbatim(got_[n - 1].first, got_[n - 1].last); }
    bool has(std::string_view list) const
    {
        return std::any_of(c_.words.begin(), c_.words.end(), [&](word const& w) { return one_of(w.lower, list); });
    }

    std::optional<std::string> counting(clause const&)
    {
        if (any({"count from _ to|until|till|through _ *"}))
            return count(text(1), text(3));
        if (any({"count up to _ *", "count to|till|until _ *"}))
            return count("1", text(got_.size() - 1));
        return std::nullopt;
    }

    static std::optional<std::string> count(std::string_view from, std::string_view to)
    {
        auto const first = whole_number(from), last = whole_number(to);
        if (!first || !last)
            return std::nullopt;
        long n = *first;
        auto out = std::to_string(n);
        for (int i = 1; n != *last && i != 1000; ++i) {
            n += n < *last ? 1 : -1;
            out += ", " + std::to_string(n);
        }
        return out + '.';
    }

    static std::optional<long> whole_number(std::string_view s)
    {
        constexpr std::string_view words[] = {"zero", "one",   "two",   "three", "four", "five",
                                              "six",  "seven", "eight", "nine",  "ten"};
        for (std::size_t i = 0; i != std::size(words); ++i)
            if (to_lower(s) == words[i])
                return static_cast<long>(i);
        long v = 0;
        auto const [end, ec] = std::from_chars(s.data(), s.data() + s.size(), v);
        if (ec != std::errc() || end != s.data() + s.size() || v < -1000000 || v > 1000000)
            return std::nullopt;
        return v;
    }

    std::optional<std::string> sums(clause const& raw)
    {
        auto const at = raw.words.empty() ? std::string_view()
                                          : raw.source.substr(raw.words.front().begin,
                                                              raw.words.back().end - raw.words.front().begin);
        auto sum = work_out(at);
        if (!sum && any({"* add|sum|plus _ and|to|plus _", "* sum|total of _ and _"}))
            sum = work_out(text(3) + " + " + text(got_.size()));
        if (!sum && any({"* multiply _ by|with|and _", "* product of _ and _"}))
            sum = work_out(text(2) + " * " + text(got_.size()));
        if (!sum && any({"* subtract _ from _"}))
            sum = work_out(text(3) + " - " + text(2));
        if (!sum && any({"* divide _ by _"}))
            sum = work_out(text(2) + " / " + text(3));
        if (sum)
            *sum += '.';
        return sum;
    }

    // "Tell me a story", "Write 200 words": something long
    std::optional<std::string> tales(clause const&)
    {
        if (any({"write|generate|produce|give|output|stream * _ words *", "write|tell|give me * _ words *"}))
            if (auto const n = whole_number(text(got_.size() - 1)); n && *n > 0)
                return tale(static_cast<std::size_t>(*n));
        if (!c_.words.empty() && !one_of(c_.words[0].lower, question_words) &&
            any({"* story|tale|fairytale *", "* long text|answer|message|reply *"}))
            return tale(120);
        return std::nullopt;
    }

    // What an instruction says in any words, or the user said before.
    std::optional<std::string> from_the_texts(clause const&)
    {
        if ((has("you your") && !has("tell know")) || look_ups_ == 8) // each reads all there is
            return std::nullopt;
        ++look_ups_;
        auto const found = look_up(c_, instructions_);
        if (!found.empty()) {
            auto s = reflect(found);
            if (std::string_view(".!?\"").find(s.back()) == std::string_view::npos)
                s += '.';
            return s;
        }
        auto const before = std::span(heard_).first(heard_.empty() ? 0 : heard_.size() - 1);
        auto const said = look_up(c_, before, 2);
        return said.empty() ? std::nullopt : std::optional("You said: " + quote(said));
    }

    // "Say X", "Reply with exactly X"
    std::optional<std::string> literal(clause const&)
    {
        std::size_t first = 0;
        if (fits("reply|respond|answer with|only|just|exactly +") || fits("say|echo +") || fits("repeat after me +") ||
            fits("repeat the word|words|sentence|text|following +") || fits("repeat +"))
            first = got_.back().first;
        else
            return std::nullopt;
        auto const lead = first;
        while (first < c_.words.size() &&
               one_of(c_.words[first].lower,
                      "with exactly just only the word words sentence text following single this") &&
               first + 1 < c_.words.size() && first < lead + 5)
            ++first;
        auto const& next = c_.words[first].lower;
        if (one_of(next, "my your yourself that something anything what a an me it"))
            return next == "that" || next == "yourself" || next == "it" ? repeat_last() : std::nullopt;
        return c_.verbatim(first, c_.words.size());
    }

    std::optional<std::string> repeat_last() const
    {
        if (said_.empty())
            return "I have not said anything yet.";
        return said_.back();
    }

    static std::string quote(std::string_view s)
    {
        std::string one_line(s);
        std::replace(one_line.begin(), one_line.end(), '\n', ' ');
        return '"' + shorten(one_line, 300) + '"';
    }

    // "What did I say first?"
    std::optional<std::string> history(clause const&)
    {
        bool const counts = any({"how many messages|questions|turns|times *"});
        if (counts)
            return "You have sent me " + std::to_string(heard_.size()) +
                   (heard_.size() == 1 ? " message so far." : " messages so far.");
        constexpr std::string_view spoke = "say said ask asked tell told write wrote mention mentioned talk talked";
        bool const mine = any({"what|which * did|have|had i *", "what i * said|asked|told|wrote|mentioned *",
                               "what i just *", "repeat what i *"}) &&
                          has(spoke);
        bool const my_message = any({"* my first|last|previous|second|third|earlier "
                                     "message|question|sentence|words|prompt|request|statement *"});
        bool const yours = any({"what|which * did|have|had you *", "repeat what you *", "what you just *"}) &&
                           has("say said answer answered reply replied tell told");
        bool const your_message = any({"* your first|last|previous answer|message|reply|response|words *"});
        if (!mine && !my_message && !yours && !your_message)
            return std::nullopt;
        bool const of_user = mine || my_message;
        if (of_user && (fits("* about me|myself") || (fits("* i tell|told you") && !has("first last before just"))))
            return everything();
        auto const n = of_user ? heard_.size() - 1 : said_.size(); // this message is not among them
        auto const& list = of_user ? heard_ : said_;
        if (of_user && fits("* about +")) {
            auto const topic = text(2);
            for (std::size_t i = n; i-- > 0;)
                if (speaks_of(list[i], topic))
                    return "You said: " + quote(list[i]);
            return "You have not said anything about " + reflect(c_, got_[1].first, got_[1].last) + " yet.";
        }
        if (n == 0)
            return of_user ? "You have not said anything before that." : "I have not said anything yet.";
        std::size_t at = n - 1;
        std::string_view which = "last";
        if (has("first initially beginning start originally")) {
            at = 0;
            which = "first";
        } else if (has("second") && n > 1) {
            at = 1;
            which = "second";
        } else if (has("third") && n > 2) {
            at = 2;
            which = "third";
        }
        return std::string(of_user ? "The " : "My ") + std::string(which) +
               (of_user ? " thing you said was: " : " answer was: ") + quote(list[at]);
    }

    std::optional<std::string> of_the_model(clause const&)
    {
        if (any({"who|what are you *", "who you are", "what is your name *", "your name", "what your name is",
                 "who is this", "do you have a name", "introduce yourself *", "about you|yourself *", "who you are *"}))
            return who_i_am();
        if (any({"are you a|an *", "are you real|human|alive|sentient *"}))
            return "I am a small program. " + who_i_am();
        if (any({"what can you do *", "what are you able to *", "what do you do *", "how can you help *",
                 "what you can do *", "help", "help me"}))
            return "I remember what you tell me and answer questions about it, count and add, fill in JSON schemas, "
                   "and "
                   "call the tools of a request. No network is involved.";
        if (any({"how are you *", "how do you do *", "how is it going *", "how are things *", "what is up *"}))
            return "I am well, thank you. How are you?";
        if (any({"what|which|where|who is|are your +", "what your + is|are"}))
            if (auto const* f = known_.find(text(got_.size() == 3 ? 3 : 1), fact::about::model))
                return f->sentence;
        return std::nullopt;
    }

    std::optional<std::string> of_the_user(clause const&)
    {
        if (any({"* what do|have|can|did you know|known|remember|remembered|learn|learned|learnt|recall about me *",
                 "* everything|all|anything * you know|remember *", "about me|myself *", "describe me *",
                 "what you know|remember about me *", "what do you know|remember", "what do i tell|told you *",
                 "summarize|summarise|recap me|our|this|the|conversation|chat *", "list my facts *",
                 "what are my facts|details|data *"}))
            return everything();
        if (any({"who am i *", "who i am *", "me", "what do|should|will you call me"})) {
            auto const name = known_.user_name();
            if (name.empty())
                return unknown("who you are");
            std::string s = "You are " + name + ".";
            for (auto const& f : known_.all())
                if (f.whom == fact::about::user && f.key == "be")
                    append_sentence(s, f.sentence);
            return s;
        }
        for (auto const& q : known_questions)
            if (fits(q.pattern)) {
                for (auto key : split_blanks(q.keys))
                    if (auto const* f = known_.find(key, fact::about::user))
                        return f->sentence;
                return unknown(q.unknown);
            }
        for (auto const& q : many_questions)
            if (c_.words[0].lower != "do" && c_.words[0].lower != "did" && fits(q.pattern)) {
                std::string s;
                for (auto const& f : known_.all())
                    if (f.whom == fact::about::user && f.key == q.keys)
                        append_sentence(s, f.sentence);
                // "which color do I like": a favourite is one, too
                for (auto const& f : known_.all())
                    if (s.empty() && q.keys == "like" && f.whom == fact::about::user && f.key.starts_with("favorite "))
                        append_sentence(s, f.sentence);
                return s.empty() ? unknown(q.unknown) : s;
            }
        return std::nullopt;
    }

    std::optional<std::string> yes_or_no(clause const&)
    {
        if (fits("do|did i * like|love|enjoy|prefer|adore|hate|dislike|have|own|live|work|speak|play|study|come +") ||
            fits("am|was * i +")) {
            bool const am = c_.words[0].lower == "am" || c_.words[0].lower == "was";
            auto at = got_.back();
            while (at.first + 1 < at.last && one_of(c_.words[at.first].lower, "a an the in at on from for my called"))
                ++at.first;
            auto const what = c_.verbatim(at.first, at.last);
            bool const dislikes = !am && one_of(c_.words[got_[2].first].lower, "hate dislike");
            for (auto const& f : known_.all())
                if (f.whom == fact::about::user && mentions(f.value, what)) {
                    bool const same = f.key == "like" ? !dislikes : f.key == "dislike" ? dislikes : true;
                    return (same ? "Yes. " : "No. ") + f.sentence;
                }
            return am && fits("am i in|on|at +")
                       ? std::nullopt
                       : std::optional<std::string>("Not as far as I know. You have not told me so.");
        }
        bool const my = fits("is|are|was|were my +");
        if (!my && !fits("is|are|was|were the +"))
            return std::nullopt;
        auto const rest = got_[1];
        auto const whom = my ? fact::about::user : fact::about::world;
        for (auto n = std::min(rest.last, rest.first + 5); n > rest.first + 0; --n)
            if (auto const* f = n < rest.last ? known_.find(c_.verbatim(rest.first, n), whom) : nullptr) {
                auto const claim = c_.verbatim(n, rest.last);
                return (mentions(f->value, claim) || mentions(claim, f->value) ? "Yes. " : "No. ") + say(*f, whom);
            }
        return std::nullopt;
    }

    std::optional<std::string> by_key(clause const&)
    {
        using about = fact::about;
        if (any({"what|which|who|where|when|how is|are|was|were|about my +",
                 "what|which|who|where|when is|are your|the * of my +"}))
            return of_keys(got_.back(), about::user, true);
        if (any({"what|which|who|where|when|how my + is|are|was|were"}))
            return of_keys(got_[1], about::user, true);
        if (any({"my +", "about my +", "say|repeat|list|state|print|name|get|spell my +"}))
            return of_keys(got_.back(), about::user, true);
        if (any({"in|on|at which|what + am|do|did|was i *"}))
            return of_keys(got_[2], about::user, true);
        if (any({"what|which|whose + am|do|did|was|have i *"}))
            return of_keys(got_[1], about::user, true);
        if (any({"what|which + i am|have *"}))
            return of_keys(got_[1], about::user, true);
        if (any({"what|which|who|where|when|how is|are|was|were|about the|our|a|an|this +"}))
            return of_keys(got_.back(), about::world, false);
        if (any({"what|which|who|where|when|how the + is|are|was|were"}))
            return of_keys(got_[1], about::world, false);
        if (any({"the +", "about the +"}))
            return of_keys(got_.back(), about::world, false);
        if (any({"what|who|where|when|how is|are|was|were|about +"})) {
            if (auto s = of_keys(got_.back(), about::world, false))
                return s;
            return of_keys(got_.back(), about::user, false);
        }
        return std::nullopt;
    }

    std::optional<std::string> of_keys(capture at, fact::about whom, bool is_mine) const
    {
        std::string out;
        bool found = false;
        if (one_of(c_.words[at.first].lower, owner_bare)) // "the user's plan"
            whom = fact::about::user;
        while (at.last - at.first > 1 && one_of(c_.words[at.last - 1].lower, "called named again today now please"))
            --at.last;
        std::string front; // of the first key: "favorite" of "favorite food and drink"
        for (auto const& key : listed_keys(c_, at)) {
            auto const* f = known_.find(key, whom);
            if (!f && !front.empty())
                f = known_.find(front + key, whom);
            if (auto const blank = key.rfind(' '); front.empty() && blank != key.npos)
                front = key.substr(0, blank + 1);
            if (!f && whom == fact::about::user) // "I have a dog named Rex"
                for (auto const& other : known_.all())
                    if (other.whom == whom && many(other.key) && speaks_of(other.value, key))
                        f = &other;
            if (f) {
                found = true;
                append_sentence(out, say(*f, whom));
            } else if (is_mine) {
                append_sentence(out, *unknown("your " + reflect(shorten(key, 100))));
            }
        }
        // notes say what they say in any words
        if (!found && whom == fact::about::world)
            for (auto const& f : known_.all())
                if (f.key == "note" && mentions(f.value, c_.verbatim(at.first, at.last)))
                    return f.sentence;
        if (!found && !is_mine)
            return std::nullopt;
        return out;
    }

    std::string everything() const
    {
        std::string s;
        for (auto const& f : known_.all())
            if (f.whom == fact::about::user || f.key == "note") {
                if (s.size() > 2000)
                    break;
                append_sentence(s, f.sentence);
            }
        return s.empty() ? "I do not know anything about you yet. Tell me something, and I will remember it."
                         : "This is what I know: " + s;
    }

    static std::optional<std::string> unknown(std::string_view what)
    {
        return "I do not know " + std::string(what) + ". Tell me, and I will remember it.";
    }

    facts const& known_;
    std::string const& name_;
    std::vector<std::string> const& instructions_;
    std::vector<std::string> const& heard_;
    std::vector<std::string> const& said_;
    clause c_{};
    std::vector<capture> got_{};
    int look_ups_ = 0;
};

inline constexpr std::string_view greetings =
    "hello hi hey hiya howdy greetings hallo hola bonjour ciao moin salut servus";

inline bool greets(clause const& sentence)
{
    auto const c = sentence.bare();
    return !c.words.empty() &&
           (one_of(c.words[0].lower, greetings) || match("good morning|afternoon|evening|day *", c).has_value());
}

// Only a greeting, perhaps with words like "there" after it.
inline bool only_greets(clause const& said)
{
    auto const c = said.bare();
    return greets(c) && std::all_of(c.words.begin(), c.words.end(), [](word const& w) {
               return one_of(w.lower, greetings) ||
                      one_of(w.lower,
                             "there again everybody all world you good morning afternoon evening day to my friend");
           });
}

inline bool thanks(clause const& said)
{
    auto const c = said.bare();
    return match("* thank you *", c) || match("* thanks *", c);
}

inline bool leaves(clause const& said)
{
    auto const c = said.bare();
    return match("* bye|goodbye|farewell", c) || match("bye|goodbye|farewell *", c) || match("see you *", c) ||
           match("* see you later|soon|tomorrow", c) || match("good night *", c);
}

inline std::vector<clause> all_clauses(std::string_view text)
{
    std::vector<clause> out;
    for (auto s : split_sentences(text))
        for (auto& c : split_clauses(s))
            out.push_back(std::move(c));
    return out;
}

// Letters of other alphabets are most of it, or little words of other languages are in it, and few English ones.
inline bool is_foreign(std::string_view text)
{
    constexpr std::string_view theirs = "je suis mon ma est les des une et qui pas vous avec dans pour ich bin mein "
                                        "meine ist der das und nicht wie wer ein "
                                        "eine mit auf wo el los las una es mi su que como soy por con donde io sono il "
                                        "gli della che non dove eu sou meu "
                                        "com jag och inte ik niet een het";
    constexpr std::string_view ours = "the a an is are am i you my your me what who how where when why which of to and "
                                      "it do does have that this not with "
                                      "for on at be was will would we they";
    std::size_t foreign = 0, english = 0;
    for (auto const& w : read_words(text.substr(0, std::min<std::size_t>(text.size(), 2000))).words) {
        foreign += one_of(w.lower, theirs);
        english += one_of(w.lower, ours);
    }
    if (foreign >= 2 && foreign > 2 * english)
        return true;
    std::size_t ascii = 0, other = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const b = static_cast<unsigned char>(text[i]);
        if (is_upper(text[i]) || is_lower(text[i]))
            ++ascii;
        else if (b >= 0xC3 && b < 0xF0 && b != 0xE2 && b != 0xEF)
            ++other;
    }
    return other > ascii;
}

} // namespace detail

CHATWIRE_DECL void dialogue::instruct(std::string_view text)
{
    instructions_.emplace_back(text);
    known_.read_instruction(text);
}

CHATWIRE_DECL void dialogue::hear(std::string_view text)
{
    heard_.emplace_back(text);
    learnt_.clear();
    name_was_known_ = !known_.user_name().empty();
    for (auto const& c : detail::all_clauses(heard_.back()))
        learnt_.push_back(known_.read_statement(c));
}

CHATWIRE_DECL void dialogue::recall(std::string_view text) { said_.emplace_back(text); }

CHATWIRE_DECL std::string dialogue::answer(std::size_t variant) const
{
    detail::answerer with(known_, name_, instructions_, heard_, said_);
    if (heard_.empty())
        return "Hello! " + with.who_i_am() + " What is on your mind?";
    std::string_view const text = heard_.back();
    auto const turn = heard_.size() - 1 + variant;
    auto const clauses = detail::all_clauses(text);
    if (read_words(text).bare().words.empty())
        return "You have not said anything. What is on your mind?";

    constexpr std::size_t most = 1500; // bytes; what is asked beyond is not answered
    auto const name = known_.user_name();
    bool greeted = false, learnt_name = false, thanked = false, leaves = false;
    std::string told, asked;
    std::vector<clause> rest, liked;
    for (auto s : split_sentences(text)) {
        auto const sentence = read_words(s);
        greeted = greeted || detail::greets(sentence);
        thanked = thanked || detail::thanks(sentence);
        leaves = leaves || detail::leaves(sentence);
    }
    for (std::size_t i = 0; i != clauses.size(); ++i) {
        auto const& c = clauses[i];
        auto const plain = c.essence();
        bool const asks = (c.question && !match("do not *", plain)) || match("i forgot|forget my +", plain) ||
                          match("i do not know|remember my +", plain) || match("help me", plain) ||
                          match("help", plain);
        auto const& learnt = i < learnt_.size() ? learnt_[i] : std::vector<fact>();
        for (auto const& f : learnt) {
            if (f.whom == fact::about::user && f.key == "name") {
                learnt_name = true;
                continue;
            }
            if (f.whom == fact::about::user && (f.key == "like" || f.key == "dislike"))
                liked.push_back(c);
            if (told.size() > most)
                continue;
            detail::append_sentence(told, f.key == "note" ? "I will remember this: " + f.value + "."
                                          : told.empty()  ? "Noted: " + detail::small_start(f.sentence)
                                                          : f.sentence);
        }
        if (!learnt.empty() || detail::only_greets(c))
            continue;
        if (detail::thanks(c) || detail::leaves(c)) {
            continue;
        } else if (match("nice|pleased|glad to meet you *", plain)) {
            greeted = true;
        } else if (asked.size() > most) {
            break;
        } else if (!asked.empty() && match("what|who|where|when is|was it|that|this", plain)) {
            continue; // answered already
        } else if (auto s = asks ? with.answer(c) : with.work(c)) {
            detail::append_sentence(asked, *s);
        } else {
            rest.push_back(c);
            rest.back().question = asks;
        }
    }

    std::string out;
    if (learnt_name)
        out = name_was_known_ ? "All right, " + name + "." : "Hello, " + name + "! Nice to meet you.";
    else if (greeted)
        out = name.empty() ? "Hello!" : "Hello, " + name + "!";
    detail::append_sentence(out, told);
    if (!asked.empty()) {
        constexpr std::string_view openings[] = {"", "As far as I know:", "As I remember it:", "From what I was told:"};
        detail::append_sentence(out, openings[variant % std::size(openings)]);
        detail::append_sentence(out, asked);
    }
    if (thanked)
        detail::append_sentence(out, "You are welcome.");
    if (leaves)
        detail::append_sentence(out, name.empty() ? "Goodbye!" : "Goodbye, " + name + "!");
    bool const open_questions = std::any_of(rest.begin(), rest.end(), [](clause const& c) { return c.question; });
    std::string_view const before = said_.empty() ? std::string_view() : std::string_view(said_.back());
    if (!rest.empty() && (open_questions || (out.empty() || (asked.empty() && told.empty() && !thanked && !leaves)))) {
        if (detail::is_foreign(text))
            detail::append_sentence(out, "I only know a little English, so all I can do with this is repeat it: " +
                                             shorten(text, 200));
        else
            detail::append_sentence(out, eliza().answer(rest, turn, before));
    } else if (asked.empty() && !liked.empty()) {
        detail::append_sentence(out, eliza().answer(liked, turn, before));
    } else if (asked.empty() && told.empty() && !thanked && !leaves && !out.empty()) {
        detail::append_sentence(out, "What can I do for you?");
    }
    if (out.empty())
        out = eliza().answer({read_words(text)}, turn, before);
    return out;
}

} // namespace chatwire::offline
#endif
