// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_ARGUMENT_RULES_HPP
#define CHATWIRE_MCP_ARGUMENT_RULES_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/error.hpp>
#include <chatwire/http/fields.hpp>

#include <optional>
#include <string>
#include <vector>

namespace chatwire::mcp {

/// What the top of a tool's input schema asks of the arguments: which members there must be, of which types, and
/// whether there may be others. What a schema says beyond that is not looked at.
///
/// Also the members that a client repeats in header fields (`x-mcp-header`).
///
/// @par Specification
/// JSON Schema 2020-12; MCP 2026-07-28, Custom Headers from Tool Parameters
class argument_rules {
public:
    /// @return errc::invalid_argument if it is no schema of an object, or names header fields that cannot be
    CHATWIRE_DECL static result<argument_rules> of(raw_json const& schema);

    /// What is wrong with arguments, for those who gave them.
    CHATWIRE_DECL std::optional<std::string> check(raw_json const& arguments) const;
    /// Which header field does not say what the arguments say, and how.
    CHATWIRE_DECL std::optional<std::string> check_fields(raw_json const& arguments, http::fields const& fields) const;

private:
    struct rule {
        std::string name;
        std::vector<std::string> types; // none: any
    };
    struct repeated {
        std::vector<std::string> way; // to the member
        std::string field;            // the whole name
    };

    std::vector<rule> members_;
    std::vector<std::string> required_;
    std::vector<repeated> repeated_;
    bool closed_ = false;
};

} // namespace chatwire::mcp

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/mcp/argument_rules.ipp>
#endif
#endif
