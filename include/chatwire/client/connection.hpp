// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_CONNECTION_HPP
#define CHATWIRE_CLIENT_CONNECTION_HPP

#include <chatwire/client/call.hpp>
#include <chatwire/client/exchange.hpp>
#include <chatwire/client/options.hpp>
#include <chatwire/http/parser.hpp>
#include <chatwire/io/endpoint.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace chatwire {

/// The client's side of one HTTP/1.1 connection, without IO: requests in, bytes out; bytes in, events out. An
/// `io::endpoint`. One request at a time; when its answer is over, @ref settle tells whether another may follow.
///
/// @par Object lifetimes
/// The options must outlive it.
/// @par Thread safety
/// None.
template <class Dialect = openai>
class client_connection {
public:
    using event = client_event<Dialect>;

    /// What an answer that is over has left the connection in.
    enum class state : unsigned char {
        ready,      ///< another request may be sent
        unfinished, ///< the rest of the answer's body has to come first: give it bytes and ask again
        spent,      ///< of no more use
    };

    /// The most that is read, and dropped, of what comes after the end of a stream.
    static constexpr std::uint64_t max_rest = std::uint64_t{64} << 10;

    explicit client_connection(client_options const& options) : options_(&options), parser_(options.http) {}

    /// Sends a request, as made by @ref write_call, over a connection that is new or `ready`.
    /// @param log gets the deviations of its answer
    void start(std::string bytes, client_call const& call, std::shared_ptr<diagnostics> log)
    {
        out_ = std::move(bytes);
        sent_ = 0;
        answered_ = false;
        rest_ = 0;
        complete_ = false;
        parser_.expect(call.method);
        exchange_.emplace(*options_, call.expects, std::move(log));
    }

    std::string_view output() const noexcept { return std::string_view(out_).substr(sent_); }
    void consume(std::size_t n) noexcept { sent_ += n; }
    /// @par Preconditions
    /// @ref next_event has given nothing, or is not called any more for this answer.
    std::span<char> prepare() { return parser_.prepare(read_size); }
    void commit(std::size_t n) noexcept
    {
        answered_ = true;
        parser_.commit(n);
    }
    void commit_eof() noexcept { parser_.commit_eof(); }

    /// An event of the answer; nothing when more bytes are needed, or the answer is over. A failure, or what
    /// @ref client_event calls the last event, is the end of it.
    result<std::optional<event>> next_event()
    {
        for (;;) {
            auto e = exchange_->next_event();
            if (!e || *e || exchange_->done())
                return e;
            auto piece = parser_.next();
            if (!piece) {
                broken_ = true;
                exchange_->fail(std::move(piece).error());
                continue;
            }
            switch (piece->what) {
            case http::piece::kind::need_more: return std::optional<event>();
            case http::piece::kind::head: exchange_->head(parser_.head()); break;
            case http::piece::kind::body: exchange_->lend(piece->body); break;
            case http::piece::kind::end:
                complete_ = true;
                exchange_->end();
                break;
            case http::piece::kind::closed:
                broken_ = true;
                exchange_->fail(failure(errc::connection_lost, "the service closed the connection without an answer"));
                break;
            }
        }
    }

    /// Whether a byte has come since the request was started.
    bool answered() const noexcept { return answered_; }

    /// Where in the answer's body the last chunk stood.
    std::uint64_t offset() const noexcept { return exchange_->offset(); }

    /// The head of the answer, from its first event on.
    http::response_head const& head() const noexcept { return parser_.head(); }

    /// @copydoc client_exchange::request_id
    std::string request_id() const { return exchange_->request_id(); }

    /// After the last event: reads on in the bytes that are there.
    state settle()
    {
        while (!complete_ && !broken_) {
            auto const piece = parser_.next();
            if (!piece || piece->what == http::piece::kind::closed)
                broken_ = true;
            else if (piece->what == http::piece::kind::need_more)
                return may_be_used() ? state::unfinished : state::spent;
            else if (piece->what == http::piece::kind::end)
                complete_ = true;
            else if ((rest_ += piece->body.size()) > max_rest)
                broken_ = true;
        }
        return may_be_used() && parser_.idle() ? state::ready : state::spent;
    }

private:
    static constexpr std::size_t read_size = 16384;

    // A service that answers before it has read all of the request will not read the rest as such.
    bool may_be_used() const { return !broken_ && output().empty() && parser_.keep_alive(); }

    client_options const* options_;
    http::response_parser parser_;
    std::optional<client_exchange<Dialect>> exchange_{};
    std::string out_{};
    std::size_t sent_ = 0;
    std::uint64_t rest_ = 0;
    bool answered_ = false;
    bool complete_ = false; // the HTTP message
    bool broken_ = false;   // or over: nothing can be read any more
};

} // namespace chatwire
#endif
