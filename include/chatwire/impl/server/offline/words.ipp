// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_OFFLINE_WORDS_IPP
#define CHATWIRE_IMPL_SERVER_OFFLINE_WORDS_IPP

#include <chatwire/impl/server/offline/text.ipp>
#include <chatwire/server/offline/text.hpp>
#include <chatwire/server/offline/words.hpp>

#include <algorithm>
#include <initializer_list>

namespace chatwire::offline {
namespace detail {

// Whether `w` is one of the words of `list`, which are separated by blanks.
inline bool one_of(std::string_view w, std::string_view list)
{
    if (w.empty())
        return false;
    for (auto at = list.find(w); at != list.npos; at = list.find(w, at + 1))
        if ((at == 0 || list[at - 1] == ' ') && (at + w.size() == list.size() || list[at + w.size()] == ' '))
            return true;
    return false;
}

// The mark at the front of `s`, 0 bytes if there is none.
inline std::size_t opening_mark(std::string_view s) noexcept
{
    if (s.empty())
        return 0;
    if (std::string_view("([{\"'<*.,!?;:)]}>").find(s[0]) != std::string_view::npos)
        return 1;
    for (std::string_view m : {"\xE2\x80\x98", "\xE2\x80\x9C", "\xE2\x80\x99", "\xE2\x80\x9D", "\xC2\xAB", "\xC2\xBB",
                               "\xC2\xBF", "\xC2\xA1", "\xE2\x80\xA6", "\xE2\x80\x94", "\xE2\x80\x93", "\xE3\x80\x82",
                               "\xEF\xBC\x9F", "\xEF\xBC\x81", "\xEF\xBC\x8C", "\xE3\x80\x81"})
        if (s.starts_with(m))
            return m.size();
    return 0;
}

inline std::size_t closing_mark(std::string_view s) noexcept
{
    if (s.empty())
        return 0;
    if (std::string_view(".,!?;:)]}\"'>*").find(s.back()) != std::string_view::npos)
        return 1;
    for (std::string_view m :
         {"\xE2\x80\x99", "\xE2\x80\x9D", "\xC2\xBB", "\xE2\x80\xA6", "\xE2\x80\x94", "\xE2\x80\x93", "\xE3\x80\x82",
          "\xEF\xBC\x9F", "\xEF\xBC\x81", "\xEF\xBC\x8C", "\xE3\x80\x81"})
        if (s.ends_with(m))
            return m.size();
    return 0;
}

struct contraction {
    std::string_view whole;
    std::string_view first, second;
};

inline constexpr contraction contractions[] = {
    {"i'm", "I", "am"},
    {"i've", "I", "have"},
    {"i'll", "I", "will"},
    {"i'd", "I", "would"},
    {"im", "I", "am"},
    {"you're", "you", "are"},
    {"you've", "you", "have"},
    {"you'll", "you", "will"},
    {"you'd", "you", "would"},
    {"we're", "we", "are"},
    {"we've", "we", "have"},
    {"they're", "they", "are"},
    {"it's", "it", "is"},
    {"that's", "that", "is"},
    {"there's", "there", "is"},
    {"he's", "he", "is"},
    {"she's", "she", "is"},
    {"what's", "what", "is"},
    {"whats", "what", "is"},
    {"who's", "who", "is"},
    {"where's", "where", "is"},
    {"when's", "when", "is"},
    {"how's", "how", "is"},
    {"let's", "let", "us"},
    {"don't", "do", "not"},
    {"dont", "do", "not"},
    {"doesn't", "does", "not"},
    {"didn't", "did", "not"},
    {"can't", "can", "not"},
    {"cannot", "can", "not"},
    {"cant", "can", "not"},
    {"won't", "will", "not"},
    {"wouldn't", "would", "not"},
    {"couldn't", "could", "not"},
    {"shouldn't", "should", "not"},
    {"isn't", "is", "not"},
    {"aren't", "are", "not"},
    {"wasn't", "was", "not"},
    {"weren't", "were", "not"},
    {"haven't", "have", "not"},
    {"hasn't", "has", "not"},
    {"name's", "name", "is"},
};

// Lower case, a plain apostrophe for the curly one, and no emoji at the end.
inline std::string comparable(std::string_view w)
{
    for (;;) { // emoji take four bytes and start with F0 9F; a variation selector may follow
        if (w.size() > 4 && static_cast<unsigned char>(w[w.size() - 4]) == 0xF0)
            w.remove_suffix(4);
        else if (w.size() > 3 && w.ends_with("\xEF\xB8\x8F"))
            w.remove_suffix(3);
        else
            break;
    }
    auto out = to_lower(w);
    for (auto at = out.find("\xE2\x80\x99"); at != out.npos; at = out.find("\xE2\x80\x99", at))
        out.replace(at, 3, "'");
    return out;
}

inline void push_mark(std::vector<word>& to, std::string_view text, std::size_t begin, std::size_t n)
{
    auto const m = std::string(text.substr(begin, n));
    to.push_back({begin, begin + n, m, m, true});
}

// One run without blanks: marks from its front, marks from its end, and what is between them.
inline void push_run(std::vector<word>& to, std::string_view text, std::size_t begin, std::size_t end)
{
    auto const run = [&] { return text.substr(begin, end - begin); };
    while (auto const n = opening_mark(run())) {
        push_mark(to, text, begin, n);
        begin += n;
    }
    auto const stop = end;
    while (auto const n = closing_mark(run()))
        end -= n;
    if (begin != end) {
        auto lower = comparable(run());
        auto const* split = std::find_if(std::begin(contractions), std::end(contractions),
                                         [&](contraction const& c) { return c.whole == lower; });
        if (split != std::end(contractions)) {
            auto const middle = begin + std::min(split->first.size(), end - begin);
            to.push_back({begin, middle, std::string(split->first), to_lower(split->first), false});
            to.push_back({middle, end, std::string(split->second), std::string(split->second), false});
        } else {
            to.push_back({begin, end, std::string(run()), std::move(lower), false});
        }
    }
    while (end != stop) {
        auto const n = std::max<std::size_t>(1, opening_mark(text.substr(end, stop - end)));
        push_mark(to, text, end, n);
        end += n;
    }
}

// "one,two" is three words, "1,000" is one
inline bool inner_comma(std::string_view text, std::size_t i)
{
    auto const digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
    return std::string_view(",;!?").find(text[i]) != std::string_view::npos && !(i > 0 && digit(i - 1) && digit(i + 1));
}

inline constexpr std::string_view fillers =
    "so and but or well ok okay hey please now then also oh um uh again first btw yes no yeah yep actually just "
    "plus thanks alright right sure hmm ah";

inline constexpr std::string_view question_words =
    "what who whom whose where when which why how do does did is are am was were can could will would should may "
    "has whats";

inline constexpr std::string_view request_words =
    "tell remind give say repeat show list state print name spell echo count calculate compute write describe "
    "explain summarize summarise translate create generate reply respond answer call use run invoke look find get "
    "fetch search check draft compose guess solve";

inline constexpr std::string_view clause_starters =
    "i my we our what who where when which why how do does did can could will would is are am tell please call say "
    "repeat remember give remind use you your their they nice thank thanks";

// The first word that is neither a mark nor a filler.
inline std::size_t skip_fillers(std::vector<word> const& words, std::size_t i = 0)
{
    while (i < words.size() && (words[i].mark || one_of(words[i].lower, fillers)))
        ++i;
    return i;
}

inline bool starts_clause(std::vector<word> const& words, std::size_t i)
{
    // a few fillers at most, for every word of a text may be one
    for (int fillers_left = 4; i < words.size() && (words[i].mark || one_of(words[i].lower, fillers)); ++i)
        if (fillers_left-- == 0)
            return false;
    if (i >= words.size())
        return false;
    if (one_of(words[i].lower, clause_starters))
        return true;
    // "and the code is 4711"
    if (one_of(words[i].lower, "the a an his her this that"))
        for (auto k = i + 2; k < std::min(words.size(), i + 6); ++k)
            if (one_of(words[k].lower, "is are was were"))
                return true;
    return false;
}

// Whether the byte at `end` is the bracket that belongs to one between `begin` and there.
inline bool closes_bracket(std::string_view source, std::size_t begin, std::size_t end)
{
    auto const taken = source.substr(begin, end - begin);
    return end < source.size() && source[end] == ')' && taken.find('(') != taken.npos && taken.find(')') == taken.npos;
}

} // namespace detail

CHATWIRE_DECL clause clause::bare() const
{
    clause c{source, {}, question};
    for (auto const& w : words)
        if (!w.mark)
            c.words.push_back(w);
    return c;
}

CHATWIRE_DECL clause clause::essence() const
{
    auto c = bare();
    auto const n = detail::skip_fillers(c.words);
    if (n != c.words.size())
        c.words.erase(c.words.begin(), c.words.begin() + static_cast<std::ptrdiff_t>(n));
    return c;
}

CHATWIRE_DECL std::string clause::verbatim(std::size_t first, std::size_t last) const
{
    if (first >= last || last > words.size())
        return {};
    auto const begin = words[first].begin;
    auto end = words[last - 1].end;
    if (detail::closes_bracket(source, begin, end))
        ++end;
    return std::string(source.substr(begin, end - begin));
}

CHATWIRE_DECL clause read_words(std::string_view text)
{
    clause c{text, {}, false};
    std::size_t i = 0;
    while (i != text.size()) {
        if (detail::is_blank(text[i])) {
            ++i;
            continue;
        }
        auto const begin = i;
        while (i != text.size() && !detail::is_blank(text[i]) && !(i != begin && detail::inner_comma(text, i)))
            ++i;
        detail::push_run(c.words, text, begin, i);
    }
    return c;
}

CHATWIRE_DECL std::vector<std::string_view> split_sentences(std::string_view text)
{
    constexpr std::string_view abbreviations = "mr mrs ms dr st prof jr sr vs etc e.g i.e no";
    std::vector<std::string_view> out;
    std::size_t start = 0;
    auto const flush = [&](std::size_t end) {
        auto s = text.substr(start, end - start);
        while (!s.empty() && detail::is_blank(s.front()))
            s.remove_prefix(1);
        while (!s.empty() && detail::is_blank(s.back()))
            s.remove_suffix(1);
        if (!s.empty())
            out.push_back(s);
        start = end;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n' || text[i] == ';') {
            flush(text[i] == ';' ? i + 1 : i);
            continue;
        }
        for (std::string_view m : {"\xE3\x80\x82", "\xEF\xBC\x9F", "\xEF\xBC\x81"}) // ideographic . ? !
            if (text.substr(i).starts_with(m))
                flush(i + 3);
        if (text[i] != '.' && text[i] != '!' && text[i] != '?')
            continue;
        auto end = i + 1;
        while (end < text.size() && std::string_view(".!?\"')").find(text[end]) != std::string_view::npos)
            ++end;
        if (end != text.size() && !detail::is_blank(text[end]))
            continue;
        if (text[i] == '.' && end == i + 1) {
            auto b = i;
            while (b > start && !detail::is_blank(text[b - 1]) && i - b < 8)
                --b;
            auto const before = to_lower(text.substr(b, i - b));
            // an initial, or an abbreviation that never ends a sentence
            if (end != text.size() && text[end] == ' ' &&
                ((before.size() == 1 && text[b] >= 'A' && text[b] <= 'Z' && text[b] != 'I') ||
                 detail::one_of(before, abbreviations)))
                continue;
        }
        flush(end);
        i = end - 1;
    }
    flush(text.size());
    return out;
}

