// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_BENCH_EVENTS_HPP
#define CHATWIRE_BENCH_EVENTS_HPP

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace bench {

/// Cuts a stream into events the way programs do that have no parser of event streams: lines that begin with `data: `.
/// It copies only lines that lie in two pieces. Less than the format asks for, and so in favour of who uses it.
class events {
public:
    /// Calls `f(data)` for each event. 64 bytes after the data may be read.
    template <class F>
    void each(std::string_view body, std::size_t piece, F f)
    {
        carry_.clear();
        for (std::size_t at = 0; at < body.size(); at += piece)
            take(body.substr(at, piece), f);
    }

private:
    static constexpr std::size_t padding = 64;

    template <class F>
    void take(std::string_view piece, F& f)
    {
        while (auto const* const end = static_cast<char const*>(std::memchr(piece.data(), '\n', piece.size()))) {
            auto line = piece.substr(0, static_cast<std::size_t>(end - piece.data()));
            piece.remove_prefix(line.size() + 1);
            if (!carry_.empty()) {
                carry_ += line;
                carry_.reserve(carry_.size() + padding);
                line = carry_;
            }
            if (line.starts_with("data: ") && line != "data: [DONE]")
                f(line.substr(6));
            carry_.clear();
            if (piece.empty())
                return;
        }
        carry_ += piece;
    }

    std::string carry_;
};

} // namespace bench

#endif
