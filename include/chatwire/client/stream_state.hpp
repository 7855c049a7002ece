// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_STREAM_STATE_HPP
#define CHATWIRE_CLIENT_STREAM_STATE_HPP

#include <chatwire/chat/accumulator.hpp>
#include <chatwire/chat/chunk.hpp>
#include <chatwire/chat/completion.hpp>
#include <chatwire/chat/stream_end.hpp>
#include <chatwire/client/as_chunk.hpp>
#include <chatwire/client/stream_figures.hpp>
#include <chatwire/diagnostic.hpp>
#include <chatwire/http/head.hpp>
#include <chatwire/io/action.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace chatwire {

/// What is known of one streamed answer: shared by the stream that a program holds and the client that reads it.
///
/// @par Thread safety
/// None.
template <class Dialect = openai>
struct stream_state {
    explicit stream_state(std::shared_ptr<diagnostics> d, accumulator_limits const& limits = {})
        : log(std::move(d)), folded(limits, log.get())
    {
    }

    std::shared_ptr<diagnostics> log;
    accumulator<Dialect> folded;
    http::response_head head{};
    std::string request_id{};         ///< see @ref request_id_of; without what the client keeps secret
    io::time_point total = io::never; ///< when to give up on all of it
    std::optional<stream_end> end{};
    std::optional<basic_chunk<Dialect>> pending{};    ///< to be given before anything else is read
    std::optional<basic_completion<Dialect>> whole{}; ///< of a service that answered at once
    stream_figures figures{};

    /// The answer as far as it is known.
    basic_completion<Dialect> completion() const { return whole ? *whole : folded.snapshot(); }

    /// Takes a chunk in. @return why it cannot be, if so
    error_code add(basic_chunk<Dialect> const& c, std::uint64_t offset, io::time_point now = io::clock::now())
    {
        figures.add(c, now);
        return folded.add(c, offset);
    }

    /// Takes a whole answer in, of which a chunk is made.
    void add(basic_completion<Dialect> c, io::time_point now = io::clock::now())
    {
        whole = c;
        pending = as_chunk(std::move(c));
        figures.add(*pending, now);
    }

    /// It has ended.
    void finish(stream_end e, io::time_point now = io::clock::now())
    {
        if (e.error && e.error->request_id.empty())
            e.error->request_id = request_id;
        end = std::move(e);
        figures.end(now);
    }
};

} // namespace chatwire
#endif
