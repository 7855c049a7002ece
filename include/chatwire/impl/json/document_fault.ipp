// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_JSON_DOCUMENT_FAULT_IPP
#define CHATWIRE_IMPL_JSON_DOCUMENT_FAULT_IPP

#include <chatwire/json/document_fault.hpp>

namespace chatwire::json {

CHATWIRE_DECL std::string to_text(std::vector<document_fault> const& faults, std::string_view document)
{
    std::string out;
    for (auto const& f : faults) {
        if (!out.empty())
            out += '\n';
        out += f.path.empty() ? document : std::string_view(f.path);
        out += ": ";
        out += f.what;
    }
    return out;
}

} // namespace chatwire::json
#endif
