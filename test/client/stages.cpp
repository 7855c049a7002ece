// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// A service that falls silent, over sockets, at each stage of a call: whoever cancels then closes the connection at
// once and hears no more, and whoever waits is told by name which time has run out. Both drivers. How long it takes
// until the service sees the end: --run_test=client_stages --log_level=message
#include "../support/answers.hpp"
#include "../support/clients.hpp"
#include "../support/figures.hpp"
#include "../support/stand_in.hpp"
#include "../support/until.hpp"

#include <chatwire/transport/tcp.hpp>

#ifdef CHATWIRE_TLS
#include "../support/certificates.hpp"
#endif

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/test/unit_test.hpp>

#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <netinet/in.h>
#include <optional>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(client_stages)

namespace client_stages_test {

using namespace chatwire;
using namespace std::chrono_literals;
using test::far_end;
using test::figures;
using test::until;
using test::wait_ready;

request const hello{.messages = {message::user("Hi")}};

// More than two kernels hold of a connection.
std::string const& big_body()
{
    static std::string const text = '"' + std::string(std::size_t{16} << 20, 'x') + '"';
    return text;
}

// A port where nobody accepts, and whose queue is full: whoever connects waits.
class full_house {
public:
    full_house() : listening_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in at{};
        socklen_t size = sizeof at;
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        auto* const address = reinterpret_cast<sockaddr*>(&at);
        if (::bind(listening_.get(), address, size) != 0 || ::listen(listening_.get(), 0) != 0 ||
            ::getsockname(listening_.get(), address, &size) != 0)
            throw std::runtime_error("no port");
        port_ = ntohs(at.sin_port);
        for (auto& w : waiting_) {
            w = transport::descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
            ::connect(w.get(), address, size);
        }
        (void)wait_ready(waiting_[0].get(), true); // it is in the queue, and the others are too many
    }
    std::uint16_t port() const { return port_; }

private:
    transport::descriptor listening_;
    transport::descriptor waiting_[4];
    std::uint16_t port_ = 0;
};

enum class calls { whole, stream, big };

struct stage {
    char const* name;
    calls what;
    std::function<void(far_end&)> service{}; // what it does before it falls silent; none: nobody accepts
    errc too_late = errc::idle_timeout;      // which patience ends
    bool within_stream = false;              // the first chunk arrives
    bool endless = false;                    // it does not fall silent
    bool tls = false;
    bool proxy = false;
    bool deaf = false; // it does not even read
};

void asked(far_end& end) { end.request(); }

// Is asked, and says so much.
std::function<void(far_end&)> says(std::string bytes)
{
    return [bytes = std::move(bytes)](far_end& end) {
        end.request();
        end.send(bytes);
    };
}

std::vector<stage> const& stages()
{
    using test::chunk_a;
    using test::chunked_head;
    using test::event;
    using test::framed;
    static std::vector<stage> const all{
        {.name = "connecting", .what = calls::whole, .too_late = errc::connect_timeout},
#ifdef CHATWIRE_TLS
        {.name = "waiting for a proxy's consent",
         .what = calls::whole,
         .service = asked,
         .too_late = errc::connect_timeout,
         .tls = true,
         .proxy = true},
        {.name = "in a TLS handshake",
         .what = calls::whole,
         .service = [](far_end& end) { (void)end.hear(); },
         .too_late = errc::connect_timeout,
         .tls = true},
#endif
        {.name = "writing a body that is not read",
         .what = calls::big,
         .service = [](far_end&) {},
         .too_late = errc::write_timeout,
         .deaf = true},
        {.name = "waiting for a head", .what = calls::whole, .service = asked},
        {.name = "in a head", .what = calls::stream, .service = says("HTTP/1.1 200 OK\r\nContent-Ty")},
        {.name = "in an answer",
         .what = calls::whole,
         .service = says(test::http_answer(test::whole_answer).substr(0, 200))},
        {.name = "between chunks",
         .what = calls::stream,
         .service = says(chunked_head() + framed(event(chunk_a))),
         .within_stream = true},
        {.name = "taking chunks that keep coming", // with deviations, to be heard of
         .what = calls::stream,
         .service =
             [](far_end& end) {
                 end.request();
                 end.send(chunked_head());
                 while (end.send(framed(event(chunk_a) + event("null"))))
                     ;
             },
         .too_late = errc::total_timeout,
         .within_stream = true,
         .endless = true},
    };
    return all;
}

