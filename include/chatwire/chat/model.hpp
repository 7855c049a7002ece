// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_MODEL_HPP
#define CHATWIRE_CHAT_MODEL_HPP

#include <chatwire/chat/nullable.hpp>
#include <chatwire/chat/raw_members.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace chatwire {

/// A model a service offers.
struct model {
    std::string id{};
    std::string object{"model"};
    std::int64_t created = 0; ///< seconds since 1970-01-01 UTC
    std::string owned_by{};
    nullable<std::string> shutdown_date{}; ///< when it goes away; null: not yet known
    raw_members extra{};

    friend bool operator==(model const&, model const&) = default;
};

/// The answer of `GET /v1/models`.
struct model_list {
    std::string object{"list"};
    std::vector<model> data{};
    raw_members extra{};

    friend bool operator==(model_list const&, model_list const&) = default;
};

} // namespace chatwire
#endif
