// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_STORE_POSTGRES_IPP
#define CHATWIRE_IMPL_STORE_POSTGRES_IPP

#include <chatwire/store/detail/cost.hpp>
#include <chatwire/store/postgres.hpp>

#include <libpq-fe.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include <poll.h>
#include <sys/random.h>
#include <unistd.h>

namespace chatwire::store {
namespace detail {

inline constexpr std::int64_t postgres_schema_version = 1;

// "chatwire" as a number: the advisory lock under which the schema is made.
inline constexpr char const* postgres_schema_lock = "SELECT pg_advisory_xact_lock(7163384565823336037)";

// {} stands for the schema's name.
//
// A row is found by a hash of its key, because an index takes keys of some 2,700 bytes only. Its `ref` is the version
// it was made with. Times are microseconds since 1970.
//
// `done` holds what came of each change, by the token its maker gave it, for as long as it may be asked for again.
//
// What the functions return: 0 and the numbers the caller wants, or why not (see postgres_refusal). Each locks what it
// is about first, in a statement of its own: in READ COMMITTED the next one sees what whoever had the lock has done.
inline constexpr char const* postgres_schema = R"(
CREATE SEQUENCE {}.versions;

CREATE TABLE {}.rows (
    ref bigint PRIMARY KEY,
    key bytea NOT NULL UNIQUE,
    kind bytea NOT NULL,
    project bytea NOT NULL,
    id bytea NOT NULL,
    created bigint NOT NULL,
    updated bigint NOT NULL,
    version bigint NOT NULL,
    log_entries bigint NOT NULL DEFAULT 0,
    log_bytes bigint NOT NULL DEFAULT 0,
    body bytea NOT NULL
);
CREATE INDEX ON {}.rows (sha256(kind), sha256(project));

CREATE TABLE {}.log (
    ref bigint NOT NULL,
    n bigint NOT NULL,
    entry bytea NOT NULL,
    PRIMARY KEY (ref, n)
);

CREATE TABLE {}.done (
    token bytea PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    numbers bigint[] NOT NULL
);

CREATE FUNCTION {}.key_of(kind bytea, project bytea, id bytea) RETURNS bytea LANGUAGE sql IMMUTABLE AS
'SELECT sha256(int4send(length(kind)) || kind || int4send(length(project)) || project || id)';

CREATE FUNCTION {}.moment(given bigint) RETURNS bigint LANGUAGE sql VOLATILE AS
'SELECT coalesce(given, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)';

CREATE FUNCTION {}.put(p_token bytea, p_kind bytea, p_project bytea, p_id bytea, p_body bytea, p_expected bigint,
                       p_now bigint) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
    k CONSTANT bytea := {}.key_of(p_kind, p_project, p_id);
    was bigint;
    was_ref bigint;
    made bigint;
    instant bigint;
    answer bigint[];
BEGIN
    -- a row that is not there cannot be locked; its key can
    PERFORM pg_advisory_xact_lock(7163384, ('x' || encode(substr(k, 1, 4), 'hex'))::bit(32)::int);
    SELECT numbers INTO answer FROM {}.done WHERE token = p_token;
    IF FOUND THEN
        RETURN answer;
    END IF;
    SELECT ref, created, version INTO was_ref, made, was FROM {}.rows WHERE key = k FOR UPDATE;
    IF p_expected <> coalesce(was, 0) THEN
        RETURN ARRAY[CASE WHEN was IS NULL THEN 2 ELSE 3 END];
    END IF;
    instant := {}.moment(p_now);
    answer := ARRAY[0, coalesce(made, instant), instant, nextval('{}.versions')];
    IF was_ref IS NULL THEN
        INSERT INTO {}.rows (ref, key, kind, project, id, created, updated, version, body)
            VALUES (answer[4], k, p_kind, p_project, p_id, instant, instant, answer[4], p_body);
    ELSE
        UPDATE {}.rows SET updated = instant, version = answer[4], body = p_body WHERE ref = was_ref;
    END IF;
    INSERT INTO {}.done (token, numbers) VALUES (p_token, answer);
    RETURN answer;
END $$;

CREATE FUNCTION {}.append(p_token bytea, p_kind bytea, p_project bytea, p_id bytea, p_expected bigint,
                          p_entries bytea[], p_now bigint, p_most_entries bigint, p_most_bytes bigint)
RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
    was record;
    many CONSTANT bigint := cardinality(p_entries);
    bytes bigint;
    answer bigint[];
BEGIN
    SELECT ref, log_entries, log_bytes INTO was FROM {}.rows
        WHERE key = {}.key_of(p_kind, p_project, p_id) FOR UPDATE;
    IF NOT FOUND THEN
        RETURN ARRAY[1];
    END IF;
    SELECT numbers INTO answer FROM {}.done WHERE token = p_token;
    IF FOUND THEN
        RETURN answer;
    END IF;
    IF p_expected <> was.log_entries THEN
        RETURN ARRAY[4];
    END IF;
    SELECT coalesce(sum(length(e)), 0) INTO bytes FROM unnest(p_entries) AS t(e);
    IF many > p_most_entries - least(was.log_entries, p_most_entries) THEN
        RETURN ARRAY[5];
    END IF;
    IF bytes > p_most_bytes - least(was.log_bytes, p_most_bytes) THEN
        RETURN ARRAY[6];
    END IF;
    INSERT INTO {}.log (ref, n, entry)
        SELECT was.ref, was.log_entries + i - 1, e FROM unnest(p_entries) WITH ORDINALITY AS t(e, i);
    UPDATE {}.rows SET updated = {}.moment(p_now), log_entries = log_entries + many, log_bytes = log_bytes + bytes
        WHERE ref = was.ref;
    answer := ARRAY[0, was.log_entries + many];
    INSERT INTO {}.done (token, numbers) VALUES (p_token, answer);
    RETURN answer;
END $$;

CREATE FUNCTION {}.erase(p_token bytea, p_kind bytea, p_project bytea, p_id bytea) RETURNS bigint[]
LANGUAGE plpgsql AS $$
DECLARE
    was_ref bigint;
    answer bigint[];
BEGIN
    SELECT ref INTO was_ref FROM {}.rows WHERE key = {}.key_of(p_kind, p_project, p_id) FOR UPDATE;
    SELECT numbers INTO answer FROM {}.done WHERE token = p_token;
    IF FOUND THEN
        RETURN answer;
    END IF;
    IF was_ref IS NULL THEN
        RETURN ARRAY[0, 0];
    END IF;
    DELETE FROM {}.log WHERE ref = was_ref;
    DELETE FROM {}.rows WHERE ref = was_ref;
    answer := ARRAY[0, 1];
    INSERT INTO {}.done (token, numbers) VALUES (p_token, answer);
    RETURN answer;
END $$;

CREATE FUNCTION {}.expire(p_kind bytea, p_border bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    gone bigint[];
BEGIN
    PERFORM pg_advisory_xact_lock(7163385, 0); -- two at once would wait for each other
    WITH old AS (DELETE FROM {}.rows WHERE sha256(kind) = sha256(p_kind) AND updated < p_border RETURNING ref)
        SELECT array_agg(ref) INTO gone FROM old;
    DELETE FROM {}.log WHERE ref = ANY (gone);
    RETURN coalesce(cardinality(gone), 0);
END $$;

CREATE TABLE {}.meta (schema_version bigint NOT NULL);
)";

enum class postgres_refusal : std::int64_t {
    none,
    no_row,
    never_there,
    other_version,
    other_length,
    log_entries,
    log_bytes
};

inline failure to_failure(postgres_refusal r)
{
    switch (r) {
    case postgres_refusal::no_row: return failure(errc::not_found);
    case postgres_refusal::never_there: return failure(errc::conflict, "there is no such row");
    case postgres_refusal::other_version: return failure(errc::conflict, "the row has another version");
    case postgres_refusal::other_length: return failure(errc::conflict, "the log has another length");
    case postgres_refusal::log_entries: return failure(errc::store_limit, "the log holds no more entries");
    case postgres_refusal::log_bytes: return failure(errc::store_limit, "the log holds no more bytes");
    case postgres_refusal::none: break;
    }
    return failure(errc::protocol_violation, "the data base's functions are not ours");
}

// A SQLSTATE as a number: five digits to the base of 36.
class postgres_category final : public error_category {
public:
    char const* name() const noexcept override { return "chatwire.postgresql"; }
    std::string message(int code) const override
    {
        std::string state(5, '0');
        for (auto at = state.rbegin(); at != state.rend(); ++at, code /= 36)
            *at = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[code % 36];
        return "SQLSTATE " + state;
    }
    static int number(std::string_view state) noexcept
    {
        int n = 0;
        for (char const c : state)
            n = n * 36 + (c >= 'A' ? c - 'A' + 10 : c - '0');
        return n;
    }
};

inline error_category const& postgres_category_instance() noexcept
{
    static postgres_category const c;
    return c;
}

struct postgres_free {
    void operator()(PGconn* c) const noexcept { PQfinish(c); }
    void operator()(PGresult* r) const noexcept { PQclear(r); }
    void operator()(PQconninfoOption* o) const noexcept { PQconninfoFree(o); }
};

// What a query gave, all values in the binary format.
class postgres_result {
public:
    explicit postgres_result(PGresult* r) : result_(r) {}

