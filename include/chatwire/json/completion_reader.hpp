// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_COMPLETION_READER_HPP
#define CHATWIRE_JSON_COMPLETION_READER_HPP

#include <chatwire/json/completion.hpp>
#include <chatwire/json/error_reader.hpp>
#include <chatwire/json/reader.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

namespace chatwire::json {

/// Reads the body of an answer that is not streamed.
///
/// As tolerant as @ref chunk_reader. A `data: [DONE]` after the object is ignored (`trailing_done`), usage inside a
/// choice is moved (`usage_in_choice`), an error that says nothing is kept (`empty_error`).
///
/// @return errc::refused where the service sent an error with a status of success; errc::missing_member where there are
/// no choices
template <class Dialect = openai>
result<basic_completion<Dialect>> read_completion(std::string_view body, diagnostics* log = nullptr,
                                                  read_options const& o = read_options::for_answers())
{
    basic_completion<Dialect> c;
    cursor in(body, log, o);
    if (!in.good())
        return in.error();
    if (in.peek() == '[' && is_error_body(body))
        return read_error(body);
    std::uint64_t missing = 0;
    in.missing = &missing;
    auto const* const at = in.position();
    if (!codec<basic_completion<Dialect>>::read(in, c))
        return in.error();
    bool const error = [&] {
        if (auto const* e = c.extra.find("error"); e && is_error_value(*e))
            return true;
        for (auto const& choice : c.choices)
            if (auto const* e = choice.extra.find("error"); e && is_error_value(*e))
                return true;
        return c.choices.empty() && (c.object == "error" || is_error_object(c.extra));
    }();
    if (error)
        return read_error(body.substr(0, in.offset()));
    if (c.choices.empty()) {
        failure f(errc::missing_member, "choices: missing");
        f.param = "choices";
        return f;
    }
    if (missing && !in.note_missing(info_of<basic_completion<Dialect>>, missing))
        return in.error();
    if (!in.at_end() && in.rest().starts_with("data:")) {
        auto left = in.rest().substr(5);
        left = left.substr(std::min(left.find_first_not_of(' '), left.size()));
        if (left.starts_with("[DONE]") && left.find_first_not_of(" \t\r\n", 6) == std::string_view::npos) {
            if (!in.note("trailing_done", in.position()))
                return in.error();
            in.take_rest();
        }
    }
    if (!in.finish())
        return in.error();
    if (c.extra.find("error") && !in.note("empty_error", at))
        return in.error();
    for (auto& choice : c.choices)
        if (auto const* used = choice.extra.find("usage"); used && used->is_object() && !c.usage)
            if (auto moved = read<chatwire::usage>(used->text(), nullptr, read_options::for_answers())) {
                if (!in.note("usage_in_choice", at))
                    return in.error();
                c.usage = *std::move(moved);
                choice.extra.erase("usage");
            }
    return c;
}

} // namespace chatwire::json
#endif
