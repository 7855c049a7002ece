// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_STORE_SQLITE_IPP
#define CHATWIRE_IMPL_STORE_SQLITE_IPP

#include <chatwire/store/detail/cost.hpp>
#include <chatwire/store/sqlite.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <climits>
#include <mutex>
#include <thread>
#include <utility>

#include <stdlib.h>
#include <unistd.h>

namespace chatwire::store {
namespace detail {

// "chwr", in the head of the file (SQLite file format, 1.3.17): it is ours.
inline constexpr int sqlite_application = 0x63687772;
inline constexpr int sqlite_schema_version = 1;

// A row's `ref` is the version it was made with, so that it is given once. `cost` of a row: as memory::slot::cost.
inline constexpr char const* sqlite_schema = R"(
CREATE TABLE chatwire_rows (
    ref INTEGER PRIMARY KEY,
    kind BLOB NOT NULL,
    project BLOB NOT NULL,
    id BLOB NOT NULL,
    created INTEGER NOT NULL,
    updated INTEGER NOT NULL,
    version INTEGER NOT NULL,
    log_entries INTEGER NOT NULL DEFAULT 0,
    log_bytes INTEGER NOT NULL DEFAULT 0,
    cost INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (kind, project, id)
);
CREATE TABLE chatwire_log (
    ref INTEGER NOT NULL,
    n INTEGER NOT NULL,
    entry BLOB NOT NULL,
    PRIMARY KEY (ref, n)
);
CREATE TABLE chatwire_state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    last_version INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    bytes INTEGER NOT NULL
);
INSERT INTO chatwire_state VALUES (1, 0, 0, 0);
)";

class sqlite_category final : public error_category {
public:
    char const* name() const noexcept override { return "chatwire.sqlite"; }
    std::string message(int code) const override { return sqlite3_errstr(code); }
};

inline error_category const& sqlite_category_instance() noexcept
{
    static sqlite_category const c;
    return c;
}

inline failure sqlite_failure(int code, std::string text)
{
    if (text == sqlite3_errstr(code))
        text.clear(); // the code says it already
    return failure(error_code(code, sqlite_category_instance()), std::move(text));
}

// What is done with a file, each prepared once a connection.
enum class sqlite_statement {
    begin,
    commit,
    rollback,
    find_row,
    list_kind,
    list_project,
    entries_of,
    read_totals,
    add_totals,
    insert_row,
    update_row,
    delete_row,
    delete_log,
    insert_entry,
    grow_log,
    old_rows,
    delete_old_logs,
    delete_old_rows,
    how_many,
};

inline constexpr char const* sqlite_statements[] = {
    "BEGIN IMMEDIATE",
    "COMMIT",
    "ROLLBACK",
    "SELECT ref, created, updated, version, log_entries, log_bytes, cost, body FROM chatwire_rows "
    "WHERE kind = ?1 AND project = ?2 AND id = ?3",
    "SELECT kind, project, id, created, updated, version, body FROM chatwire_rows "
    "WHERE kind = ?1 ORDER BY created DESC, version DESC",
    "SELECT kind, project, id, created, updated, version, body FROM chatwire_rows "
    "WHERE kind = ?1 AND project = ?2 ORDER BY created DESC, version DESC",
    // one statement, so that the row and its log are of one moment; a row without a log gives one NULL
    "SELECT l.entry FROM chatwire_rows r LEFT JOIN chatwire_log l ON l.ref = r.ref "
    "WHERE r.kind = ?1 AND r.project = ?2 AND r.id = ?3 ORDER BY l.n",
    "SELECT last_version, rows, bytes FROM chatwire_state",
    "UPDATE chatwire_state SET last_version = last_version + ?1, rows = rows + ?2, bytes = bytes + ?3",
    "INSERT INTO chatwire_rows (kind, project, id, ref, created, updated, version, cost, body) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?4, ?6, ?7)",
    "UPDATE chatwire_rows SET updated = ?2, version = ?3, cost = ?4, body = ?5 WHERE ref = ?1",
    "DELETE FROM chatwire_rows WHERE ref = ?1",
    "DELETE FROM chatwire_log WHERE ref = ?1",
    "INSERT INTO chatwire_log (ref, n, entry) VALUES (?1, ?2, ?3)",
    "UPDATE chatwire_rows SET updated = ?2, log_entries = log_entries + ?3, log_bytes = log_bytes + ?4, "
    "cost = cost + ?5 WHERE ref = ?1",
    "SELECT count(*), coalesce(sum(cost), 0) FROM chatwire_rows WHERE kind = ?1 AND updated < ?2",
    "DELETE FROM chatwire_log WHERE ref IN (SELECT ref FROM chatwire_rows WHERE kind = ?1 AND updated < ?2)",
    "DELETE FROM chatwire_rows WHERE kind = ?1 AND updated < ?2",
};
static_assert(std::size(sqlite_statements) == static_cast<std::size_t>(sqlite_statement::how_many));

