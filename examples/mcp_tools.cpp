// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Functions of one's own as tools that any model may use, by the Model Context Protocol.
//
//     mcp_tools 8080           serves http://127.0.0.1:8080/mcp
//     mcp_tools --stdio        serves the program that has started this one
#include <chatwire/blocking_server.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/mcp/function_tool.hpp>
#include <chatwire/mcp_stdio.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>

namespace mcp = chatwire::mcp;
using chatwire::json::member;
using chatwire::json::presence;

//[arguments
// What a tool takes, and what it gives: aggregates, each described once. The schemas that clients see, the reading and
// the writing all come from these tables.
struct division {
    double dividend = 0;
    double divisor = 1;
};

struct quotient {
    double value = 0;
};

struct countdown {
    std::int64_t from = 0;
    std::optional<std::int64_t> pause{}; // milliseconds
};

template <>
struct chatwire::json::table<division> {
    static constexpr field fields[] = {member<&division::dividend>("dividend"), member<&division::divisor>("divisor")};
};
template <>
struct chatwire::json::table<quotient> {
    static constexpr field fields[] = {member<&quotient::value>("quotient")};
};
template <>
struct chatwire::json::table<countdown> {
    static constexpr field fields[] = {member<&countdown::from>("from"),
                                       member<&countdown::pause>("pause", presence::optional)};
};
//]

//[tools
// What a tool throws or calls an error is read by the model, which may do better the next time.
mcp::tool_result divide(division const& d, mcp::tool_call const&)
{
    if (d.divisor == 0)
        return mcp::tool_result::error("Nothing can be divided by zero.");
    return mcp::tool_result::json(chatwire::json::to_raw(quotient{d.dividend / d.divisor}));
}

// Runs on a thread, so it may block. Whoever asked for progress sees it come.
mcp::tool_result count(countdown const& c, mcp::tool_call const& call)
{
    for (std::int64_t left = c.from; left > 0 && !call.reporter.cancelled(); --left) {
        std::this_thread::sleep_for(std::chrono::milliseconds(c.pause.value_or(100)));
        call.reporter.progress(double(c.from - left + 1), double(c.from), std::to_string(left - 1) + " to go");
    }
    return mcp::tool_result::text("Lift-off!");
}

// A tool may give pictures, and take any arguments that its schema allows.
mcp::tool_result draw_dot(mcp::tool_call const&)
{
    return {
        .content = {mcp::text_block{.text = "A red dot:"},
                    mcp::image_block{.data = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/"
                                             "pLvAAAAAElFTkSuQmCC",
                                     .mime_type = "image/png"}}};
}
//]

int main(int argc, char** argv)
{
    //[server
    mcp::tool_server tools({.about = {.name = "mcp_tools", .title = "Tools of a tutorial", .version = "1.0"},
                            .instructions = "Divide with divide; models are bad at it."});
    tools
        .add(mcp::function_tool<division>({.name = "divide",
                                           .description = "Divides one number by another.",
                                           .output_schema = chatwire::json::schema_of<quotient>(),
                                           .annotations = mcp::tool_annotations{.read_only = true}},
                                          divide))
        .value();
    tools
        .add(mcp::function_tool<countdown>(
            {.name = "countdown", .description = "Counts down to zero."}, count,
            {.closed = true,
             .descriptions = {{"from", "Where to begin"}, {"pause", "Between two numbers, in milliseconds"}}}))
        .value();
    tools.add(mcp::function_tool({.name = "dot", .description = "Draws a dot."}, draw_dot)).value();

    if (argc > 1 && argv[1] == std::string("--stdio"))
        return mcp::serve_stdio(tools) ? 0 : 1;

    chatwire::blocking_server server({.port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0)});
    tools.mount(server.routes(), "/mcp");
    std::cout << "listening on http://127.0.0.1:" << server.listen().value() << std::endl;
    server.run().value();
    //]
}
