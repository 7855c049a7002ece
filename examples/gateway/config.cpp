// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "config.hpp"

#include <chatwire/json/schema.hpp>

namespace gateway {

chatwire::raw_json config_schema() { return chatwire::json::schema_of<config>({.closed = true}); }

} // namespace gateway
