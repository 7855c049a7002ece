// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_RESOURCE_NAME_HPP
#define CHATWIRE_CHATS_RESOURCE_NAME_HPP

#include <string>

namespace chatwire::chats {

/// What an action is done to: `soat:<project>:<type>:<id>`.
struct resource_name {
    std::string project{};
    std::string type{}; ///< `chat`, say
    std::string id{};   ///< empty while there is none: of what is to be made, or of all there are

    friend bool operator==(resource_name const&, resource_name const&) = default;
};

} // namespace chatwire::chats
#endif
