// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_OFFLINE_LOOK_UP_IPP
#define CHATWIRE_IMPL_SERVER_OFFLINE_LOOK_UP_IPP

#include <chatwire/impl/server/offline/words.ipp>
#include <chatwire/server/offline/look_up.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace chatwire::offline {
namespace detail {

// Words that say nothing of what a question is about.
inline constexpr std::string_view little_words =
    "a an the i me my mine we our us you your he his him she her it its they them their this that these those is are "
    "am "
    "was were be been do does did have has had can could will would shall should may might must of to in on at for "
    "from "
    "with by about and or but not no so if as what who whom whose which when where why how there here any some please "
    "tell know say said told remember again still now then just also than too very much many into out up one thing "
    "things something anything mean like think";

// What a sentence that states nothing may start with.
inline constexpr std::string_view commands =
    "if when whenever unless while until always never do keep be use make respond reply answer greet speak write tell "
    "ask "
    "offer say please remember add end begin start you what who where which how why";

// Whether two words are forms of one, as "open" and "opens" are, or "delivery" and "deliver".
inline bool same_stem(std::string_view a, std::string_view b)
{
    if (a == b)
        return true;
    if (a.size() > b.size())
        std::swap(a, b);
    auto const stem = a.ends_with('y') || a.ends_with('e') ? a.substr(0, a.size() - 1) : a;
    return stem.size() >= 3 && b.starts_with(stem) && b.size() - stem.size() <= 3 && a.size() >= 4;
}

} // namespace detail

CHATWIRE_DECL std::string_view look_up(clause const& question, std::span<std::string const> texts, std::size_t least)
{
    std::vector<std::string_view> wanted;
    for (auto const& w : question.words)
        if (!w.mark && w.lower.size() > 2 && wanted.size() < 12 && !detail::one_of(w.lower, detail::little_words))
            wanted.push_back(w.lower);
    if (wanted.empty())
        return {};
    std::size_t best = 0;
    std::string_view found;
    int left = 2000;
    for (auto text = texts.rbegin(); text != texts.rend() && left > 0; ++text) {
        auto const sentences = split_sentences(*text);
        for (auto s = sentences.rbegin(); s != sentences.rend() && left-- > 0; ++s) {
            auto const stated = read_words(*s).essence();
            if (s->ends_with('?') || stated.words.empty() || detail::one_of(stated.words[0].lower, detail::commands))
                continue;
            auto const hits =
                static_cast<std::size_t>(std::count_if(wanted.begin(), wanted.end(), [&](std::string_view q) {
                    return std::any_of(stated.words.begin(), stated.words.end(),
                                       [&](word const& w) { return detail::same_stem(q, w.lower); });
                }));
            if (hits > best && hits >= least && 2 * hits >= wanted.size() && (hits > 1 || wanted.size() < 3)) {
                best = hits;
                found = *s;
            }
        }
    }
    return found;
}

} // namespace chatwire::offline
#endif