CHATWIRE_DECL std::vector<clause> split_clauses(std::string_view sentence)
{
    auto const all = read_words(sentence);
    auto const& w = all.words;
    bool asks = false; // the sentence ends with a question mark
    for (auto const& x : w)
        asks = asks || (x.mark && (x.text == "?" || x.text == "\xEF\xBC\x9F"));

    std::vector<clause> out;
    std::size_t start = 0;
    bool previous_asks = false, after_and = true;
    auto const flush = [&](std::size_t end, bool and_next) {
        clause c{sentence,
                 {w.begin() + static_cast<std::ptrdiff_t>(start), w.begin() + static_cast<std::ptrdiff_t>(end)},
                 false};
        start = end;
        auto const first = detail::skip_fillers(c.words);
        if (first < c.words.size()) {
            auto const& lead = c.words[first].lower;
            auto const& next = first + 1 < c.words.size() ? c.words[first + 1].lower : std::string();
            bool const has_verb = std::any_of(c.words.begin(), c.words.end(), [](word const& x) {
                return detail::one_of(x.lower, "is are am was were like live have work love hate");
            });
            if (detail::one_of(lead, detail::question_words))
                c.question = asks || out.empty() || after_and;
            else if (detail::one_of(lead, detail::request_words))
                c.question = !detail::one_of(next, "me") || lead != "call";
            else if (lead == "my" || lead == "i" || lead == "the" || lead == "our" || lead == "your")
                c.question = !has_verb && (asks || previous_asks); // "... and my plan?"
            else
                c.question = asks;
            previous_asks = c.question;
            out.push_back(std::move(c));
        }
        after_and = and_next;
    };
    for (std::size_t i = 0; i < w.size(); ++i) {
        bool const comma = w[i].mark && (w[i].text == "," || w[i].text == ":" || w[i].text == "\xEF\xBC\x8C");
        bool const joins = detail::one_of(w[i].lower, "and but so then plus because");
        if (i == start || (!comma && !joins))
            continue;
        bool const joined = joins || (i + 1 < w.size() && detail::one_of(w[i + 1].lower, "and but so then"));
        if (detail::starts_clause(w, i + 1) && w[i].text != ":")
            flush(i, joined);
    }
    flush(w.size(), false);
    return out;
}