    int rows() const { return PQntuples(result_.get()); }
    bool null(int r, int column) const { return PQgetisnull(result_.get(), r, column) != 0; }
    std::string bytes(int r, int column) const
    {
        return {PQgetvalue(result_.get(), r, column), static_cast<std::size_t>(PQgetlength(result_.get(), r, column))};
    }
    // a bigint or a boolean
    std::int64_t number(int r, int column) const
    {
        std::uint64_t n = 0;
        for (char const c : bytes(r, column))
            n = n << 8 | static_cast<unsigned char>(c);
        return static_cast<std::int64_t>(n);
    }
    timestamp time(int r, int column) const { return timestamp(std::chrono::microseconds(number(r, column))); }

private:
    std::unique_ptr<PGresult, postgres_free> result_;
};

// The parameters of a query, in the binary format.
class postgres_parameters {
public:
    postgres_parameters& bytes(std::string_view b) { return add(17, std::string(b)); }
    postgres_parameters& bytes(key const& k) { return bytes(k.kind).bytes(k.project).bytes(k.id); }
    postgres_parameters& number(std::optional<std::int64_t> n)
    {
        return n ? add(20, big_endian(static_cast<std::uint64_t>(*n), 8)) : add(20, std::nullopt);
    }
    // A number of ours that may be greater than theirs; what is, is the number of nothing there.
    postgres_parameters& expectation(std::optional<std::uint64_t> n)
    {
        if (!n)
            return number(std::nullopt);
        return number(*n > static_cast<std::uint64_t>(INT64_MAX) ? -1 : static_cast<std::int64_t>(*n));
    }
    postgres_parameters& bound(std::size_t n)
    {
        return number(static_cast<std::int64_t>(std::min<std::uint64_t>(n, static_cast<std::uint64_t>(INT64_MAX))));
    }
    // One dimension, no nulls, elements of type bytea, counted from 1.
    postgres_parameters& array(std::vector<std::string> const& elements)
    {
        std::string text = big_endian(elements.empty() ? 0 : 1, 4) + big_endian(0, 4) + big_endian(17, 4);
        if (!elements.empty())
            text += big_endian(elements.size(), 4) + big_endian(1, 4);
        for (auto const& e : elements)
            text += big_endian(e.size(), 4) + e;
        return add(1001, std::move(text));
    }

