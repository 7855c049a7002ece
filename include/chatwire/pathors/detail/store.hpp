// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_PATHORS_DETAIL_STORE_HPP
#define CHATWIRE_PATHORS_DETAIL_STORE_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/error.hpp>
#include <chatwire/json/value.hpp>

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace chatwire::pathors::detail {

/// The variables in the body of a session's row; none where there is no row.
inline boost::json::object stored_variables(std::string_view body)
{
    auto value = json::to_value(raw_json::trusted(std::string(body.empty() ? "{}" : body)));
    return value && value->is_object() ? std::move(value->get_object()) : boost::json::object();
}

/// What a store's failure amounts to for the caller, who has not caused it and is not told of it.
inline failure of_store(failure const&) { return failure(errc::unexpected_exception); }

} // namespace chatwire::pathors::detail
#endif
