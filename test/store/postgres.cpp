// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifdef CHATWIRE_POSTGRES
#include <chatwire/store/postgres.hpp>

#include "conformance.hpp"

#include "../support/postgres_server.hpp"
#include "../support/temporary_directory.hpp"
#include "../support/until.hpp"

#include <libpq-fe.h>

#include <iostream>

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

BOOST_AUTO_TEST_SUITE(store_postgres)
namespace store_postgres_cases {

using namespace chatwire;
namespace conf = store_conformance;

test::postgres_server const& server()
{
    static test::postgres_server const s;
    return s;
}

boost::test_tools::assertion_result there_is_a_server(boost::unit_test::test_unit_id)
{
    boost::test_tools::assertion_result r(server().running());
    if (!r) {
        r.message() << "PostgreSQL is not installed";
        std::cerr << "test/store/postgres.cpp: skipped, because PostgreSQL is not installed\n";
    }
    return r;
}
auto const with_server = boost::unit_test::precondition(there_is_a_server);

// An empty schema for each test.
struct fixture {
    static int next_number()
    {
        static int n = 0;
        return ++n;
    }
    std::string schema = "test_" + std::to_string(next_number());
    conf::standing_clock clock{};

    store::postgres_options options() const
    {
        return {.connection = server().connection(), .schema = schema, .now = clock.now()};
    }
    std::shared_ptr<store::postgres> open(store::limits l = {}) const
    {
        auto o = options();
        o.limits = l;
        return store::postgres::open(std::move(o)).value();
    }
    conf::nodes both(store::limits l = {}) const { return {open(l), open(l)}; }
    void sql(std::string statement) const
    {
        for (std::size_t at; (at = statement.find("{}")) != std::string::npos;)
            statement.replace(at, 2, schema);
        BOOST_REQUIRE(server().tell("sql " + statement));
    }
};

// Stands between a store and the server, as a network does, and breaks what it is told to.
class network {
public:
    network() : listener_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        auto const a = address(place_.path());
        BOOST_REQUIRE(::bind(listener_, reinterpret_cast<sockaddr const*>(&a), sizeof a) == 0);
        BOOST_REQUIRE(::listen(listener_, 16) == 0);
        accepting_ = std::thread([this] { accept(); });
    }
    ~network()
    {
        over = true;
        accepting_.join();
        for (auto& t : carriers_)
            t.join();
        ::close(listener_);
    }

    std::string connection() const { return server().connection(place_.path()); }

    std::atomic<int> lose_answers{0};  // as many do not arrive; instead, their connections break
    std::atomic<int> lose_requests{0}; // as many of these
    std::atomic<bool> silent{false};   // nothing arrives any more, and nothing breaks
    std::atomic<bool> over{false};
    std::atomic<int> made{0};
    std::atomic<int> lost{0};

private:
    static sockaddr_un address(std::string const& directory)
    {
        sockaddr_un a{};
        a.sun_family = AF_UNIX;
        auto const path = directory + "/.s.PGSQL.5432";
        path.copy(a.sun_path, sizeof a.sun_path - 1);
        return a;
    }

    bool readable(int fd) const
    {
        pollfd p{fd, POLLIN, 0};
        return ::poll(&p, 1, 5) > 0;
    }

    void accept()
    {
        while (!over) {
            if (!readable(listener_))
                continue;
            auto const near = ::accept(listener_, nullptr, nullptr);
            auto const far = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
            auto const a = address(server().directory());
            if (::connect(far, reinterpret_cast<sockaddr const*>(&a), sizeof a) != 0) {
                ::close(near);
                ::close(far);
                continue;
            }
            ++made;
            carriers_.emplace_back([this, near, far] { carry(near, far); });
        }
    }

