// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_EXAMPLES_COMMON_EVENT_LINES_HPP
#define CHATWIRE_EXAMPLES_COMMON_EVENT_LINES_HPP

// What `chat --json` and `decode` print: one JSON object a line, its kind in the member `event`; and the same lines,
// not printed.

#include <chatwire/chat/stream_end.hpp>
#include <chatwire/diagnostic.hpp>
#include <chatwire/json/append.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/sse/event.hpp>

#include <cstdint>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>

namespace examples {

// Builds one line, to be printed, and flushed, when it is complete.
class event_line {
public:
    explicit event_line(std::string_view event) { text("event", event); }

    event_line& text(std::string_view name, std::string_view value)
    {
        key(name);
        chatwire::json::append_string(line_, value);
        return *this;
    }
    event_line& number(std::string_view name, std::int64_t value)
    {
        key(name);
        line_ += std::to_string(value);
        return *this;
    }
    event_line& json(std::string_view name, std::string_view value)
    {
        key(name);
        line_ += value;
        return *this;
    }
    // Absent values are null, so that every line of a kind has the same members.
    event_line& text_or_null(std::string_view name, std::string_view value)
    {
        return value.empty() ? json(name, "null") : text(name, value);
    }
    std::string str() const { return line_ + "}\n"; }
    void print() const { std::cout << str() << std::flush; }

private:
    void key(std::string_view name)
    {
        line_ += line_.empty() ? "{" : ",";
        chatwire::json::append_string(line_, name);
        line_ += ':';
    }
    std::string line_;
};

inline event_line sse_line(chatwire::sse::event_view const& e)
{
    return std::move(event_line("sse").text("type", e.type).text("data", e.data).text("id", e.id));
}

template <class Chunk>
event_line chunk_line(Chunk const& c)
{
    return std::move(event_line("chunk").json("data", chatwire::json::to_text(c)));
}

template <class Completion>
event_line completion_line(Completion const& c)
{
    return std::move(event_line("completion").json("data", chatwire::json::to_text(c)));
}

inline event_line diagnostic_line(chatwire::diagnostic const& d)
{
    event_line line("diagnostic");
    line.text("code", d.code).number("offset", static_cast<std::int64_t>(d.offset)).text("excerpt", d.excerpt);
    return line;
}

// The name of a code; of a foreign one, its number in its category.
inline std::string code_name(chatwire::error_code const& code)
{
    if (&code.category() == &chatwire::error_category_instance())
        return std::string(to_string(static_cast<chatwire::errc>(code.value())));
    return std::string(code.category().name()) + ":" + std::to_string(code.value());
}

inline event_line failure_line(chatwire::failure const& f)
{
    // what the system says of its error, and our words about where
    auto message = f.message;
    if (message.empty() || f.code == chatwire::condition::transport)
        message = f.code.message() + (message.empty() ? "" : ", " + message);
    event_line line("failure");
    line.text("condition", to_string(condition_of(f)))
        .text("code", f.api_code.empty() ? code_name(f.code) : f.api_code)
        .text("message", message);
    if (f.status)
        line.number("status", f.status);
    else
        line.json("status", "null");
    line.text_or_null("type", f.type).text_or_null("param", f.param).text_or_null("request_id", f.request_id);
    if (f.retry_after) // seconds
        line.json("retry_after", chatwire::json::to_text(static_cast<double>(f.retry_after->count()) / 1000.0));
    else
        line.json("retry_after", "null");
    return line;
}

inline event_line end_line(chatwire::how how, std::uint64_t chunks, std::uint64_t diagnostics)
{
    event_line line("end");
    line.text("how", to_string(how))
        .number("chunks", static_cast<std::int64_t>(chunks))
        .number("diagnostics", static_cast<std::int64_t>(diagnostics));
    return line;
}

inline void print_sse(chatwire::sse::event_view const& e) { sse_line(e).print(); }
template <class Chunk>
void print_chunk(Chunk const& c)
{
    chunk_line(c).print();
}
template <class Completion>
void print_completion(Completion const& c)
{
    completion_line(c).print();
}
inline void print_diagnostic(chatwire::diagnostic const& d) { diagnostic_line(d).print(); }
inline void print_failure(chatwire::failure const& f) { failure_line(f).print(); }
inline void print_end(chatwire::how how, std::uint64_t chunks, std::uint64_t diagnostics)
{
    end_line(how, chunks, diagnostics).print();
}

} // namespace examples
#endif
