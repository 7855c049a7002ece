// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_MODEL_HPP
#define CHATWIRE_SERVER_OFFLINE_MODEL_HPP

#include <chatwire/chat/chunk.hpp>
#include <chatwire/chat/request.hpp>
#include <chatwire/config.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace chatwire {

/// How an @ref offline_model behaves.
struct offline_model_options {
    std::string name = "chatwire"; ///< what it calls itself, unless a system message gives it a name
    std::size_t max_read = 16384;  ///< bytes of a message that are read: of a longer one its two ends
    std::size_t max_choices = 128; ///< `n` beyond this counts as this
};

/// A model without a network, weights, clock or chance: the same request always gets the same answer. For examples,
/// tests and demonstrations.
///
/// It remembers what the conversation's messages state, answers questions about that, counts and adds, calls tools, and
/// keeps a conversation going otherwise. A token is a word with the blanks around it, of what has no blanks 32 bytes,
/// of arguments 8. What it understands, and how it fills arguments and schemas, is in docs/offline_model.md.
///
/// @par Thread safety
/// A const object may be used from any number of threads.
class offline_model {
public:
    using options = offline_model_options;

    /// An answer in pieces.
    struct reply {
        /// One for every token; the first of a choice has the role, the last the finish_reason and nothing else. The
        /// very last chunk has no choices but the usage. `id`, `created` and `model` are left to who sends them.
        std::vector<chunk> chunks{};
    };

    offline_model() : offline_model(options{}) {}
    explicit offline_model(options o) : options_(std::move(o)) {}

    /// The answer to a request, which need not be valid: what makes no sense is ignored.
    ///
    /// Honours `n`, `max_tokens`, `max_completion_tokens`, `stop`, `tools`, `tool_choice`, `parallel_tool_calls` and
    /// `response_format`.
    ///
    /// @par Complexity
    /// Linear in the size of the request.
    CHATWIRE_DECL reply answer(request const& r) const;

private:
    options options_;
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/offline_model.ipp>
#endif
#endif
