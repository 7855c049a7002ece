// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_ANNOTATION_HPP
#define CHATWIRE_CHAT_ANNOTATION_HPP

#include <chatwire/chat/raw_members.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace chatwire {

/// A page that a stretch of an answer's text relies on.
struct url_citation {
    std::int64_t start_index = 0; ///< of the stretch, in characters of the content
    std::int64_t end_index = 0;   ///< of its last character
    std::string url{};
    std::string title{};
    raw_members extra{};

    friend bool operator==(url_citation const&, url_citation const&) = default;
};

/// A note to an answer's text.
struct annotation {
    std::string type{"url_citation"};
    /// Absent where the note is of another type, which has its own member, kept in `extra`.
    std::optional<chatwire::url_citation> url_citation{};
    raw_members extra{};

    friend bool operator==(annotation const&, annotation const&) = default;
};

} // namespace chatwire
#endif
