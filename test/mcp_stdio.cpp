// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/mcp/function_tool.hpp>
#include <chatwire/mcp_stdio.hpp>
#include <chatwire/transport/descriptor.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <memory>
#include <string>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(mcp_stdio)

namespace mcp_stdio_test {

using namespace chatwire;
using transport::descriptor;

struct both_ends {
    descriptor read, write;
    both_ends()
    {
        int fds[2];
        BOOST_TEST_REQUIRE(::pipe(fds) == 0);
        read = descriptor(fds[0]);
        write = descriptor(fds[1]);
    }
};

// What is answered to some lines, until they end.
std::string answers_to(std::string const& lines, mcp::line_options o = {})
{
    mcp::tool_server tools({.about = {.name = "test", .version = "1"}});
    tools
        .add(mcp::function_tool({.name = "whose"},
                                [](mcp::tool_call const& call) {
                                    return mcp::tool_result::text(
                                        std::string(call.head.fields.find("authorization").value_or("nobody's")));
                                }))
        .value();
    both_ends in, out;
    BOOST_TEST_REQUIRE(::write(in.write.get(), lines.data(), lines.size()) == static_cast<ssize_t>(lines.size()));
    in.write.reset();
    auto const done = mcp::serve_stream(
        tools, std::make_unique<transport::descriptor_pair>(in.read.get(), out.write.get()), std::move(o));
    BOOST_TEST(done.has_value());
    out.write.reset();
    std::string said;
    std::array<char, 4096> piece{};
    for (ssize_t n = 0; (n = ::read(out.read.get(), piece.data(), piece.size())) > 0;)
        said.append(piece.data(), static_cast<std::size_t>(n));
    return said;
}

std::string const call_it = R"({"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"whose","arguments":{}}})"
                            "\n";

BOOST_AUTO_TEST_CASE(tools_are_served_until_the_input_ends)
{
    auto const said = answers_to(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":)"
                                 R"("2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}})"
                                 "\n"
                                 R"({"jsonrpc":"2.0","method":"notifications/initialized"})"
                                 "\n" +
                                 call_it);
    BOOST_TEST(said.find(R"("protocolVersion":"2025-06-18")") != said.npos, said);
    BOOST_TEST(said.find(R"("id":7)") != said.npos, said);
    BOOST_TEST(said.find("nobody's") != said.npos, said);
    BOOST_TEST(said.ends_with("}\n"));
    BOOST_TEST(answers_to("").empty());
}

BOOST_AUTO_TEST_CASE(whose_calls_they_are_is_for_the_program_to_say)
{
    mcp::line_options o;
    BOOST_TEST_REQUIRE(!o.head.fields.set("Authorization", "Bearer k"));
    auto const said = answers_to(call_it, o);
    BOOST_TEST(said.find("Bearer k") != said.npos, said);
}

} // namespace mcp_stdio_test

BOOST_AUTO_TEST_SUITE_END()