    bool send(PGconn* c, char const* sql) const
    {
        std::vector<char const*> values;
        std::vector<int> lengths;
        for (auto const& v : values_) {
            values.push_back(v ? v->data() : nullptr);
            lengths.push_back(v ? static_cast<int>(v->size()) : 0);
        }
        std::vector<int> const binary(values_.size(), 1);
        return PQsendQueryParams(c, sql, static_cast<int>(values_.size()), types_.data(), values.data(), lengths.data(),
                                 binary.data(), 1) == 1;
    }

private:
    static std::string big_endian(std::uint64_t n, int size)
    {
        std::string out;
        while (size-- != 0)
            out += static_cast<char>(n >> 8 * size & 0xff);
        return out;
    }
    postgres_parameters& add(Oid type, std::optional<std::string> value)
    {
        types_.push_back(type);
        values_.push_back(std::move(value));
        return *this;
    }

    std::vector<Oid> types_{};
    std::vector<std::optional<std::string>> values_{};
};

// Replaces what nobody is to read, and takes what is only for the server's programmers away.
inline std::string tidy_message(char const* text, std::vector<std::string> const& secrets)
{
    std::string out = text ? text : "";
    if (auto const at = out.find("\nLOCATION:"); at != std::string::npos)
        out.erase(at);
    for (auto const& s : secrets)
        for (std::size_t at = 0; (at = out.find(s, at)) != std::string::npos; at += 3)
            out.replace(at, s.size(), "***");
    // of several lines, one
    for (std::size_t at = 0; (at = out.find_first_of("\n\t", at)) != std::string::npos;)
        out.replace(at, std::min(out.find_first_not_of("\n\t ", at), out.size()) - at, 1, ' ');
    while (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

// One connection, used by one thread at a time. It never waits for longer than it is told.
class postgres_connection {
public:
    using clock = std::chrono::steady_clock;

    explicit postgres_connection(std::vector<std::string> const& secrets) : secrets_(secrets) {}

    std::optional<failure> connect(std::string const& where, clock::time_point deadline)
    {
        for (;;) {
            auto why = connect_once(where, deadline);
            // "the database system is starting up": it soon will be, after a restart or a crash
            if (!why || why->message.find("57P03:") == std::string::npos ||
                deadline - clock::now() < std::chrono::milliseconds(50))
                return why;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
    }

    result<postgres_result> run(char const* sql, postgres_parameters const& p, clock::time_point deadline)
    {
        auto* const c = connection_.get();
        return p.send(c, sql) ? finish(deadline) : result<postgres_result>(lost());
    }

    // Several statements at once, without parameters, as one transaction.
    result<postgres_result> run_script(char const* sql, clock::time_point deadline)
    {
        return PQsendQuery(connection_.get(), sql) == 1 ? finish(deadline) : result<postgres_result>(lost());
    }

    bool broken() const noexcept { return broken_; }
    bool fell_silent() const noexcept { return silent_; }

    // Nothing is due on a connection that nobody uses, but the news that it is no more.
    bool stale() const noexcept
    {
        pollfd p{PQsocket(connection_.get()), POLLIN, 0};
        return PQstatus(connection_.get()) != CONNECTION_OK || ::poll(&p, 1, 0) != 0;
    }

private:
    result<postgres_result> finish(clock::time_point deadline)
    {
        auto* const c = connection_.get();
        for (int left; (left = PQflush(c)) != 0;) {
            // the server may want to be read from before it reads on
            if (left < 0 || !wait(POLLIN | POLLOUT, deadline))
                return lost();
            if ((ready_ & POLLIN) && PQconsumeInput(c) == 0)
                return lost();
        }
        std::unique_ptr<PGresult, postgres_free> answer;
        for (;;) {
            while (PQisBusy(c))
                if (!wait(POLLIN, deadline) || PQconsumeInput(c) == 0)
                    return lost();
            std::unique_ptr<PGresult, postgres_free> next(PQgetResult(c));
            if (!next)
                break;
            if (!answer || PQresultStatus(answer.get()) != PGRES_FATAL_ERROR)
                answer = std::move(next);
        }
        auto const status = answer ? PQresultStatus(answer.get()) : PGRES_FATAL_ERROR;
        if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK)
            return postgres_result(answer.release());
        return refused(answer.get());
    }

    std::optional<failure> connect_once(std::string const& where, clock::time_point deadline)
    {
        char const* const names[] = {"dbname", "fallback_application_name", "client_encoding", nullptr};
        char const* const values[] = {where.c_str(), "chatwire", "UTF8", nullptr};
        connection_.reset(PQconnectStartParams(names, values, 1));
        auto* const c = connection_.get();
        if (!c || PQstatus(c) == CONNECTION_BAD)
            return failure(errc::connect_failed, tidy_message(c ? PQerrorMessage(c) : "no memory", secrets_));
        PQsetNoticeProcessor(
            c, [](void*, char const*) {}, nullptr); // it would print them
        PQsetErrorVerbosity(c, PQERRORS_VERBOSE);   // for the SQLSTATE
        for (auto next = PGRES_POLLING_WRITING; next != PGRES_POLLING_OK; next = PQconnectPoll(c)) {
            if (next == PGRES_POLLING_FAILED)
                return failure(errc::connect_failed, tidy_message(PQerrorMessage(c), secrets_));
            if (!wait(next == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline))
                return failure(errc::connect_failed, "the server does not answer");
        }
        PQsetnonblocking(c, 1);
        return std::nullopt;
    }

    bool wait(int events, clock::time_point deadline)
    {
        for (;;) {
            auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now()).count();
            pollfd p{PQsocket(connection_.get()), static_cast<short>(events), 0};
            auto const n = ::poll(&p, 1, static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000)));
            ready_ = p.revents;
            if (n > 0)
                return true;
            if (n == 0 && left <= 60'000) {
                silent_ = true;
                return false;
            }
            if (n < 0 && errno != EINTR)
                return false;
        }
    }

