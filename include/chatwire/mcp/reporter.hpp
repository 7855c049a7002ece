// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_REPORTER_HPP
#define CHATWIRE_MCP_REPORTER_HPP

#include <chatwire/config.hpp>
#include <chatwire/mcp/progress.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chatwire::mcp {

/// What a tool and whoever serves it say to each other while it runs: how far it has come, and that nobody waits any
/// more.
///
/// It never makes the tool wait: while nobody takes the reports, the newest take the place of those before.
///
/// @par Thread safety
/// All of it, from any thread. Copies are of the same call, and may outlive it.
class reporter {
public:
    /// How many reports wait to be taken.
    static constexpr std::size_t max_waiting = 16;

    /// Of a call that wants no reports.
    CHATWIRE_DECL reporter();
    /// Of one that does. `wake` is called, under no lock, when there is something to take.
    CHATWIRE_DECL explicit reporter(std::function<void()> wake);

    // the tool's side

    /// Tells the client. What does not exceed the report before is dropped: the protocol wants progress to increase.
    void progress(double done, std::optional<double> total = std::nullopt, std::string message = {}) const
    {
        report({done, total, std::move(message)});
    }
    CHATWIRE_DECL void report(mcp::progress p) const;
    /// Nobody wants the result any more: a function that takes long looks here now and then.
    CHATWIRE_DECL bool cancelled() const noexcept;

    // the server's side

    CHATWIRE_DECL std::vector<mcp::progress> take() const;
    CHATWIRE_DECL void cancel() const noexcept;

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace chatwire::mcp

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/mcp/reporter.ipp>
#endif
#endif
