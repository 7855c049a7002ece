// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_BASIC_CLIENT_HPP
#define CHATWIRE_CLIENT_BASIC_CLIENT_HPP

#include <chatwire/chat/model.hpp>
#include <chatwire/chat/request.hpp>
#include <chatwire/client/basic_stream.hpp>
#include <chatwire/client/begin_stream.hpp>
#include <chatwire/client/retrying_call.hpp>
#include <chatwire/client/structured.hpp>
#include <chatwire/client/then.hpp>
#include <chatwire/client/tool_loop.hpp>
#include <chatwire/client/tool_run.hpp>
#include <chatwire/client/toolbox.hpp>
#include <chatwire/http/target.hpp>
#include <chatwire/io/operation.hpp>
#include <chatwire/io/transport.hpp>
#include <chatwire/json/model.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/writer.hpp>

#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace chatwire {

/// The client of a chat-completions service.
///
/// What its functions return depends on the transport: the result itself (blocking), or something to be awaited that
/// gives the result (Asio). They are named here by what they give.
///
/// A client has one connection, which it opens when it is needed and keeps between calls. It makes one call at a time:
/// a call that is made while a stream has not ended ends that stream with errc::cancelled.
///
/// Every call can fail with, among others: invalid_url, unsupported, invalid_header (nothing was sent); refused, with
/// the service's status and message; host_not_found, connect_failed, connection_lost or an error of the system;
/// connect_timeout, idle_timeout, data_timeout, write_timeout, total_timeout; cancelled; bad_content_type (an HTML
/// page, say), bad_content_encoding, bad_json and other codes of condition::peer_violation; body_limit and others of
/// condition::limit. A call that fails before its answer begins is made again as `client_options::retries`
/// says; what has begun is never asked for again.
///
/// @par Coroutines
/// Make the request first, and give it its name: `co_await client.create(r)`. g++ 12 refuses, or miscompiles, requests
/// that are made in braces inside of a `co_await` expression.
///
/// @par Object lifetimes
/// Neither moves nor ends while a call runs or a stream of its is used.
///
/// @par Thread safety
/// One thread, or one coroutine, at a time; @ref cancel from any thread.
///
/// @tparam Transport has a `task` and can `run` operations: see io::transport
template <class Transport, class Dialect = openai>
class basic_client {
    static_assert(io::transport<Transport>, "the first argument of basic_client is no transport: see io/transport.hpp");

public:
    using dialect = Dialect;
    using request_type = basic_request<Dialect>;
    using completion_type = basic_completion<Dialect>;
    using chunk_type = basic_chunk<Dialect>;
    using stream_type = basic_stream<Transport, Dialect>;

    /// What a function that gives a `T` returns.
    template <class T>
    using task = typename Transport::template task<T>;

    /// A client whose transport needs nothing to be made.
    explicit basic_client(client_options options) requires std::default_initializable<Transport>
        : core_(std::move(options)), transport_()
    {
    }

    /// A client whose transport is made from `first` and `more`: `client(executor, options)`.
    template <class First, class... More>
    requires std::constructible_from<Transport, First, More...> basic_client(First&& first, client_options options,
                                                                             More&&... more)
        : core_(std::move(options)), transport_(std::forward<First>(first), std::forward<More>(more)...)
    {
    }

    /// `POST {base}/chat/completions`, answered as a whole. The request's `stream` does not count.
    task<result<completion_type>> create(request_type r) { return create_at(completions_, std::move(r)); }

    /// The same, answered with a value: the service is told the schema of `T`, a type with a field table.
    ///
    /// Fails also as @ref ask_for (then nothing is sent) and @ref read_structured do: errc::declined, filtered,
    /// token_limit; errc::mismatch, with the path of the member that is not as it should be.
    ///
    /// @par Example
    /// @see examples/structured.cpp
    template <json::described T>
    task<result<structured<T, Dialect>>> create(request_type r)
    {
        if (auto asked = ask_for<T>(r); !asked)
            return run(transport_,
                       then(io::noop(), [f = std::move(asked).error()](auto const&) -> result<structured<T, Dialect>> {
                           return f;
                       }));
        return start(completion_call(completions_, std::move(r)),
                     [limits = options().json](event&& e) -> result<structured<T, Dialect>> {
                         return read_structured<T>(std::get<completion_type>(std::move(e)), limits);
                     });
    }

    /// The same, with functions that the model may call: they are called, and the model is told what they gave, until
    /// it answers without calling any. Each round is a call of its own, with times of its own.
    ///
    /// Functions run on threads of the transport's worker pool, one after another.
    ///
    /// Fails also with errc::round_limit; a function that fails is told to the model.
    ///
    /// @par Example
    /// @see examples/tools.cpp
    task<result<basic_tool_run<Dialect>>> run_tools(request_type r, toolbox tools, tool_run_options options = {})
    {
        forget_cancel();
        auto ask = [this](request_type const& next) {
            return make_call(completion_call(completions_, next), [](event&& e) -> result<completion_type> {
                return std::get<completion_type>(std::move(e));
            });
        };
        return run(transport_,
                   tool_loop<Dialect, decltype(ask)>(std::move(r), std::move(tools), std::move(options), ask));
    }