    failure lost()
    {
        broken_ = true;
        return failure(errc::connection_lost, silent_ ? "the server does not answer"
                                                      : tidy_message(PQerrorMessage(connection_.get()), secrets_));
    }

    failure refused(PGresult const* r)
    {
        char const* const state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : nullptr;
        std::string_view const code = state ? state : "";
        // 57P0x: the server ends the connection, or all of them. 08xxx: it has lost it.
        if (PQstatus(connection_.get()) != CONNECTION_OK || code.size() != 5 || code.starts_with("57P") ||
            code.starts_with("08"))
            return lost();
        // a server that others took over from only reads: somewhere there is one that writes
        broken_ = code == "25006";
        return failure(error_code(postgres_category::number(code), postgres_category_instance()),
                       tidy_message(PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY), secrets_));
    }

    std::vector<std::string> const& secrets_;
    std::unique_ptr<PGconn, postgres_free> connection_{};
    int ready_ = 0;
    bool broken_ = false;
    bool silent_ = false;
};

} // namespace detail

struct postgres::state {
    using connection = detail::postgres_connection;
    using parameters = detail::postgres_parameters;
    using clock = connection::clock;

    postgres_options options{};
    std::vector<std::string> secrets{};
    std::string token_start{};
    std::atomic<std::uint64_t> tokens{0};
    std::atomic<clock::rep> next_tidying{0};

