// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_MCP_FUNCTION_TOOL_IPP
#define CHATWIRE_IMPL_MCP_FUNCTION_TOOL_IPP

#include <chatwire/mcp/detail/failed.hpp>
#include <chatwire/mcp/function_tool.hpp>

#include <atomic>
#include <memory>

namespace chatwire::mcp {
namespace detail {

class running_function final : public running_tool {
public:
    using function = std::function<tool_result(tool_call const&)>;

    running_function(function const& f, tool_call call) : shared_(std::make_shared<shared>())
    {
        shared_->f = f;
        shared_->call = std::move(call);
    }

    io::action resume(io::outcome const& o) override
    {
        using kind = io::outcome::kind;
        switch (o.what) {
        case kind::begin: return io::action::start_elsewhere([s = shared_] { s->run(); });
        case kind::caller_gone:
        case kind::cancelled: return io::action::finish(); // the function has been told by the reporter
        case kind::error: result_ = failed(o.to_failure(errc::total_timeout)); return io::action::finish();
        default: break;
        }
        if (!shared_->done.load(std::memory_order_acquire))
            return io::action::wait_until(io::never);
        result_ = std::move(shared_->result);
        return io::action::finish();
    }

private:
    struct shared {
        function f{};
        tool_call call{};
        tool_result result{};
        std::atomic<bool> done{false};

        void run()
        {
            try {
                result = f(call);
            } catch (...) {
                result = failed(failure_of(std::current_exception()));
            }
            done.store(true, std::memory_order_release);
            if (call.wake)
                call.wake();
        }
    };
    std::shared_ptr<shared> shared_; // with the thread
};

} // namespace detail

CHATWIRE_DECL tool function_tool(tool about, std::function<tool_result(tool_call const&)> f)
{
    about.begin = [f = std::move(f)](tool_call call) -> std::unique_ptr<running_tool> {
        return std::make_unique<detail::running_function>(f, std::move(call));
    };
    return about;
}

} // namespace chatwire::mcp
#endif