// A stage that a client is in, and what is known of it from outside.
class scene {
public:
    explicit scene(stage const& s) : stage_(s)
    {
        if (s.service)
            service_.emplace([this](far_end& end) {
                begun = true;
                reached = stage_.endless;
                stage_.service(end);
                reached = true;
                if (stage_.deaf)
                    (void)until([&] { return ended.load(); });
                taken = end.until_closed().size();
                note_close();
            });
        else
            house_.emplace();
    }

    client_options options() const
    {
        auto const port = std::to_string(service_ ? service_->port() : house_->port());
        client_options o{.base_url = (stage_.tls ? "https://127.0.0.1:" : "http://127.0.0.1:") + port + "/v1"};
        if (stage_.proxy)
            o.proxy = secret("http://127.0.0.1:" + port);
        o.connect_timeout = o.idle_timeout = 0ms;
        o.retries.max_retries = 0;
        return o;
    }

    // TCP as it is, but for an eye on attempts: the other end of one that does not come about sees nothing of it.
    transport::connector connector()
    {
        return [this](io::origin const& to, std::shared_ptr<transport::waker> const& w) {
            auto a = transport::connect_tcp(to, w);
            if (service_)
                return a;
            return std::unique_ptr<transport::connection_attempt>(std::make_unique<watched>(*this, std::move(a)));
        };
    }

    // The client is there, as far as can be seen from outside.
    bool wait_until_reached()
    {
        bool const there = until([this] { return reached.load(); });
        std::this_thread::sleep_for(stage_.deaf ? 50ms : 2ms); // and has come to rest
        return there;
    }
    bool wait_until_closed()
    {
        return until([this] { return closed.load(); });
    }

    /// As that, unless there is nothing to close: on a busy machine a patience may end before there is a connection.
    bool wait_until_left()
    {
        return until([this] { return closed.load() || !begun.load(); });
    }

    std::atomic<bool> begun{false}; // a connection
    std::atomic<bool> reached{false};
    std::atomic<bool> ended{false}; // by the client's side
    std::atomic<bool> closed{false};
    std::atomic<std::size_t> taken{0};
    figures::clock::time_point closed_at{}; // once it is closed

private:
    struct watched final : transport::connection_attempt {
        watched(scene& s, std::unique_ptr<connection_attempt> a) : owner(s), real(std::move(a)) { owner.begun = true; }
        ~watched() override
        {
            real.reset();
            owner.note_close();
        }
        transport::attempt go_on() override
        {
            auto a = real->go_on();
            owner.reached = true;
            return a;
        }
        int native_handle() const noexcept override { return real->native_handle(); }
        std::unique_ptr<transport::stream> take() override { return real->take(); }
        scene& owner;
        std::unique_ptr<connection_attempt> real;
    };

    void note_close()
    {
        closed_at = figures::clock::now();
        closed = true;
    }

    stage const& stage_;
    std::optional<full_house> house_{};
    std::optional<test::stand_in> service_{};
};

transport::options reach(scene& s)
{
#ifdef CHATWIRE_TLS
    // (what the system trusts takes a while to read, once a client)
    static auto const trusting = transport::tls_client({.ca = test::certificate_authority().pem()}).value();
    return {.connect = s.connector(), .secure = trusting};
#else
    return {.connect = s.connector()};
#endif
}

// How another thread ends what a kit's client does: by `cancel`, or, of a coroutine, by Asio's own cancellation.
enum class way { cancel, signal };

