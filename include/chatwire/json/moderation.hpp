// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_MODERATION_HPP
#define CHATWIRE_JSON_MODERATION_HPP

#include <chatwire/chat/moderation.hpp>
#include <chatwire/json/tagged.hpp>

namespace chatwire::json {

template <>
struct table<moderation_result> {
    using r = moderation_result;
    static constexpr field fields[] = {
        member<&r::type>("type"),
        member<&r::model>("model"),
        member<&r::flagged>("flagged"),
        member<&r::categories>("categories"),
        member<&r::category_scores>("category_scores"),
        member<&r::category_applied_input_types>("category_applied_input_types"),
    };
};

template <>
struct table<moderation_results> {
    using r = moderation_results;
    static constexpr field fields[] = {
        constant("type", "moderation_results"),
        member<&r::model>("model"),
        member<&r::results>("results"),
    };
};

template <>
struct table<moderation_error> {
    using e = moderation_error;
    static constexpr field fields[] = {
        constant("type", "error"),
        member<&e::code>("code"),
        member<&e::message>("message"),
    };
};

/// An object whose `type` decides.
template <>
struct codec<moderation_outcome> : codec_base<moderation_outcome> {
    static constexpr json::shape shape() noexcept
    {
        return {.what = json::shape::type::one_of, .of = shapes_of<moderation_results, moderation_error, raw_json>};
    }
    static bool read(cursor& in, moderation_outcome& out) { return read_tagged(in, out); }
    static void append(appender& out, moderation_outcome const& value) { append_tagged(out, value); }
};

template <>
struct table<moderation> {
    static constexpr field fields[] = {
        member<&moderation::input>("input"),
        member<&moderation::output>("output"),
    };
};

} // namespace chatwire::json
#endif
