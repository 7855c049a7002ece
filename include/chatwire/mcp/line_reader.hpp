// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_LINE_READER_HPP
#define CHATWIRE_MCP_LINE_READER_HPP

#include <chatwire/error.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace chatwire::mcp {

/// Cuts bytes into lines. Lines of nothing but white space are passed over; what comes after the last line end is a
/// line, once the end is known.
///
/// @par Thread safety
/// None.
class line_reader {
public:
    /// @param max_line bytes of a line
    explicit line_reader(std::size_t max_line) : max_line_(max_line) {}

    /// Where bytes may be put; never empty.
    CHATWIRE_DECL std::span<char> prepare();
    void commit(std::size_t n) noexcept { filled_ += n; }
    void commit_eof() noexcept { ended_ = true; }

    /// The next line, without its end; it lives until more is read. Nothing: more bytes are needed, or none come.
    /// @return errc::line_limit, once, for a line that is too long: it is skipped
    CHATWIRE_DECL result<std::optional<std::string_view>> next();

private:
    std::string buffer_{};
    std::size_t taken_ = 0;  // bytes that were given out, or skipped
    std::size_t looked_ = 0; // bytes without a line end, from there on
    std::size_t filled_ = 0;
    std::size_t max_line_;
    bool skipping_ = false;
    bool ended_ = false;
};

} // namespace chatwire::mcp

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/mcp/line_reader.ipp>
#endif
#endif
