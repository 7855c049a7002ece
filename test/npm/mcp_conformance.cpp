// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// The tools that the protocol's conformance suite calls by their names, and some that show what only tests want to see.
#include <chatwire/blocking_server.hpp>
#include <chatwire/mcp/function_tool.hpp>
#include <chatwire/mcp_stdio.hpp>

#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

namespace mcp = chatwire::mcp;
namespace io = chatwire::io;
using chatwire::raw_json;

namespace {

mcp::image_block const red{
    .data = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC",
    .mime_type = "image/png"};

// Waits as long as the arguments say without a thread, and says how it was told to stop.
class waiting final : public mcp::running_tool {
public:
    explicit waiting(mcp::tool_call call) : call_(std::move(call)) {}

    io::action resume(io::outcome const& o) override
    {
        using kind = io::outcome::kind;
        auto const now = io::clock::now();
        if (o.what == kind::begin)
            until_ = now + std::chrono::milliseconds(300);
        if (o.what == kind::caller_gone || o.what == kind::cancelled) {
            std::cerr << "given up" << std::endl;
            return io::action::finish();
        }
        if (now < until_)
            return io::action::wait_until(until_);
        if (++steps_ < 3 || call_.arguments.text().find("\"long\":true") != std::string_view::npos) {
            call_.reporter.progress(double(steps_));
            until_ = now + std::chrono::milliseconds(100);
            return io::action::wait_until(until_);
        }
        result_ = mcp::tool_result::text("waited");
        return io::action::finish();
    }

private:
    mcp::tool_call call_;
    io::time_point until_{};
    int steps_ = 0;
};

mcp::tool named(std::string name) { return {.name = std::move(name), .description = "For tests."}; }

void add_tools(mcp::tool_server& s)
{
    using mcp::function_tool;
    using mcp::tool_call;
    using mcp::tool_result;
    auto const add = [&](mcp::tool t) { s.add(std::move(t)).value(); };
    add(function_tool(named("test_simple_text"), [](tool_call const&) {
        return tool_result::text("This is a simple text response for testing.");
    }));
    add(function_tool(named("test_image_content"), [](tool_call const&) { return tool_result{.content = {red}}; }));
    add(function_tool(named("test_audio_content"), [](tool_call const&) {
        return tool_result{
            .content = {mcp::audio_block{.data = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=",
                                         .mime_type = "audio/wav"}}};
    }));
    add(function_tool(named("test_embedded_resource"), [](tool_call const&) {
        return tool_result{.content = {mcp::resource_block{.resource = {.uri = "test://embedded-resource",
                                                                        .mime_type = "text/plain",
                                                                        .text = "This is an embedded resource."}}}};
    }));
    add(function_tool(named("test_multiple_content_types"), [](tool_call const&) {
        return tool_result{.content = {mcp::text_block{.text = "Multiple content types test:"}, red,
                                       mcp::resource_block{.resource = {.uri = "test://mixed-content-resource",
                                                                        .mime_type = "application/json",
                                                                        .text = R"({"test":"data","value":123})"}},
                                       mcp::resource_link_block{.uri = "test://link", .name = "link"}}};
    }));
    add(function_tool(named("test_tool_with_progress"), [](tool_call const& call) {
        for (int percent : {0, 50, 100}) {
            call.reporter.progress(percent, 100);
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return tool_result::text("done");
    }));
    add(function_tool(named("test_error_handling"), [](tool_call const&) -> tool_result {
        throw chatwire::exception(chatwire::refusal(400, "This tool intentionally returns an error for testing"));
    }));
    auto schema = named("json_schema_2020_12_tool");
    schema.input_schema = raw_json::trusted(
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","$defs":{"address":)"
        R"({"type":"object","properties":{"street":{"type":"string"},"city":{"type":"string"}}}},)"
        R"("properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"}},"additionalProperties":false})");
    add(function_tool(std::move(schema), [](tool_call const&) { return tool_result::text("taken"); }));

    // and what the suite does not ask for
    add(function_tool(named("breaks"), [](tool_call const&) -> tool_result { throw std::runtime_error("a secret"); }));
    add(function_tool(named("whoami"), [](tool_call const& call) {
        return tool_result::text(std::string(call.head.fields.find("authorization").value_or("nobody")));
    }));
    auto list = named("a list");
    list.output_schema = raw_json::trusted(R"({"type":"array","items":{"type":"integer"}})");
    add(function_tool(std::move(list), [](tool_call const&) { return tool_result::json(raw_json::trusted("[1,2]")); }));
    auto sampling = named("needs_sampling");
    sampling.needs = {"sampling"};
    add(function_tool(std::move(sampling), [](tool_call const&) { return tool_result::text("had it"); }));
    auto repeated = named("repeated");
    repeated.input_schema =
        raw_json::trusted(R"({"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},)"
                          R"("deep":{"type":"object","properties":{"n":{"type":"integer","x-mcp-header":"Depth"}}}}})");
    add(function_tool(std::move(repeated),
                      [](tool_call const& call) { return tool_result::text(std::string(call.arguments.text())); }));
    auto operation = named("waits");
    operation.begin = [](tool_call call) { return std::make_unique<waiting>(std::move(call)); };
    add(std::move(operation));
}

} // namespace

int main(int argc, char** argv)
{
    mcp::tool_server tools({.about = {.name = "conformance", .version = "1"}, .page_size = 5});
    add_tools(tools);
    if (argc > 1 && argv[1] == std::string("--stdio")) {
        mcp::line_options o;
        (void)o.head.fields.set("Authorization", "Bearer of-the-program");
        return mcp::serve_stdio(tools, std::move(o)) ? 0 : 1;
    }
    chatwire::blocking_server server;
    tools.mount(server.routes(), "/mcp");
    tools.mount(server.routes(), "/guarded", [](chatwire::server_call const& call) -> std::optional<chatwire::failure> {
        if (call.bearer() == "a-key")
            return std::nullopt;
        return chatwire::refusal(401, "Who are you?");
    });
    std::cout << "listening on http://127.0.0.1:" << server.listen().value() << std::endl;
    server.run().value();
}
