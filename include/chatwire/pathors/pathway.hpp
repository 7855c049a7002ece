// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_PATHORS_PATHWAY_HPP
#define CHATWIRE_PATHORS_PATHWAY_HPP

#include <chatwire/server/completer.hpp>

#include <string>

namespace chatwire::pathors {

/// What answers a project's completions.
struct pathway {
    std::string id{};                      ///< told by `POST session`; empty: the project's id
    std::string instructions{};            ///< a system message before the conversation; see @ref substitute
    std::string model = "pathway-default"; ///< what the answers say answered
    completer complete{};
};

} // namespace chatwire::pathors
#endif
