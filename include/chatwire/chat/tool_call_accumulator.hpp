// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_TOOL_CALL_ACCUMULATOR_HPP
#define CHATWIRE_CHAT_TOOL_CALL_ACCUMULATOR_HPP

#include <chatwire/chat/accumulator_limits.hpp>
#include <chatwire/chat/detail/object_scan.hpp>
#include <chatwire/chat/tool_call.hpp>
#include <chatwire/chat/tool_call_delta.hpp>
#include <chatwire/diagnostic.hpp>
#include <chatwire/error.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire {

/// Puts the calls of one message together from their pieces.
///
/// A piece belongs to the call of its index. Services that leave the index out, or send the same one with every call,
/// are understood by the ids and by the place in the chunk. An id stays as it came first, a type and a name as they
/// came last; empty ones count as absent. Arguments, and the input of a custom tool, are joined byte by byte; unknown
/// members are kept.
///
/// @par Thread safety
/// None.
class tool_call_accumulator {
public:
    /// @param place among the pieces of its chunk
    /// @param room bytes that may still be added; is lowered
    /// @param offset for diagnostics
    /// @return errc::tool_call_limit, or errc::content_limit when there is no room
    CHATWIRE_DECL error_code add(tool_call_delta const& piece, std::size_t place, accumulator_limits const& limits,
                                 std::size_t& room, diagnostics* log, std::uint64_t offset);

    bool empty() const noexcept { return slots_.empty(); }

    /// The calls there are so far, in the order of their indices. One without an id gets one, `PREFIX` and its number.
    CHATWIRE_DECL std::vector<tool_call> calls(std::string_view id_prefix) const;

private:
    struct slot {
        tool_call call{};
        bool typed = false; // the service said of which type it is
        std::int64_t order = 0;
        detail::object_scan arguments{};
    };

    CHATWIRE_DECL std::size_t find(tool_call_delta const& piece, std::string_view id, std::size_t place,
                                   diagnostics* log, std::uint64_t offset);

    CHATWIRE_DECL slot& make(tool_call_delta const& piece);
    CHATWIRE_DECL static error_code add_custom(custom_call_delta const& piece, slot& to,
                                               accumulator_limits const& limits, std::size_t& room);

    std::vector<slot> slots_{};
    std::map<std::int64_t, std::size_t> by_index_{};          // which slot pieces with an index go to
    std::map<std::string, std::size_t, std::less<>> by_id_{}; // the last of them
    std::vector<std::size_t> places_{};                       // which slot the last piece at a place went to
};

namespace detail {

/// Whether a text is one whole JSON object, as far as its brackets and quotes tell.
CHATWIRE_DECL bool looks_complete(std::string_view text) noexcept;

} // namespace detail
} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/chat/tool_call_accumulator.ipp>
#endif
#endif
