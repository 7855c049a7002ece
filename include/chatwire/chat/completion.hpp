// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_COMPLETION_HPP
#define CHATWIRE_CHAT_COMPLETION_HPP

#include <chatwire/chat/choice.hpp>
#include <chatwire/chat/service_tier.hpp>
#include <chatwire/chat/usage.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
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

    // g++ 12 stops with an internal error at braced lists of these objects unless it has seen this before.
    static_assert(std::is_nothrow_default_constructible_v<std::vector<choice>>);

    std::string id{};
    std::string object{"chat.completion"};
    std::int64_t created = 0; ///< seconds since 1970-01-01 UTC
    std::string model{};      ///< what answered
    std::vector<choice> choices{};
    nullable<chatwire::usage> usage{};
    nullable<open_enum<chatwire::service_tier>> service_tier{};
    std::optional<std::string> system_fingerprint{};
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
