// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifdef CHATWIRE_SQLITE
#include <chatwire/store/sqlite.hpp>

#include "conformance.hpp"

#include "../support/temporary_directory.hpp"

#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <utility>

BOOST_AUTO_TEST_SUITE(store_sqlite)
namespace store_sqlite_cases {

using namespace chatwire;
namespace conf = store_conformance;

struct fixture {
    test::temporary_directory directory{};
    std::string file = directory.path() + "/store.db";
    conf::standing_clock clock{};

    std::shared_ptr<store::sqlite> open(store::limits l = {})
    {
        return store::sqlite::open({.path = file, .limits = l, .now = clock.now()}).value();
    }
    conf::nodes both(store::limits l = {}) { return {open(l), open(l)}; }

    // Somebody else's connection to the file.
    struct other {
        explicit other(std::string const& path) { BOOST_REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK); }
        ~other() { sqlite3_close(db); }
        void execute(char const* sql)
        {
            BOOST_REQUIRE_MESSAGE(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sqlite3_errmsg(db));
        }
        int number(char const* sql)
        {
            int n = -1;
            BOOST_REQUIRE(sqlite3_exec(
                              db, sql,
                              [](void* to, int, char** values, char**) {
                                  *static_cast<int*>(to) = std::stoi(values[0]);
                                  return 0;
                              },
                              &n, nullptr) == SQLITE_OK);
            return n;
        }
        sqlite3* db = nullptr;
    };
};

// While there is one, SQLite writes through it, and it sees what was written and not yet told to be put on disk.
class watched_disk {
public:
    watched_disk()
    {
        real_ = sqlite3_vfs_find(nullptr);
        mine_ = *real_;
        mine_.zName = "watched";
        mine_.xOpen = [](sqlite3_vfs*, char const* name, sqlite3_file* f, int flags, int* out) {
            auto const status = real_->xOpen(real_, name, f, flags, out);
            if (status == SQLITE_OK && f->pMethods) {
                methods_[f] = f->pMethods;
                auto& watched = watched_[f->pMethods]; // one for each kind of file
                watched = *f->pMethods;
                watched.xWrite = [](sqlite3_file* to, void const* bytes, int n, sqlite3_int64 at) {
                    unsynced_.insert(to);
                    return methods_[to]->xWrite(to, bytes, n, at);
                };
                watched.xSync = [](sqlite3_file* what, int how) {
                    unsynced_.erase(what);
                    ++syncs_;
                    return methods_[what]->xSync(what, how);
                };
                watched.xClose = [](sqlite3_file* what) {
                    unsynced_.erase(what);
                    return methods_[what]->xClose(what);
                };
                f->pMethods = &watched;
            }
            return status;
        };
        sqlite3_vfs_register(&mine_, 1);
    }
    ~watched_disk()
    {
        sqlite3_vfs_unregister(&mine_);
        sqlite3_vfs_register(real_, 1);
    }

    // Whether there is something on the disk since the last time, and nothing that is on its way.
    bool all_arrived() { return std::exchange(syncs_, 0) != 0 && unsynced_.empty(); }

private:
    static inline sqlite3_vfs* real_ = nullptr;
    static inline std::map<sqlite3_file*, sqlite3_io_methods const*> methods_{};
    static inline std::map<sqlite3_io_methods const*, sqlite3_io_methods> watched_{};
    static inline std::set<sqlite3_file*> unsynced_{};
    static inline int syncs_ = 0;
    sqlite3_vfs mine_{};
};

store::key const a{"k", "p", "a"};

BOOST_AUTO_TEST_CASE(does_what_a_store_does)
{
    for (auto const promise : conf::promises) {
        fixture f;
        promise(f.both(), f.clock.next());
    }
    for (unsigned seed = 0; seed != 3; ++seed) {
        fixture f;
        conf::any_operations(f.both(), f.clock.next(), seed, 600);
    }
}

BOOST_AUTO_TEST_CASE(is_one_step_for_every_thread_of_two_nodes)
{
    fixture f;
    conf::threads(f.both(), 60);
    conf::races(f.both(), 12);
}

