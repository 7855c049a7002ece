// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_SCHEMA_HPP
#define CHATWIRE_SERVER_OFFLINE_SCHEMA_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/config.hpp>
#include <chatwire/server/offline/facts.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire::offline {

/// Where the values come from that a JSON Schema asks for.
struct schema_hints {
    std::string_view said{};   ///< a text that may name them: `city=Paris`, a JSON object, words behind "for" or "in"
    std::string_view answer{}; ///< what members called `answer`, `text` and the like get
    facts const* known = nullptr; ///< what members of the name of a fact get
    bool sparse = false;          ///< leave out members that are not required and that nothing is known of
    bool only_values = false;     ///< the text is nothing but values: all of it may be one
};

/// An instance of a JSON Schema, as JSON text.
///
/// Knows `type`, `properties`, `required`, `items`, `enum`, `const`, `default`, `anyOf`, `oneOf`, `allOf`, `$ref`
/// within the schema, `minimum`, `maximum` and their exclusive kin, `multipleOf`, `minLength`, `maxLength`, `minItems`,
/// `maxItems` and the usual values of `format`; not `pattern`. What nothing is known of gets a default of its type. At
/// most 16 levels deep and 2,000 values large: what a schema asks for beyond that is null.
CHATWIRE_DECL std::string fill_schema(raw_json const& schema, schema_hints const& hints);

/// The arguments of a call: an object. If several things are named for its first text ("in Paris and London"), there
/// are as many objects.
CHATWIRE_DECL std::vector<std::string> fill_arguments(raw_json const& parameters, schema_hints const& hints);

} // namespace chatwire::offline

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/offline/schema.ipp>
#endif
#endif