// A prepared statement in use: put back as it was when it goes. The first failure stays, and makes the rest do nothing.
class sqlite_query {
public:
    sqlite_query(sqlite3* db, sqlite3_stmt* s, int status) : db_(db), statement_(s) { note(status); }
    sqlite_query(sqlite_query const&) = delete;
    sqlite_query& operator=(sqlite_query const&) = delete;
    ~sqlite_query()
    {
        if (statement_) {
            sqlite3_reset(statement_);
            sqlite3_clear_bindings(statement_);
        }
    }

    // The bytes have to stay until the last step.
    sqlite_query& bind(std::string_view bytes)
    {
        if (status_ == SQLITE_OK) // a null pointer would be NULL
            note(sqlite3_bind_blob64(statement_, ++bound_, bytes.empty() ? "" : bytes.data(), bytes.size(),
                                     SQLITE_STATIC));
        return *this;
    }
    sqlite_query& bind(key const& k) { return bind(k.kind).bind(k.project).bind(k.id); }
    sqlite_query& bind(std::int64_t n)
    {
        if (status_ == SQLITE_OK)
            note(sqlite3_bind_int64(statement_, ++bound_, n));
        return *this;
    }

    // Whether there is (another) row.
    bool step()
    {
        if (status_ != SQLITE_OK)
            return false;
        auto const s = sqlite3_step(statement_);
        if (s == SQLITE_ROW)
            return true;
        if (s != SQLITE_DONE)
            note(s);
        return false;
    }
    // Runs a statement that gives no rows.
    bool run()
    {
        step();
        return ok();
    }

    bool ok() const noexcept { return status_ == SQLITE_OK; }
    failure error() const { return sqlite_failure(status_, text_); }

    std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }
    bool null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    timestamp time(int column) const { return timestamp(std::chrono::microseconds(number(column))); }
    std::string bytes(int column) const
    {
        auto const* const data = static_cast<char const*>(sqlite3_column_blob(statement_, column));
        auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        return data ? std::string(data, size) : std::string();
    }

private:
    void note(int status)
    {
        status_ = status;
        if (status != SQLITE_OK)
            text_ = sqlite3_errmsg(db_);
    }

    sqlite3* db_;
    sqlite3_stmt* statement_;
    int status_ = SQLITE_OK;
    int bound_ = 0;
    std::string text_{};
};

// One connection, used by one thread at a time.
class sqlite_connection {
public:
    sqlite_connection() = default;
    sqlite_connection(sqlite_connection const&) = delete;
    sqlite_connection& operator=(sqlite_connection const&) = delete;
    ~sqlite_connection()
    {
        for (auto* const s : prepared_)
            sqlite3_finalize(s);
        sqlite3_close(db_);
    }

