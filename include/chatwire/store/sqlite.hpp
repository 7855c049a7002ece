// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_STORE_SQLITE_HPP
#define CHATWIRE_STORE_SQLITE_HPP

#include <chatwire/config.hpp>
#include <chatwire/store/limits.hpp>
#include <chatwire/store/store.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace chatwire::store {

struct sqlite_options {
    /// The file, made when it is not there (readable by its owner only). SQLite keeps two more beside it, `-wal` and
    /// `-shm`. It must not be on a network file system.
    std::string path{};

    /// Of the file as a whole, whoever writes to it: what other stores put there counts.
    store::limits limits{};

    /// How long a call waits while another process changes the file, before it fails.
    std::chrono::milliseconds busy_timeout{10'000};

    /// Asked for the time of every change, while the file is locked; none: the system's clock. Must not throw.
    std::function<timestamp()> now{};
};

/// A store in a file of SQLite's.
///
/// A change that was acknowledged survives the end of the process, however it comes, and that of the machine: it is on
/// the disk before the call returns (write-ahead log, `synchronous=FULL`). Any number of stores, of this process and of
/// others, may use a file at once; they change it one after the other, and read it at any time.
///
/// @par Errors
/// What SQLite reports has a code of its own category (condition `transport`) and SQLite's words.
///
/// @par Thread safety
/// Every member may be called from any number of threads at once. Not to be carried over a `fork`.
class sqlite final : public backend {
public:
    /// Opens the file; makes its tables on first use.
    /// @return `errc::invalid_argument` for a path that names no file; `errc::unsupported` for a file that a later
    /// version made, or that is the data base of something else; what SQLite reports.
    CHATWIRE_DECL static result<std::unique_ptr<sqlite>> open(sqlite_options o);
    CHATWIRE_DECL ~sqlite() override;

    CHATWIRE_DECL result<row> get(key const& k) override;
    CHATWIRE_DECL result<row> put(row r, std::optional<std::uint64_t> expected_version = std::nullopt) override;
    CHATWIRE_DECL result<bool> erase(key const& k) override;
    CHATWIRE_DECL result<std::vector<row>> list(std::string_view kind,
                                                std::optional<std::string_view> project = std::nullopt) override;
    CHATWIRE_DECL result<std::uint64_t> append(key const& k, std::optional<std::uint64_t> expected_length,
                                               std::vector<std::string> entries) override;
    CHATWIRE_DECL result<std::vector<std::string>> read(key const& k) override;
    CHATWIRE_DECL result<std::size_t> expire(std::string_view kind, timestamp older_than) override;

private:
    struct state;
    CHATWIRE_DECL explicit sqlite(std::unique_ptr<state> s);

    std::unique_ptr<state> state_;
};

} // namespace chatwire::store

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/store/sqlite.ipp>
#endif
#endif
