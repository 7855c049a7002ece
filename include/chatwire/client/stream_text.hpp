// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_STREAM_TEXT_HPP
#define CHATWIRE_CLIENT_STREAM_TEXT_HPP

#include <chatwire/config.hpp>

#include <string_view>

namespace chatwire {

/// What the data of an event of a streamed answer is for, and what of it is left to read.
struct stream_text {
    enum class kind : unsigned char {
        nothing, ///< to be passed over
        chunk,   ///< JSON
        error,   ///< what an error says, in whatever shape
        done,    ///< the end of the stream
    };

    kind what = kind::nothing;
    std::string_view text{}; ///< a part of the data
    std::string_view note{}; ///< the code of the deviation it takes to understand this; empty: by the book

    /// Looks at data that is in one piece: a line, or all the data of an event.
    ///
    /// By the book there is JSON and `[DONE]`. Seen besides: nothing at all (`empty_event`), spaces around `[DONE]`
    /// (`padded_done`), a comment as data (`comment_as_data`), `data:` twice (`double_data_prefix`), a name before the
    /// JSON (`chunk_prefix`), an error as plain words (`error_as_data`).
    CHATWIRE_DECL static stream_text classify(std::string_view data) noexcept;

    /// Whether data of several lines is several events between which a server forgot the blank lines: as a whole it is
    /// no JSON value, and each line has a meaning of its own.
    CHATWIRE_DECL static bool is_joined(std::string_view data);
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/client/stream_text.ipp>
#endif
#endif
