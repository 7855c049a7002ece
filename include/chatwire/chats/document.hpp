// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_DOCUMENT_HPP
#define CHATWIRE_CHATS_DOCUMENT_HPP

#include <string>

namespace chatwire::chats {

/// A text that messages can name in place of their content.
///
/// @par Specification
/// The Chats module, "Messages"
struct document {
    std::string id{};         ///< `doc_` and more
    std::string project_id{}; ///< only chats and providers of this project get at it
    std::string content{};

    friend bool operator==(document const&, document const&) = default;
};

} // namespace chatwire::chats
#endif
