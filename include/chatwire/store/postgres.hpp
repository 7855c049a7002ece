// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_STORE_POSTGRES_HPP
#define CHATWIRE_STORE_POSTGRES_HPP

#include <chatwire/config.hpp>
#include <chatwire/store/limits.hpp>
#include <chatwire/store/store.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace chatwire::store {

struct postgres_options {
    /// Where the data base is, as libpq takes it: `postgresql://user:password@host/base?...`, or `key=value ...`. What
    /// it leaves open, libpq takes from its environment variables and from the password file.
    std::string connection{};

    /// Where the tables are, in the data base: a lower-case name of letters, digits and `_`.
    std::string schema = "chatwire";

    /// At once, at most; made when they are needed. A call that finds all in use waits.
    std::size_t connections = 4;

    /// How long connecting may take, and waiting for a server that is starting up.
    std::chrono::milliseconds connect_timeout{10'000};

    /// How long one call may take on the server.
    std::chrono::milliseconds statement_timeout{30'000};

    /// Of these, a log's two hold, and no row may have more than `bytes`; what the data base may grow to as a whole is
    /// for its operator to say.
    store::limits limits{};

    /// Asked for the time of every change; none: the server's clock, which is the same for all nodes. Must not throw.
    std::function<timestamp()> now{};
};

/// A store in a PostgreSQL data base (12 or later), for any number of nodes.
///
/// A change that was acknowledged is as safe as the server keeps it: it is in the server's log on disk before the call
/// returns, also where the server's default is not to wait for that. Every call is one statement, so that a node that
/// dies or falls silent leaves no lock behind.
///
/// A connection that broke is replaced, and the call made again, once, on a new one. A change carries a token, which
/// the server keeps for an hour together with what came of it: if the change had been made before the connection broke,
/// it is not made again, and the call returns what the first one would have.
///
/// @par Errors
/// `errc::connect_failed`, `errc::connection_lost` (also for a server that falls silent), and what the server reports,
/// with a code of its own category (condition `transport`) that stands for the SQLSTATE, and the server's words. After
/// `errc::connection_lost` a change may have been made or not. No text has the password in it.
///
/// @par Thread safety
/// Every member may be called from any number of threads at once. Not to be carried over a `fork`.
class postgres final : public backend {
public:
    /// Connects; makes the schema on first use, which takes the right to create one in the data base.
    /// @return `errc::invalid_argument` for options that cannot be meant; `errc::unsupported` for a schema that a later
    /// version made; what connecting fails with.
    CHATWIRE_DECL static result<std::unique_ptr<postgres>> open(postgres_options o);
    CHATWIRE_DECL ~postgres() override;

    CHATWIRE_DECL result<row> get(key const& k) override;
    CHATWIRE_DECL result<row> put(row r, std::optional<std::uint64_t> expected_version = std::nullopt) override;
    CHATWIRE_DECL result<bool> erase(key const& k) override;
    CHATWIRE_DECL result<std::vector<row>> list(std::string_view kind,
                                                std::optional<std::string_view> project = std::nullopt) override;
    CHATWIRE_DECL result<std::uint64_t> append(key const& k, std::optional<std::uint64_t> expected_length,
                                               std::vector<std::string> entries) override;
    CHATWIRE_DECL result<std::vector<std::string>> read(key const& k) override;
    /// After a connection that broke, the number may be too small.
    CHATWIRE_DECL result<std::size_t> expire(std::string_view kind, timestamp older_than) override;

private:
    struct state;
    CHATWIRE_DECL explicit postgres(std::unique_ptr<state> s);

    std::unique_ptr<state> state_;
};

} // namespace chatwire::store

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/store/postgres.ipp>
#endif
#endif
