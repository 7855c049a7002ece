// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_SERVERS_HPP
#define CHATWIRE_TEST_SUPPORT_SERVERS_HPP

#include "served.hpp"

#include <chatwire/blocking_server.hpp>
#include <chatwire/server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/mp11/list.hpp>
#include <boost/test/unit_test.hpp>

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace chatwire::test {

/// Where a handler stops until the test lets it go on: handlers of either kind.
class gate {
public:
    void open()
    {
        std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
        for (auto const& e : waiting_)
            e->set();
    }
    void pass()
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return open_; });
    }
    boost::asio::awaitable<void> async_pass()
    {
        auto event = std::make_shared<transport::asio_event>(co_await boost::asio::this_coro::executor);
        {
            std::lock_guard lock(mutex_);
            waiting_.push_back(event);
            if (open_)
                event->set();
        }
        co_await event->wait(io::never);
        event->close();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    bool open_ = false;
    std::vector<std::shared_ptr<transport::asio_event>> waiting_{};
};

struct fails_with {
    failure why;
};
struct throws {
    std::exception_ptr what;
};
/// The same chunk again and again, until it is refused.
struct endless {
    chunk what;
    std::shared_ptr<std::atomic<std::size_t>> count{};
};

/// What a handler does, said so that a function and a coroutine can do it.
using step = std::variant<chunk, std::shared_ptr<gate>, fails_with, throws, endless, std::function<void()>>;

struct script {
    std::function<std::vector<step>(request const&)> steps{};
    std::function<void(failure const&)> refused{}; ///< told why a chunk was not taken; then the handler returns

    blocking_server::handler blocking() const
    {
        return [s = *this](request const& r, blocking_responder& out) {
            for (auto const& what : s.steps(r)) {
                result<void> done;
                if (auto const* c = std::get_if<chunk>(&what))
                    done = out.put(*c);
                else if (auto const* g = std::get_if<std::shared_ptr<gate>>(&what))
                    (*g)->pass();
                else if (auto const* e = std::get_if<endless>(&what))
                    while ((done = out.put(e->what)))
                        ++*e->count;
                else
                    at_once(what, out);
                if (!done) {
                    if (s.refused)
                        s.refused(done.error());
                    return;
                }
            }
        };
    }

    server::handler coroutine() const
    {
        return [s = *this](request const& r, responder& out) { return go(s, r, out); };
    }

private:
    static boost::asio::awaitable<void> go(script s, request const& r, responder& out)
    {
        auto const steps = s.steps(r);
        for (auto const& what : steps) {
            result<void> done;
            if (auto const* c = std::get_if<chunk>(&what)) {
                done = co_await out.put(*c);
            } else if (auto const* g = std::get_if<std::shared_ptr<gate>>(&what)) {
                co_await (*g)->async_pass();
            } else if (auto const* e = std::get_if<endless>(&what)) {
                for (;;) {
                    done = co_await out.put(e->what);
                    if (!done)
                        break;
                    ++*e->count;
                }
            } else {
                at_once(what, out);
            }
            if (!done) {
                if (s.refused)
                    s.refused(done.error());
                co_return;
            }
        }
    }

    template <class Responder>
    static void at_once(step const& what, Responder& out)
    {
        if (auto const* f = std::get_if<fails_with>(&what))
            out.fail(f->why);
        else if (auto const* t = std::get_if<throws>(&what))
            std::rethrow_exception(t->what);
        else
            std::get<std::function<void()>>(what)();
    }
};

inline script says(std::vector<step> steps)
{
    return {.steps = [steps = std::move(steps)](request const&) { return steps; }};
}

/// Both servers behind one shape: set up, `start`, then talk to `port()`; `join` waits until `run` has returned.
class blocking_server_kit {
public:
    explicit blocking_server_kit(server_options o = {}, transport::securer secure = nullptr,
                                 transport::securer secure_upstream = transport::options().secure)
        : server(std::move(o), std::move(secure), std::move(secure_upstream))
    {
    }
    ~blocking_server_kit()
    {
        server.stop();
        if (thread_.joinable())
            join();
    }
    void on_completion(script const& s) { server.on_completion(s.blocking()); }
    completer completer_for(script const& s) { return server.completer_for(s.blocking()); }
    std::uint16_t start()
    {
        auto const port = server.listen().value();
        thread_ = std::thread([this] { result_.emplace(server.run()); });
        return port;
    }
    result<void> join()
    {
        thread_.join();
        return *result_;
    }

    blocking_server server;

private:
    std::optional<result<void>> result_{};
    std::thread thread_{};
};

template <int Threads>
class coroutine_server_kit {
public:
    explicit coroutine_server_kit(server_options o = {}, transport::securer secure = nullptr,
                                  transport::securer secure_upstream = transport::options().secure)
        : server(context_.get_executor(), std::move(o), std::move(secure), std::move(secure_upstream))
    {
    }
    ~coroutine_server_kit()
    {
        server.stop();
        if (!threads_.empty())
            join();
    }
    void on_completion(script const& s) { server.on_completion(s.coroutine()); }
    completer completer_for(script const& s) { return server.completer_for(s.coroutine()); }
    std::uint16_t start()
    {
        auto const port = server.listen().value();
        boost::asio::co_spawn(context_, server.run(), [this](std::exception_ptr e, result<void> r) {
            std::lock_guard lock(mutex_);
            result_ = e ? result<void>(failure(errc::unexpected_exception)) : std::move(r);
            returned_.notify_all();
        });
        for (int i = 0; i < Threads; ++i)
            threads_.emplace_back([this] { context_.run(); });
        return port;
    }
    /// Handlers may go on after it; the destructor waits for them, too.
    result<void> join()
    {
        std::unique_lock lock(mutex_);
        returned_.wait(lock, [this] { return result_.has_value(); });
        lock.unlock();
        return *result_;
    }

private:
    // joins after the server has gone: handlers may outlive it
    struct joiner {
        std::vector<std::thread>& threads;
        ~joiner()
        {
            for (auto& t : threads)
                t.join();
        }
    };

    std::mutex mutex_;
    std::condition_variable returned_;
    std::optional<result<void>> result_{};
    boost::asio::io_context context_{Threads};
    std::vector<std::thread> threads_{};
    joiner join_{threads_};

public:
    chatwire::server server;
};

using server_kits = boost::mp11::mp_list<blocking_server_kit, coroutine_server_kit<1>, coroutine_server_kit<2>>;

} // namespace chatwire::test
#endif