    void carry(int near, int far)
    {
        char bytes[65536];
        auto const pass = [&](int from, int to, std::atomic<int>& lose) {
            auto const n = ::read(from, bytes, sizeof bytes);
            if (n <= 0)
                return false;
            if (lose > 0) { // no test loses some while there are two connections
                --lose;
                ++lost;
                return false;
            }
            return ::send(to, bytes, static_cast<std::size_t>(n), MSG_NOSIGNAL) == n;
        };
        for (bool open = true; open && !over;) {
            pollfd both[] = {{near, POLLIN, 0}, {far, POLLIN, 0}};
            if (::poll(both, 2, 5) <= 0 || silent)
                continue;
            if (both[0].revents)
                open = pass(near, far, lose_requests);
            if (open && both[1].revents)
                open = pass(far, near, lose_answers);
        }
        ::close(near);
        ::close(far);
    }

    test::temporary_directory place_{};
    int listener_;
    std::vector<std::thread> carriers_{};
    std::thread accepting_{};
};

store::key const a{"k", "p", "a"};
using entries = std::vector<std::string>;

BOOST_AUTO_TEST_CASE(does_what_a_store_does, *with_server)
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

BOOST_AUTO_TEST_CASE(is_one_step_for_every_thread_of_two_nodes, *with_server)
{
    fixture f;
    conf::threads(f.both(), 60);
    conf::races(f.both(), 12);
}

BOOST_AUTO_TEST_CASE(logs_are_limited, *with_server)
{
    fixture f;
    conf::a_log_is_limited(f.both(conf::small_logs));
}

BOOST_AUTO_TEST_CASE(one_row_is_limited, *with_server)
{
    fixture f;
    auto const s = f.open({.bytes = 100});
    s->put({.key = a, .body = std::string(97, 'x')}).value();
    BOOST_TEST((s->put({.key = a, .body = std::string(98, 'x')}).error().code == errc::store_limit));
    BOOST_TEST((s->append(a, std::nullopt, {std::string(69, 'x')}).error().code == errc::store_limit));
    s->append(a, std::nullopt, {std::string(68, 'x')}).value();
}

BOOST_AUTO_TEST_CASE(the_servers_clock_is_the_default, *with_server)
{
    fixture f;
    auto const s = store::postgres::open({.connection = server().connection(), .schema = f.schema}).value();
    auto const before = std::chrono::system_clock::now() - std::chrono::microseconds(1);
    auto const r = s->put({.key = a}).value();
    BOOST_TEST((r.created >= before && r.created <= std::chrono::system_clock::now()));
}

BOOST_AUTO_TEST_CASE(many_make_the_schema_at_once, *with_server)
{
    for (int round = 0; round != 4; ++round) {
        fixture f;
        std::atomic<int> opened{0};
        std::vector<std::thread> workers;
        for (int w = 0; w != 4; ++w)
            workers.emplace_back([&, w] {
                auto const s = store::postgres::open(f.options());
                opened += s && (*s)->put({.key = {"k", "p", std::to_string(w)}});
            });
        for (auto& w : workers)
            w.join();
        BOOST_TEST(opened == 4);
        BOOST_TEST(f.open()->list("k").value().size() == 4u);
    }
}

BOOST_AUTO_TEST_CASE(a_schema_that_was_given_is_used_and_a_later_versions_refused, *with_server)
{
    fixture f;
    f.sql("CREATE ROLE plain_{} LOGIN; CREATE SCHEMA {} AUTHORIZATION plain_{}; REVOKE CREATE ON DATABASE postgres "
          "FROM PUBLIC");
    auto o = f.options();
    o.connection = server().connection(server().directory(), "plain_" + f.schema);
    store::postgres::open(o).value()->put({.key = a, .body = "x"}).value();
    BOOST_TEST(store::postgres::open(o).value()->get(a).value().body == "x");

    auto not_given = o;
    not_given.schema += "_not_given";
    auto const refused = store::postgres::open(not_given);
    BOOST_TEST((refused.error().code == condition::transport));
    BOOST_TEST(refused.error().what().find("permission denied") != std::string::npos);

    f.sql("UPDATE {}.meta SET schema_version = 2");
    auto const later = store::postgres::open(o);
    BOOST_TEST((later.error().code == errc::unsupported));
    BOOST_TEST(later.error().message.find("version 2, this program knows version 1") != std::string::npos);
}

