// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_STREAM_DECODER_OPTIONS_HPP
#define CHATWIRE_CLIENT_STREAM_DECODER_OPTIONS_HPP

#include <chatwire/json/limits.hpp>
#include <chatwire/sse/limits.hpp>

#include <cstddef>

namespace chatwire {

/// What a @ref basic_stream_decoder shows, takes and bears.
struct stream_decoder_options {
    bool strict = false; ///< every deviation ends the stream as a failure
    bool events = false; ///< show the events of the event stream, too, each before what is made of it
    sse::limits sse{};
    json::limits json{};           ///< of one event
    std::size_t max_choices = 128; ///< beyond: errc::choice_limit
    bool learn = true;             ///< see `json::chunk_reader`; false is slower, and else the same
};

} // namespace chatwire
#endif
