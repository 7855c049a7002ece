// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_EXAMPLES_GATEWAY_LOAD_HPP
#define CHATWIRE_EXAMPLES_GATEWAY_LOAD_HPP

#include "config.hpp"
#include "parts.hpp"

#include <string_view>

namespace gateway {

/// A config that can be served.
struct loaded {
    config settings{};
    gateway::parts parts{};
};

/// Reads a config; or errc::bad_value and a line for each thing that is wrong with it, which begins with its path in
/// the file (`projects[0].id: ...`); or errc::bad_json with the position.
chatwire::result<loaded> load(std::string_view text);

} // namespace gateway
#endif
