// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_CONNECTION_IPP
#define CHATWIRE_IMPL_SERVER_CONNECTION_IPP

#include <chatwire/http/writer.hpp>
#include <chatwire/server/connection.hpp>
#include <chatwire/sse/writer.hpp>

#include <utility>

namespace chatwire {

CHATWIRE_DECL server_connection::server_connection(router const& routes, server_limits const& limits,
                                                   std::function<void()> wake)
    : routes_(&routes), limits_(limits), wake_(std::move(wake)), parser_(limits.http)
{
}

CHATWIRE_DECL void server_connection::consume(std::size_t n)
{
    sent_ += n;
    if (sent_ == out_.size()) {
        out_.clear();
        sent_ = 0;
    }
}

CHATWIRE_DECL result<std::optional<server_connection::event>> server_connection::next_event()
{
    while (!closing_ && state_ != reading::answering) {
        auto p = parser_.next();
        if (!p) {
            refuse(p.error());
            break;
        }
        switch (p->what) {
        case http::piece::kind::need_more: return std::nullopt;
        case http::piece::kind::closed: closing_ = true; break;
        case http::piece::kind::head: {
            ++requests_;
            auto const& head = parser_.head();
            head_request_ = head.method == "HEAD";
            version_ = head.version;
            keep_alive_ = parser_.keep_alive();
            body_complete_ = false;
            exchange_.emplace(*routes_);
            auto const accepted = exchange_->head(head, wake_);
            auto const length = parser_.content_length();
            if (!accepted) {
                // A small body is read and dropped, to keep the connection; a caller that waits for leave to send its
                // body, or has a large one, is told and left.
                if (parser_.expects_continue() || parser_.chunked() || (length && *length > 65536)) {
                    keep_alive_ = false;
                    lingering_ = true;
                    flush_answer();
                    break;
                }
                state_ = reading::discarding;
                break;
            }
            parser_.body_limit(exchange_->max_body());
            if (parser_.expects_continue() && length.value_or(0) <= exchange_->max_body())
                http::write_continue(out_);
            break;
        }
        case http::piece::kind::body:
            if (state_ == reading::request)
                exchange_->body(p->body);
            break;
        case http::piece::kind::end:
            body_complete_ = true;
            if (std::exchange(state_, reading::answering) == reading::discarding) {
                flush_answer();
                break;
            }
            return std::optional<event>(exchange_->end());
        }
    }
    return std::nullopt;
}

CHATWIRE_DECL void server_connection::refuse(failure const& f)
{
    keep_alive_ = false;
    lingering_ = true;
    // an end in the middle of a request has nobody left to tell; anything else deserves its status
    if (f.code == errc::incomplete_message) {
        abort();
        return;
    }
    if (!exchange_)
        exchange_.emplace(*routes_);
    if (state_ != reading::discarding)
        exchange_->refuse(f);
    state_ = reading::answering;
    flush_answer();
}

CHATWIRE_DECL io::action server_connection::step(plan& p, io::outcome const& o)
{
    auto next = exchange_->step(p, o);
    flush_answer();
    return next;
}

CHATWIRE_DECL void server_connection::reply(answer a)
{
    exchange_->reply(std::move(a));
    flush_answer();
}

CHATWIRE_DECL void server_connection::put(envelope const& e, chunk c)
{
    exchange_->put(e, std::move(c));
    flush_answer();
}

CHATWIRE_DECL void server_connection::finish(envelope const& e)
{
    exchange_->finish(e);
    flush_answer();
}

CHATWIRE_DECL void server_connection::fail(failure const& f)
{
    if (!exchange_)
        return;
    exchange_->fail(f);
    flush_answer();
}

CHATWIRE_DECL void server_connection::heartbeat(envelope const& e)
{
    if (!exchange_ || !exchange_->begin_stream(e))
        return;
    flush_answer();
    if (head_request_ || muted_)
        return;
    std::string comment;
    sse::write_comment(comment);
    if (chunked_)
        http::write_chunk(out_, comment);
    else
        out_ += comment;
}

CHATWIRE_DECL void server_connection::flush_answer()
{
    if (exchange_->has_head()) {
        auto head = exchange_->take_head();
        auto const length = exchange_->content_length();
        bool const has_body = head.status >= 200 && head.status != 204 && head.status != 304;
        chunked_ = !length && version_ >= 11;
        if (chunked_)
            (void)head.fields.set("Transfer-Encoding", "chunked");
        else if (length && has_body)
            (void)head.fields.set("Content-Length", std::to_string(*length));
        else if (!length)
            keep_alive_ = false; // HTTP/1.0: the body ends with the connection
        if (last_request_ || (limits_.max_requests && requests_ >= limits_.max_requests))
            keep_alive_ = false;
        if (!keep_alive_)
            (void)head.fields.set("Connection", "close");
        else if (version_ == 10)
            (void)head.fields.set("Connection", "keep-alive");
        if (http::write_head(out_, head)) { // cannot be: every field was checked when it was set
            abort();
            return;
        }
    }
    if (auto const body = exchange_->output(); !body.empty()) {
        if (head_request_)
            ;
        else if (chunked_)
            http::write_chunk(out_, body);
        else
            out_ += body;
        exchange_->clear_output();
    }
    if (exchange_->complete())
        after_answer();
    if (muted_)
        out_.clear();
}

CHATWIRE_DECL void server_connection::mute() noexcept
{
    muted_ = true;
    last_request_ = true;
    out_.clear();
    sent_ = 0;
}

CHATWIRE_DECL void server_connection::after_answer()
{
    if (chunked_ && !head_request_)
        http::write_last_chunk(out_);
    chunked_ = false;
    head_request_ = false; // what cannot be read comes without a head, and is told with a body
    exchange_.reset();
    state_ = reading::request;
    if (keep_alive_ && !last_request_) // which may have come after the head
        return;
    closing_ = true;
    // A caller that did not expect it may have sent its next request: closing on that would reset the connection, and
    // the answer with it.
    lingering_ = !muted_ && (lingering_ || parser_.keep_alive());
}

} // namespace chatwire
#endif
