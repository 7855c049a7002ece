// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_MODERATION_HPP
#define CHATWIRE_CHAT_MODERATION_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/chat/raw_members.hpp>
#include <chatwire/chat/string_map.hpp>

#include <string>
#include <variant>
#include <vector>

namespace chatwire {

/// A verdict on one text or image.
struct moderation_result {
    std::string type{"moderation_result"};
    std::string model{};  ///< what judged
    bool flagged = false; ///< whether any category applies
    string_map<bool> categories{};
    string_map<double> category_scores{};                                ///< 0 to 1
    string_map<std::vector<std::string>> category_applied_input_types{}; ///< `text`, `image`
    raw_members extra{};

    friend bool operator==(moderation_result const&, moderation_result const&) = default;
};

/// The verdicts on one side of a conversation, type `moderation_results`.
struct moderation_results {
    std::string model{};
    std::vector<moderation_result> results{};
    raw_members extra{};

    friend bool operator==(moderation_results const&, moderation_results const&) = default;
};

/// Why there is no verdict, type `error`.
struct moderation_error {
    std::string code{};
    std::string message{};
    raw_members extra{};

    friend bool operator==(moderation_error const&, moderation_error const&) = default;
};

/// What came of moderating one side. Of any other type it is the whole object as JSON.
using moderation_outcome = std::variant<moderation_results, moderation_error, raw_json>;

/// What came of the moderation that a request asked for.
struct moderation {
    moderation_outcome input{};
    moderation_outcome output{};
    raw_members extra{};

    friend bool operator==(moderation const&, moderation const&) = default;
};

} // namespace chatwire
#endif