CHATWIRE_DECL std::string reflect(clause const& c, std::size_t first, std::size_t last)
{
    // "you" is an object behind one of these, a subject elsewhere
    constexpr std::string_view before_object =
        "to for with from of at by about on in like love hate tell told ask asked give gave help show call called "
        "want need know thank see let make made than and";
    auto const& w = c.words;
    last = std::min(last, w.size());
    std::string out;
    for (auto i = first; i < last; ++i) {
        auto const& x = w[i];
        auto const before = i > first ? std::string_view(w[i - 1].lower) : std::string_view();
        auto const after = i + 1 < last ? std::string_view(w[i + 1].lower) : std::string_view();
        std::string_view turned = x.text;
        if (x.mark)
            ;
        else if (x.lower == "i" || x.lower == "me")
            turned = "you";
        else if (x.lower == "my")
            turned = "your";
        else if (x.lower == "mine")
            turned = "yours";
        else if (x.lower == "myself")
            turned = "yourself";
        else if (x.lower == "am" || (x.lower == "was" && (before == "i" || after == "i")))
            turned = x.lower == "am" ? "are" : "were";
        else if (x.lower == "your")
            turned = "my";
        else if (x.lower == "yours")
            turned = "mine";
        else if (x.lower == "yourself")
            turned = "myself";
        else if ((x.lower == "are" || x.lower == "were") && (before == "you" || after == "you"))
            turned = x.lower == "are" ? "am" : "was";
        else if (x.lower == "you")
            turned = after.empty() || w[i + 1].mark || detail::one_of(before, before_object) ? "me" : "I";
        // what stood between the words, marks that are no words of `c` included; a contraction had nothing there
        if (i > first) {
            auto const gap = c.source.substr(w[i - 1].end, x.begin - w[i - 1].end);
            out += gap.empty() && !x.mark && !w[i - 1].mark ? std::string_view(" ") : gap;
        }
        out += turned;
    }
    if (last > first && detail::closes_bracket(c.source, w[first].begin, w[last - 1].end))
        out += ')';
    return out;
}

CHATWIRE_DECL std::string reflect(std::string_view text)
{
    auto const c = read_words(text);
    return reflect(c, 0, c.words.size());
}

} // namespace chatwire::offline
#endif
