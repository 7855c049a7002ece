// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_LINE_TASK_HPP
#define CHATWIRE_MCP_LINE_TASK_HPP

#include <chatwire/mcp/detail/line_outbox.hpp>
#include <chatwire/mcp/rpc_answer.hpp>

#include <cstddef>
#include <memory>
#include <utility>

namespace chatwire::mcp {

/// One request that came as a line, and its answer: an operation for a driver of its own.
///
/// @par Object lifetimes
/// May outlive the @ref serve_lines that made it, but not the server.
class line_task {
public:
    line_task(rpc_answer a, std::shared_ptr<detail::line_outbox> out, std::size_t number)
        : answer_(std::move(a)), out_(std::move(out)), number_(number)
    {
    }
    line_task(line_task&&) = default;
    line_task& operator=(line_task&&) = delete;
    ~line_task()
    {
        if (out_) // one that was not run to its end is over, too
            out_->finish(number_, {});
    }

    io::action resume(io::outcome const& o)
    {
        auto next = answer_.resume(o);
        for (auto const& text : answer_.take_notifications())
            out_->report(text);
        if (next.what == io::action::kind::done)
            out_->finish(number_, answer_.text());
        return next;
    }
    result<void> take() { return {}; }

private:
    rpc_answer answer_;
    std::shared_ptr<detail::line_outbox> out_;
    std::size_t number_;
};

} // namespace chatwire::mcp
#endif
