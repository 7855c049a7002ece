// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_GRAMMAR_SYNTAX_HPP
#define CHATWIRE_CHAT_GRAMMAR_SYNTAX_HPP

#include <chatwire/chat/open_enum.hpp>

#include <span>
#include <string_view>

namespace chatwire {

/// In which notation a grammar is written.
enum class grammar_syntax : unsigned char {
    lark,
    regex,
};

namespace detail {
inline constexpr std::string_view grammar_syntax_names[] = {"lark", "regex"};
} // namespace detail

/// The spellings, for @ref open_enum.
constexpr std::span<std::string_view const> enum_names(grammar_syntax) noexcept { return detail::grammar_syntax_names; }

} // namespace chatwire
#endif