template <class Kit>
constexpr bool has_signals = false;
template <template <class> class Client>
constexpr bool has_signals<test::asio_kit<Client>> = true;

template <class Kit>
std::string driver(way w)
{
    if (!has_signals<Kit>)
        return "blocking";
    return w == way::cancel ? "coroutine" : "coroutine, by a signal";
}

// Reads a stream for as long as it goes on.
template <class S>
result<void> read_on(S& s)
{
    for (;;)
        if (auto const c = s.next(); !c || !*c)
            return c ? result<void>() : c.error();
}
template <class S>
boost::asio::awaitable<result<void>> read_on_awaiting(S& s)
{
    for (;;)
        if (auto const c = co_await s.next(); !c || !*c)
            co_return c ? result<void>() : c.error();
}

// One call of a kit's client.
template <class Kit>
class caller {
public:
    using stream_type = typename decltype(std::declval<Kit>().client)::stream_type;

    caller(stage const& st, Kit& kit) : stage_(st), kit_(kit) {}

    // Does what leads to the stage. Gives why it ended before, if so.
    error_code approach()
    {
        if (!stage_.within_stream)
            return {};
        auto s = kit_(kit_.client.stream(hello));
        if (!s)
            return s.error().code;
        stream.emplace(*std::move(s));
        auto const c = kit_(stream->next());
        return c ? error_code() : c.error().code;
    }

    // `use` gets what is done in the stage, a result or an awaitable of it, and gives the result.
    template <class F>
    error_code act(F use)
    {
        auto const why = [](auto const& r) { return r ? error_code() : error_code(r.error().code); };
        if (stage_.within_stream) {
            if constexpr (has_signals<Kit>)
                return why(use(read_on_awaiting(*stream)));
            else
                return why(use(read_on(*stream)));
        }
        switch (stage_.what) {
        case calls::stream: return why(use(kit_.client.stream(hello)));
        case calls::big: return why(use(kit_.client.call("POST", "/x", big_body())));
        default: return why(use(kit_.client.create(hello)));
        }
    }

    std::optional<stream_type> stream{};

private:
    stage const& stage_;
    Kit& kit_;
};

template <class T>
boost::asio::awaitable<void> into(boost::asio::awaitable<T> a, std::optional<T>& out, std::atomic<bool>& running)
{
    running = true;
    out.emplace(co_await std::move(a));
}

// Runs it with a slot for Asio's cancellation.
template <class Kit, class T>
T run_with(Kit& kit, boost::asio::cancellation_signal& signal, std::atomic<bool>& running, boost::asio::awaitable<T> a)
{
    std::optional<T> out;
    std::exception_ptr thrown;
    boost::asio::co_spawn(
        kit.context, into(std::move(a), out, running),
        boost::asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr e) { thrown = e; }));
    kit.context.restart();
    kit.context.run();
    if (thrown)
        std::rethrow_exception(thrown);
    return *std::move(out);
}
template <class Kit, class T>
T run_with(Kit&, boost::asio::cancellation_signal&, std::atomic<bool>&, T r)
{
    return r;
}

