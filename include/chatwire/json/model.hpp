// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_MODEL_HPP
#define CHATWIRE_JSON_MODEL_HPP

#include <chatwire/chat/model.hpp>
#include <chatwire/json/codec.hpp>

namespace chatwire::json {

template <>
struct table<model> {
    static constexpr field fields[] = {
        member<&model::id>("id"),
        member<&model::object>("object"),
        member<&model::created>("created"),
        member<&model::owned_by>("owned_by"),
        member<&model::shutdown_date>("shutdown_date", presence::optional),
    };
};

template <>
struct table<model_list> {
    static constexpr field fields[] = {
        member<&model_list::object>("object"),
        member<&model_list::data>("data"),
    };
};

} // namespace chatwire::json
#endif
