// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_OFFLINE_ARITHMETIC_IPP
#define CHATWIRE_IMPL_SERVER_OFFLINE_ARITHMETIC_IPP

#include <chatwire/impl/server/offline/words.ipp>
#include <chatwire/server/offline/arithmetic.hpp>
#include <chatwire/server/offline/words.hpp>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <vector>

namespace chatwire::offline {
namespace detail {

struct sum_token {
    char op = 0; // 0: a number; else one of + - * / ^ % ( )
    double number = 0;
};

// Operator precedence by recursion, the depth of which is bounded.
class sum_parser {
public:
    explicit sum_parser(std::vector<sum_token> const& tokens) : t_(tokens) {}

    std::optional<double> whole()
    {
        auto const x = sum(0);
        return x && i_ == t_.size() && std::isfinite(*x) ? x : std::nullopt;
    }

private:
    char op() const { return i_ < t_.size() ? t_[i_].op : '\1'; }

    std::optional<double> sum(int depth)
    {
        auto x = product(depth);
        while (x && (op() == '+' || op() == '-')) {
            bool const plus = t_[i_++].op == '+';
            auto const y = product(depth);
            x = y ? std::optional(plus ? *x + *y : *x - *y) : std::nullopt;
        }
        return x;
    }
    std::optional<double> product(int depth)
    {
        auto x = power(depth);
        while (x && (op() == '*' || op() == '/' || op() == '%')) {
            auto const how = t_[i_++].op;
            auto const y = power(depth);
            if (!y || (how != '*' && *y == 0))
                return std::nullopt;
            x = how == '*' ? *x * *y : how == '/' ? *x / *y : std::fmod(*x, *y);
        }
        return x;
    }
    std::optional<double> power(int depth)
    {
        auto const x = single(depth);
        if (!x || op() != '^')
            return x;
        ++i_;
        auto const y = depth < 32 ? power(depth + 1) : std::nullopt;
        return y ? std::optional(std::pow(*x, *y)) : std::nullopt;
    }
    std::optional<double> single(int depth)
    {
        if (depth >= 32 || i_ >= t_.size())
            return std::nullopt;
        auto const now = t_[i_++];
        if (now.op == 0)
            return now.number;
        if (now.op == '-') {
            auto const x = single(depth + 1);
            return x ? std::optional(-*x) : std::nullopt;
        }
        if (now.op != '(')
            return std::nullopt;
        auto const x = sum(depth + 1);
        if (op() != ')')
            return std::nullopt;
        ++i_;
        return x;
    }

    std::vector<sum_token> const& t_;
    std::size_t i_ = 0;
};

// The tokens a word stands for; nothing if it is no part of a sum.
inline std::optional<std::vector<sum_token>> sum_tokens(std::string_view w)
{
    std::vector<sum_token> out;
    while (!w.empty()) {
        double x = 0;
        if ((w[0] >= '0' && w[0] <= '9') || (w[0] == '.' && w.size() > 1)) {
            std::string digits; // without the commas of 1,000
            std::size_t n = 0;
            while (n < w.size() && ((w[n] >= '0' && w[n] <= '9') || w[n] == '.' || w[n] == ','))
                digits += w[n] == ',' ? "" : std::string(1, w[n]), ++n;
            auto const r = std::from_chars(digits.data(), digits.data() + digits.size(), x);
            if (r.ec != std::errc() || r.ptr != digits.data() + digits.size())
                return std::nullopt;
            out.push_back({0, x});
            w.remove_prefix(n);
        } else if (std::string_view("+-*/^%()").find(w[0]) != std::string_view::npos) {
            out.push_back({w[0]});
            w.remove_prefix(1);
        } else if (w[0] == 'x' && !out.empty()) {
            out.push_back({'*'});
            w.remove_prefix(1);
        } else if (w.starts_with("\xC3\x97") || w.starts_with("\xC3\xB7")) { // the signs for times and divided by
            out.push_back({w[1] == '\x97' ? '*' : '/'});
            w.remove_prefix(2);
        } else {
            return std::nullopt;
        }
    }
    return out;
}

inline std::optional<std::string> evaluate(std::vector<sum_token> tokens)
{
    // what stands around the sum may have left operators at its ends
    while (!tokens.empty() && tokens.back().op != 0 && tokens.back().op != ')')
        tokens.pop_back();
    std::size_t numbers = 0;
    bool operators = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        numbers += tokens[i].op == 0;
        operators = operators || (i > 0 && std::string_view("+-*/^%").find(tokens[i].op) != std::string_view::npos);
    }
    if (numbers < 2 || !operators || tokens.size() > 200)
        return std::nullopt;
    auto const x = sum_parser(tokens).whole();
    if (!x)
        return std::nullopt;
    std::string out;
    char before = '(';
    bool sign = false;
    for (auto const& t : tokens) {
        // no blank behind an opening bracket or a sign, none before a closing bracket
        if (!out.empty() && t.op != ')' && before != '(' && !sign)
            out += ' ';
        sign = t.op == '-' && (before != 0 && before != ')');
        out += t.op == 0 ? write_number(t.number) : std::string(1, t.op);
        before = t.op;
    }
    return out + " = " + write_number(*x);
}

} // namespace detail

CHATWIRE_DECL std::string write_number(double x)
{
    if (x == 0)
        return "0"; // not -0
    char buffer[64];
    // ten digits behind the point hide what binary fractions do to 0.1 + 0.2
    auto const rounded = std::abs(x) < 1e6 ? std::round(x * 1e10) / 1e10 : x;
    auto const r = std::abs(rounded) < 1e15 && std::abs(rounded) > 1e-7
                       ? std::to_chars(buffer, buffer + sizeof(buffer), rounded, std::chars_format::fixed)
                       : std::to_chars(buffer, buffer + sizeof(buffer), x);
    return std::string(buffer, r.ptr);
}

CHATWIRE_DECL std::optional<std::string> work_out(std::string_view text)
{
    std::vector<detail::sum_token> tokens;
    auto const flush = [&]() -> std::optional<std::string> {
        auto r = detail::evaluate(std::move(tokens));
        tokens.clear();
        return r;
    };
    auto const words = read_words(text).words;
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto const& w = words[i].lower;
        if (w == "plus" || w == "minus" || w == "times" || w == "multiplied" || w == "divided" || w == "x" ||
            w == "over") {
            tokens.push_back({w == "plus" ? '+' : w == "minus" ? '-' : w == "divided" || w == "over" ? '/' : '*'});
            if (i + 1 < words.size() && words[i + 1].lower == "by")
                ++i;
        } else if (auto const more = detail::sum_tokens(w); more && w != "," && w != ".") {
            tokens.insert(tokens.end(), more->begin(), more->end());
        } else if (auto r = flush()) {
            return r;
        }
        if (tokens.size() > 1000)
            return std::nullopt;
    }
    return flush();
}

} // namespace chatwire::offline
#endif
