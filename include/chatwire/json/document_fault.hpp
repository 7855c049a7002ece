// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_DOCUMENT_FAULT_HPP
#define CHATWIRE_JSON_DOCUMENT_FAULT_HPP

#include <chatwire/config.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace chatwire::json {

/// One thing that is wrong with a document.
struct document_fault {
    std::string path{}; ///< `projects[0].keys`; empty: the document itself
    std::string what{}; ///< `expected an array`

    friend bool operator==(document_fault const&, document_fault const&) = default;
};

/// A line for each fault: `projects[0].keys: expected an array`. Control characters in it are written as JSON writes
/// them, so that there are no more lines than faults.
/// @param document what is said of the document itself where a path is empty
CHATWIRE_DECL std::string to_text(std::vector<document_fault> const& faults, std::string_view document = "document");

} // namespace chatwire::json

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/json/document_fault.ipp>
#endif
#endif
