// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_SECRET_HPP
#define CHATWIRE_CLIENT_SECRET_HPP

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace chatwire {

/// Text that must not get into a log: it does not convert to a string, and no stream takes it.
class secret {
public:
    secret() = default;
    template <class S>
    requires std::convertible_to<S, std::string> secret(S&& text) : text_(std::forward<S>(text)) {}

    bool empty() const noexcept { return text_.empty(); }

    /// The text. Lives as long as this object is not changed.
    std::string_view reveal() const noexcept { return text_; }

private:
    std::string text_;
};

} // namespace chatwire
#endif
