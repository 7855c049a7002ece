// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_TOOL_RUN_HPP
#define CHATWIRE_CLIENT_TOOL_RUN_HPP

#include <chatwire/chat/completion.hpp>
#include <chatwire/chat/message.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace chatwire {

/// How a model's calls of tools are answered, until it has none.
struct tool_run_options {
    /// How often the model is asked at most. What it calls in its last answer is not carried out, as nobody would be
    /// told. 0: no limit.
    unsigned max_rounds = 10;
    /// Sees each message that is added to the conversation: the model's, and what the tools answer. Must not throw. On
    /// the thread that runs the client.
    std::function<void(message const&)> on_message{};
};

/// What came out of a request with tools.
template <class Dialect = openai>
struct basic_tool_run {
    basic_completion<Dialect> completion{}; ///< the last one, which calls no tool
    /// All that was said: the request's messages, the calls and what came of them, the answer. A request with these and
    /// one message more goes on with the conversation.
    std::vector<message> messages{std::allocator<message>()};
    unsigned rounds = 0; ///< how often the model was asked

    /// The text of the answer.
    std::string text() const { return completion.text(); }
};

/// A run of the plain protocol.
using tool_run = basic_tool_run<>;

} // namespace chatwire
#endif
