// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// A server of every surface there is, from one JSON file:
//
//     gateway --config FILE [--port N] [--threads N] [--blocking] [--store memory|sqlite:PATH|postgresql://...]
//
// Prints `listening on http://HOST:PORT` (https, or a path, where the config says so). SIGTERM and SIGINT let the
// answers in progress finish, a second one cuts them; then it exits with 0. Without --store, and without `store` in the
// config, sessions and chats are kept in the file chatwire.db.
//
//     gateway --config FILE --mcp-stdio        serves the tools of the Chats module to the program that has started it,
//                                              with the API key in the environment variable CHATWIRE_KEY
//     gateway --config FILE --check            says what is wrong with the config
//     gateway --config FILE --seal PROVIDER    seals a provider's secret, which is the first line of the input
//     gateway --schema                         prints the JSON Schema of configs
#include "config.hpp"
#include "load.hpp"
#include "logged_store.hpp"
#include "parts.hpp"
#include "services.hpp"
#include "store.hpp"

#include <chatwire/json/reader.hpp>
#include <chatwire/mcp_stdio.hpp>
#include <chatwire/server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace {

struct arguments {
    std::string config;
    std::optional<std::string> store;
    std::optional<std::string> seal; // for this provider
    bool check = false;
    bool schema = false;
    bool mcp_stdio = false;
    std::optional<int> port;
    int threads = 1;
    bool blocking = false;
};

std::optional<int> number(char const* text, int least, int most)
{
    int n = 0;
    auto const [end, error] = std::from_chars(text, text + std::strlen(text), n);
    if (error != std::errc() || *end || n < least || n > most)
        return std::nullopt;
    return n;
}

std::optional<arguments> parse(int argc, char** argv)
{
    arguments a;
    for (int i = 1; i < argc; ++i) {
        std::string const word = argv[i];
        bool const has_value = i + 1 < argc;
        if (word == "--config" && has_value) {
            a.config = argv[++i];
        } else if (word == "--store" && has_value) {
            a.store = argv[++i];
        } else if (word == "--seal" && has_value) {
            a.seal = argv[++i];
        } else if (word == "--check") {
            a.check = true;
        } else if (word == "--mcp-stdio") {
            a.mcp_stdio = true;
        } else if (word == "--schema") {
            a.schema = true;
        } else if (word == "--port" && has_value) {
            if (!(a.port = number(argv[++i], 0, 65535)))
                return std::nullopt;
        } else if (word == "--threads" && has_value) {
            auto const n = number(argv[++i], 1, 1024);
            if (!n)
                return std::nullopt;
            a.threads = *n;
        } else if (word == "--blocking") {
            a.blocking = true;
        } else {
            return std::nullopt;
        }
    }
    if (a.config.empty() != a.schema)
        return std::nullopt;
    return a;
}

chatwire::server_options options_of(gateway::config const& c, arguments const& a)
{
    chatwire::server_options o;
    o.host = c.listen.host.value_or(o.host);
    o.unix_socket = c.listen.unix_socket.value_or("");
    o.port = static_cast<std::uint16_t>(a.port.value_or(static_cast<int>(c.listen.port.value_or(8080))));
    auto const set = [](std::chrono::milliseconds& to, std::optional<std::int64_t> const& from) {
        if (from)
            to = std::chrono::milliseconds(*from);
    };
    set(o.limits.heartbeat, c.limits.heartbeat_ms);
    set(o.limits.keep_alive, c.limits.keep_alive_ms);
    set(o.limits.head_timeout, c.limits.head_timeout_ms);
    set(o.limits.body_timeout, c.limits.body_timeout_ms);
    set(o.limits.receive_timeout, c.limits.receive_timeout_ms);
    set(o.limits.request_timeout, c.limits.request_timeout_ms);
    set(o.limits.write_timeout, c.limits.write_timeout_ms);
    set(o.drain_delay, c.limits.drain_delay_ms);
    set(o.drain_timeout, c.limits.drain_ms);
    o.allowed_origins = c.allowed_origins;
    o.allowed_hosts = c.allowed_hosts;
    o.health_path = c.health_path.value_or(o.health_path);
    set(o.idempotency.max_age, c.idempotency.max_age_ms);
    auto const bound = [](std::size_t& to, std::optional<std::int64_t> const& from) {
        if (from)
            to = static_cast<std::size_t>(*from);
    };
    bound(o.limits.max_connections, c.limits.max_connections);
    bound(o.idempotency.max_answers, c.idempotency.max_answers);
    bound(o.idempotency.max_bytes, c.idempotency.max_bytes);
    bound(o.idempotency.max_answer_bytes, c.idempotency.max_answer_bytes);
    bound(o.idempotency.max_waiting, c.idempotency.max_waiting);
    return o;
}

// Waits for signals to stop on a thread of its own; they are blocked in every other.
class stop_on_signal {
public:
    template <class Server>
    explicit stop_on_signal(Server& server)
        : thread_([this, &server] {
              for (int signals = 0, which = 0;; ++signals) {
                  sigwait(&signals_, &which);
                  if (over_)
                      return;
                  signals == 0 ? server.stop() : server.stop_now();
              }
          })
    {
    }
    ~stop_on_signal()
    {
        over_ = true;
        pthread_kill(thread_.native_handle(), SIGTERM);
        thread_.join();
    }

    static sigset_t block()
    {
        sigset_t s;
        sigemptyset(&s);
        sigaddset(&s, SIGTERM);
        sigaddset(&s, SIGINT);
        pthread_sigmask(SIG_BLOCK, &s, nullptr);
        return s;
    }

private:
    sigset_t signals_ = block();
    std::atomic<bool> over_{false};
    std::thread thread_;
};