// The server has made the change, and the answer is lost on the way: it is not made again.
BOOST_AUTO_TEST_CASE(a_change_whose_answer_was_lost_is_made_once, *with_server)
{
    fixture f;
    network n;
    auto o = f.options();
    o.connection = n.connection();
    auto const s = store::postgres::open(o).value();
    auto const direct = f.open();

    n.lose_answers = 1;
    auto const first = s->put({.key = a, .body = "1"}, 0).value();
    BOOST_TEST((direct->get(a).value() == first));
    n.lose_answers = 1;
    BOOST_TEST(s->append(a, 0, {"one", "two"}).value() == 2u);
    n.lose_answers = 1;
    BOOST_TEST(s->append(a, std::nullopt, {"three"}).value() == 3u);
    BOOST_TEST((direct->read(a).value() == entries{"one", "two", "three"}));
    n.lose_answers = 1;
    auto const second = s->put({.key = a, .body = "2"}, first.version).value();
    BOOST_TEST((direct->get(a).value() == second));
    n.lose_answers = 1;
    BOOST_TEST(s->get(a).value().body == "2");
    n.lose_answers = 1;
    BOOST_TEST(s->read(a).value().size() == 3u);
    n.lose_answers = 1;
    BOOST_TEST(s->list("k").value().size() == 1u);
    n.lose_answers = 1;
    BOOST_TEST(s->erase(a).value());
    BOOST_TEST(!s->erase(a).value());
    BOOST_TEST(n.lost == 8);
    BOOST_TEST(n.made == 9);
}

BOOST_AUTO_TEST_CASE(a_change_that_never_arrived_is_made, *with_server)
{
    fixture f;
    network n;
    auto o = f.options();
    o.connection = n.connection();
    auto const s = store::postgres::open(o).value();
    n.lose_requests = 1;
    s->put({.key = a, .body = "1"}, 0).value();
    n.lose_requests = 1;
    BOOST_TEST(s->append(a, 0, {"one"}).value() == 1u);
    n.lose_requests = 1;
    f.clock.next()();
    BOOST_TEST(s->expire("k", f.clock.now()()).value() == 1u);
    BOOST_TEST(n.lost == 3);
}

// Once more, and no further: what breaks then is told.
BOOST_AUTO_TEST_CASE(a_call_is_repeated_once, *with_server)
{
    fixture f;
    network n;
    auto o = f.options();
    o.connection = n.connection();
    auto const s = store::postgres::open(o).value();
    n.lose_answers = 2;
    auto const lost = s->get(a);
    BOOST_TEST((lost.error().code == errc::connection_lost));
    BOOST_TEST(n.lost == 2);
    BOOST_TEST((s->get(a).error().code == errc::not_found));
}

BOOST_AUTO_TEST_CASE(a_silent_server_is_not_waited_for_for_ever, *with_server)
{
    fixture f;
    network n;
    auto o = f.options();
    o.connection = n.connection();
    o.connect_timeout = std::chrono::milliseconds(700);
    o.statement_timeout = std::chrono::milliseconds(700);
    f.open(); // what is to be slow is not the making of tables
    auto const s = store::postgres::open(o).value();
    n.silent = true;
    BOOST_TEST((s->put({.key = a}).error().code == errc::connection_lost));
    BOOST_TEST((s->put({.key = a}).error().code == errc::connect_failed));
    BOOST_TEST((store::postgres::open(o).error().code == errc::connect_failed));
    n.silent = false;
    BOOST_TEST(s->put({.key = a, .body = "x"}).value().body == "x");
}

