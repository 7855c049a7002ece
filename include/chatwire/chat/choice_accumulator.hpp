// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_CHOICE_ACCUMULATOR_HPP
#define CHATWIRE_CHAT_CHOICE_ACCUMULATOR_HPP

#include <chatwire/chat/choice.hpp>
#include <chatwire/chat/chunk_choice.hpp>
#include <chatwire/chat/tool_call_accumulator.hpp>

namespace chatwire {

/// Puts one choice together from its pieces: what @ref accumulator does for each.
///
/// @par Thread safety
/// None.
class choice_accumulator {
public:
    explicit choice_accumulator(std::int64_t index) { choice_.index = index; }

    std::int64_t index() const noexcept { return choice_.index; }
    bool finished() const noexcept { return choice_.finish_reason.has_value(); }

    /// @param room bytes that may still be added, over all choices; is lowered
    CHATWIRE_DECL error_code add(chunk_choice const& piece, accumulator_limits const& limits, std::size_t& room,
                                 diagnostics* log, std::uint64_t offset);

    /// The choice as it is so far.
    CHATWIRE_DECL choice get() const;

private:
    choice choice_{};
    tool_call_accumulator calls_{};
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/chat/choice_accumulator.ipp>
#endif
#endif