// Where and how to listen.
struct door {
    chatwire::server_options options;
    chatwire::transport::securer secure{};
    chatwire::transport::securer secure_upstream{};
};

chatwire::result<chatwire::transport::securer> secure([[maybe_unused]] gateway::tls_config const& c)
{
#ifdef CHATWIRE_TLS
    return chatwire::transport::tls_server(
        {.certificate = c.certificate, .key = c.key, .client_ca = c.client_ca.value_or("")});
#else
    return chatwire::failure(chatwire::errc::unsupported, "TLS is not in this build");
#endif
}

template <class Server>
bool announce(Server& s, door const& d)
{
    auto const port = s.listen();
    if (!port) {
        std::cerr << "gateway: " << port.error().what() << '\n';
        return false;
    }
    std::cout << "listening on ";
    if (d.options.unix_socket.empty())
        std::cout << (d.secure ? "https://" : "http://") << d.options.host << ':' << *port << std::endl;
    else
        std::cout << d.options.unix_socket << std::endl;
    return true;
}

int serve_blocking(gateway::services& all, door const& d)
{
    chatwire::blocking_server server(d.options, d.secure, d.secure_upstream);
    all.mount(server.routes());
    stop_on_signal const stopper(server);
    return announce(server, d) && server.run() ? 0 : 1;
}

int serve_coroutines(gateway::services& all, door const& d, int threads)
{
    boost::asio::io_context context(threads);
    chatwire::server server(context.get_executor(), d.options, d.secure, d.secure_upstream);
    all.mount(server.routes());
    stop_on_signal const stopper(server);
    if (!announce(server, d))
        return 1;
    int status = 1;
    boost::asio::co_spawn(context, server.run(),
                          [&](std::exception_ptr e, chatwire::result<void> r) { status = !e && r ? 0 : 1; });
    std::vector<std::thread> more;
    for (int i = 1; i < threads; ++i)
        more.emplace_back([&] { context.run(); });
    context.run();
    for (auto& t : more)
        t.join();
    return status;
}

// Whose the calls are that come without HTTP, and so without a key.
int serve_stdio(gateway::services& all, door const& d)
{
    char const* const key = std::getenv("CHATWIRE_KEY");
    chatwire::http::request_head as;
    if (!key || as.fields.set("Authorization", std::string("Bearer ") + key)) {
        std::cerr << "gateway: --mcp-stdio needs an API key in the environment variable CHATWIRE_KEY\n";
        return 2;
    }
    return chatwire::mcp::serve_stdio(all.tools(), {.head = as}, d.secure_upstream) ? 0 : 1;
}

int complain(std::string const& about, std::string const& lines)
{
    std::cerr << "gateway: " + about + ":\n  ";
    for (char const c : lines)
        std::cerr << c << (c == '\n' ? "  " : "");
    std::cerr << '\n';
    return 2;
}

int seal([[maybe_unused]] std::string const& config, [[maybe_unused]] std::string const& provider)
{
#ifdef CHATWIRE_TLS
    std::string secret;
    std::getline(std::cin, secret);
    // only the key of it counts: the rest may wait for what is sealed here
    auto const c = chatwire::json::read<gateway::config>(config, nullptr, chatwire::json::read_options::for_answers());
    auto const sealed = c ? gateway::seal_secret(*c, provider, secret) : c.error();
    if (!sealed)
        return complain("cannot seal", sealed.error().message);
    std::cout << *sealed << '\n';
    return 0;
#else
    return complain("cannot seal", "OpenSSL is not in this build");
#endif
}

} // namespace

int main(int argc, char** argv)
{
    auto const a = parse(argc, argv);
    if (!a) {
        std::cerr << "usage: gateway --config FILE [--port N] [--threads N] [--blocking]"
                     " [--store memory|sqlite:PATH|postgresql://...]\n"
                     "       gateway --config FILE --mcp-stdio\n"
                     "       gateway --config FILE --check\n"
                     "       gateway --config FILE --seal PROVIDER\n"
                     "       gateway --schema\n";
        return 2;
    }
    if (a->schema) {
        std::cout << gateway::config_schema().text() << '\n';
        return 0;
    }
    std::ifstream file(a->config, std::ios::binary);
    if (!file) {
        std::cerr << "gateway: cannot read " << a->config << '\n';
        return 2;
    }
    std::string const text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (a->seal)
        return seal(text, *a->seal);
    auto const c = gateway::load(text);
    if (!c)
        return complain(a->config, c.error().message);
    door d{.options = options_of(c->settings, *a), .secure_upstream = c->parts.secure_upstream};
    if (auto const& tls = c->settings.listen.tls) {
        auto made = secure(*tls);
        if (!made)
            return complain(a->config, "listen.tls: " + made.error().message);
        d.secure = *std::move(made);
    }
    if (a->check)
        return 0;
    auto store =
        gateway::open_store(a->store ? *a->store : c->settings.store.value_or(std::string(gateway::default_store())));
    if (!store) { // not what was asked for: that may be a URL with a password
        std::cerr << "gateway: the store: " << store.error().what() << '\n';
        return store.error().code == chatwire::condition::misuse ? 2 : 1;
    }
    if (!a->mcp_stdio)
        stop_on_signal::block(); // before any thread starts
    gateway::services all(c->settings, c->parts, std::make_shared<gateway::logged_store>(*std::move(store)));
    if (a->mcp_stdio)
        return serve_stdio(all, d);
    return a->blocking ? serve_blocking(all, d) : serve_coroutines(all, d, a->threads);
}
