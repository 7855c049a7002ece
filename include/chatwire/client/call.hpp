// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_CALL_HPP
#define CHATWIRE_CLIENT_CALL_HPP

#include <string>

namespace chatwire {

/// One request of a client, as HTTP sees it.
struct client_call {
    /// What the answer is to be read as.
    enum class answer : unsigned char {
        completion, ///< one JSON object, a completion
        stream,     ///< an event stream of chunks
        document,   ///< any JSON
    };

    std::string method = "GET";
    std::string path{}; ///< below the base URL's path, percent-encoded; may have a query
    std::string body{}; ///< JSON; empty: the request has none
    answer expects = answer::document;
    bool once = false;             ///< it does harm when it is carried out twice
    std::string idempotency_key{}; ///< sent as `Idempotency-Key`; empty: the call has none
};

} // namespace chatwire
#endif