    std::optional<failure> open(std::string const& path, int create, std::chrono::milliseconds busy_timeout)
    {
        auto const status =
            sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | create, nullptr);
        if (status != SQLITE_OK)
            return sqlite_failure(status, path);
        sqlite3_extended_result_codes(db_, 1);
        sqlite3_busy_timeout(db_, static_cast<int>(std::clamp<std::int64_t>(busy_timeout.count(), 0, INT_MAX)));
        // fullfsync: where a plain fsync stops at the disk's own cache (macOS)
        return execute("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON");
    }

    // The whole path: it stays right when the program goes to another directory.
    std::string path() const { return sqlite3_db_filename(db_, "main"); }

    std::optional<failure> execute(char const* sql)
    {
        auto const status = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
        if (status != SQLITE_OK)
            return sqlite_failure(status, sqlite3_errmsg(db_));
        return std::nullopt;
    }

    sqlite_query query(sqlite_statement which)
    {
        auto& s = prepared_[static_cast<std::size_t>(which)];
        int status = SQLITE_OK;
        if (!s)
            status = sqlite3_prepare_v3(db_, sqlite_statements[static_cast<std::size_t>(which)], -1,
                                        SQLITE_PREPARE_PERSISTENT, &s, nullptr);
        return {db_, s, status};
    }

    // The one value of a query that is asked once.
    result<std::string> value(char const* sql)
    {
        sqlite3_stmt* s = nullptr;
        auto status = sqlite3_prepare_v2(db_, sql, -1, &s, nullptr);
        std::string text;
        if (status == SQLITE_OK && (status = sqlite3_step(s)) == SQLITE_ROW)
            if (auto const* const t = sqlite3_column_text(s, 0))
                text = reinterpret_cast<char const*>(t);
        auto const done = status == SQLITE_ROW || status == SQLITE_DONE;
        auto error = done ? failure() : sqlite_failure(status, sqlite3_errmsg(db_));
        sqlite3_finalize(s);
        if (!done)
            return error;
        return text;
    }

private:
    sqlite3* db_ = nullptr;
    sqlite3_stmt* prepared_[static_cast<std::size_t>(sqlite_statement::how_many)] = {};
};

// A change of the file: as a whole, or, unless `commit` says otherwise, not at all.
class sqlite_change {
public:
    explicit sqlite_change(sqlite_connection& c) : connection_(c)
    {
        auto q = c.query(sqlite_statement::begin);
        if (q.run())
            open_ = true;
        else
            error_ = q.error();
    }
    sqlite_change(sqlite_change const&) = delete;
    sqlite_change& operator=(sqlite_change const&) = delete;
    ~sqlite_change()
    {
        // some failures have ended it already, and then this fails, which does not matter
        if (open_)
            connection_.query(sqlite_statement::rollback).run();
    }

    // Runs a statement without rows.
    template <class... Values>
    bool run(sqlite_statement which, Values const&... values)
    {
        if (error_)
            return false;
        auto q = connection_.query(which);
        (q.bind(values), ...);
        if (!q.run())
            error_ = q.error();
        return !error_;
    }
    // Lets `take` read what a query gives.
    template <class Take, class... Values>
    bool each(sqlite_statement which, Take take, Values const&... values)
    {
        if (error_)
            return false;
        auto q = connection_.query(which);
        (q.bind(values), ...);
        while (q.step())
            take(q);
        if (!q.ok())
            error_ = q.error();
        return !error_;
    }

    bool commit()
    {
        if (run(sqlite_statement::commit))
            open_ = false;
        return !error_;
    }

    bool failed() const noexcept { return error_.has_value(); }
    failure error() const { return *error_; }

private:
    sqlite_connection& connection_;
    bool open_ = false;
    std::optional<failure> error_{};
};

// What is known of a row before it is changed.
struct sqlite_found {
    bool there = false;
    std::int64_t ref = 0;
    row value{};
    std::size_t log_entries = 0;
    std::size_t log_bytes = 0;
    std::size_t cost = 0;

    void take(sqlite_query const& q)
    {
        there = true;
        ref = q.number(0);
        value.created = q.time(1);
        value.updated = q.time(2);
        value.version = static_cast<std::uint64_t>(q.number(3));
        log_entries = static_cast<std::size_t>(q.number(4));
        log_bytes = static_cast<std::size_t>(q.number(5));
        cost = static_cast<std::size_t>(q.number(6));
        value.body = q.bytes(7);
    }
};

struct sqlite_totals {
    std::uint64_t last_version = 0;
    std::size_t rows = 0;
    std::size_t bytes = 0;

    void take(sqlite_query const& q)
    {
        last_version = static_cast<std::uint64_t>(q.number(0));
        rows = static_cast<std::size_t>(q.number(1));
        bytes = static_cast<std::size_t>(q.number(2));
    }
};

inline std::int64_t as_number(timestamp t) noexcept { return t.time_since_epoch().count(); }

