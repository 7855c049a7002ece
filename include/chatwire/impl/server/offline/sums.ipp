// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_OFFLINE_SUMS_IPP
#define CHATWIRE_IMPL_SERVER_OFFLINE_SUMS_IPP

#include <chatwire/impl/server/offline/words.ipp>
#include <chatwire/server/offline/sums.hpp>
#include <chatwire/server/offline/text.hpp>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <utility>

namespace chatwire::offline {
namespace detail {

// What a sum in words has in place of its signs.
inline constexpr std::pair<std::string_view, char> sum_words[] = {
    {"multiplied by", '*'}, {"divided by", '/'}, {"times", '*'},    {"plus", '+'},     {"minus", '-'},
    {"over", '/'},          {"x", '*'},          {"\xC3\x97", '*'}, {"\xC3\xB7", '/'}, {"\xE2\x88\x92", '-'},
};

class sum_reader {
public:
    explicit sum_reader(std::string_view text) : in_(text) {}

    // Nothing unless the whole text is a sum of at least two numbers.
    std::optional<double> read()
    {
        auto const v = terms(0);
        skip_blanks();
        if (!v || !in_.empty() || operators_ == 0 || !std::isfinite(*v))
            return std::nullopt;
        return v;
    }

    bool divided_by_zero() const noexcept { return zero_; }

private:
    static constexpr int deepest = 32;

    void skip_blanks()
    {
        while (!in_.empty() && in_[0] == ' ')
            in_.remove_prefix(1);
    }

    char peek_operator(std::size_t& length)
    {
        skip_blanks();
        length = 1;
        if (in_.empty())
            return 0;
        if (std::string_view("+-*/").find(in_[0]) != std::string_view::npos)
            return in_[0];
        for (auto const& [word, sign] : sum_words)
            if (in_.starts_with(word)) {
                length = word.size();
                return sign;
            }
        return 0;
    }

    std::optional<double> terms(int depth)
    {
        auto v = factors(depth);
        std::size_t n = 0;
        while (v) {
            auto const sign = peek_operator(n);
            if (sign != '+' && sign != '-')
                break;
            in_.remove_prefix(n);
            ++operators_;
            auto const next = factors(depth);
            if (!next)
                return std::nullopt;
            *v += sign == '+' ? *next : -*next;
        }
        return v;
    }

    std::optional<double> factors(int depth)
    {
        auto v = number(depth);
        std::size_t n = 0;
        while (v) {
            auto const sign = peek_operator(n);
            if (sign != '*' && sign != '/')
                break;
            in_.remove_prefix(n);
            ++operators_;
            auto const next = number(depth);
            if (!next)
                return std::nullopt;
            if (sign == '/' && *next == 0)
                zero_ = true;
            *v = sign == '*' ? *v * *next : *v / *next;
        }
        return v;
    }

    std::optional<double> number(int depth)
    {
        skip_blanks();
        if (in_.empty() || depth == deepest)
            return std::nullopt;
        if (in_[0] == '(') {
            in_.remove_prefix(1);
            auto const v = terms(depth + 1);
            skip_blanks();
            if (!v || in_.empty() || in_[0] != ')')
                return std::nullopt;
            in_.remove_prefix(1);
            return v;
        }
        double v = 0;
        auto const [end, ec] = std::from_chars(in_.data(), in_.data() + in_.size(), v, std::chars_format::fixed);
        if (ec != std::errc() || !std::isfinite(v))
            return std::nullopt;
        in_.remove_prefix(static_cast<std::size_t>(end - in_.data()));
        return v;
    }

    std::string_view in_;
    int operators_ = 0;
    bool zero_ = false;
};

inline std::string write_number(double v)
{
    char buffer[64];
    if (v == std::floor(v) && std::fabs(v) < 1e15) {
        auto const r = std::to_chars(buffer, buffer + sizeof buffer, static_cast<long long>(v));
        return std::string(buffer, r.ptr);
    }
    auto const r = std::to_chars(buffer, buffer + sizeof buffer, v, std::chars_format::general, 12);
    return std::string(buffer, r.ptr);
}

} // namespace detail

CHATWIRE_DECL std::optional<std::string> do_sum(std::string_view question)
{
    if (question.size() > 1000)
        return std::nullopt;
    auto text = to_lower(question);
    // "1,000" is one number
    for (std::size_t i = 1; i + 1 < text.size(); ++i)
        if (text[i] == ',' && text[i - 1] >= '0' && text[i - 1] <= '9' && text[i + 1] >= '0' && text[i + 1] <= '9')
            text.erase(i, 1);
    std::string_view s = text;
    while (!s.empty() && std::string_view(" .!?=,:").find(s.back()) != s.npos)
        s.remove_suffix(1);
    if (s.ends_with(" equal") || s.ends_with(" equals"))
        s = s.substr(0, s.rfind(' '));
    bool adds = false, multiplies = false;
    for (bool again = true; again;) {
        again = false;
        for (std::string_view lead : {" ",        ",",          ":",           "and ",           "what is ",
                                      "what's ",  "whats ",     "what does ",  "how much is ",   "calculate ",
                                      "compute ", "solve ",     "evaluate ",   "please ",        "tell me ",
                                      "can you ", "could you ", "the sum of ", "the result of ", "the product of ",
                                      "add ",     "multiply "})
            if (s.starts_with(lead)) {
                adds = adds || lead == "add " || lead == "the sum of ";
                multiplies = multiplies || lead == "multiply " || lead == "the product of ";
                s.remove_prefix(lead.size());
                again = true;
            }
    }
    std::string sum(s);
    if (adds || multiplies)
        for (std::string_view joint : {" and ", " by ", " to "})
            for (auto at = sum.find(joint); at != sum.npos; at = sum.find(joint))
                sum.replace(at, joint.size(), adds ? " + " : " * ");
    detail::sum_reader r(sum);
    if (auto const v = r.read()) {
        std::string said(sum);
        while (!said.empty() && said.back() == ' ')
            said.pop_back();
        return said + " = " + detail::write_number(*v) + ".";
    }
    if (r.divided_by_zero())
        return "One cannot divide by zero.";
    return std::nullopt;
}

CHATWIRE_DECL std::optional<std::string> count_up(std::string_view from, std::string_view to)
{
    auto const read = [](std::string_view s) -> std::optional<long> {
        long v = 0;
        auto const [end, ec] = std::from_chars(s.data(), s.data() + s.size(), v);
        if (ec != std::errc() || end != s.data() + s.size() || v < -1000000 || v > 1000000)
            return std::nullopt;
        return v;
    };
    auto const first = read(from), last = read(to);
    if (!first || !last)
        return std::nullopt;
    long const step = *first <= *last ? 1 : -1;
    std::string out;
    long n = *first;
    for (int i = 0; i != 1000; ++i, n += step) {
        out += (out.empty() ? "" : ", ") + std::to_string(n);
        if (n == *last)
            break;
    }
    return out + ".";
}

} // namespace chatwire::offline
#endif
