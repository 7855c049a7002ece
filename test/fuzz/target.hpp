// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_FUZZ_TARGET_HPP
#define CHATWIRE_TEST_FUZZ_TARGET_HPP

#include <chatwire/error.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What fuzz targets are made of. A target is a function that is given any bytes and ends the program where they break
/// what stands at the top of its file.
namespace chatwire::fuzz {

struct target {
    std::string_view name;
    void (*run)(std::string_view input);
};

/// All there are.
inline std::vector<target>& targets()
{
    static std::vector<target> all;
    return all;
}

struct registered {
    registered(std::string_view name, void (*run)(std::string_view)) { targets().push_back({name, run}); }
};

/// Ends the program if what was promised does not hold.
inline void require(bool holds, std::string_view what)
{
    if (holds)
        return;
    std::cerr << "\nbroken: " << what << std::endl;
    std::abort();
}

inline void require_equal(std::string_view a, std::string_view b, std::string_view what)
{
    if (a == b)
        return;
    std::cerr << "\nbroken: " << what << "\n--- one\n" << a << "\n--- the other\n" << b << std::endl;
    std::abort();
}

/// Numbers that depend on the input alone, so that an input says all there is to say about a run.
class dice {
public:
    explicit dice(std::string_view input, std::uint64_t salt = 0)
    {
        for (char const c : input)
            state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3;
        state_ += salt * 0x9e3779b97f4a7c15;
    }
    std::size_t below(std::size_t n)
    {
        state_ += 0x9e3779b97f4a7c15;
        auto x = (state_ ^ (state_ >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return static_cast<std::size_t>((x ^ (x >> 31)) % n);
    }

private:
    std::uint64_t state_ = 0xcbf29ce484222325;
};

using cuts = std::vector<std::string_view>;

/// The ways in which a target cuts its input: not at all, into bytes, and twice as the dice fall, into pieces of about
/// the same size and of very different ones.
inline std::vector<cuts> ways_to_cut(std::string_view input)
{
    std::vector<cuts> ways(4);
    ways[0].push_back(input);
    for (std::size_t i = 0; i < input.size(); ++i)
        ways[1].push_back(input.substr(i, 1));
    for (std::size_t way = 2; way < 4; ++way) {
        dice d(input, way);
        for (auto rest = input; !rest.empty();) {
            auto const n = way == 2 ? 1 + d.below(16) : d.below(std::size_t{2} << d.below(9));
            ways[way].push_back(rest.substr(0, n)); // perhaps nothing at all
            rest.remove_prefix(std::min(n, rest.size()));
        }
    }
    return ways;
}

/// What a run over the pieces gives has to be the same whatever they are. `run` gives a text that says all that can be
/// told of it; the text is returned.
template <class Run>
std::string same_however_cut(std::string_view input, std::string_view what, Run run)
{
    auto const ways = ways_to_cut(input);
    auto const whole = run(ways.front());
    for (std::size_t i = 1; i < ways.size(); ++i)
        require_equal(whole, run(ways[i]), what);
    return whole;
}

/// A failure in one line: all that depends on the input alone.
inline std::string to_text(failure const& f)
{
    return std::string(f.code.message()) + '|' + f.message + '|' + std::to_string(f.status) + '|' + f.type + '|' +
           f.param + '|' + f.api_code;
}

/// A JSON text in which half a surrogate pair is the replacement character. RFC 8259 has a grammar for such halves, and
/// no meaning; what is kept byte for byte may have some, and Boost.JSON refuses them.
inline std::string without_half_pairs(std::string_view text)
{
    std::string out(text);
    auto const unit = [&](std::size_t at) -> unsigned {
        return out.compare(at, 2, "\\u") == 0 && at + 6 <= out.size()
                   ? static_cast<unsigned>(std::strtoul(out.substr(at + 2, 4).c_str(), nullptr, 16))
                   : 0;
    };
    for (std::size_t at = 0; (at = out.find('\\', at)) != out.npos;) {
        auto const first = unit(at) & 0xFC00;
        if (first == 0xD800 && (unit(at + 6) & 0xFC00) == 0xDC00)
            at += 12;
        else if (first == 0xD800 || first == 0xDC00)
            out.replace(at, 6, "\\ufffd");
        else
            at += 2;
    }
    return out;
}

/// What another parser than ours makes of a text that has to be JSON.
inline boost::json::value as_json(std::string_view text, std::string_view what)
{
    boost::json::parse_options o;
    o.max_depth = 2048;
    boost::system::error_code ec;
    auto v = boost::json::parse(without_half_pairs(text), ec, {}, o);
    if (ec)
        std::cerr << text << '\n' << ec.message() << '\n';
    require(!ec, what);
    return v;
}

/// Whether the lines of a message all are what they are promised to be: `path: what`.
inline void require_fault_lines(std::string_view message)
{
    require(!message.empty(), "a failure says something");
    while (!message.empty()) {
        auto const line = message.substr(0, message.find('\n'));
        message.remove_prefix(std::min(line.size() + 1, message.size()));
        if (line.find(": ") == line.npos)
            require_equal(line, "path: what", "every fault is one line, with its path");
    }
}

} // namespace chatwire::fuzz
#endif
