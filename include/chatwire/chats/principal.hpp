// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_PRINCIPAL_HPP
#define CHATWIRE_CHATS_PRINCIPAL_HPP

#include <chatwire/chats/policy.hpp>
#include <chatwire/chats/resource_name.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire::chats {

/// Who asks.
///
/// @par Specification
/// SPEC, 4, "Policies"
struct principal {
    enum class kind : unsigned char {
        admin, ///< may everything
        user,  ///< may what the policies say
        key,   ///< acts for its owner, in one project, and may no more than the owner
    };

    kind what = kind::user;
    std::string id{};
    /// Of a user. Of a key: its own; none at all leaves it what its owner may; with an empty list `may` is false of
    /// everything, though the key belongs to its project still.
    std::optional<std::vector<policy>> policies{};

    // of a key

    std::string project{};                    ///< the one it is for
    std::shared_ptr<principal const> owner{}; ///< without one a key may nothing

    /// Whether this may be done.
    /// @param action `module:Operation`
    CHATWIRE_DECL bool may(std::string_view action, resource_name const& resource) const;

    /// Whether there may be anything in the project that is this one's business: who belongs nowhere near a resource is
    /// told that it is not there, others that they may not.
    CHATWIRE_DECL bool belongs_to(std::string_view project) const;
};

} // namespace chatwire::chats

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/chats/principal.ipp>
#endif
#endif
