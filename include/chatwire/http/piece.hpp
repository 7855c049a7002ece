// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_PIECE_HPP
#define CHATWIRE_HTTP_PIECE_HPP

#include <string_view>

namespace chatwire::http {

/// What a parser took out of its bytes.
///
/// A message is one `head`, any number of `body`, one `end`; then the next begins.
struct piece {
    enum class kind {
        need_more, ///< nothing until more is committed
        head,      ///< the head is complete: the parser's head() tells
        body,      ///< a part of the body, never empty
        end,       ///< the message is complete
        closed,    ///< the peer ended the connection between two messages: nothing will come any more
    };

    kind what = kind::need_more;
    std::string_view body{}; ///< valid until the parser is touched again
};

} // namespace chatwire::http
#endif