// How a number of bytes changes a sum.
inline std::int64_t change_of(std::size_t before, std::size_t after) noexcept
{
    return static_cast<std::int64_t>(after) - static_cast<std::int64_t>(before);
}

// Makes an empty file that only its owner may read: SQLite would let everybody, and what is beside it gets the rights
// of the file. It is made elsewhere and linked, because closing a file lets go of every lock this process has on it.
inline void make_private_file(std::string const& path)
{
    if (::access(path.c_str(), F_OK) == 0)
        return;
    auto made = path + ".XXXXXX";
    auto const fd = ::mkstemp(made.data());
    if (fd < 0)
        return; // SQLite will say what is wrong with this place
    ::close(fd);
    (void)!::link(made.c_str(), path.c_str());
    ::unlink(made.c_str());
}

} // namespace detail

struct sqlite::state {
    static constexpr std::size_t most_readers = 8;

    sqlite_options options{};
    std::string path{};

    std::mutex writing{}; // whoever changes the file; other processes are kept out by SQLite
    detail::sqlite_connection writer{};

    std::mutex mutex{};
    std::vector<std::unique_ptr<detail::sqlite_connection>> readers{}; // those not in use

    // A connection for one call.
    class reader {
    public:
        explicit reader(state& s) : state_(s)
        {
            {
                std::lock_guard lock(s.mutex);
                if (!s.readers.empty()) {
                    connection_ = std::move(s.readers.back());
                    s.readers.pop_back();
                    return;
                }
            }
            connection_ = std::make_unique<detail::sqlite_connection>();
            error_ = connection_->open(s.path, 0, s.options.busy_timeout);
        }
        reader(reader const&) = delete;
        reader& operator=(reader const&) = delete;
        ~reader()
        {
            if (error_)
                return;
            std::lock_guard lock(state_.mutex);
            if (state_.readers.size() < most_readers)
                state_.readers.push_back(std::move(connection_));
        }

        std::optional<failure> const& error() const noexcept { return error_; }
        detail::sqlite_query query(detail::sqlite_statement which) { return connection_->query(which); }

    private:
        state& state_;
        std::unique_ptr<detail::sqlite_connection> connection_{};
        std::optional<failure> error_{};
    };

    // The tables, made or looked at.
    std::optional<failure> prepare()
    {
        using detail::sqlite_failure;
        // In this order: another program may be making the tables now, and then they are there with their marks.
        auto const tables = writer.value("SELECT count(*) FROM sqlite_master");
        auto const application = writer.value("PRAGMA application_id");
        auto const version = writer.value("PRAGMA user_version");
        for (auto const* v : {&application, &version, &tables})
            if (!*v)
                return v->error();
        if (*tables != "0" && *application != std::to_string(detail::sqlite_application))
            return failure(errc::unsupported, "it is the data base of something else");
        if (*tables != "0" && *version != std::to_string(detail::sqlite_schema_version))
            return failure(errc::unsupported, "its tables are version " + *version + ", this program knows version " +
                                                  std::to_string(detail::sqlite_schema_version));
        auto const mode = writer.value("PRAGMA journal_mode = WAL");
        if (!mode)
            return mode.error();
        if (*mode != "wal")
            return failure(errc::unsupported, "there can be no write-ahead log here");
        if (*tables != "0")
            return std::nullopt;

        // several programs may find an empty file at once
        if (auto why = writer.execute("BEGIN IMMEDIATE"))
            return why;
        auto const now = writer.value("SELECT count(*) FROM sqlite_master");
        std::optional<failure> why = now ? std::nullopt : std::optional(now.error());
        if (!why && *now == "0") {
            why = writer.execute(detail::sqlite_schema);
            auto const marks = "PRAGMA application_id = " + std::to_string(detail::sqlite_application) +
                               "; PRAGMA user_version = " + std::to_string(detail::sqlite_schema_version);
            if (!why)
                why = writer.execute(marks.c_str());
        }
        if (!why)
            why = writer.execute("COMMIT");
        if (why)
            (void)writer.execute("ROLLBACK");
        return why;
    }

