// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_AI_PROVIDER_CONFIG_HPP
#define CHATWIRE_CHATS_AI_PROVIDER_CONFIG_HPP

#include <chatwire/json/codec.hpp>
#include <chatwire/json/field.hpp>

#include <string>

namespace chatwire::chats {

/// What some providers' addresses are made of. Each is made of letters, digits, `.`, `_` and `-`.
struct ai_provider_config {
    std::string resource_name{}; ///< azure: the first part of its host name
    std::string api_version{};   ///< azure: a date, such as `2024-10-21`
    std::string region{};        ///< bedrock: such as `us-east-1`

    friend bool operator==(ai_provider_config const&, ai_provider_config const&) = default;
};

} // namespace chatwire::chats

namespace chatwire::json {

template <>
struct table<chats::ai_provider_config> {
    using t = chats::ai_provider_config;
    static constexpr field fields[] = {
        member<&t::resource_name>("resource_name", presence::optional),
        member<&t::api_version>("api_version", presence::optional),
        member<&t::region>("region", presence::optional),
    };
};

} // namespace chatwire::json
#endif