    std::mutex mutex{};
    std::condition_variable returned{};
    std::vector<std::unique_ptr<connection>> idle{};
    std::size_t in_use = 0;

    std::string in_schema(std::string_view text) const
    {
        std::string out;
        for (std::size_t at; (at = text.find("{}")) != std::string_view::npos; text.remove_prefix(at + 2))
            out.append(text.substr(0, at)).append(options.schema);
        return out.append(text);
    }

    // A connection for one call: an idle one that still seems to live, or a new one.
    class lease {
    public:
        lease(state& s, bool want_new) : state_(s)
        {
            {
                std::unique_lock lock(s.mutex);
                s.returned.wait(lock, [&] { return s.in_use < s.options.connections; });
                ++s.in_use;
                if (want_new)
                    s.idle.clear(); // one of them broke, and they are as old
                while (!connection_ && !s.idle.empty()) {
                    connection_ = std::move(s.idle.back());
                    s.idle.pop_back();
                    if (connection_->stale())
                        connection_.reset();
                }
            }
            if (connection_)
                return;
            auto made = s.connect();
            if (made)
                connection_ = *std::move(made);
            else
                error_ = made.error();
        }
        lease(lease const&) = delete;
        lease& operator=(lease const&) = delete;
        ~lease()
        {
            if (connection_ && connection_->broken())
                connection_.reset();
            std::lock_guard lock(state_.mutex);
            if (connection_)
                state_.idle.push_back(std::move(connection_));
            --state_.in_use;
            state_.returned.notify_one();
        }

