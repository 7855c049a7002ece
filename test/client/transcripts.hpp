// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_CLIENT_TRANSCRIPTS_HPP
#define CHATWIRE_TEST_CLIENT_TRANSCRIPTS_HPP

#include "../support/answers.hpp"

#include <chatwire/client/call.hpp>
#include <chatwire/client/event.hpp>
#include <chatwire/error.hpp>
#include <chatwire/http/head.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace chatwire::test {

/// An answer as some service gives it, and what a client is to make of it.
struct client_transcript {
    std::string_view name;
    client_call::answer expects;
    int status;
    std::string type; ///< Content-Type; empty: none
    std::string body;
    std::string events;      ///< as @ref told prints them
    std::string diagnostics; ///< their codes
    std::vector<http::field> fields{};

    http::response_head head() const
    {
        http::response_head h{.status = status};
        if (!type.empty())
            h.fields.insert("Content-Type", type);
        for (auto const& f : fields)
            h.fields.insert(f.name, f.value);
        return h;
    }
};

inline std::string told(failure const& f)
{
    return std::string(to_string(static_cast<errc>(f.code.value()))) + " " + std::to_string(f.status) + " '" +
           f.message.substr(0, 40) + "'";
}

template <class Dialect>
std::string told(client_event<Dialect> const& e)
{
    struct visitor {
        std::string operator()(stream_begin) const { return "begin "; }
        std::string operator()(basic_chunk<Dialect> const& c) const { return "chunk '" + c.text() + "' "; }
        std::string operator()(basic_completion<Dialect> const& c) const { return "completion '" + c.text() + "' "; }
        std::string operator()(client_document const& d) const
        {
            return "document " + std::string(d.json.text()) + ' ';
        }
        std::string operator()(stream_end const& end) const
        {
            return "end " + std::string(to_string(end.how)) + (end.error ? " " + told(*end.error) : "") + ' ';
        }
    };
    return std::visit(visitor{}, e);
}