BOOST_AUTO_TEST_CASE(a_call_that_waits_too_long_on_the_server_is_given_up_there, *with_server)
{
    fixture f;
    f.open()->put({.key = a, .body = "1"}).value();
    auto o = f.options();
    o.statement_timeout = std::chrono::milliseconds(700);
    auto const s = store::postgres::open(o).value();
    std::unique_ptr<PGconn, decltype(&PQfinish)> const other(PQconnectdb(server().connection().c_str()), &PQfinish);
    auto const tell = [&](std::string const& sql) {
        PQclear(PQexec(other.get(), sql.c_str()));
        BOOST_REQUIRE(PQerrorMessage(other.get()) == std::string());
    };
    tell("BEGIN; LOCK TABLE " + f.schema + ".rows");
    auto const refused = s->put({.key = a, .body = "2"});
    tell("COMMIT");
    BOOST_TEST((refused.error().code == condition::transport));
    BOOST_TEST(refused.error().what().find("57014") != std::string::npos); // query_canceled
    BOOST_TEST(f.open()->get(a).value().body == "1");
}

BOOST_AUTO_TEST_CASE(a_server_that_was_restarted_or_crashed_is_found_again, *with_server)
{
    test::postgres_server const own;
    BOOST_REQUIRE(own.running());
    auto const s = store::postgres::open({.connection = own.connection()}).value();
    s->put({.key = a, .body = "1"}).value();
    std::atomic<bool> stop{false};
    std::atomic<int> failed{0}, wrong{0}, done{0};
    entries acknowledged;
    std::thread writing([&] {
        for (int i = 0; !stop; ++i) {
            auto const mark = std::to_string(i);
            auto const r = s->append(a, std::nullopt, {mark, mark});
            if (r) {
                acknowledged.insert(acknowledged.end(), {mark, mark});
                ++done;
            } else {
                wrong += r.error().code != condition::transport;
                ++failed;
            }
        }
    });
    auto const goes_on = [&] {
        int const before = done;
        return test::until([&] { return done > before + 5; });
    };
    BOOST_TEST(goes_on());
    for (auto const* what : {"restart", "kill-backend", "kill-backend", "crash"}) {
        BOOST_TEST(own.tell(what));
        BOOST_TEST(goes_on());
    }
    BOOST_TEST(own.tell("stop"));
    int const before = failed;
    BOOST_TEST(test::until([&] { return failed > before; }));
    BOOST_TEST((s->get(a).error().code == errc::connect_failed));
    BOOST_TEST(own.tell("start"));
    BOOST_TEST(goes_on());
    stop = true;
    writing.join();
    BOOST_TEST(wrong == 0);
    auto const all = s->read(a).value();
    BOOST_TEST(std::includes(all.begin(), all.end(), acknowledged.begin(), acknowledged.end(),
                             [](auto const& x, auto const& y) { return std::stoi(x) < std::stoi(y); }));
    BOOST_TEST(all.size() % 2 == 0u);
    for (std::size_t i = 0; i + 1 < all.size(); i += 2)
        BOOST_TEST((all[i] == all[i + 1] && (i == 0 || std::stoi(all[i - 1]) < std::stoi(all[i]))));
}

// As after a failover, when the old server is still there.
BOOST_AUTO_TEST_CASE(a_connection_that_only_reads_is_not_kept, *with_server)
{
    fixture f;
    f.open()->put({.key = a, .body = "1"}).value();
    f.sql("CREATE ROLE reads_{} SUPERUSER LOGIN; ALTER ROLE reads_{} SET default_transaction_read_only = on");
    auto o = f.options();
    o.connection = server().connection(server().directory(), "reads_" + f.schema);
    auto const s = store::postgres::open(o).value();
    BOOST_TEST(s->get(a).value().body == "1");
    auto const refused = s->put({.key = a, .body = "2"});
    BOOST_TEST((refused.error().code == condition::transport));
    BOOST_TEST(refused.error().what().find("25006") != std::string::npos); // read_only_sql_transaction
    f.sql("ALTER ROLE reads_{} SET default_transaction_read_only = off");
    BOOST_TEST(s->put({.key = a, .body = "3"}).value().body == "3");
}

