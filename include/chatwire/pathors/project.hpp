// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_PATHORS_PROJECT_HPP
#define CHATWIRE_PATHORS_PROJECT_HPP

#include <chatwire/pathors/pathway.hpp>
#include <chatwire/server/api_keys.hpp>

#include <string>

namespace chatwire::pathors {

/// A project: who may call it, and what answers.
struct project {
    std::string id{};
    api_keys keys{}; ///< none: nobody may
    pathors::pathway pathway{};
};

} // namespace chatwire::pathors
#endif