inline std::vector<client_transcript> const& client_transcripts()
{
    using enum client_call::answer;
    static std::string const sse = "text/event-stream", js = "application/json";
    static std::string const refusal =
        R"({"error":{"message":"no such model","type":"invalid_request_error","param":"model","code":"x"}})";
    static std::string const whole = "begin chunk 'Hel' chunk 'lo' chunk '' end finished ";
    static std::vector<client_transcript> const all{
        {"a stream", stream, 200, sse, stream_body(), whole, ""},
        {"its type in capitals, with a charset", stream, 200, "Text/Event-Stream;charset=UTF-8", stream_body(), whole,
         ""},
        {"comments and blank lines first", stream, 200, sse, "\n\n: PROCESSING\n\n" + stream_body(), whole, ""},
        {"a byte order mark first", stream, 200, sse, "\xEF\xBB\xBF" + stream_body(), whole, ""},
        {"a stream without a type", stream, 200, "", stream_body(), whole, "wrong_content_type "},
        {"a stream called JSON", stream, 200, js, stream_body(), whole, "wrong_content_type "},
        {"the same, with a comment first", stream, 200, js, ": hi\n\n" + stream_body(), whole, "wrong_content_type "},
        {"the same, with an event field first", stream, 200, "text/plain", "event: message\n" + stream_body(), whole,
         "wrong_content_type "},
        {"no [DONE]", stream, 200, sse, event(chunk_a) + event(chunk_end),
         "begin chunk 'Hel' chunk '' end finished_without_done ", ""},
        {"no finish_reason", stream, 200, sse, event(chunk_a) + event("[DONE]"),
         "begin chunk 'Hel' end done_without_finish_reason ", ""},
        {"neither", stream, 200, sse, event(chunk_a),
         "begin chunk 'Hel' end truncated truncated_stream 200 'the stream ended before the answer did' ", ""},
        {"a stream of nothing", stream, 200, sse, "",
         "begin end truncated truncated_stream 200 'the stream ended before the answer did' ", ""},
        {"an error inside", stream, 200, sse, event(chunk_a) + event(refusal),
         "begin chunk 'Hel' end error_event error_event 200 'no such model' ", ""},
        {"an error first", stream, 200, sse, event(refusal), "begin end error_event error_event 200 'no such model' ",
         ""},

        {"an answer at once", stream, 200, js, std::string(whole_answer), "completion 'Hello' end finished ",
         "answer_not_streamed "},
        {"the same, called a stream", stream, 200, sse, "\n" + std::string(whole_answer),
         "begin completion 'Hello' end finished ", "wrong_content_type answer_not_streamed "},
        {"a refusal with status 200", stream, 200, js, refusal, "failure refused 200 'no such model'",
         "answer_not_streamed "},
        {"the same, called a stream", stream, 200, sse, refusal, "begin end refused refused 200 'no such model' ",
         "wrong_content_type answer_not_streamed "},
        {"a web page", stream, 200, "text/html", "<!DOCTYPE html>\n<p>busy</p>",
         "failure bad_content_type 200 'the answer is text/html, not JSON: <!DOC'", ""},
        {"a web page called JSON", stream, 200, js, "<html/>",
         "failure bad_content_type 200 'the answer is application/json, not JSON'", ""},
        {"a web page called a stream", stream, 200, sse, "<html/>",
         "begin end truncated bad_content_type 200 'the answer is text/event-stream, not JSO' ", ""},
        {"words", stream, 200, "text/plain", "unsupported model: x",
         "failure bad_content_type 200 'the answer is text/plain, not JSON: unsu'", ""},
        {"words that begin like a field", stream, 200, "text/plain", "datum",
         "failure bad_content_type 200 'the answer is text/plain, not JSON: datu'", ""},
        {"the beginning of a field", stream, 200, "", "dat",
         "failure bad_content_type 200 'the answer is of no type, not JSON: dat'", ""},
        {"nothing", stream, 200, js, "", "failure bad_json 200 'the answer is empty'", ""},
        {"compressed",
         stream,
         200,
         sse,
         "\x1f\x8b",
         "failure bad_content_encoding 200 'the answer is encoded as gzip, which was'",
         "",
         {{"Content-Encoding", "gzip"}}},
        {"compressed by its own name", stream, 200, sse, stream_body(), whole, "", {{"Content-Encoding", "identity"}}},

        {"not authorized", stream, 401, js, R"({"error":"Invalid authentication"})",
         "failure refused 401 'Invalid authentication'", ""},
        {"not found", completion, 404, js, refusal, "failure refused 404 'no such model'", ""},
        {"a proxy's page", stream, 502, "text/html", "<html>bad gateway</html>",
         "failure refused 502 '<html>bad gateway</html>'", ""},
        {"no words at all", document, 500, "", "", "failure refused 500 ''", ""},
        {"a refusal that cannot be read",
         completion,
         503,
         js,
         "\x1f\x8b",
         "failure refused 503 'the refusal is encoded as br'",
         "",
         {{"Content-Encoding", "br"}}},
        {"a redirect",
         completion,
         302,
         "",
         "",
         "failure refused 302 'redirects are not followed; this one lea'",
         "",
         {{"Location", "http://elsewhere/"}}},

        {"a completion", completion, 200, js, std::string(whole_answer), "completion 'Hello' ", ""},
        {"after signs of life", completion, 200, js, "\n\n\r\n " + std::string(whole_answer), "completion 'Hello' ",
         ""},
        {"after a byte order mark", completion, 200, js, "\xEF\xBB\xBF" + std::string(whole_answer),
         "completion 'Hello' ", "byte_order_mark "},
        {"of another type", completion, 200, "text/plain", std::string(whole_answer), "completion 'Hello' ",
         "wrong_content_type "},
        {"with an end of stream", completion, 200, sse, std::string(whole_answer) + "\n\ndata: [DONE]\n\n",
         "completion 'Hello' ", "wrong_content_type trailing_done "},
        {"a stream instead", completion, 200, sse, stream_body(), "completion 'Hello' ", "answer_streamed "},
        {"half a stream instead", completion, 200, sse, event(chunk_a),
         "failure truncated_stream 200 'the stream ended before the answer did'", "answer_streamed "},
        {"a stream of no choices instead", completion, 200, sse, event("[DONE]"),
         "failure missing_member 200 'choices: missing'", "answer_streamed "},
        {"a failing stream instead", completion, 200, sse, event(refusal), "failure error_event 200 'no such model'",
         "answer_streamed "},
        {"an error with status 200", completion, 200, js, refusal, "failure refused 200 'no such model'", ""},
        {"null", completion, 200, js, "null", "failure wrong_type 200 'expected an object'", ""},
        {"half a completion", completion, 200, js, R"({"id":"c)",
         "failure bad_json 200 'malformed JSON at byte 8: unterminated s'", ""},

        {"models", document, 200, js, R"({"object":"list","data":[]})", R"(document {"object":"list","data":[]} )", ""},
        {"an array", document, 201, js, "[1]", "document [1] ", ""},
        {"no content", document, 204, "", "", "document null ", ""},
        {"a document with a message", document, 200, js, R"({"success":true,"message":"gone"})",
         R"(document {"success":true,"message":"gone"} )", ""},
        {"an error in place of a document", document, 200, js, refusal, "failure refused 200 'no such model'", ""},
        {"a document that says there is none", document, 200, js, R"({"error":null})", R"(document {"error":null} )",
         ""},
        {"a stream in place of a document", document, 200, sse, stream_body(),
         "failure bad_content_type 200 'the answer is an event stream, not JSON'", ""},
    };
    return all;
}

} // namespace chatwire::test
#endif
