// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_PATTERN_HPP
#define CHATWIRE_JSON_PATTERN_HPP

#include <chatwire/config.hpp>
#include <chatwire/diagnostic.hpp>
#include <chatwire/json/read_options.hpp>
#include <chatwire/json/tape.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire::json {

/// A JSON text that was read into an object, and what it takes to read the next one into the same object where that
/// differs from it in nothing but some values.
///
/// Why this gives what reading all of it gives: between two values the bytes are compared, so whatever they mean they
/// mean again; and where a value begins a reader's state depends on the bytes before it alone. A value that is read
/// here is one that a reader takes without a word; at any other, as at any other difference, the text is no match.
///
/// @par Thread safety
/// None.
class pattern {
public:
    /// Larger texts are not learnt: comparing them saves little, and keeping them takes memory.
    static constexpr std::size_t max_text = 4096;

    /// Nothing: matches no text.
    CHATWIRE_DECL void forget() noexcept;

    /// Learns a text; one of several lines is forgotten at once.
    /// @param t where the values that may differ stand in the object it was read into, which must stay where it is
    CHATWIRE_DECL void learn(std::string_view text, tape const& t);

    /// Reads a text at the beginning of the bytes that differs from the learnt one only in values that have differed
    /// before.
    /// @return its length; 0: there is none. The object then holds some of it, until the next match.
    CHATWIRE_DECL std::size_t match(std::string_view bytes, read_options const& o);

    /// Whether the last @ref match came to the end of the bytes before it came to the end of the text.
    bool cut() const noexcept { return other_.length > other_.bytes.size(); }

    /// Like @ref match of all of the text, and lets other values differ, too: from now on, if this is a match.
    CHATWIRE_DECL bool widen(std::string_view text, read_options const& o);

    /// Tells again what was told of the text that was learnt, as of the one that was matched last.
    CHATWIRE_DECL void tell(diagnostics& log, std::string_view text, std::uint64_t offset) const;
    /// How many @ref tell tells.
    std::size_t notes() const noexcept { return notes_.size(); }

private:
    static constexpr std::size_t max_steps = 24;

    // Bytes that are compared, from where the last step ended, and then a value.
    struct step {
        std::size_t same;
        std::size_t end; // of the value, in the learnt text
        std::size_t depth;
        void* target;
        tape::place::type what;
        std::size_t read_to = 0; // the end of the value in the text that was matched last
    };

    CHATWIRE_DECL char const* read(step const& s, char const* p, char const* end, read_options const& o) const;
    CHATWIRE_DECL std::size_t vary();
    CHATWIRE_DECL void make_steps();

    std::string text_{};
    std::vector<tape::place> places_{};
    std::vector<bool> varies_{}; // of each place
    std::vector<tape::note> notes_{};
    std::vector<step> steps_{};
    std::size_t rest_ = 0; // bytes after the last step

    // The stretch of the learnt text that was no match, and what stood in its place; empty: a value was none.
    struct {
        std::size_t from = 0, length = 0;
        std::string_view bytes{};
    } other_{};
};

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/json/pattern.ipp>
#endif
#endif
