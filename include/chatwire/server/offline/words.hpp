// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_WORDS_HPP
#define CHATWIRE_SERVER_OFFLINE_WORDS_HPP

#include <chatwire/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire::offline {

/// A word, or a punctuation mark, and where it stands.
struct word {
    std::size_t begin = 0; ///< offset of its first byte in the text it was read from
    std::size_t end = 0;   ///< offset behind its last byte
    std::string text{};    ///< as it stood; of a contraction a part: `I'm` is the words `I` and `am`
    std::string lower{};   ///< in lower case, without emoji at its end: what patterns are compared with
    bool mark = false;     ///< punctuation
};

/// A run of words of one text.
///
/// @par Object lifetimes
/// Refers to the text and does not own it.
struct clause {
    std::string_view source{}; ///< the text that the words' offsets count in
    std::vector<word> words{};
    bool question = false; ///< asks something, or asks for something

    /// The words without the marks.
    CHATWIRE_DECL clause bare() const;

    /// The words without the marks, and without "well, so, please" before what matters.
    CHATWIRE_DECL clause essence() const;

    /// The text from word `first` up to word `last`, which is not part of it, as it stands in the source.
    CHATWIRE_DECL std::string verbatim(std::size_t first, std::size_t last) const;
};

/// The words of a text. Marks that stand at a word's edge are words of their own, those inside belong to it.
CHATWIRE_DECL clause read_words(std::string_view text);

/// The sentences of a text, each with the mark that ends it.
CHATWIRE_DECL std::vector<std::string_view> split_sentences(std::string_view text);

/// The parts of a sentence that say or ask something each: "my name is X and what is my plan?" has two.
CHATWIRE_DECL std::vector<clause> split_clauses(std::string_view sentence);

/// The words from `first` up to `last` turned around, as the other side of a conversation would say them: "I" becomes
/// "you", "your" becomes "my".
CHATWIRE_DECL std::string reflect(clause const& c, std::size_t first, std::size_t last);

/// The same, of a whole text.
CHATWIRE_DECL std::string reflect(std::string_view text);

} // namespace chatwire::offline

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/offline/words.ipp>
#endif
#endif
