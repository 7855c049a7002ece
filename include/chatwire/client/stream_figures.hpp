// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_STREAM_FIGURES_HPP
#define CHATWIRE_CLIENT_STREAM_FIGURES_HPP

#include <chatwire/chat/chunk.hpp>
#include <chatwire/io/action.hpp>

#include <chrono>
#include <cstdint>
#include <optional>

namespace chatwire {

/// How fast a streamed answer came: moments, and what follows from them. Never looks at a clock itself.
///
/// The moments are those at which the program took the chunks: one that takes its time between them measures itself,
/// too.
///
/// @par Thread safety
/// None.
struct stream_figures {
    io::time_point asked{};                      ///< when the call was made; attempts that failed are after it
    std::optional<io::time_point> first_token{}; ///< the first chunk that brought anything of a message
    std::optional<io::time_point> last_token{};  ///< the newest such chunk
    std::optional<io::time_point> last{};        ///< the end; until then the newest chunk
    std::uint64_t chunks = 0;

    std::optional<std::int64_t> completion_tokens{}; ///< as usage tells: reasoning that is not shown is among them
    std::int64_t reasoning_tokens = 0;               ///< as usage tells, of these
    bool reasoning_shown = false;                    ///< a chunk brought reasoning

    /// From the call to the first token, which is the first text, refusal, reasoning, audio or part of a tool call; a
    /// role alone is none. Nothing before there is one.
    std::optional<io::clock::duration> time_to_first_token() const noexcept
    {
        if (!first_token)
            return std::nullopt;
        return *first_token - asked;
    }

    /// From the call to the end, or, before that, to the newest chunk.
    io::clock::duration duration() const noexcept { return last.value_or(asked) - asked; }

    /// How many tokens a second came after the first. Nothing where usage is not told (ask for it with
    /// `stream_options.include_usage`), or all of the answer came at once.
    ///
    /// Reasoning that the service does for itself was done before the first token, and does not count.
    std::optional<double> tokens_per_second() const noexcept
    {
        if (!completion_tokens || !first_token || *last_token <= *first_token)
            return std::nullopt;
        auto const after_first = *completion_tokens - (reasoning_shown ? 0 : reasoning_tokens) - 1;
        if (after_first < 1)
            return std::nullopt;
        return static_cast<double>(after_first) / std::chrono::duration<double>(*last_token - *first_token).count();
    }

    /// Takes a chunk in, which came now.
    template <class Dialect>
    void add(basic_chunk<Dialect> const& c, io::time_point now) noexcept
    {
        ++chunks;
        last = now;
        for (auto const& choice : c.choices) {
            auto const& d = choice.delta;
            bool const reasoning = says(d.reasoning_content) || says(d.reasoning);
            reasoning_shown = reasoning_shown || reasoning;
            if (reasoning || says(d.content) || says(d.refusal) || !d.tool_calls.empty() || d.function_call || d.audio)
                token(now);
        }
        if (c.usage && c.usage->completion_tokens >= 0) { // the last one that means something, as in the completion
            completion_tokens = c.usage->completion_tokens;
            auto const& details = c.usage->completion_tokens_details;
            reasoning_tokens = details ? details->reasoning_tokens.value_or(0) : 0;
            if (reasoning_tokens < 0)
                reasoning_tokens = 0;
        }
    }

    /// The stream has ended now, in whatever way.
    void end(io::time_point now) noexcept { last = now; }

    friend bool operator==(stream_figures const&, stream_figures const&) = default;

private:
    template <class Text>
    static bool says(Text const& t) noexcept
    {
        return t && !t->empty();
    }
    void token(io::time_point now) noexcept
    {
        if (!first_token)
            first_token = now;
        last_token = now;
    }
};

} // namespace chatwire
#endif
