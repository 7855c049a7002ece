// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_CONTENT_HPP
#define CHATWIRE_CHAT_CONTENT_HPP

#include <chatwire/chat/content_part.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace chatwire {

/// What a message says: a string, or a list of parts.
class content {
public:
    /// The empty string.
    content() noexcept {}
    // By assignment: a variant of a string and a vector that is made as a copy and runs out of memory destroys what it
    // has not made yet (libstdc++ 12).
    content(content const& other) { value_ = other.value_; }
    content(content&&) noexcept = default;
    content& operator=(content const&) = default;
    content& operator=(content&&) noexcept = default;
    ~content() = default;
    content(char const* text) : value_(std::in_place_type<std::string>, text) {}
    content(std::string text) : value_(std::move(text)) {}
    content(std::string_view text) : value_(std::in_place_type<std::string>, text) {}
    content(std::vector<content_part> parts) : value_(std::move(parts)) {}
    content(std::initializer_list<content_part> parts) : value_(std::vector<content_part>(parts)) {}

    bool is_string() const noexcept { return value_.index() == 0; }

    /// The string, or null if there are parts. Lives until this object changes.
    std::string const* string() const noexcept { return std::get_if<0>(&value_); }

    /// The parts, or null if it is a string. Lives until this object changes.
    std::vector<content_part> const* parts() const noexcept { return std::get_if<1>(&value_); }

    /// Makes it a string, and gives access to that; keeps the one there is, with its memory.
    std::string& make_string() { return is_string() ? std::get<0>(value_) : value_.emplace<0>(); }

    /// Makes it a list of parts, and gives access to that; keeps the one there is.
    std::vector<content_part>& make_parts() { return is_string() ? value_.emplace<1>() : std::get<1>(value_); }

    /// All there is of text: the string, or the text parts one after another.
    std::string text() const
    {
        std::string out;
        append_text(out);
        return out;
    }

    /// Appends what @ref text returns.
    void append_text(std::string& out) const
    {
        if (auto const* s = string()) {
            out += *s;
            return;
        }
        for (auto const& p : *parts())
            if (auto const* t = std::get_if<text_part>(&p))
                out += t->text;
    }

    /// True for the empty string and for no parts.
    bool empty() const noexcept { return is_string() ? string()->empty() : parts()->empty(); }

    friend bool operator==(content const&, content const&) = default;

private:
    std::variant<std::string, std::vector<content_part>> value_;
};

} // namespace chatwire
#endif
