// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_TOOL_FORMAT_HPP
#define CHATWIRE_CHAT_TOOL_FORMAT_HPP

#include <chatwire/chat/grammar_syntax.hpp>
#include <chatwire/chat/raw_members.hpp>
#include <chatwire/chat/tool_format_type.hpp>

#include <optional>
#include <string>
#include <utility>

namespace chatwire {

/// What the input of a custom tool is made of.
struct tool_grammar {
    std::string definition{};
    open_enum<grammar_syntax> syntax{};
    raw_members extra{};

    friend bool operator==(tool_grammar const&, tool_grammar const&) = default;
};

/// How the input of a custom tool is constrained: any text, or a grammar.
struct tool_format {
    open_enum<tool_format_type> type{};
    std::optional<tool_grammar> grammar{}; ///< with the type `grammar`
    raw_members extra{};

    /// Input of a grammar in Lark's notation.
    static tool_format lark(std::string definition)
    {
        return {.type = tool_format_type::grammar,
                .grammar = tool_grammar{.definition = std::move(definition), .syntax = grammar_syntax::lark}};
    }

    /// Input that a regular expression matches.
    static tool_format regex(std::string definition)
    {
        return {.type = tool_format_type::grammar,
                .grammar = tool_grammar{.definition = std::move(definition), .syntax = grammar_syntax::regex}};
    }

    friend bool operator==(tool_format const&, tool_format const&) = default;
};

} // namespace chatwire
#endif
