// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Invariant: for any body of a request, of the plain protocol and of the dialects,
// - it is a request or a failure that says where it is none; the faults that json::check finds are a line each;
// - strict mode refuses exactly what has a diagnostic in lenient mode, and takes the rest as the same request;
// - a request that was read is written as JSON, by another parser's judgement too, which is read as the same one;
// - a request that is passed on unchanged is passed on byte for byte;
// - memory that was used for another request before makes no difference;
// - what validate says of it names a member, and is the same of what was written.
#include "json_texts.hpp"

#include <chatwire/chat/validate.hpp>
#include <chatwire/chats/dialect.hpp>
#include <chatwire/json/check.hpp>
#include <chatwire/json/recorded.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/pathors/dialect.hpp>

#include <string>
#include <string_view>

namespace fuzz_request {

using namespace chatwire;
using namespace chatwire::fuzz;

// Something to forget in most members.
constexpr std::string_view full =
    R"({"model":"m","messages":[{"role":"user","name":"n","content":[{"type":"text","text":"t"}]},{"role":"assistant",)"
    R"("content":null,"tool_calls":[{"id":"i","type":"function","function":{"name":"n","arguments":"{}"}}]}],)"
    R"("stream":true,"temperature":0.5,"stop":["a","b"],"tools":[{"type":"function","function":{"name":"n"}}],)"
    R"("tool_choice":{"type":"function","function":{"name":"n"}},"metadata":{"a":"b"},"n":2,"more":{"x":[1]},)"
    R"("stream_options":{"include_usage":true},"response_format":{"type":"json_object"},"logit_bias":{"1":2}})";

template <class Request>
std::string verdict(Request const& r)
{
    auto const v = validate(r);
    if (v)
        return "valid";
    require(v.error().code == errc::bad_value && !v.error().param.empty() && !v.error().message.empty(),
            "an invalid request is told which member is at fault");
    return to_text(v.error());
}

template <class Request>
void check_request(std::string_view input)
{
    diagnostics log, strict_log;
    json::read_options strict;
    strict.strict = true;
    auto const r = json::read<Request>(input, &log);
    auto const by_the_book = json::read<Request>(input, &strict_log, strict);
    require(strict_log.count() == 0, "strict mode tolerates nothing");
    if (r && log.count() == 0)
        require(by_the_book && *by_the_book == *r, "what is by the book is the same in strict mode");
    else
        require(!by_the_book, "what is not by the book is refused in strict mode");

    Request used = json::read<Request>(full).value();
    auto const into = json::read_into(used, input);
    require(r ? into && used == *r : !into && to_text(into.error()) == to_text(r.error()),
            "memory that was used before makes no difference");

    auto const faults = json::check<Request>(input);
    if (faults && !faults->empty())
        require_fault_lines(json::to_text(*faults, "document"));
    if (!r) {
        require(is_json_error(r.error()), "a failure of reading");
        return;
    }
    check_written(*r, {}, log.count() == 0);
    require_equal(verdict(*r), verdict(json::read<Request>(json::to_text(*r)).value()), "the same is as valid");

    auto const recorded = json::recorded<Request>::read(std::string(input));
    std::string passed_on;
    recorded.value().write(passed_on);
    require_equal(passed_on, input, "an unchanged request is passed on as it came");
}

void run(std::string_view input)
{
    check_request<basic_request<>>(input);
    check_request<basic_request<pathors::dialect>>(input);
    check_request<basic_request<chats::dialect>>(input);
}

registered const request_target("request", &run);

} // namespace fuzz_request
