// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_PATHORS_TURN_HPP
#define CHATWIRE_PATHORS_TURN_HPP

#include <chatwire/chat/accumulator.hpp>
#include <chatwire/chat/request.hpp>
#include <chatwire/pathors/expiry.hpp>
#include <chatwire/pathors/limits.hpp>
#include <chatwire/pathors/pathway.hpp>
#include <chatwire/server/plan.hpp>
#include <chatwire/store/store.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace chatwire::pathors {

/// The plan of one completion in a session: load, answer, append.
///
/// The last chunks reach the caller when the append has succeeded: the connection holds finish_reasons back until the
/// plan is done. A turn that fails, or whose caller goes away before the append, leaves the session as it was.
class turn final : public plan {
public:
    CHATWIRE_DECL turn(std::shared_ptr<store::backend> store, std::shared_ptr<expiry> age, store::key session,
                       session_limits limits, pathway const& way, chatwire::request r, std::function<void()> wake);

    CHATWIRE_DECL io::action resume(io::outcome const& o) override;

private:
    enum class phase : unsigned char { loading, answering, storing };
    struct state; // shared with the worker

    CHATWIRE_DECL io::action answer(io::outcome const& o);
    CHATWIRE_DECL io::action store_turn();
    CHATWIRE_DECL io::action end(std::optional<failure> why = std::nullopt);

    phase phase_ = phase::loading;
    std::shared_ptr<state> state_;
    pathway const* way_;
    chatwire::request request_;
    std::function<void()> wake_;
    std::unique_ptr<plan> inner_{};
    accumulator<> folded_{};
    std::vector<chatwire::chunk> taken_{};
    bool stopped_ = false; // nobody wants the answer any more
};

} // namespace chatwire::pathors

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/pathors/turn.ipp>
#endif
#endif
