// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_WEB_SEARCH_OPTIONS_HPP
#define CHATWIRE_CHAT_WEB_SEARCH_OPTIONS_HPP

#include <chatwire/chat/nullable.hpp>
#include <chatwire/chat/raw_members.hpp>
#include <chatwire/chat/search_context_size.hpp>

#include <optional>
#include <string>

namespace chatwire {

/// About where somebody is.
struct approximate_location {
    std::optional<std::string> city{};
    std::optional<std::string> country{}; ///< two letters, ISO 3166-1
    std::optional<std::string> region{};
    std::optional<std::string> timezone{}; ///< IANA name
    raw_members extra{};

    friend bool operator==(approximate_location const&, approximate_location const&) = default;
};

/// Where the user is, for results that fit.
struct user_location {
    std::string type{"approximate"};
    std::optional<approximate_location> approximate{}; ///< with the type `approximate`
    raw_members extra{};

    friend bool operator==(user_location const&, user_location const&) = default;
};

/// How a model that searches the web before it answers is to do so.
struct web_search_options {
    std::optional<open_enum<chatwire::search_context_size>> search_context_size{};
    nullable<chatwire::user_location> user_location{};
    raw_members extra{};

    friend bool operator==(web_search_options const&, web_search_options const&) = default;
};

} // namespace chatwire
#endif
