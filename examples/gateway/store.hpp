// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Where the gateway keeps what it has to remember.
#ifndef CHATWIRE_EXAMPLES_GATEWAY_STORE_HPP
#define CHATWIRE_EXAMPLES_GATEWAY_STORE_HPP

#include <chatwire/store/store.hpp>

#include <memory>
#include <string_view>

namespace gateway {

/// What is opened when nobody says where: `sqlite:chatwire.db`, or `memory` in a build without SQLite.
std::string_view default_store() noexcept;

/// The store that `spec` names: `memory`, `sqlite:PATH` or `postgresql://...` (as libpq takes it; what it leaves open,
/// such as the password, libpq takes from its environment).
/// @return `errc::invalid_argument` for anything else; `errc::unsupported` for what is not in this build; what opening
/// fails with. The message is for people, and has no password in it.
chatwire::result<std::shared_ptr<chatwire::store::backend>> open_store(std::string_view spec);

} // namespace gateway
#endif
