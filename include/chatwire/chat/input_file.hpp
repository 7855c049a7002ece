// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_INPUT_FILE_HPP
#define CHATWIRE_CHAT_INPUT_FILE_HPP

#include <chatwire/chat/raw_members.hpp>

#include <optional>
#include <string>

namespace chatwire {

/// A file for the model to read: one uploaded before, by its id, or its bytes.
struct input_file {
    std::optional<std::string> file_id{};
    std::optional<std::string> file_data{}; ///< base64, mostly as a `data:` URL
    std::optional<std::string> filename{};
    raw_members extra{};

    friend bool operator==(input_file const&, input_file const&) = default;
};

} // namespace chatwire
#endif