BOOST_AUTO_TEST_CASE(no_more_connections_than_allowed, *with_server)
{
    fixture f;
    network n;
    auto o = f.options();
    o.connection = n.connection();
    o.connections = 2;
    std::shared_ptr<store::postgres> const s = store::postgres::open(o).value();
    conf::threads({s, s}, 20);
    BOOST_TEST(n.made <= 2);
}

BOOST_AUTO_TEST_CASE(what_the_server_was_told_before_does_not_count, *with_server)
{
    fixture f;
    f.sql("CREATE ROLE odd_{} SUPERUSER LOGIN; ALTER ROLE odd_{} SET default_transaction_isolation = 'serializable'; "
          "ALTER ROLE odd_{} SET bytea_output = 'escape'; ALTER ROLE odd_{} SET synchronous_commit = 'off'; "
          "ALTER ROLE odd_{} SET client_min_messages = 'debug5'");
    auto o = f.options();
    o.connection = server().connection(server().directory(), "odd_" + f.schema);
    conf::nodes const odd{store::postgres::open(o).value(), store::postgres::open(o).value()};
    // asked of the server, in the middle of a change
    f.sql("CREATE FUNCTION {}.look() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
          "ASSERT current_setting('synchronous_commit') = 'on' AND current_user = 'odd_{}'; RETURN NEW; END $$; "
          "CREATE TRIGGER look BEFORE INSERT ON {}.rows FOR EACH ROW EXECUTE FUNCTION {}.look()");
    conf::threads(odd, 30);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_opened_says_why_and_not_the_password, *with_server)
{
    fixture f;
    f.sql("CREATE ROLE locked LOGIN PASSWORD 'right'");
    std::string const secret = "Tr0ub4dor";
    auto const at = [&](std::string text) {
        auto o = f.options();
        o.connection = std::move(text);
        auto const r = store::postgres::open(o);
        BOOST_REQUIRE(!r);
        BOOST_TEST(r.error().what().find(secret) == std::string::npos);
        return r.error();
    };
    auto const& where = server().directory();
    auto const wrong = at("postgresql://locked:" + secret + "@/postgres?host=" + where);
    BOOST_TEST((wrong.code == errc::connect_failed));
    BOOST_TEST(wrong.message.find("password authentication failed") != std::string::npos);
    BOOST_TEST(wrong.message.find("LOCATION") == std::string::npos);
    auto const user = at("postgresql://" + secret + ":" + secret + "@/postgres?host=" + where);
    BOOST_TEST((user.code == errc::connect_failed));

    for (auto const& text : {"postgresql://locked:" + secret + " @/postgres?nonsense=1", "password = '" + secret,
                             secret, std::string("\0", 1)})
        BOOST_TEST((at(text).code == errc::invalid_argument));
    auto const nowhere = at("postgresql://u:" + secret + "@/postgres?host=/no/such/place");
    BOOST_TEST((nowhere.code == errc::connect_failed));
    BOOST_TEST(nowhere.message.find("/no/such/place") != std::string::npos);

    for (std::string const name : {"", "Upper", "1st", "with space", "pg_own", "quote\"d"}) {
        auto o = f.options();
        o.schema = name;
        BOOST_TEST((store::postgres::open(o).error().code == errc::invalid_argument));
    }
    auto o = f.options();
    o.connections = 0;
    BOOST_TEST((store::postgres::open(o).error().code == errc::invalid_argument));
}

// What came of a change is forgotten when nobody can ask for it any more.
BOOST_AUTO_TEST_CASE(old_tokens_are_forgotten, *with_server)
{
    fixture f;
    f.open()->put({.key = a, .body = "1"}).value();
    f.sql("UPDATE {}.done SET at = at - interval '2 hours'");
    f.sql("INSERT INTO {}.done (token, numbers) VALUES ('young', '{0}')");
    f.open()->put({.key = a, .body = "2"}).value(); // the first change of a store tidies up
    f.sql("DO $$ BEGIN ASSERT (SELECT count(*) FROM {}.done) = 2; END $$");
}

} // namespace store_postgres_cases
BOOST_AUTO_TEST_SUITE_END()
#endif
