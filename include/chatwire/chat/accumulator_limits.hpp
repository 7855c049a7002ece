// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_ACCUMULATOR_LIMITS_HPP
#define CHATWIRE_CHAT_ACCUMULATOR_LIMITS_HPP

#include <cstddef>

namespace chatwire {

/// How much a stream may make an @ref accumulator hold.
struct accumulator_limits {
    std::size_t max_choices = 128;     ///< beyond: errc::choice_limit
    std::size_t max_tool_calls = 1024; ///< of one choice; beyond: errc::tool_call_limit
    /// Bytes of the arguments, or of the input, of one call; beyond: errc::tool_call_limit
    std::size_t max_arguments = std::size_t{16} << 20;
    /// Bytes of all choices' content, reasoning, refusals, sound, annotations, log probabilities, tool calls and
    /// unknown members; beyond: errc::content_limit
    std::size_t max_content = std::size_t{64} << 20;
    std::size_t max_members = 256; ///< unknown ones of one object; beyond: errc::content_limit
};

} // namespace chatwire
#endif
