// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SSE_OPTIONS_HPP
#define CHATWIRE_SSE_OPTIONS_HPP

#include <chatwire/sse/limits.hpp>

namespace chatwire::sse {

/// What @ref parser does beyond the letter of the standard, and its bounds.
///
/// A program that wants deviations to be failures leaves these on and looks at the diagnostics: turned off, the
/// deviating bytes are ignored as the standard asks.
struct options {
    /// Show a line `error: TEXT`, which some model servers send in place of an event, as an event of type `error`
    /// whose data is TEXT (diagnostic `error_field`). Off: the line is ignored.
    bool error_field = true;

    /// Show an event whose blank line is missing when the stream ends (diagnostic `unterminated_event`, and
    /// event_view::terminated is false). Off: it is discarded, with the same diagnostic.
    bool flush_at_eof = true;

    sse::limits limits{};

    /// The standard to the letter.
    static options strict() noexcept { return {false, false, {}}; }
};

} // namespace chatwire::sse
#endif
