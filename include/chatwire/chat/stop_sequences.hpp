// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_STOP_SEQUENCES_HPP
#define CHATWIRE_CHAT_STOP_SEQUENCES_HPP

#include <initializer_list>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace chatwire {

/// Texts at which the model is to stop: one string, or a list. The two spellings are kept apart.
struct stop_sequences {
    std::variant<std::string, std::vector<std::string>> value{};

    stop_sequences() = default;
    // By assignment, as in `content`.
    stop_sequences(stop_sequences const& other) { value = other.value; }
    stop_sequences(stop_sequences&&) noexcept = default;
    stop_sequences& operator=(stop_sequences const&) = default;
    stop_sequences& operator=(stop_sequences&&) noexcept = default;
    ~stop_sequences() = default;
    stop_sequences(char const* one) : value(std::in_place_type<std::string>, one) {}
    stop_sequences(std::string one) : value(std::move(one)) {}
    stop_sequences(std::vector<std::string> several) : value(std::move(several)) {}
    stop_sequences(std::initializer_list<std::string> several) : value(std::vector<std::string>(several)) {}

    /// The texts, whichever way they are spelled.
    std::vector<std::string> list() const
    {
        if (auto const* one = std::get_if<0>(&value))
            return std::vector<std::string>(1, *one);
        return std::get<1>(value);
    }

    friend bool operator==(stop_sequences const&, stop_sequences const&) = default;
};

} // namespace chatwire
#endif
