// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_OFFLINE_PATTERN_IPP
#define CHATWIRE_IMPL_SERVER_OFFLINE_PATTERN_IPP

#include <chatwire/server/offline/detail/pattern.hpp>
#include <chatwire/server/offline/pattern.hpp>

namespace chatwire::offline {

CHATWIRE_DECL std::optional<std::vector<capture>> match(std::string_view pattern, clause const& c)
{
    auto const parts = detail::split_blanks(pattern);
    auto const& words = c.words;
    std::vector<capture> taken(parts.size()); // one a part, also for single words
    auto const is_run = [&](std::size_t p) { return parts[p] == "*" || parts[p] == "+"; };

    // When a word does not fit, only the last run before it may take one more: what stood before that run has taken as
    // little as it can, and any other way to split would leave less for the rest.
    std::size_t p = 0, w = 0;
    std::optional<std::size_t> run;
    while (p < parts.size() || w < words.size()) {
        if (p < parts.size() && is_run(p)) {
            auto const least = parts[p] == "+" ? 1u : 0u;
            if (w + least > words.size())
                return std::nullopt;
            taken[p] = {w, w + least};
            w += least;
            run = p++;
            if (p == parts.size()) { // the last part takes all that is left
                taken[*run].last = words.size();
                w = words.size();
            }
            continue;
        }
        if (p < parts.size() && w < words.size() && (parts[p] == "_" || detail::fits(parts[p], words[w].lower))) {
            taken[p++] = {w, w + 1};
            ++w;
            continue;
        }
        if (!run || taken[*run].last >= words.size())
            return std::nullopt;
        w = ++taken[*run].last;
        p = *run + 1;
    }

    std::vector<capture> out;
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (is_run(i) || parts[i] == "_" || parts[i].find('|') != std::string_view::npos)
            out.push_back(taken[i]);
    return out;
}

CHATWIRE_DECL std::string fill_in(std::string_view sentence, clause const& c, std::vector<capture> const& captures)
{
    std::string out;
    for (std::size_t i = 0; i < sentence.size(); ++i) {
        auto const open = sentence[i];
        if ((open == '(' || open == '[') && i + 2 < sentence.size() && sentence[i + 1] >= '1' &&
            sentence[i + 1] <= '9' && sentence[i + 2] == (open == '(' ? ')' : ']')) {
            auto const n = static_cast<std::size_t>(sentence[i + 1] - '1');
            if (n < captures.size())
                out += open == '(' ? reflect(c, captures[n].first, captures[n].last)
                                   : c.verbatim(captures[n].first, captures[n].last);
            i += 2;
        } else {
            out += open;
        }
    }
    return out;
}

} // namespace chatwire::offline
#endif
