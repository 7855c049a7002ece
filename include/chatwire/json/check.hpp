// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_CHECK_HPP
#define CHATWIRE_JSON_CHECK_HPP

#include <chatwire/config.hpp>
#include <chatwire/error.hpp>
#include <chatwire/json/codec.hpp>
#include <chatwire/json/document_fault.hpp>
#include <chatwire/json/shape.hpp>

#include <string_view>
#include <vector>

namespace chatwire::json {

/// Everything that is wrong with a document that ought to have a shape: members that are missing, that stand twice or
/// that no table has, and values of another type. For files that people write; @ref read stops at the first fault.
///
/// Where one of several shapes may stand, the faults are those of the one that comes nearest.
///
/// @return in the order in which they stand in the document, an object's missing members after its others;
/// errc::bad_json or another code of @ref read, with the position, for a text that is no JSON
CHATWIRE_DECL result<std::vector<document_fault>> check(std::string_view text, shape const& expected);

/// The same for the shape of a type that has a field table or a codec.
template <class T>
result<std::vector<document_fault>> check(std::string_view text)
{
    return check(text, shape_of<T>);
}

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/json/check.ipp>
#endif
#endif
