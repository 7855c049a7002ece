// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_ROUTER_HPP
#define CHATWIRE_SERVER_ROUTER_HPP

#include <chatwire/server/call.hpp>
#include <chatwire/server/idempotency.hpp>
#include <chatwire/server/origin_rules.hpp>
#include <chatwire/server/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatwire {

/// One method at one path.
struct route {
    std::string method{};
    /// `/v1/models/{id}`: a segment in braces takes any one segment, `{id...}` at the end takes all that are left.
    std::string pattern{};
    /// Decides by the head alone, before the body is taken: credentials. None: everybody may.
    std::function<std::optional<failure>(server_call const&)> guard{};
    /// Answers. Called once the body is there; called on every thread that serves connections.
    std::function<std::unique_ptr<plan>(server_call)> begin{};
    std::uint64_t max_body = std::uint64_t{16} << 20; ///< bytes
    bool known_origins_only = false;                  ///< calls from foreign pages are 403; see @ref origin_rules
    /// Header fields that are part of what is asked, as path, query and body are: a repeat has the same.
    std::vector<std::string> asked_fields{};
    /// The pattern that this is another spelling of: an `Idempotency-Key` is the same in both. Routes that are no alias
    /// are looked at first, whenever they were added.
    std::string alias_of{};
};

/// Which service answers which request, and in which shape a path's errors are.
///
/// @par Thread safety
/// Set up first; then any number of threads may match.
class router {
public:
    origin_rules origins{};
    /// Honours the `Idempotency-Key` of POST and PATCH. None: nobody does.
    std::shared_ptr<idempotency> repeats{};

    CHATWIRE_DECL void add(route r);

    /// Errors of paths at or below `prefix` have this shape, those of unknown routes included. Elsewhere: object.
    CHATWIRE_DECL void errors_below(std::string_view prefix, error_shape shape);

    /// The route for `call.head`, and fills in the call's path, query, params and errors; or the refusal: 404, 405
    /// (then `call.allow` is filled in), 501 for a method that nobody knows, 400 for a target that is no path, or is
    /// not well encoded. A browser's preflight has a route of its own wherever there is another, and so has `OPTIONS
    /// *`.
    CHATWIRE_DECL result<route const*> match(server_call& call) const;

private:
    struct entry {
        chatwire::route route;
        std::vector<std::string> segments;
    };
    CHATWIRE_DECL static route const& preflight_route();
    CHATWIRE_DECL static route const& options_route();
    CHATWIRE_DECL bool knows_method(std::string_view method) const noexcept;

    std::vector<entry> routes_; // aliases behind the others, each in the order they were added
    std::size_t own_ = 0;       // how many are no alias
    std::vector<std::pair<std::vector<std::string>, error_shape>> shapes_; // by segments
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/router.ipp>
#endif
#endif
