// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_HEAD_HPP
#define CHATWIRE_HTTP_HEAD_HPP

#include <chatwire/http/fields.hpp>

#include <string>

namespace chatwire::http {

/// What comes before a request's body.
struct request_head {
    std::string method{}; ///< in its exact case
    std::string target{}; ///< as sent; see @ref split_target
    int version = 11;     ///< 10 or 11
    http::fields fields{};

    friend bool operator==(request_head const&, request_head const&) = default;
};

/// What comes before a response's body.
struct response_head {
    int status = 200;
    std::string reason{}; ///< when writing, empty means the usual phrase
    int version = 11;     ///< 10 or 11
    http::fields fields{};

    friend bool operator==(response_head const&, response_head const&) = default;
};

} // namespace chatwire::http
#endif
