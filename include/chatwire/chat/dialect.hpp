// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_DIALECT_HPP
#define CHATWIRE_CHAT_DIALECT_HPP

namespace chatwire {

/// What a dialect adds where it adds nothing.
struct no_extension {
    friend constexpr bool operator==(no_extension, no_extension) noexcept { return true; }
};

/// The plain protocol, and the pattern of a dialect: the members it adds to a request, to one of the request's
/// messages, to a completion and to a chunk.
///
/// A dialect derives from this and hides what it extends with an aggregate that has `{}` on every member, is
/// comparable, and has a field table (`json::table`). Its members stand in the JSON beside the protocol's own.
struct openai {
    using request = no_extension;
    using message = no_extension;
    using completion = no_extension;
    using chunk = no_extension;
};

} // namespace chatwire
#endif
