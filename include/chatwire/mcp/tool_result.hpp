// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_TOOL_RESULT_HPP
#define CHATWIRE_MCP_TOOL_RESULT_HPP

#include <chatwire/json/codec.hpp>
#include <chatwire/mcp/content_block.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chatwire::mcp {

/// What a tool gives: what a model reads, and perhaps what a program does.
struct tool_result {
    std::vector<content_block> content{};
    /// A value as the tool's output schema says. Before 2026-07-28 only an object is sent.
    std::optional<raw_json> structured{};
    bool is_error = false; ///< the tool has failed, and the content says why: models read it, and try again

    /// One item of text.
    static tool_result text(std::string words) { return {.content = {text_block{.text = std::move(words)}}}; }
    /// The same, of a failure.
    static tool_result error(std::string words)
    {
        return {.content = {text_block{.text = std::move(words)}}, .is_error = true};
    }
    /// A value for programs, and its text for those who only read text.
    static tool_result json(raw_json value)
    {
        auto r = text(std::string(value.text()));
        r.structured = std::move(value);
        return r;
    }

    friend bool operator==(tool_result const&, tool_result const&) = default;
};

} // namespace chatwire::mcp

namespace chatwire::json {

template <>
struct table<mcp::tool_result> {
    using r = mcp::tool_result;
    static constexpr field fields[] = {
        member<&r::content>("content"),
        member<&r::structured>("structuredContent", presence::optional),
        member<&r::is_error>("isError"),
    };
};

} // namespace chatwire::json
#endif
