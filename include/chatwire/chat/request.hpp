// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_REQUEST_HPP
#define CHATWIRE_CHAT_REQUEST_HPP

#include <chatwire/chat/audio_options.hpp>
#include <chatwire/chat/function_choice.hpp>
#include <chatwire/chat/message.hpp>
#include <chatwire/chat/modality.hpp>
#include <chatwire/chat/moderation_options.hpp>
#include <chatwire/chat/prediction.hpp>
#include <chatwire/chat/prompt_cache.hpp>
#include <chatwire/chat/reasoning_effort.hpp>
#include <chatwire/chat/response_format.hpp>
#include <chatwire/chat/service_tier.hpp>
#include <chatwire/chat/stop_sequences.hpp>
#include <chatwire/chat/stream_options.hpp>
#include <chatwire/chat/string_map.hpp>
#include <chatwire/chat/tool.hpp>
#include <chatwire/chat/tool_choice.hpp>
#include <chatwire/chat/verbosity.hpp>
#include <chatwire/chat/web_search_options.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace chatwire {

/// What is asked of a model: a conversation, and how to go on with it.
///
/// Designated initialisers name members in the order they stand here. Members without a value are not sent.
///
/// @tparam Dialect whose additional members `ext` holds
/// @par Specification
/// OpenAI API reference, "Create chat completion".
template <class Dialect = openai>
struct basic_request {
    using dialect = Dialect;
    using message_type = basic_message<typename Dialect::message>;

    std::string model{}; ///< not written while empty: some services choose themselves
    // {} would do, but g++ 12 forgets that constructor where the first object is made in a braced list
    std::vector<message_type> messages{std::allocator<message_type>()};

    std::vector<tool> tools{std::allocator<tool>()}; ///< not written while empty
    std::optional<chatwire::tool_choice> tool_choice{};
    std::optional<bool> parallel_tool_calls{};
    std::optional<chatwire::response_format> response_format{};

    nullable<double> temperature{};                 ///< 0 to 2
    nullable<double> top_p{};                       ///< 0 to 1
    nullable<std::int64_t> max_completion_tokens{}; ///< reasoning included
    nullable<std::int64_t> max_tokens{};            ///< superseded by `max_completion_tokens`
    nullable<std::int64_t> n{};                     ///< number of choices
    nullable<stop_sequences> stop{};
    nullable<std::int64_t> seed{};
    nullable<double> frequency_penalty{}; ///< -2 to 2
    nullable<double> presence_penalty{};  ///< -2 to 2
    nullable<chatwire::logit_bias> logit_bias{};
    nullable<bool> logprobs{};
    nullable<std::int64_t> top_logprobs{}; ///< 0 to 20

    nullable<open_enum<chatwire::reasoning_effort>> reasoning_effort{};
    nullable<open_enum<chatwire::verbosity>> verbosity{};
    nullable<std::vector<open_enum<modality>>> modalities{};
    nullable<audio_options> audio{};
    nullable<chatwire::prediction> prediction{};
    std::optional<chatwire::web_search_options> web_search_options{};
    nullable<moderation_options> moderation{};
    std::optional<std::vector<function_definition>> functions{}; ///< superseded by `tools`
    std::optional<function_choice> function_call{};              ///< superseded by `tool_choice`

    nullable<chatwire::metadata> metadata{};
    nullable<bool> store{};
    nullable<open_enum<chatwire::service_tier>> service_tier{};
    std::optional<std::string> user{};
    nullable<std::string> safety_identifier{}; ///< of the end user, hashed
    nullable<std::string> prompt_cache_key{};
    nullable<std::string> prompt_cache_retention{}; ///< `in_memory` or `24h`
    std::optional<chatwire::prompt_cache_options> prompt_cache_options{};

    nullable<bool> stream{};
    nullable<chatwire::stream_options> stream_options{};

    [[no_unique_address]] typename Dialect::request ext{};
    raw_members extra{};

    friend bool operator==(basic_request const&, basic_request const&) = default;
};

/// A request of the plain protocol.
using request = basic_request<>;

} // namespace chatwire
#endif
