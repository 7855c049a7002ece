// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_EXAMPLES_COMMON_ARGUMENTS_HPP
#define CHATWIRE_EXAMPLES_COMMON_ARGUMENTS_HPP

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace examples {

// What is wrong with a command line; a program ends with status 2 for it.
class wrong_usage : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

// A command line: flags, options with a value (`--name VALUE` or `--name=VALUE`), and the rest.
class arguments {
public:
    arguments(int argc, char** argv) : all_(argv + (argc > 0), argv + argc) {}

    bool more() const { return next_ < all_.size(); }

    // Takes the next word.
    std::string take()
    {
        word_ = all_[next_++];
        inline_value_ = false;
        if (auto const equals = word_.find('='); word_.starts_with("--") && equals != word_.npos) {
            value_ = word_.substr(equals + 1);
            word_.resize(equals);
            inline_value_ = true;
        }
        return word_;
    }

    // The value of the option just taken.
    std::string value()
    {
        if (inline_value_)
            return value_;
        if (!more())
            throw wrong_usage(word_ + " needs a value");
        return all_[next_++];
    }

    std::chrono::milliseconds seconds()
    {
        auto const text = value();
        double s = 0;
        auto const r = std::from_chars(text.data(), text.data() + text.size(), s);
        if (r.ec != std::errc() || r.ptr != text.data() + text.size() || !std::isfinite(s) || s < 0 || s > 1e9)
            throw wrong_usage(word_ + " needs a number of seconds, not '" + text + "'");
        return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(s * 1000)));
    }

    std::uint64_t number(std::uint64_t least = 0)
    {
        auto const text = value();
        std::uint64_t n = 0;
        auto const r = std::from_chars(text.data(), text.data() + text.size(), n);
        if (r.ec != std::errc() || r.ptr != text.data() + text.size() || n < least)
            throw wrong_usage(word_ + " needs a number of at least " + std::to_string(least) + ", not '" + text + "'");
        return n;
    }

private:
    std::vector<std::string> all_;
    std::size_t next_ = 0;
    std::string word_;
    std::string value_;
    bool inline_value_ = false;
};

} // namespace examples
#endif
