// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_JSON_DOCUMENT_FAULT_IPP
#define CHATWIRE_IMPL_JSON_DOCUMENT_FAULT_IPP

#include <chatwire/json/document_fault.hpp>

namespace chatwire::json {
namespace detail {

// Names come from the document: one with a line end in it must not make a fault of its own.
inline void append_line(std::string& out, std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    for (char const c : text) {
        auto const u = static_cast<unsigned char>(c);
        if (u >= 0x20 && u != 0x7f)
            out += c;
        else
            out.append("\\u00").append(1, digits[u >> 4]).append(1, digits[u & 15]);
    }
}

} // namespace detail

CHATWIRE_DECL std::string to_text(std::vector<document_fault> const& faults, std::string_view document)
{
    std::string out;
    for (auto const& f : faults) {
        if (!out.empty())
            out += '\n';
        detail::append_line(out, f.path.empty() ? document : std::string_view(f.path));
        out += ": ";
        detail::append_line(out, f.what);
    }
    return out;
}

} // namespace chatwire::json
#endif
