// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_OFFLINE_PROSE_IPP
#define CHATWIRE_IMPL_SERVER_OFFLINE_PROSE_IPP

#include <chatwire/server/offline/prose.hpp>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace chatwire::offline {
namespace detail {

inline constexpr std::string_view tale_text[] = {
    "Once there was a lighthouse keeper who counted the waves.",
    "Every evening she wrote their number into a small red book, and every morning the sea had forgotten it.",
    "One night the lamp went out, and in the dark the waves began to whisper.",
    "They told her of harbours she had never seen, and of a ship that was still on its way.",
    "So she lit a candle, put it into the window, and waited.",
    "The wind tried to blow it out, grew tired, and lay down behind the rocks.",
    "Towards dawn a bell rang across the water, once, and then again.",
    "A boat came in, and in it sat an old man with a blue book under his arm.",
    "He had counted the stars, he said, and had lost his place at the last one.",
    "They laid the two books side by side, and the numbers were the same.",
    "From that day on they counted together, she the waves and he the stars.",
    "When they disagreed, they began again.",
};

} // namespace detail

CHATWIRE_DECL std::string tale(std::size_t words)
{
    words = std::min<std::size_t>(words, 2000);
    std::string out;
    for (std::size_t sentence = 0; words != 0; ++sentence) {
        auto rest = detail::tale_text[sentence % std::size(detail::tale_text)];
        while (!rest.empty() && words != 0) {
            auto const n = std::min(rest.find(' '), rest.size());
            out += out.empty() ? "" : " ";
            out += rest.substr(0, n);
            rest.remove_prefix(std::min(n + 1, rest.size()));
            --words;
        }
    }
    if (!out.empty() && out.back() != '.') {
        if (out.back() == ',')
            out.pop_back();
        out += '.';
    }
    return out;
}

} // namespace chatwire::offline
#endif
