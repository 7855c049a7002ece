// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_PREDICTION_HPP
#define CHATWIRE_CHAT_PREDICTION_HPP

#include <chatwire/chat/content.hpp>
#include <chatwire/chat/raw_members.hpp>

#include <optional>
#include <string>

namespace chatwire {

/// What most of the answer will be, as far as the caller knows it: that is generated faster.
struct prediction {
    std::string type{"content"};
    std::optional<chatwire::content> content{}; ///< with the type `content`
    raw_members extra{};

    friend bool operator==(prediction const&, prediction const&) = default;
};

} // namespace chatwire
#endif