BOOST_AUTO_TEST_CASE(everything_is_there_when_it_is_opened_again)
{
    fixture f;
    store::row put;
    {
        auto const s = f.open();
        s->put({.key = a, .body = "1"}).value();
        put = s->put({.key = a, .body = "2"}).value();
        s->append(a, 0, {"one", "two"}).value();
    }
    auto const s = f.open();
    BOOST_TEST((s->get(a).value() == put));
    BOOST_TEST((s->read(a).value() == std::vector<std::string>{"one", "two"}));
    s->erase(a).value();
    auto const again = f.open(); // a version is not given twice, not even by one who never saw the first
    BOOST_TEST(again->put({.key = a, .body = ""}).value().version > put.version);
}

BOOST_AUTO_TEST_CASE(every_change_is_on_the_disk_before_it_is_acknowledged)
{
    watched_disk disk;
    fixture f;
    auto const s = f.open();
    for (int i = 0; i != 3; ++i) {
        disk.all_arrived();
        s->put({.key = a, .body = std::string(10'000, 'x')}).value();
        BOOST_TEST(disk.all_arrived());
        s->append(a, std::nullopt, {"one", "two"}).value();
        BOOST_TEST(disk.all_arrived());
        s->erase(a).value();
        BOOST_TEST(disk.all_arrived());
        s->put({.key = a, .body = ""}).value();
        f.clock.next()();
        disk.all_arrived();
        BOOST_TEST(s->expire("k", f.clock.now()()).value() == 1u);
        BOOST_TEST(disk.all_arrived());
    }
}

BOOST_AUTO_TEST_CASE(as_a_program_uses_it)
{
    fixture f;
    std::string const path = f.file, question = "Hello", answer = "Hello! How can I help?";
    //[open
    std::shared_ptr<store::backend> const kept = store::sqlite::open({.path = path}).value();
    store::key const session{.kind = "session", .project = "prj_demo", .id = "one"};
    auto const made = kept->put({.key = session, .body = R"({"city":"Lisbon"})"}, 0); // if it is not there yet
    auto const turns = kept->append(session, 0, {question, answer});                  // if nobody has spoken yet
    //]
    BOOST_TEST(made.value().version > 0u);
    BOOST_TEST(turns.value() == 2u);
    BOOST_TEST((kept->append(session, 0, {question, answer}).error().code == errc::conflict));
}

BOOST_AUTO_TEST_CASE(rows_and_bytes_are_limited_and_counted_back)
{
    fixture f;
    auto const [s, t] = f.both({.rows = 2, .bytes = 100});
    auto const named = [](std::string id, std::size_t bytes) {
        return store::row{.key = {"k", "p", std::move(id)}, .body = std::string(bytes, 'x')};
    };
    s->put(named("a", 40)).value(); // 3 + 40
    BOOST_TEST((t->put(named("b", 55)).error().code == errc::store_limit));
    BOOST_TEST((t->get({"k", "p", "b"}).error().code == errc::not_found));
    t->put(named("b", 54)).value();
    BOOST_TEST((s->put(named("c", 0)).error().code == errc::store_limit));
    BOOST_TEST((s->append(a, std::nullopt, {""}).error().code == errc::store_limit));
    s->put(named("b", 0)).value(); // shrinking is always possible
    BOOST_TEST((s->put(named("c", 0)).error().code == errc::store_limit));
    s->append(a, std::nullopt, {"0123456789"}).value(); // 10 + 32
    BOOST_TEST((s->put(named("b", 13)).error().code == errc::store_limit));
    s->put(named("b", 12)).value();
    s->erase(a).value();
    s->put(named("c", 82)).value();
    BOOST_TEST((s->put(named("c", 83)).error().code == errc::store_limit));
    f.clock.next()();
    BOOST_TEST(t->expire("k", f.clock.now()()).value() == 2u);
    s->put(named("a", 97)).value();
    BOOST_TEST((s->put(named("b", 0)).error().code == errc::store_limit));
}

BOOST_AUTO_TEST_CASE(logs_are_limited)
{
    fixture f;
    conf::a_log_is_limited(f.both(conf::small_logs));
}

BOOST_AUTO_TEST_CASE(the_system_clock_is_the_default)
{
    fixture f;
    auto const s = store::sqlite::open({.path = f.file}).value();
    auto const before = std::chrono::system_clock::now() - std::chrono::microseconds(1);
    auto const r = s->put({.key = a}).value();
    BOOST_TEST((r.created >= before && r.created <= std::chrono::system_clock::now()));
}

// What fails half-way leaves no trace: neither the entries before it nor a count.
BOOST_AUTO_TEST_CASE(a_change_that_fails_has_not_happened)
{
    fixture f;
    auto const s = f.open();
    auto const before = s->put({.key = a, .body = "{}"}).value();
    fixture::other other(f.file);
    other.execute("CREATE TRIGGER no BEFORE INSERT ON chatwire_log WHEN NEW.n = 1 "
                  "BEGIN SELECT RAISE(ABORT, 'no second entry'); END");
    f.clock.next()();
    auto const refused = s->append(a, 0, {"1", "2", "3"});
    BOOST_TEST((refused.error().code == condition::transport));
    BOOST_TEST(refused.error().message == "no second entry");
    BOOST_TEST(s->read(a).value().empty());
    BOOST_TEST((s->get(a).value() == before));
    BOOST_TEST(other.number("SELECT bytes FROM chatwire_state") == 5);
    other.execute("DROP TRIGGER no");
    BOOST_TEST(s->append(a, 0, {"1", "2", "3"}).value() == 3u);
}

BOOST_AUTO_TEST_CASE(a_file_somebody_else_keeps_is_waited_for_and_not_for_ever)
{
    fixture f;
    f.open()->put({.key = a, .body = "1"}).value();
    auto const s = store::sqlite::open({.path = f.file, .busy_timeout = std::chrono::milliseconds(20)}).value();
    auto const patient = f.open();
    fixture::other other(f.file);
    other.execute("BEGIN IMMEDIATE");
    auto const refused = s->put({.key = a, .body = "2"});
    BOOST_TEST((refused.error().code == condition::transport));
    BOOST_TEST(refused.error().what().find("locked") != std::string::npos);
    BOOST_TEST(s->get(a).value().body == "1"); // reading never waits
    std::thread waiting([&] { patient->put({.key = a, .body = "3"}).value(); });
    other.execute("COMMIT");
    waiting.join();
    BOOST_TEST(s->get(a).value().body == "3");
    s->put({.key = a, .body = "4"}).value();
}

BOOST_AUTO_TEST_CASE(many_open_a_new_file_at_once)
{
    for (int round = 0; round != 10; ++round) {
        fixture f;
        std::atomic<int> opened{0};
        std::vector<std::thread> workers;
        for (int w = 0; w != 4; ++w)
            workers.emplace_back([&, w] {
                auto const s = store::sqlite::open({.path = f.file});
                opened += s && (*s)->put({.key = {"k", "p", std::to_string(w)}});
            });
        for (auto& w : workers)
            w.join();
        BOOST_TEST(opened == 4);
        BOOST_TEST(f.open()->list("k").value().size() == 4u);
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_opened_says_why)
{
    fixture f;
    for (auto const& path : {std::string(), std::string(":memory:"), f.file + std::string(1, '\0')})
        BOOST_TEST((store::sqlite::open({.path = path}).error().code == errc::invalid_argument));

    auto const nowhere = store::sqlite::open({.path = f.directory.path() + "/no/such/place.db"});
    BOOST_TEST((nowhere.error().code == condition::transport));
    BOOST_TEST(nowhere.error().message.find("place.db") != std::string::npos);

    auto const text = f.directory.path() + "/text.db";
    std::ofstream(text) << std::string(5000, 't');
    BOOST_TEST((store::sqlite::open({.path = text}).error().code == condition::transport));

    auto const foreign = f.directory.path() + "/foreign.db";
    fixture::other(foreign).execute("CREATE TABLE t (x)");
    auto const refused = store::sqlite::open({.path = foreign});
    BOOST_TEST((refused.error().code == errc::unsupported));
    BOOST_TEST(fixture::other(foreign).number("SELECT count(*) FROM sqlite_master") == 1); // and was left alone
}

BOOST_AUTO_TEST_CASE(a_later_versions_file_is_refused_in_plain_words)
{
    fixture f;
    f.open();
    fixture::other(f.file).execute("PRAGMA user_version = 2");
    auto const refused = store::sqlite::open({.path = f.file});
    BOOST_TEST((refused.error().code == errc::unsupported));
    BOOST_TEST(refused.error().message.find("version 2, this program knows version 1") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_is_its_owners)
{
    fixture f;
    auto const s = f.open();
    s->put({.key = a}).value();
    for (auto const* beside : {"", "-wal", "-shm"}) {
        auto const rights = std::filesystem::status(f.file + beside).permissions();
        BOOST_TEST((rights == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)));
    }
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(f.directory.path()), {}) == 3);
}

} // namespace store_sqlite_cases
BOOST_AUTO_TEST_SUITE_END()
#endif
