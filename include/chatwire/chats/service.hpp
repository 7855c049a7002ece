// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_SERVICE_HPP
#define CHATWIRE_CHATS_SERVICE_HPP

#include <chatwire/chats/ai_provider.hpp>
#include <chatwire/chats/document.hpp>
#include <chatwire/chats/key_ring.hpp>
#include <chatwire/chats/service_options.hpp>
#include <chatwire/server/completer.hpp>
#include <chatwire/server/router.hpp>
#include <chatwire/store/store.hpp>

#include <memory>
#include <optional>
#include <string>

namespace chatwire::chats {

/// The Chats module: the Chat resource, completions for a Chat and without one, on a store.
///
/// A Chat is one row. A completion stores nothing; it asks the provider, and passes on what that says.
///
/// Who may see nothing of a project is told that what is in it does not exist; others, that they may not.
///
/// @par Thread safety
/// Set up first; then any number of threads may serve.
///
/// @par Specification
/// The Chats module; SPEC, 4
class service {
public:
    /// The store may be shared with other services and other nodes.
    CHATWIRE_DECL explicit service(std::shared_ptr<store::backend> store, service_options o = {});

    /// Who may call: set up before serving.
    CHATWIRE_DECL key_ring& keys() noexcept;

    /// Chats can be made in it, by whom policies let.
    CHATWIRE_DECL void add_project(std::string id);

    /// Who answers, if a Chat or a request names it: by a @ref provider_completer. Not checked: ask for its @ref faults
    /// first, one that has some answers every completion with 500. What it fails with is told to nobody; for a log, add
    /// it with a provider_completer that has an `on_failure`.
    CHATWIRE_DECL void add(ai_provider p);
    /// The same, answered by something else: a handler (`server.completer_for(handler)` makes the completer), the
    /// built-in responder.
    CHATWIRE_DECL void add(ai_provider p, completer complete);

    /// What messages can name in place of their content.
    CHATWIRE_DECL void add(document d);

    /// The refusal of a call that shows no key, or nobody's; nothing if it shows one.
    CHATWIRE_DECL std::optional<failure> authenticate(server_call const& call) const;

    /// Puts the routes below `base`. The service must outlive the router's use.
    CHATWIRE_DECL void mount(router& r, std::string const& base = "/api/v1");

private:
    struct state; // shared with what the worker pool does
    std::shared_ptr<state> state_;
};

} // namespace chatwire::chats

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/chats/service.ipp>
#endif
#endif
