// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_RAW_JSON_HPP
#define CHATWIRE_CHAT_RAW_JSON_HPP

#include <string>
#include <string_view>
#include <utility>

namespace chatwire {

/// One JSON value as text, kept byte for byte: what the protocol leaves open (tool parameters, unknown
/// members).
///
/// The text is always one valid JSON value without surrounding white space. `json::parse_raw` makes one from text of
/// unknown origin, `json::to_raw` from a value; @ref trusted takes the caller's word.
class raw_json {
public:
    /// The value `null`.
    raw_json() noexcept {}

    /// Takes text that is known to be one JSON value; nothing is checked.
    /// @par Preconditions
    /// `text` is one valid JSON value in UTF-8, without white space around it.
    static raw_json trusted(std::string text)
    {
        raw_json r;
        r.text_ = std::move(text);
        return r;
    }

    /// The text. Lives as long as this object is not changed.
    std::string_view text() const noexcept { return text_.empty() ? std::string_view("null") : text_; }

    /// The text, moved out; null is left.
    std::string take() && { return text_.empty() ? std::string("null") : std::exchange(text_, {}); }

    bool is_null() const noexcept { return text() == "null"; }
    bool is_string() const noexcept { return text().front() == '"'; }
    bool is_object() const noexcept { return text().front() == '{'; }
    bool is_array() const noexcept { return text().front() == '['; }
    bool is_bool() const noexcept { return text().front() == 't' || text().front() == 'f'; }
    bool is_number() const noexcept
    {
        return text().front() == '-' || (text().front() >= '0' && text().front() <= '9');
    }

    /// Equal when the bytes are: `1.0` differs from `1`, and so does another order of members.
    friend bool operator==(raw_json const& a, raw_json const& b) noexcept { return a.text() == b.text(); }

private:
    std::string text_; // empty stands for null
};

} // namespace chatwire
#endif
