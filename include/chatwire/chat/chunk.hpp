// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_CHUNK_HPP
#define CHATWIRE_CHAT_CHUNK_HPP

#include <chatwire/chat/chunk_choice.hpp>
#include <chatwire/chat/dialect.hpp>
#include <chatwire/chat/moderation.hpp>
#include <chatwire/chat/service_tier.hpp>
#include <chatwire/chat/usage.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
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

    std::string id{};
    std::string object{"chat.completion.chunk"};
    std::int64_t created = 0; ///< seconds since 1970-01-01 UTC
    std::string model{};
    // {} would do, but g++ 12 forgets that constructor where the first object is made in a braced list
    std::vector<chunk_choice> choices{std::allocator<chunk_choice>()}; ///< empty in a chunk that only brings usage
    nullable<chatwire::usage> usage{};
    nullable<open_enum<chatwire::service_tier>> service_tier{};
    std::optional<std::string> system_fingerprint{};
    nullable<chatwire::moderation> moderation{};
    std::optional<std::string> obfuscation{}; ///< padding against traffic analysis
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
