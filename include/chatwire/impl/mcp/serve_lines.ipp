// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_MCP_SERVE_LINES_IPP
#define CHATWIRE_IMPL_MCP_SERVE_LINES_IPP

#include <chatwire/mcp/detail/settle.hpp>
#include <chatwire/mcp/serve_lines.hpp>

#include <utility>

namespace chatwire::mcp {

CHATWIRE_DECL serve_lines::serve_lines(tool_server const& server, line_options o, std::function<void()> wake,
                                       std::function<line_place()> place)
    : server_(&server), options_(std::move(o)), place_(std::move(place)),
      out_(std::make_shared<detail::line_outbox>(options_.max_unsent, std::move(wake))), in_(options_.max_line)
{
}

CHATWIRE_DECL io::action serve_lines::resume(io::outcome const& o)
{
    using kind = io::outcome::kind;
    switch (o.what) {
    case kind::begin:
    case kind::woken: break;
    case kind::ok:
        if (writing_)
            sent_ += o.n;
        else
            in_.commit(o.n);
        break;
    case kind::eof:
        in_.commit_eof();
        input_ended_ = true;
        drain_until_ = io::after(io::clock::now(), options_.drain_timeout);
        break;
    case kind::timeout: // of the time after the end
        out_->cancel_all();
        drain_until_ = io::never;
        break;
    default: return give_up(o.to_failure(errc::write_timeout));
    }
    return go_on();
}

CHATWIRE_DECL io::action serve_lines::go_on()
{
    take_lines();
    if (sent_ == sending_.size()) {
        sending_ = out_->take();
        sent_ = 0;
    }
    writing_ = sent_ != sending_.size();
    if (writing_)
        return io::action::write_some(io::port::caller, std::string_view(sending_).substr(sent_));
    if (out_->working() >= options_.max_calls)
        return io::action::wait_until(drain_until_);
    if (!input_ended_)
        return io::action::read_some(io::port::caller, in_.prepare());
    if (out_->working() != 0)
        return io::action::wait_until(drain_until_);
    if (sending_ = out_->take(); !sending_.empty()) { // of one that has just finished
        sent_ = 0;
        writing_ = true;
        return io::action::write_some(io::port::caller, sending_);
    }
    return io::action::finish();
}

// The stream is broken, or it is to end at once: whoever works for it does so in vain.
CHATWIRE_DECL io::action serve_lines::give_up(failure why)
{
    out_->cancel_all();
    ended_ = std::move(why);
    return io::action::finish();
}

CHATWIRE_DECL void serve_lines::take_lines()
{
    while (out_->working() < options_.max_calls) {
        auto const line = in_.next();
        if (!line)
            out_->say(rpc_failure({}, {rpc_code::invalid_request, "The message is too long"}));
        else if (*line)
            take_line(**line);
        else
            return;
    }
}

CHATWIRE_DECL call_site serve_lines::site_at(line_place const& p, version v) const
{
    return {.version = v, .head = options_.head, .request_id = {}, .wake = p.wake};
}

CHATWIRE_DECL void serve_lines::take_line(std::string_view line)
{
    auto const text = read_rpc_text(line, server_->options().max_batch);
    if (!text.batch) {
        if (auto const* f = std::get_if<rpc_text::fault>(&text.items.front()))
            return out_->say(rpc_failure(f->id, f->error));
        return take_message(std::get<rpc_message>(text.items.front()));
    }
    if (agreed_ != version::of_2025_03_26)
        return out_->say(rpc_failure({}, {rpc_code::invalid_request, "Only 2025-03-26 has batches"}));
    auto p = place_();
    auto a = server_->begin(text, site_at(p, agreed_));
    start(std::move(a), std::nullopt, std::move(p));
}

CHATWIRE_DECL void serve_lines::take_message(rpc_message const& m)
{
    if (m.method == "notifications/cancelled" && !m.id) {
        if (auto const params = json::read<detail::cancelled_params>(m.params ? m.params->text() : "{}"))
            out_->cancel(params->request_id);
        return;
    }
    if (!m.is_request())
        return;
    auto const settled = detail::settle(m, std::nullopt, agreed_);
    if (auto const* error = std::get_if<rpc_error>(&settled))
        return out_->say(rpc_failure(m.id, *error));
    auto const v = std::get<version>(settled);
    if (!stateless(v) && m.method == "initialize")
        if (auto const params = json::read<detail::initialize_params>(m.params ? m.params->text() : "{}"))
            agreed_ = detail::agree_on(params->version);
    rpc_answer a;
    line_place p;
    if (m.method == "tools/call")
        p = place_();
    a.add(server_->begin(m, site_at(p, v)));
    start(std::move(a), *m.id, std::move(p));
}

CHATWIRE_DECL void serve_lines::start(rpc_answer a, std::optional<raw_json> id, line_place p)
{
    if (a.running()) {
        auto const number = out_->begin(std::move(id), std::move(p.cancel));
        return p.start(line_task(std::move(a), out_, number));
    }
    (void)a.resume({}); // which is all it takes
    if (!a.text().empty())
        out_->say(a.text());
}

} // namespace chatwire::mcp
#endif
