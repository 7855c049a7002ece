// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_COMPLETION_SERVICE_HPP
#define CHATWIRE_SERVER_COMPLETION_SERVICE_HPP

#include <chatwire/chat/model.hpp>
#include <chatwire/json/read_options.hpp>
#include <chatwire/server/api_keys.hpp>
#include <chatwire/server/completer.hpp>
#include <chatwire/server/router.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatwire {

/// The plain OpenAI surface: `POST {base}/chat/completions`, `GET {base}/models` and `GET {base}/models/{id}`.
///
/// A model whose id ends in `*` stands for every name that begins with what is before it: `gpt-*`, or `*` for all. Who
/// is named exactly answers, else the pattern with the longest beginning, else the default.
///
/// `GET {base}/models` and `GET {base}/models/{id}` know names and patterns alike, as they were added, but for `*`,
/// which names nothing. Which names there are that a pattern stands for is for whoever answers to say.
///
/// @par Thread safety
/// Set up first; then any number of threads may serve.
///
/// @par Specification
/// SPEC, 2
class completion_service {
public:
    api_keys keys{};
    json::read_options reading{}; ///< how requests are read
    std::uint64_t max_body = std::uint64_t{16} << 20;

    /// `complete` answers requests for `m.id`, a name or a pattern. Requests that name no model are for the first that
    /// was added with a name, else for the pattern `*`. Of two with the same id the first counts. `GET {base}/models`
    /// lists them all, names before patterns, but for `*`, which names nothing.
    CHATWIRE_DECL void add_model(model m, completer complete);
    /// Answers requests for every other model; without one these are 404.
    void set_default(completer complete) { default_ = std::move(complete); }

    /// Puts the routes below `base`; where that ends in `/v1`, also without it, for clients whose base URL lacks it;
    /// what the router has at these other paths comes first. The service must outlive the router's use.
    CHATWIRE_DECL void mount(router& r, std::string base = "/v1");

private:
    using entry = std::pair<model, completer>;

    CHATWIRE_DECL entry const* find(std::string_view name) const noexcept;
    CHATWIRE_DECL std::unique_ptr<plan> complete(server_call call) const;
    CHATWIRE_DECL std::unique_ptr<plan> models() const;
    CHATWIRE_DECL std::unique_ptr<plan> one_model(server_call const& call) const;

    std::vector<entry> models_; // those with a name before the patterns, each in the order they were added
    std::size_t names_ = 0;     // how many have one
    completer default_;
};

/// Reads and checks the request of a completion: the request, or the 400 to refuse it with.
CHATWIRE_DECL result<request> read_completion_request(std::string_view body, json::read_options const& o);

/// A plan that only refuses.
CHATWIRE_DECL std::unique_ptr<plan> refuse_with(failure const& f, error_shape shape);

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/completion_service.ipp>
#endif
#endif
