// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_PATHORS_SUBSTITUTE_HPP
#define CHATWIRE_PATHORS_SUBSTITUTE_HPP

#include <chatwire/config.hpp>

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace chatwire::pathors {

/// The text of a pathway with a session's variables in it: every `{{name}}` and `{{a.b}}` is replaced by the value of
/// the variable of that name, or of member `b` of variable `a`. A variable whose own name has dots comes first.
///
/// Strings are put in as they are, other values as compact JSON, and nothing for a variable that is not there. Blanks
/// inside the braces do not count. A `{{` that is never closed, or that another `{{` follows before it is, stays.
///
/// One pass: what was put in is never looked at again, so a variable's value cannot reach another variable.
///
/// @par Complexity
/// Linear in the text, and in what comes out.
///
/// @par Thread safety
/// A pure function.
CHATWIRE_DECL std::string substitute(std::string_view text, boost::json::object const& variables);

} // namespace chatwire::pathors

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/pathors/substitute.ipp>
#endif
#endif
