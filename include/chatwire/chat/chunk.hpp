// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_CHUNK_HPP
#define CHATWIRE_CHAT_CHUNK_HPP

#include <chatwire/chat/chunk_choice.hpp>
#include <chatwire/chat/dialect.hpp>
#include <chatwire/chat/service_tier.hpp>
#include <chatwire/chat/usage.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace chatwire {

/// One event of a streamed answer.
///
/// @tparam Dialect whose additional members `ext` holds
/// @par Specification
/// OpenAI API reference, "The chat completion chunk object".
template <class Dialect = openai>
struct basic_chunk {
    using dialect = Dialect;

    // g++ 12 stops with an internal error at braced lists of these objects unless it has seen this before.
    static_assert(std::is_nothrow_default_constructible_v<std::vector<chunk_choice>>);

    std::string id{};
    std::string object{"chat.completion.chunk"};
    std::int64_t created = 0; ///< seconds since 1970-01-01 UTC
    std::string model{};
    std::vector<chunk_choice> choices{}; ///< empty in a chunk that only brings usage
    nullable<chatwire::usage> usage{};
    nullable<open_enum<chatwire::service_tier>> service_tier{};
    std::optional<std::string> system_fingerprint{};
    [[no_unique_address]] typename Dialect::chunk ext{};
    raw_members extra{};

    /// What this chunk adds to the text of the first choice; empty where it adds nothing.
    std::string text() const
    {
        for (auto const& c : choices)
            if (c.index == 0)
                return c.delta.text();
        return {};
    }

    friend bool operator==(basic_chunk const&, basic_chunk const&) = default;
};

/// A chunk of the plain protocol.
using chunk = basic_chunk<>;

} // namespace chatwire
#endif