        std::optional<failure> const& error() const noexcept { return error_; }
        connection* operator->() const noexcept { return connection_.get(); }
        connection& operator*() const noexcept { return *connection_; }

    private:
        state& state_;
        std::unique_ptr<connection> connection_{};
        std::optional<failure> error_{};
    };

    clock::time_point deadline() const
    {
        // a server that lives ends the statement itself, and says so
        return clock::now() + options.statement_timeout + std::chrono::seconds(2);
    }

    result<std::unique_ptr<connection>> connect()
    {
        auto c = std::make_unique<connection>(secrets);
        if (auto why = c->connect(options.connection, clock::now() + options.connect_timeout))
            return *std::move(why);
        // What our functions rely on, whatever the defaults of the server, the data base and the role are.
        auto const ms = std::max<std::int64_t>(options.statement_timeout.count(), 1);
        auto const settings = "SELECT set_config('statement_timeout', '" + std::to_string(ms) +
                              "', false), set_config('default_transaction_isolation', 'read committed', false),"
                              " set_config('search_path', 'pg_catalog', false), set_config('synchronous_commit',"
                              " CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'"
                              " ELSE current_setting('synchronous_commit') END, false)";
        auto const set = c->run(settings.c_str(), {}, deadline());
        if (!set)
            return set.error();
        return c;
    }

    result<detail::postgres_result> call(std::string_view text, parameters const& p)
    {
        auto const sql = in_schema(text);
        failure first;
        {
            lease c(*this, false);
            if (c.error())
                return *c.error();
            auto answer = c->run(sql.c_str(), p, deadline());
            if (answer || !c->broken() || c->fell_silent())
                return answer;
            first = answer.error();
        }
        lease c(*this, true);
        if (c.error()) {
            first.message += "; " + c.error()->message;
            return first;
        }
        return c->run(sql.c_str(), p, deadline());
    }

    // A change: the parameters begin with a token. Gives the numbers that its function returns.
    result<detail::postgres_result> change(std::string_view text, parameters const& p)
    {
        auto answer = call(text, p);
        if (!answer)
            return answer;
        auto const refusal = answer->rows() == 1 ? answer->number(0, 0) : -1;
        if (refusal != 0)
            return detail::to_failure(static_cast<detail::postgres_refusal>(refusal));
        tidy();
        return answer;
    }

    // A value of PostgreSQL's has room for some 1,000,000,000 bytes, and so has a call.
    std::optional<failure> check_size(std::size_t n) const
    {
        if (n > std::min<std::size_t>(options.limits.bytes, 900'000'000))
            return failure(errc::store_limit, "the store holds no more bytes");
        return std::nullopt;
    }

    std::string token() { return token_start + std::to_string(tokens.fetch_add(1)); }

    std::optional<std::int64_t> now() const
    {
        if (!options.now)
            return std::nullopt;
        return options.now().time_since_epoch().count();
    }

    // Forgets what came of old changes: nobody asks for it any more.
    void tidy()
    {
        auto const moment = clock::now().time_since_epoch().count();
        auto due = next_tidying.load(std::memory_order_relaxed);
        auto const later = (clock::now() + std::chrono::minutes(10)).time_since_epoch().count();
        if (moment < due || !next_tidying.compare_exchange_strong(due, later))
            return;
        (void)call("DELETE FROM {}.done WHERE token IN (SELECT token FROM {}.done"
                   " WHERE at < now() - interval '1 hour' FOR UPDATE SKIP LOCKED)",
                   {});
    }

