// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_LIMITS_HPP
#define CHATWIRE_JSON_LIMITS_HPP

#include <cstddef>

namespace chatwire::json {

/// How much a document may make its reader do.
struct limits {
    std::size_t max_document = std::size_t{64} << 20; ///< bytes of one document; beyond: errc::body_limit
    std::size_t max_depth = 128;                      ///< nesting, at most @ref hard_depth; beyond: errc::depth_limit
    /// Bytes of elements and unknown members that are built. A small text can ask for many large, empty elements.
    /// Beyond: errc::body_limit
    std::size_t max_memory = std::size_t{256} << 20;

    static constexpr std::size_t hard_depth = 1024;
};

} // namespace chatwire::json
#endif
