// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_DIALOGUE_HPP
#define CHATWIRE_SERVER_OFFLINE_DIALOGUE_HPP

#include <chatwire/config.hpp>
#include <chatwire/server/offline/facts.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatwire::offline {

/// A conversation as the offline model follows it: told message by message, it knows what to say next.
///
/// @par Thread safety
/// A const object may be used from any number of threads.
class dialogue {
public:
    /// @param name what the model calls itself, unless it is told otherwise
    explicit dialogue(std::string name) : name_(std::move(name)) {}

    /// A message that is an instruction. Texts are valid UTF-8 (see @ref clean).
    CHATWIRE_DECL void instruct(std::string_view text);
    /// A message of the user's.
    CHATWIRE_DECL void hear(std::string_view text);
    /// A message of the model's own.
    CHATWIRE_DECL void recall(std::string_view text);

    /// What has been stated so far.
    facts const& known() const noexcept { return known_; }

    /// The answer to the user's last message: each question in it is answered. Never empty.
    /// @param variant another way to say it, as far as there is one
    CHATWIRE_DECL std::string answer(std::size_t variant = 0) const;

private:
    std::string name_;
    facts known_{};
    std::vector<std::string> instructions_{};
    std::vector<std::string> heard_{};        // the user's messages
    std::vector<std::string> said_{};         // the model's
    std::vector<std::vector<fact>> learnt_{}; // from each clause of the last message
    bool name_was_known_ = false;             // before the last message
};

} // namespace chatwire::offline

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/offline/dialogue.ipp>
#endif
#endif