    std::optional<failure> check_options()
    {
        auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
        auto const& s = options.schema;
        if (s.empty() || s.size() > 63 || !letter(s.front()) || s.starts_with("pg_") ||
            !std::all_of(s.begin(), s.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); }))
            return failure(errc::invalid_argument, "the schema's name has to be of a-z, 0-9 and _");
        if (options.connections == 0)
            return failure(errc::invalid_argument, "there have to be connections");
        // what libpq says of a text that it cannot read may hold the password
        char* complaint = nullptr;
        std::unique_ptr<PQconninfoOption, detail::postgres_free> const parsed(
            options.connection.find('\0') == std::string::npos ? PQconninfoParse(options.connection.c_str(), &complaint)
                                                               : nullptr);
        PQfreemem(complaint);
        if (!parsed)
            return failure(errc::invalid_argument, "the connection has to be postgresql://... or key=value ...");
        for (auto const* o = parsed.get(); o->keyword; ++o)
            if (std::string_view(o->keyword).ends_with("password") && o->val && *o->val)
                secrets.emplace_back(o->val);
        return std::nullopt;
    }

    result<detail::postgres_result> ask_on(connection& c, std::string_view text)
    {
        return c.run(in_schema(text).c_str(), {}, deadline());
    }

    // not to_regclass: within a transaction it may go by what it knew before
    static constexpr std::string_view is_there =
        "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = '{}' AND tablename = 'meta')";

    // The schema, made or looked at.
    std::optional<failure> prepare()
    {
        lease c(*this, false);
        if (c.error())
            return c.error();
        auto const ask = [&](std::string_view text) { return ask_on(*c, text); };
        auto there = ask(is_there);
        if (there && there->number(0, 0) == 0)
            there = make(*c);
        if (!there)
            return there.error();
        auto const version = ask("SELECT max(schema_version) FROM {}.meta");
        if (!version)
            return version.error();
        if (version->number(0, 0) != detail::postgres_schema_version)
            return failure(errc::unsupported,
                           "the schema " + options.schema + " is version " + std::to_string(version->number(0, 0)) +
                               ", this program knows version " + std::to_string(detail::postgres_schema_version));
        return std::nullopt;
    }

    result<detail::postgres_result> make(connection& c)
    {
        auto const ask = [&](std::string_view text) { return ask_on(c, text); };
        auto step = ask("BEGIN");
        if (step)
            step = ask(detail::postgres_schema_lock);
        if (step)
            step = ask(is_there); // somebody else may have made it while we waited
        if (step && step->number(0, 0) == 0) {
            // who has been given the schema need not have the right to make one
            step = ask("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = '{}')");
            if (step && step->number(0, 0) == 0)
                step = ask("CREATE SCHEMA {}");
            if (step)
                step = c.run_script(in_schema(detail::postgres_schema).c_str(), deadline());
            if (step)
                step = ask("INSERT INTO {}.meta VALUES (" + std::to_string(detail::postgres_schema_version) + ")");
        }
        if (step)
            return ask("COMMIT");
        (void)ask("ROLLBACK");
        return step;
    }
};

CHATWIRE_DECL postgres::postgres(std::unique_ptr<state> s) : state_(std::move(s)) {}
CHATWIRE_DECL postgres::~postgres() = default;

CHATWIRE_DECL result<std::unique_ptr<postgres>> postgres::open(postgres_options o)
{
    auto s = std::make_unique<state>();
    s->options = std::move(o);
    if (auto why = s->check_options())
        return *std::move(why);
    s->token_start.resize(16);
    if (::getentropy(s->token_start.data(), s->token_start.size()) != 0)
        return failure(error_code(errno, boost::system::system_category()), "getentropy");
    if (auto why = s->prepare())
        return *std::move(why);
    return std::unique_ptr<postgres>(new postgres(std::move(s)));
}

CHATWIRE_DECL result<row> postgres::get(key const& k)
{
    auto const found = state_->call("SELECT created, updated, version, body FROM {}.rows"
                                    " WHERE key = {}.key_of($1, $2, $3)",
                                    state::parameters().bytes(k));
    if (!found)
        return found.error();
    if (found->rows() == 0)
        return failure(errc::not_found);
    return row{.key = k,
               .created = found->time(0, 0),
               .updated = found->time(0, 1),
               .version = static_cast<std::uint64_t>(found->number(0, 2)),
               .body = found->bytes(0, 3)};
}

