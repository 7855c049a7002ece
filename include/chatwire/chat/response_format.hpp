// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_RESPONSE_FORMAT_HPP
#define CHATWIRE_CHAT_RESPONSE_FORMAT_HPP

#include <chatwire/chat/nullable.hpp>
#include <chatwire/chat/raw_json.hpp>
#include <chatwire/chat/raw_members.hpp>
#include <chatwire/chat/response_format_type.hpp>

#include <optional>
#include <string>
#include <utility>

namespace chatwire {

/// The schema an answer of type `json_schema` is to follow.
struct json_schema_format {
    std::string name{};
    std::optional<std::string> description{};
    std::optional<raw_json> schema{};
    nullable<bool> strict{};
    raw_members extra{};

    friend bool operator==(json_schema_format const&, json_schema_format const&) = default;
};

/// What form an answer is to take.
struct response_format {
    open_enum<response_format_type> type{};
    std::optional<json_schema_format> json_schema{}; ///< with the type `json_schema`
    raw_members extra{};

    /// An answer that is JSON and follows a schema.
    static response_format schema(json_schema_format format)
    {
        return {.type = response_format_type::json_schema, .json_schema = std::move(format)};
    }

    friend bool operator==(response_format const&, response_format const&) = default;
};

} // namespace chatwire
#endif
