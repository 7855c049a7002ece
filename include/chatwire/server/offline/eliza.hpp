// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_ELIZA_HPP
#define CHATWIRE_SERVER_OFFLINE_ELIZA_HPP

#include <chatwire/config.hpp>
#include <chatwire/server/offline/words.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire::offline {

/// One rule: a clause that fits `pattern` (see @ref match) may be answered with one of `answers` (see @ref fill_in).
struct eliza_rule {
    enum class applies : unsigned char { always, to_questions, to_statements };

    int rank = 0; ///< of the rules that fit, the one with the highest rank answers, of several the first
    applies when = applies::always;
    std::string_view pattern{};
    std::array<std::string_view, 4> answers{}; ///< at least one; an empty one ends the list

    /// The number of answers.
    std::size_t size() const noexcept
    {
        std::size_t n = 0;
        while (n != answers.size() && !answers[n].empty())
            ++n;
        return n;
    }
};

/// The offline model's own rules. The last fits everything.
CHATWIRE_DECL std::span<eliza_rule const> eliza_script() noexcept;

/// Keeps a conversation going without understanding it, the way programs did in the 1960s: ranked patterns take what
/// was said apart, and put it together again as an answer. No chance and no clock is involved.
///
/// @par Thread safety
/// A const object may be used from any number of threads.
class eliza {
public:
    /// @param rules must outlive this object
    explicit eliza(std::span<eliza_rule const> rules = eliza_script()) noexcept : rules_(rules) {}

    /// The answer to what a person said; empty only if no rule fits.
    /// @param turn how much was said before: chooses among the answers of a rule
    /// @param avoid an answer not to give again, if there is another
    CHATWIRE_DECL std::string answer(std::vector<clause> const& said, std::size_t turn,
                                     std::string_view avoid = {}) const;

    /// The same, of a text.
    CHATWIRE_DECL std::string answer(std::string_view said, std::size_t turn) const;

private:
    std::span<eliza_rule const> rules_;
};

} // namespace chatwire::offline

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/offline/eliza.ipp>
#endif
#endif
