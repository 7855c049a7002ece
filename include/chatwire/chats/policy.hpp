// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_POLICY_HPP
#define CHATWIRE_CHATS_POLICY_HPP

#include <chatwire/chats/resource_name.hpp>
#include <chatwire/error.hpp>

#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace chatwire::chats {

/// Who does what to what: the question a policy answers.
struct access {
    std::string_view action; ///< `module:Operation`, such as `chats:GetChat`
    resource_name const& resource;
    std::string_view principal_id{};   ///< empty: unknown
    std::string_view principal_type{}; ///< `admin`, `user` or `key`; empty: unknown
};

/// What may be done to what, as a document says:
///
/// ```json
/// {"statement": [{"effect": "Allow", "action": ["chats:*"], "resource": ["soat:prj_xyz:chat:*"],
///                 "condition": {"StringEquals": {"soat:ResourceType": "chat"}}}]}
/// ```
///
/// A statement matches when one of its actions does, one of its resources does (without any: every resource), and each
/// of its conditions holds. Wherever a list stands, one string may.
///
/// | | |
/// |---|---|
/// | effect | `Allow`, `Deny` |
/// | action | `*`, `module:*`, `module:Operation` |
/// | resource | `*`, or `soat:<project>:<type>:<id>` with `*` for any of the last three |
/// | condition | an operator, to a key, to one or more values |
/// | operator | `StringEquals`, `StringNotEquals`, `StringLike` |
/// | key | `soat:ResourceType`, `soat:ResourceId`, `soat:ProjectId`, `soat:PrincipalId`, `soat:PrincipalType` |
///
/// `StringEquals` wants one of its values, `StringNotEquals` none of them, `StringLike` one of them as a pattern, in
/// which `*` is any text and `?` any character. `soat:` is fixed; modules, operations and types are any words.
///
/// A key that has no value in a question (the id of what is to be made) makes `StringNotEquals` true and the others
/// false.
///
/// @par Thread safety
/// Distinct objects, and reading one, from any thread. Copies share what they hold.
/// @par Specification
/// SPEC, 4, "Policies"
class policy {
public:
    /// A document without statements, which says nothing.
    policy() = default;

    /// Reads a document.
    /// @return errc::bad_json, with the position; errc::bad_value for a document that is none: the message names every
    /// fault, each on a line that begins with its path (`statement[0].action[1]: ...`)
    CHATWIRE_DECL static result<policy> parse(std::string_view text);

    enum class answer : unsigned char {
        none,  ///< no statement matches
        allow, ///< one does that allows, and none that denies
        deny,  ///< one does that denies
    };
    CHATWIRE_DECL answer ask(access const& a) const;

private:
    friend bool reaches(std::span<policy const>, std::string_view, std::string_view, std::string_view);
    struct statement;
    std::shared_ptr<std::vector<statement> const> statements_{};
};

/// Whether several policies together allow it: one does, and none denies.
CHATWIRE_DECL bool allows(std::span<policy const> all, access const& a);

/// Whether several policies together allow anything at all in a project: a statement allows something there, under
/// conditions that this principal and this project do not rule out, that no statement denies in all of the project.
CHATWIRE_DECL bool reaches(std::span<policy const> all, std::string_view project, std::string_view principal_id = {},
                           std::string_view principal_type = {});

} // namespace chatwire::chats

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/chats/policy.ipp>
#endif
#endif
