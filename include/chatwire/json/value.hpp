// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_VALUE_HPP
#define CHATWIRE_JSON_VALUE_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/chat/raw_members.hpp>
#include <chatwire/error.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace chatwire::json {

/// Open-shaped JSON as a value to look into. Numbers are exact, the last of several members of a name counts, half a
/// surrogate pair becomes U+FFFD.
///
/// @return errc::depth_limit beyond 1,024 levels; errc::bad_value for a number no double can hold
CHATWIRE_DECL result<boost::json::value> to_value(raw_json const& raw);

/// The same for members, as an object.
CHATWIRE_DECL result<boost::json::value> to_value(raw_members const& members);

/// A value as open-shaped JSON. Numbers that are not finite become null, bytes that are not UTF-8 become U+FFFD.
CHATWIRE_DECL raw_json to_raw(boost::json::value const& value);
CHATWIRE_DECL raw_json to_raw(boost::json::object const& value);

/// The members of an object; none of anything else.
CHATWIRE_DECL raw_members to_members(boost::json::value const& value);

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/json/value.ipp>
#endif
#endif
