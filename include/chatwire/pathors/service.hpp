// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_PATHORS_SERVICE_HPP
#define CHATWIRE_PATHORS_SERVICE_HPP

#include <chatwire/pathors/expiry.hpp>
#include <chatwire/pathors/limits.hpp>
#include <chatwire/pathors/project.hpp>
#include <chatwire/server/api_keys.hpp>
#include <chatwire/server/router.hpp>
#include <chatwire/store/store.hpp>

#include <memory>
#include <string>
#include <vector>

namespace chatwire::pathors {

/// The Pathors integration API: completions that belong to sessions, and the sessions, on a store.
///
/// A session is one row (its variables) and one log (its messages). A turn reads the log when it begins, and appends
/// its messages and the answer in one step when the answer is complete; only then is the caller told that it is.
///
/// @par Thread safety
/// Set up first; then any number of threads may serve.
///
/// @par Specification
/// SPEC, 3
class service {
public:
    /// The store may be shared with other services and other nodes.
    CHATWIRE_DECL explicit service(std::shared_ptr<store::backend> store, session_limits limits = {});

    CHATWIRE_DECL void add(project p);

    /// Puts the routes at `/api/project/{projectId}/integration/api`. The service must outlive the router's use.
    CHATWIRE_DECL void mount(router& r);

private:
    CHATWIRE_DECL std::optional<failure> check(server_call const& call) const;
    CHATWIRE_DECL project const* find(std::string_view id) const noexcept;
    CHATWIRE_DECL std::unique_ptr<plan> complete(server_call call) const;
    CHATWIRE_DECL std::unique_ptr<plan> create(server_call const& call) const;
    CHATWIRE_DECL std::unique_ptr<plan> query(server_call const& call) const;
    CHATWIRE_DECL std::unique_ptr<plan> end(server_call const& call) const;

    std::shared_ptr<store::backend> store_;
    std::shared_ptr<expiry> age_;
    session_limits limits_;
    std::vector<project> projects_;
};

} // namespace chatwire::pathors

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/pathors/service.ipp>
#endif
#endif