CHATWIRE_DECL result<row> postgres::put(row r, std::optional<std::uint64_t> expected_version)
{
    if (auto why = state_->check_size(detail::cost_of(r.key, r.body)))
        return *std::move(why);
    auto const done = state_->change("SELECT r[1], r[2], r[3], r[4] FROM {}.put($1, $2, $3, $4, $5, $6, $7) AS t(r)",
                                     state::parameters()
                                         .bytes(state_->token())
                                         .bytes(r.key)
                                         .bytes(r.body)
                                         .expectation(expected_version)
                                         .number(state_->now()));
    if (!done)
        return done.error();
    r.created = done->time(0, 1);
    r.updated = done->time(0, 2);
    r.version = static_cast<std::uint64_t>(done->number(0, 3));
    return r;
}

CHATWIRE_DECL result<bool> postgres::erase(key const& k)
{
    auto const done = state_->change("SELECT r[1], r[2] FROM {}.erase($1, $2, $3, $4) AS t(r)",
                                     state::parameters().bytes(state_->token()).bytes(k));
    if (!done)
        return done.error();
    return done->number(0, 1) != 0;
}

CHATWIRE_DECL result<std::vector<row>> postgres::list(std::string_view kind, std::optional<std::string_view> project)
{
    std::string sql = "SELECT kind, project, id, created, updated, version, body FROM {}.rows"
                      " WHERE sha256(kind) = sha256($1)";
    state::parameters parameters;
    parameters.bytes(kind);
    if (project) {
        sql += " AND sha256(project) = sha256($2)";
        parameters.bytes(*project);
    }
    auto const found = state_->call(sql + " ORDER BY created DESC, version DESC", parameters);
    if (!found)
        return found.error();
    std::vector<row> rows;
    rows.reserve(static_cast<std::size_t>(found->rows()));
    for (int i = 0; i != found->rows(); ++i)
        rows.push_back({.key = {found->bytes(i, 0), found->bytes(i, 1), found->bytes(i, 2)},
                        .created = found->time(i, 3),
                        .updated = found->time(i, 4),
                        .version = static_cast<std::uint64_t>(found->number(i, 5)),
                        .body = found->bytes(i, 6)});
    return rows;
}

CHATWIRE_DECL result<std::uint64_t> postgres::append(key const& k, std::optional<std::uint64_t> expected_length,
                                                     std::vector<std::string> entries)
{
    std::size_t added = 0;
    for (auto const& e : entries)
        added += e.size() + detail::entry_overhead;
    if (auto why = state_->check_size(added))
        return *std::move(why);
    auto const& limits = state_->options.limits;
    auto const done = state_->change("SELECT r[1], r[2] FROM {}.append($1, $2, $3, $4, $5, $6, $7, $8, $9) AS t(r)",
                                     state::parameters()
                                         .bytes(state_->token())
                                         .bytes(k)
                                         .expectation(expected_length)
                                         .array(entries)
                                         .number(state_->now())
                                         .bound(limits.log_entries)
                                         .bound(limits.log_bytes));
    if (!done)
        return done.error();
    return static_cast<std::uint64_t>(done->number(0, 1));
}

CHATWIRE_DECL result<std::vector<std::string>> postgres::read(key const& k)
{
    // one statement, so that the row and its log are of one moment; a row without a log gives one NULL
    auto const found = state_->call("SELECT l.entry FROM {}.rows r LEFT JOIN {}.log l ON l.ref = r.ref"
                                    " WHERE r.key = {}.key_of($1, $2, $3) ORDER BY l.n",
                                    state::parameters().bytes(k));
    if (!found)
        return found.error();
    if (found->rows() == 0)
        return failure(errc::not_found);
    std::vector<std::string> log;
    for (int i = 0; i != found->rows(); ++i)
        if (!found->null(i, 0))
            log.push_back(found->bytes(i, 0));
    return log;
}

CHATWIRE_DECL result<std::size_t> postgres::expire(std::string_view kind, timestamp older_than)
{
    auto const gone = state_->call("SELECT {}.expire($1, $2)",
                                   state::parameters().bytes(kind).number(older_than.time_since_epoch().count()));
    if (!gone)
        return gone.error();
    return static_cast<std::size_t>(gone->number(0, 0));
}

} // namespace chatwire::store
#endif
