// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_MCP_STDIO_IPP
#define CHATWIRE_IMPL_MCP_STDIO_IPP

#include <chatwire/io/transport.hpp>
#include <chatwire/mcp_stdio.hpp>
#include <chatwire/transport/worker_pool.hpp>

#include <memory>
#include <unistd.h>
#include <utility>

namespace chatwire::mcp {

CHATWIRE_DECL result<void> serve_stdio(tool_server const& server, line_options o, transport::securer secure)
{
    return serve_stream(server, std::make_unique<transport::descriptor_pair>(STDIN_FILENO, STDOUT_FILENO), std::move(o),
                        std::move(secure));
}

CHATWIRE_DECL result<void> serve_stream(tool_server const& server, std::unique_ptr<transport::stream> caller,
                                        line_options o, transport::securer secure)
{
    // A tool has a thread that drives it, and a function one that it runs on. Those are gone before this returns.
    auto const functions = std::make_shared<transport::worker_pool>(o.max_calls);
    transport::worker_pool drivers(o.max_calls);
    auto const place = [&]() -> line_place {
        auto driver = std::make_shared<transport::blocking>(
            transport::options{.connect = transport::connect_tcp, .secure = secure, .pool = functions});
        auto const w = driver->get_waker();
        return {.wake = [w] { w->wake(); },
                .cancel = [w] { w->cancel(); },
                .start =
                    [&drivers, driver = std::move(driver)](line_task task) {
                        auto const shared = std::make_shared<line_task>(std::move(task));
                        drivers.post([driver, shared] {
                            try {
                                (void)io::run_on(*driver, std::move(*shared));
                            } catch (...) { // out of memory, say: of this call only
                            }
                        });
                    }};
    };
    transport::blocking t;
    t.attach(io::port::caller, std::move(caller));
    auto const w = t.get_waker();
    return io::run_on(t, serve_lines(
                             server, std::move(o), [w] { w->wake(); }, place));
}

} // namespace chatwire::mcp
#endif