BOOST_AUTO_TEST_CASE_TEMPLATE(whoever_cancels_closes_the_connection_and_hears_no_more, Kit, test::client_kits)
{
    constexpr int times = 5;
    for (auto const w : {way::cancel, way::signal})
        for (auto const& st : stages()) {
            if (w == way::signal && !has_signals<Kit>)
                continue;
            figures took("cancelled while " + std::string(st.name) + " (" + driver<Kit>(w) + ")");
            for (int i = 0; i < times; ++i)
                BOOST_TEST_CONTEXT(st.name << ", " << driver<Kit>(w))
                {
                    scene s(st);
                    auto o = s.options();
                    std::atomic<int> heard{0};
                    o.on_diagnostic = [&](diagnostic const&) { ++heard; };
                    Kit kit(reach(s), o);
                    caller<Kit> c(st, kit);
                    BOOST_TEST_REQUIRE(!c.approach());
                    boost::asio::cancellation_signal signal;
                    std::atomic<bool> running{!has_signals<Kit>};
                    figures::clock::time_point from;
                    std::thread other([&] {
                        BOOST_TEST(until([&] { return running.load(); }));
                        BOOST_TEST(s.wait_until_reached());
                        from = figures::clock::now();
                        s.ended = true;
                        if (w == way::cancel)
                            return kit.client.cancel();
                        if constexpr (has_signals<Kit>)
                            boost::asio::post(kit.context,
                                              [&] { signal.emit(boost::asio::cancellation_type::terminal); });
                    });
                    auto const why =
                        c.act([&](auto begun) { return run_with(kit, signal, running, std::move(begun)); });
                    int const by_then = heard;
                    other.join();
                    BOOST_TEST(why == make_error_code(errc::cancelled));
                    BOOST_TEST(s.wait_until_closed()); // by the call: the client is still there
                    took.add(from, s.closed_at);
                    BOOST_TEST(s.taken < big_body().size());
                    BOOST_TEST((by_then > 0) == st.endless);
                    if (c.stream) {
                        BOOST_TEST((c.stream->end().how == how::cancelled));
                        BOOST_TEST(kit(c.stream->next()).error().code == make_error_code(errc::cancelled));
                    }
                    BOOST_TEST(heard == by_then);
                }
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_stream_that_is_destroyed_or_closed_closes_the_connection_and_hears_no_more, Kit,
                              test::client_kits)
{
    constexpr int times = 5;
    for (bool const destroyed : {true, false})
        for (auto const& st : stages()) {
            if (!st.within_stream)
                continue;
            figures took((destroyed ? "destroyed while " : "closed while ") + std::string(st.name) + " (" +
                         driver<Kit>(way::cancel) + ")");
            for (int i = 0; i < times; ++i)
                BOOST_TEST_CONTEXT(st.name << ", destroyed: " << destroyed)
                {
                    scene s(st);
                    auto o = s.options();
                    std::atomic<int> heard{0};
                    o.on_diagnostic = [&](diagnostic const&) { ++heard; };
                    Kit kit(reach(s), o);
                    caller<Kit> c(st, kit);
                    BOOST_TEST_REQUIRE(!c.approach());
                    BOOST_TEST(s.wait_until_reached());
                    auto const from = figures::clock::now();
                    s.ended = true;
                    if (destroyed)
                        c.stream.reset();
                    else
                        BOOST_TEST(kit(c.stream->close()).has_value());
                    int const by_then = heard;
                    BOOST_TEST(s.wait_until_closed());
                    took.add(from, s.closed_at);
                    BOOST_TEST(heard == by_then);
                }
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(each_patience_that_ends_has_its_name, Kit, test::client_kits)
{
    for (bool const in_total : {false, true})
        for (auto const& st : stages())
            BOOST_TEST_CONTEXT(st.name << ", " << driver<Kit>(way::cancel) << ", in total: " << in_total)
            {
                scene s(st);
                auto o = s.options();
                auto const expected = in_total ? errc::total_timeout : st.too_late;
                if (expected == errc::total_timeout)
                    o.total_timeout = 60ms;
                else
                    (expected == errc::connect_timeout ? o.connect_timeout : o.idle_timeout) = 60ms;
                Kit kit(reach(s), o);
                caller<Kit> c(st, kit);
                auto why =
                    c.approach(); // on a busy machine the patience may end before the stage, and for the same reason
                if (!why)
                    why = c.act([&](auto begun) { return kit(std::move(begun)); });
                BOOST_TEST(why == make_error_code(expected));
                s.ended = true;
                BOOST_TEST(s.wait_until_left()); // the client is still there
            }
}

} // namespace client_stages_test

BOOST_AUTO_TEST_SUITE_END()
