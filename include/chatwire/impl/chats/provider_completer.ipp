// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_CHATS_PROVIDER_COMPLETER_IPP
#define CHATWIRE_IMPL_CHATS_PROVIDER_COMPLETER_IPP

#include <chatwire/chats/provider_completer.hpp>
#include <chatwire/relay/relay.hpp>

#include <memory>
#include <utility>

namespace chatwire::chats {
namespace detail {

// A completion that fails before it begins.
class failed_completion final : public plan {
public:
    explicit failed_completion(failure why) { queue_->close(std::move(why)); }
    io::action resume(io::outcome const&) override { return io::action::finish(); }
};

} // namespace detail

CHATWIRE_DECL completer provider_completer(ai_provider p, std::string model,
                                           std::function<void(failure const&)> on_failure)
{
    return [p = std::move(p), model = std::move(model), on_failure = std::move(on_failure)](
               chatwire::request r, std::function<void()> wake) -> std::unique_ptr<plan> {
        auto u = resolve(p, model.empty() ? r.model : model);
        if (!u) {
            if (on_failure && !u.error().status)
                on_failure(u.error());
            return std::make_unique<detail::failed_completion>(std::move(u).error());
        }
        u->on_failure = on_failure;
        return relay_to(*std::move(u))(std::move(r), std::move(wake));
    };
}

} // namespace chatwire::chats
#endif
