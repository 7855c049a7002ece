// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_COMPLETION_HPP
#define CHATWIRE_CHAT_COMPLETION_HPP

#include <chatwire/chat/choice.hpp>
#include <chatwire/chat/moderation.hpp>
#include <chatwire/chat/service_tier.hpp>
#include <chatwire/chat/string_map.hpp>
#include <chatwire/chat/usage.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chatwire {

/// A whole answer.
///
/// @tparam Dialect whose additional members `ext` holds
/// @par Specification
/// OpenAI API reference, "The chat completion object".
template <class Dialect = openai>
struct basic_completion {
    using dialect = Dialect;

    std::string id{};
    std::string object{"chat.completion"};
    std::int64_t created = 0; ///< seconds since 1970-01-01 UTC
    std::string model{};      ///< what answered
    // {} would do, but g++ 12 forgets that constructor where the first object is made in a braced list
    std::vector<choice> choices{std::allocator<choice>()};
    nullable<chatwire::usage> usage{};
    nullable<open_enum<chatwire::service_tier>> service_tier{};
    std::optional<std::string> system_fingerprint{};
    nullable<chatwire::metadata> metadata{}; ///< the request's
    nullable<chatwire::moderation> moderation{};
    [[no_unique_address]] typename Dialect::completion ext{};
    raw_members extra{};

    /// The text of the first choice; empty where there is none.
    std::string text() const { return choices.empty() ? std::string() : choices.front().message.text(); }

    friend bool operator==(basic_completion const&, basic_completion const&) = default;
};

/// A completion of the plain protocol.
using completion = basic_completion<>;

} // namespace chatwire
#endif