    std::optional<failure> open()
    {
        detail::make_private_file(options.path);
        if (auto why = writer.open(options.path, SQLITE_OPEN_CREATE, options.busy_timeout))
            return why;
        path = writer.path();
        // Where going over to the write-ahead log would be a deadlock, SQLite does not wait, but leaves it to us.
        auto const give_up = std::chrono::steady_clock::now() + options.busy_timeout;
        for (;;) {
            auto why = prepare();
            if (!why)
                return why;
            bool const busy =
                why->code.category() == detail::sqlite_category_instance() &&
                ((why->code.value() & 0xff) == SQLITE_BUSY || (why->code.value() & 0xff) == SQLITE_LOCKED);
            if (!busy || std::chrono::steady_clock::now() >= give_up) {
                why->message = options.path + (why->message.empty() ? "" : ": ") + why->message;
                return why;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
    }

    bool exceeds_bytes(detail::sqlite_totals const& t, std::size_t more) const noexcept
    {
        return more > options.limits.bytes - std::min(t.bytes, options.limits.bytes);
    }
};

CHATWIRE_DECL sqlite::sqlite(std::unique_ptr<state> s) : state_(std::move(s)) {}
CHATWIRE_DECL sqlite::~sqlite() = default;

CHATWIRE_DECL result<std::unique_ptr<sqlite>> sqlite::open(sqlite_options o)
{
    if (o.path.empty() || o.path.front() == ':' || o.path.find('\0') != std::string::npos)
        return failure(errc::invalid_argument, "the path of a store has to name a file");
    if (!o.now)
        o.now = detail::system_now;
    auto s = std::make_unique<state>();
    s->options = std::move(o);
    if (auto why = s->open())
        return *std::move(why);
    return std::unique_ptr<sqlite>(new sqlite(std::move(s)));
}

CHATWIRE_DECL result<row> sqlite::get(key const& k)
{
    state::reader from(*state_);
    if (from.error())
        return *from.error();
    auto q = from.query(detail::sqlite_statement::find_row);
    detail::sqlite_found found;
    if (q.bind(k).step())
        found.take(q);
    if (!q.ok())
        return q.error();
    if (!found.there)
        return failure(errc::not_found);
    found.value.key = k;
    return std::move(found.value);
}

CHATWIRE_DECL result<row> sqlite::put(row r, std::optional<std::uint64_t> expected_version)
{
    using enum detail::sqlite_statement;
    std::lock_guard lock(state_->writing);
    detail::sqlite_change change(state_->writer);
    detail::sqlite_found found;
    detail::sqlite_totals totals;
    change.each(
        find_row, [&](auto const& q) { found.take(q); }, r.key);
    change.each(read_totals, [&](auto const& q) { totals.take(q); });
    if (change.failed())
        return change.error();
    if (expected_version && *expected_version != found.value.version)
        return failure(errc::conflict, found.there ? "the row has another version" : "there is no such row");

    auto const before = found.there ? detail::cost_of(r.key, found.value.body) : 0;
    auto const after = detail::cost_of(r.key, r.body);
    if (after > before && state_->exceeds_bytes(totals, after - before))
        return failure(errc::store_limit, "the store holds no more bytes");
    if (!found.there && totals.rows >= state_->options.limits.rows)
        return failure(errc::store_limit, "the store holds no more rows");

    r.version = totals.last_version + 1;
    r.updated = state_->options.now();
    r.created = found.there ? found.value.created : r.updated;
    auto const version = static_cast<std::int64_t>(r.version);
    auto const updated = detail::as_number(r.updated);
    auto const grown = detail::change_of(before, after);
    auto const cost = static_cast<std::int64_t>(found.cost) + grown;
    if (found.there)
        change.run(update_row, found.ref, updated, version, cost, r.body);
    else
        change.run(insert_row, r.key, version, updated, cost, r.body);
    change.run(add_totals, std::int64_t{1}, std::int64_t{found.there ? 0 : 1}, grown);
    if (!change.commit())
        return change.error();
    return r;
}

CHATWIRE_DECL result<bool> sqlite::erase(key const& k)
{
    using enum detail::sqlite_statement;
    std::lock_guard lock(state_->writing);
    detail::sqlite_change change(state_->writer);
    detail::sqlite_found found;
    change.each(
        find_row, [&](auto const& q) { found.take(q); }, k);
    if (change.failed())
        return change.error();
    if (!found.there)
        return false;
    change.run(delete_log, found.ref);
    change.run(delete_row, found.ref);
    change.run(add_totals, std::int64_t{0}, std::int64_t{-1}, detail::change_of(found.cost, 0));
    if (!change.commit())
        return change.error();
    return true;
}

CHATWIRE_DECL result<std::vector<row>> sqlite::list(std::string_view kind, std::optional<std::string_view> project)
{
    state::reader from(*state_);
    if (from.error())
        return *from.error();
    auto q = from.query(project ? detail::sqlite_statement::list_project : detail::sqlite_statement::list_kind);
    q.bind(kind);
    if (project)
        q.bind(*project);
    std::vector<row> rows;
    while (q.step())
        rows.push_back({.key = {q.bytes(0), q.bytes(1), q.bytes(2)},
                        .created = q.time(3),
                        .updated = q.time(4),
                        .version = static_cast<std::uint64_t>(q.number(5)),
                        .body = q.bytes(6)});
    if (!q.ok())
        return q.error();
    return rows;
}

CHATWIRE_DECL result<std::uint64_t> sqlite::append(key const& k, std::optional<std::uint64_t> expected_length,
                                                   std::vector<std::string> entries)
{
    using enum detail::sqlite_statement;
    std::lock_guard lock(state_->writing);
    detail::sqlite_change change(state_->writer);
    detail::sqlite_found found;
    detail::sqlite_totals totals;
    change.each(
        find_row, [&](auto const& q) { found.take(q); }, k);
    change.each(read_totals, [&](auto const& q) { totals.take(q); });
    if (change.failed())
        return change.error();
    if (!found.there)
        return failure(errc::not_found);
    if (expected_length && *expected_length != found.log_entries)
        return failure(errc::conflict, "the log has another length");

    auto const& limits = state_->options.limits;
    std::size_t added = 0;
    for (auto const& e : entries)
        added += e.size();
    if (entries.size() > limits.log_entries - std::min(found.log_entries, limits.log_entries))
        return failure(errc::store_limit, "the log holds no more entries");
    if (added > limits.log_bytes - std::min(found.log_bytes, limits.log_bytes))
        return failure(errc::store_limit, "the log holds no more bytes");
    auto const cost = added + entries.size() * detail::entry_overhead;
    if (state_->exceeds_bytes(totals, cost))
        return failure(errc::store_limit, "the store holds no more bytes");

    auto n = static_cast<std::int64_t>(found.log_entries);
    for (auto const& e : entries)
        change.run(insert_entry, found.ref, n++, e);
    change.run(grow_log, found.ref, detail::as_number(state_->options.now()), static_cast<std::int64_t>(entries.size()),
               static_cast<std::int64_t>(added), static_cast<std::int64_t>(cost));
    change.run(add_totals, std::int64_t{0}, std::int64_t{0}, static_cast<std::int64_t>(cost));
    if (!change.commit())
        return change.error();
    return static_cast<std::uint64_t>(n);
}

CHATWIRE_DECL result<std::vector<std::string>> sqlite::read(key const& k)
{
    state::reader from(*state_);
    if (from.error())
        return *from.error();
    auto q = from.query(detail::sqlite_statement::entries_of);
    q.bind(k);
    std::vector<std::string> log;
    bool there = false;
    for (; q.step(); there = true)
        if (!q.null(0))
            log.push_back(q.bytes(0));
    if (!q.ok())
        return q.error();
    if (!there)
        return failure(errc::not_found);
    return log;
}

CHATWIRE_DECL result<std::size_t> sqlite::expire(std::string_view kind, timestamp older_than)
{
    using enum detail::sqlite_statement;
    std::lock_guard lock(state_->writing);
    detail::sqlite_change change(state_->writer);
    std::int64_t gone = 0;
    std::int64_t cost = 0;
    auto const border = detail::as_number(older_than);
    change.each(
        old_rows,
        [&](auto const& q) {
            gone = q.number(0);
            cost = q.number(1);
        },
        kind, border);
    if (gone != 0) {
        change.run(delete_old_logs, kind, border);
        change.run(delete_old_rows, kind, border);
        change.run(add_totals, std::int64_t{0}, -gone, -cost);
    }
    if (!change.commit())
        return change.error();
    return static_cast<std::size_t>(gone);
}

} // namespace chatwire::store
#endif
