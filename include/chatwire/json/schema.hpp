// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_SCHEMA_HPP
#define CHATWIRE_JSON_SCHEMA_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/error.hpp>
#include <chatwire/json/codec.hpp>

#include <string>
#include <utility>
#include <vector>

namespace chatwire::json {

/// How a type is put into words of JSON Schema.
struct schema_options {
    /// Members and alternatives that no table has are refused, as far as a type does not keep them.
    bool closed = false;
    /// The known words of an enumeration are all there are; else they are examples.
    bool closed_words = false;
    /// Types stand under `$defs`, by their names, and are referred to; else each stands where it is used.
    bool definitions = false;
    /// As services want it that hold a model to a schema: objects have all of their members and no others, and one that
    /// may be missing may be null in place of that; of several names for one thing there is the first. Implies `closed`
    /// and `closed_words`. @see check_strict
    /// @par Specification
    /// OpenAI API reference, "Structured outputs": supported schemas
    bool strict = false;
    /// What is said of a member in place of its table's words, by the way to it through the objects that stand in
    /// place: `{"provider.model", "..."}`. The way into a type under `$defs` begins with its name.
    std::vector<std::pair<std::string, std::string>> descriptions{};
};

/// Whether a strict schema can say what a shape is: an object, in which there are no maps, and no values of any type.
///
/// @return errc::invalid_argument; `failure::param` is the path of the member: `rooms[].notes`
CHATWIRE_DECL result<void> check_strict(shape const& s);

/// The schema of what a reader takes for a shape.
CHATWIRE_DECL raw_json schema_of(shape const& s, schema_options const& o = {});

/// The schema of what a reader takes for a `T`, from the same table as its reader and its writer: which members there
/// are, which of them must be there or may be null, and of what shape each is.
///
/// The schema of an object is one at its top, never a reference.
///
/// @par Specification
/// JSON Schema 2020-12
template <class T>
raw_json schema_of(schema_options const& o = {})
{
    return schema_of(shape_of<T>, o);
}

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/json/schema.ipp>
#endif
#endif