    /// `POST {base}/chat/completions`, answered as a stream. The request's `stream` does not count.
    ///
    /// Gives the stream as soon as the service has begun it; what goes wrong before that is a failure here.
    task<result<stream_type>> stream(request_type r) { return stream_at(completions_, std::move(r)); }

    /// `GET {base}/models`
    task<result<model_list>> models() { return get<model_list>("/models"); }

    /// `GET {base}/models/{id}`
    task<result<chatwire::model>> model(std::string_view id)
    {
        return get<chatwire::model>("/models/" + http::encode_segment(id));
    }

    /// Any other call of the service: gives the answer's JSON, null where it has none.
    ///
    /// @param path below the base URL's path, percent-encoded; may have a query
    /// @param body JSON text; empty: none is sent
    task<result<raw_json>> call(std::string method, std::string path, std::string body = {})
    {
        return start({.method = std::move(method), .path = std::move(path), .body = std::move(body)},
                     [](event&& e) -> result<raw_json> { return std::get<client_document>(std::move(e)).json; });
    }

    /// Ends the running call, or the running or else the following `next` of its stream, with errc::cancelled.
    /// Calls that are made later are not touched. Thread-safe.
    void cancel() noexcept { transport_.cancel(); }

    client_options const& options() const noexcept { return core_.options; }
    Transport& transport() noexcept { return transport_; }

protected:
    /// Whether the service keeps what it is sent, so that a POST that may have been carried out is not made again.
    bool keeps_ = false;
    /// Where completions are.
    std::string completions_ = "/chat/completions";

    /// @ref create at another path.
    task<result<completion_type>> create_at(std::string path, request_type r)
    {
        return start(completion_call(std::move(path), std::move(r)),
                     [](event&& e) -> result<completion_type> { return std::get<completion_type>(std::move(e)); });
    }

    /// @ref stream at another path.
    task<result<stream_type>> stream_at(std::string path, request_type r)
    {
        forget_cancel();
        r.stream = true;
        client_call call{.method = "POST",
                         .path = std::move(path),
                         .body = json::to_text(r),
                         .expects = client_call::answer::stream,
                         .once = keeps_};
        return run(transport_, then(begin_stream<Dialect>(core_, std::move(call), make_log()),
                                    [this](auto s) -> result<stream_type> {
                                        if (!s)
                                            return std::move(s).error();
                                        return stream_type(transport_, core_, *std::move(s));
                                    }));
    }

    /// A call whose answer says nothing more than that it was done.
    task<result<void>> call_for_nothing(client_call c)
    {
        return start(std::move(c), [](event&&) -> result<void> { return {}; });
    }

    /// A call whose answer is a described type.
    template <class T>
    task<result<T>> call_for(client_call c)
    {
        return call_for<T>(std::move(c), [](T&& value) { return std::move(value); });
    }

    /// The same, giving what `f` makes of it.
    template <class T, class F>
    task<result<std::invoke_result_t<F, T>>> call_for(client_call c, F f)
    {
        auto log = make_log();
        return start(
            std::move(c),
            [this, log, f = std::move(f)](event&& e) -> result<std::invoke_result_t<F, T>> {
                auto r = json::read<T>(std::get<client_document>(e).json.text(), log.get(),
                                       client_exchange<Dialect>::read_options(core_.options));
                if (!r)
                    return std::move(r).error();
                return f(*std::move(r));
            },
            log);
    }

    template <class T>
    task<result<T>> get(std::string path)
    {
        return call_for<T>({.path = std::move(path)});
    }

private:
    using event = client_event<Dialect>;

    static client_call completion_call(std::string path, request_type r)
    {
        r.stream.reset();
        r.stream_options.reset(); // belongs to streams: some services refuse it elsewhere
        return {.method = "POST",
                .path = std::move(path),
                .body = json::to_text(r),
                .expects = client_call::answer::completion};
    }

    std::shared_ptr<diagnostics> make_log() const
    {
        auto log = std::make_shared<diagnostics>();
        log->hook = core_.options.on_diagnostic;
        return log;
    }

    template <class F>
    auto start(client_call c, F f, std::shared_ptr<diagnostics> log = nullptr)
    {
        forget_cancel();
        return run(transport_, make_call(std::move(c), std::move(f), std::move(log)));
    }

    // The operation that makes a call, and gives what `f` makes of its event.
    template <class F>
    auto make_call(client_call c, F f, std::shared_ptr<diagnostics> log = nullptr)
    {
        c.once = keeps_ && c.method == "POST";
        return then(retrying_call<Dialect>(core_, std::move(c), log ? std::move(log) : make_log()),
                    [f = std::move(f)](result<event> r) -> decltype(f(std::declval<event>())) {
                        if (!r)
                            return std::move(r).error();
                        return f(*std::move(r));
                    });
    }

    // A transport need not be able to forget: then `cancel` is for good.
    void forget_cancel()
    {
        if constexpr (requires { transport_.get_waker()->forget_cancel(); })
            transport_.get_waker()->forget_cancel();
    }

    client_core<Dialect> core_;
    Transport transport_;
};

} // namespace chatwire
#endif
