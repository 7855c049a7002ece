// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/client/stream_decoder.hpp>

#include "support/read.hpp"
#include <chatwire/chat/accumulator.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace client_stream_decoder_test {
namespace {

using namespace chatwire;

std::string event(std::string_view data) { return data.empty() ? "\n\n" : "data: " + std::string(data) + "\n\n"; }

std::string piece(std::string_view content, std::string_view finish = "")
{
    return R"({"id":"i","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":")" +
           std::string(content) + R"("},"finish_reason":)" +
           (finish.empty() ? "null" : '"' + std::string(finish) + '"') + "}]}";
}

std::string book()
{
    return event(piece("Hel")) + ": hm\n" + event(piece("lo")) + event(piece("", "stop")) + event("[DONE]");
}

struct seen {
    std::string text, log;
    int chunks = 0;
    how end{};
};

// Decodes a whole body, and checks what was tolerated.
seen decode(std::string_view body, std::optional<std::string_view> deviations, stream_decoder_options const& o = {})
{
    diagnostics log;
    stream_decoder d(o, &log);
    accumulator<> folded;
    d.feed(body);
    d.commit_eof();
    seen s;
    for (;;) {
        auto const found = d.next();
        if (found == decoded::end)
            break;
        BOOST_REQUIRE((found == decoded::chunk));
        ++s.chunks;
        BOOST_TEST(!folded.add(d.chunk()));
    }
    BOOST_TEST(d.chunks() == static_cast<std::uint64_t>(s.chunks));
    s.text = folded.take().text();
    s.end = d.end().how;
    s.log = support::codes(log);
    if (deviations)
        BOOST_TEST(s.log == *deviations, body);
    return s;
}

// How a body ends, and with which code.
std::string ended(std::string_view body)
{
    stream_decoder d;
    d.feed(body);
    d.commit_eof();
    while (d.next() != decoded::end)
        ;
    std::string out(to_string(d.end().how));
    if (auto const& f = d.end().error)
        out += " " + std::string(to_string(static_cast<errc>(f->code.value())));
    BOOST_TEST(d.end().success() == !d.end().error);
    return out;
}

// Everything that is found in a body given in parts, in order.
std::string trace(std::string_view body, std::vector<std::size_t> const& parts)
{
    diagnostics log;
    std::string out;
    log.hook = [&](diagnostic const& d) { out += d.code + " " + std::to_string(d.offset) + " " + d.excerpt + "\n"; };
    stream_decoder d({.events = true}, &log);
    auto const take = [&] {
        for (;;)
            switch (d.next()) {
            case decoded::more: return;
            case decoded::event:
                out += "event " + std::string(d.event().type) + " " + std::string(d.event().data) + "\n";
                break;
            case decoded::chunk: out += "chunk " + json::to_text(d.chunk()) + "\n"; break;
            case decoded::end:
                out += "end " + std::string(to_string(d.end().how));
                if (d.end().error)
                    out += d.end().error->message;
                break;
            }
    };
    for (auto const n : parts) {
        auto const part = body.substr(0, n);
        body.remove_prefix(part.size());
        if (part.size() % 2) {
            d.feed(part);
        } else {
            auto const room = d.prepare(part.size());
            std::copy(part.begin(), part.end(), room.begin());
            d.commit(part.size());
        }
        take();
    }
    d.commit_eof();
    take();
    return out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(client_stream_decoder)

BOOST_AUTO_TEST_CASE(a_stream_by_the_book)
{
    seen const s = decode(book(), "");
    BOOST_TEST(s.text == "Hello");
    BOOST_TEST(s.chunks == 3);
    BOOST_TEST((s.end == how::finished));
    BOOST_TEST(decode(book(), "", {.strict = true}).log == s.log);
}

// How the bytes are cut makes no difference; to any of these.
BOOST_AUTO_TEST_CASE(every_split)
{
    std::string const bodies[] = {
        book(),
        "\xEF\xBB\xBF"
        ": hi\r\n\r\n"
        "event: message\r\nid: 1\r\ndata:" +
            piece("a") + "\r\n\r\ndata:[DONE]\r\n\r\n",
        "data: " + piece("a") + "\rdata: " + piece("b", "stop") + "\r\rdata: [DONE] \r",
        event(piece("a")) + "error: {\"message\":\"no\"}\n\ndata: [DONE]\n\n",
        event(piece("\xF0\x9F\x98\x80")) + "data: {\"id\":",
        event(piece("a") + piece("b", "stop")) + event(": x") + event("null") + event("") + event("[DONE]") +
            event(piece("late")),
        event(piece("a", "stop")) + "{\"error\":{\"message\":\"unframed\"}}\n",
    };
    for (auto const& body : bodies) {
        auto const whole = trace(body, {body.size()});
        for (std::size_t i = 0; i <= body.size(); ++i)
            BOOST_REQUIRE_MESSAGE(trace(body, {i, body.size() - i}) == whole, body << " cut at " << i);
        for (std::size_t size = 1; size < 8; ++size)
            BOOST_REQUIRE(trace(body, std::vector<std::size_t>(body.size() / size + 1, size)) == whole);
    }
}

BOOST_AUTO_TEST_CASE(how_it_ended)
{
    auto const open = event(piece("a")), stop = event(piece("b", "stop")), done = event("[DONE]");
    BOOST_TEST(ended(open + stop + done) == "finished");
    BOOST_TEST(ended(open + stop) == "finished_without_done");
    BOOST_TEST(ended(open + done) == "done_without_finish_reason");
    BOOST_TEST(ended(done) == "done_without_finish_reason");
    BOOST_TEST(ended(open) == "truncated truncated_stream");
    BOOST_TEST(ended("") == "truncated truncated_stream");
    BOOST_TEST(ended(event(
                   R"({"id":"i","choices":[{"index":0,"delta":{},"finish_reason":"stop"},{"index":1,"delta":{}}]})")) ==
               "truncated truncated_stream");
    BOOST_TEST(
        ended(event(R"({"id":"i","choices":[{"index":0,"delta":{},"finish_reason":"stop"},{"index":1,"delta":{}}]})") +
              done) == "done_without_finish_reason");
    BOOST_TEST(ended(event(piece("a", "end_turn")) + done) == "finished");
    BOOST_TEST(ended(open + event(R"({"error":{"message":"no"}})") + done) == "error_event error_event");
    BOOST_TEST(ended(open + "event: error\ndata: {\"code\":400,\"details\":\"no\"}\n\n" + done) ==
               "error_event error_event");
    BOOST_TEST(ended(open + "event: error\ndata: words\n\n" + done) == "error_event error_event");
    BOOST_TEST(ended(open + event("error: words") + done) == "error_event error_event");
    BOOST_TEST(ended(open + "error: words\n\n" + done) == "error_event error_event");
    BOOST_TEST(ended("{\"error\":\"no\"}") == "error_event error_event");
    BOOST_TEST(ended(stop + "{\"error\":\"no\"}\n") == "error_event error_event");
    BOOST_TEST(ended(open + event("{\"id\":") + done) == "truncated bad_json");
    BOOST_TEST(ended(open + "data: {\"id\":") == "truncated truncated_stream");
    BOOST_TEST(ended(open + event("words") + done) == "truncated bad_json");
    BOOST_TEST(ended(open + event("{\"choices\":7}") + done) == "truncated wrong_type");
    // the end is the end
    BOOST_TEST(ended(stop + done + event("{\"error\":\"late\"}")) == "finished");
}

BOOST_AUTO_TEST_CASE(what_the_service_said)
{
    stream_decoder d;
    d.feed(event(R"({"error":{"message":"m","type":"t","param":"p","code":529}})"));
    BOOST_TEST((d.next() == decoded::end));
    auto const& f = *d.end().error;
    BOOST_TEST(f.message == "m");
    BOOST_TEST(f.type == "t");
    BOOST_TEST(f.param == "p");
    BOOST_TEST(f.api_code == "529");
    BOOST_TEST(f.status == 529);
}

BOOST_AUTO_TEST_CASE(the_end_is_told_once)
{
    stream_decoder d;
    d.feed(event("[DONE]") + event(piece("late")));
    BOOST_TEST(!d.ended());
    BOOST_TEST((d.next() == decoded::end));
    BOOST_TEST(d.ended());
    d.feed(event(piece("later")));
    d.commit_eof();
    d.fail(failure(errc::connection_lost));
    BOOST_TEST((d.next() == decoded::more));
    BOOST_TEST((d.end().how == how::done_without_finish_reason));
}

BOOST_AUTO_TEST_CASE(deviations)
{
    auto const stop = event(piece("b", "stop")), done = event("[DONE]");
    std::pair<std::string, std::string_view> const cases[] = {
        {event("") + stop + done, ""}, // an event without data is none
        {"data:\n\n" + stop + done, "empty_event"},
        {event("null") + stop + done, "not_an_object"},
        {event(": x") + stop + done, "comment_as_data"},
        {event("data: " + piece("b", "stop")) + done, "double_data_prefix"},
        {event("ChatCompletionChunk: " + piece("b", "stop")) + done, "chunk_prefix"},
        {stop + event("[DONE] "), "padded_done"},
        {stop + "data: [DONE]", "unterminated_event"},
        {stop + "data: [DONE]\n", "unterminated_event"},
        {"data: " + piece("a") + "\ndata: " + piece("b", "stop") + "\ndata: [DONE]\n\n", "joined_events"},
        {event(piece("a") + piece("b", "stop")) + done, "several_chunks"},
        {"event: chunk\ndata: " + piece("b", "stop") + "\n\n" + done, "named_event"},
        {"event: ping\ndata: {}\n\n" + stop + done, "unknown_event"},
    };
    for (auto const& [body, codes] : cases) {
        if (codes.empty())
            continue;
        auto const s = decode(body, codes);
        BOOST_TEST(s.text.ends_with("b"), body);
        BOOST_TEST((s.end == how::finished), body);
        // and strictly
        auto const refused = decode(body, std::nullopt, {.strict = true});
        BOOST_TEST((refused.end == how::truncated), body);
    }
}

BOOST_AUTO_TEST_CASE(a_pretty_printed_chunk_is_one_chunk)
{
    auto const s = decode(
        "data: {\"id\":\"i\",\"object\":\"o\",\"created\":1,\ndata: \"model\":\"m\",\"choices\":\ndata: []}\n\n" +
            event("[DONE]"),
        "");
    BOOST_TEST(s.chunks == 1);
}

BOOST_AUTO_TEST_CASE(content_is_never_taken_for_framing)
{
    std::string const words = R"(data: [DONE]\n\ndata: {\"error\":1}\r\nevent: error)";
    BOOST_TEST(decode(event(piece(words, "stop")) + event("[DONE]"), "").text ==
               "data: [DONE]\n\ndata: {\"error\":1}\r\nevent: error");
}

BOOST_AUTO_TEST_CASE(a_character_cut_between_chunks_is_whole_in_the_fold)
{
    auto const s = decode(event(piece("\xF0\x9F")) + event(piece("\x98\x80", "stop")) + event("[DONE]"),
                          "bad_utf8 bad_utf8 bad_utf8");
    BOOST_TEST(s.text == "\xF0\x9F\x98\x80");
}

BOOST_AUTO_TEST_CASE(events_are_shown_where_asked_for)
{
    stream_decoder d({.events = true});
    d.feed("event: x\nid: 7\ndata: {}\n\n" + event("[DONE]"));
    BOOST_TEST((d.next() == decoded::event));
    BOOST_TEST(d.event().type == "x");
    BOOST_TEST(d.event().id == "7");
    BOOST_TEST(d.event().data == "{}");
    BOOST_TEST((d.next() == decoded::event));
    BOOST_TEST(d.event().data == "[DONE]");
    BOOST_TEST((d.next() == decoded::end));
}

BOOST_AUTO_TEST_CASE(why_a_body_did_not_go_on)
{
    auto const failed = [](std::string_view body, errc code, bool strict = false) {
        stream_decoder d({.strict = strict});
        d.feed(body);
        d.fail(failure(code));
        d.fail(failure(errc::bad_json)); // the first counts
        int chunks = 0;
        for (;;)
            switch (d.next()) {
            case decoded::chunk: ++chunks; break;
            case decoded::end: return std::to_string(chunks) + " " + std::string(to_string(d.end().how));
            default: return std::string("?");
            }
    };
    auto const open = event(piece("a")), stop = event(piece("b", "stop"));
    BOOST_TEST(failed(open, errc::connection_lost) == "1 transport");
    BOOST_TEST(failed(open, errc::incomplete_message) == "1 truncated");
    BOOST_TEST(failed(open, errc::idle_timeout) == "1 timeout");
    BOOST_TEST(failed(open, errc::cancelled) == "1 cancelled");
    BOOST_TEST(failed(open, errc::body_limit) == "1 limit");
    // an answer that is whole does not need the connection any more
    BOOST_TEST(failed(open + stop, errc::connection_lost) == "2 finished_without_done");
    BOOST_TEST(failed(open + stop, errc::incomplete_message) == "2 finished_without_done");
    BOOST_TEST(failed(open + stop, errc::connection_lost, true) == "2 transport");
    BOOST_TEST(failed(open + stop, errc::cancelled) == "2 cancelled");
    BOOST_TEST(failed(open + stop + event("[DONE]"), errc::connection_lost) == "2 finished");
}

BOOST_AUTO_TEST_CASE(offsets_are_those_of_the_body)
{
    diagnostics log;
    stream_decoder d({}, &log);
    d.feed(": 12345\n\n" + event("null") + "data: " + piece("a") + "\ndata: [DONE]x\n\n");
    d.commit_eof();
    while (d.next() == decoded::chunk)
        ;
    BOOST_REQUIRE(log.kept().size() == 1u);
    BOOST_TEST(log.kept()[0].offset == 15u);
}

// In whatever part of a stream they are: between its events, inside one, or as its chunks are folded.
BOOST_AUTO_TEST_CASE(deviations_are_bounded)
{
    auto const null = event("null"), stop = event(piece("b", "stop")), done = event("[DONE]");
    auto const late = event(piece("c")); // noted by the accumulator
    std::pair<std::string, how> const cases[] = {
        {null + null + stop + done, how::finished},
        {null + null + null + stop + done, how::limit},
        {event("null null null") + stop + done, how::limit},
        {event(piece("a") + piece("a") + piece("a") + piece("a")) + stop + done, how::finished}, // one deviation
        {stop + late + late + done, how::finished},
        {stop + late + late + late + done, how::limit},
        {stop + late + late + late, how::limit},
    };
    for (auto const& [body, end] : cases) {
        diagnostics log;
        log.max_count = 2;
        stream_decoder d({}, &log);
        accumulator<> folded({}, &log);
        d.feed(body);
        d.commit_eof();
        while (d.next() == decoded::chunk)
            BOOST_TEST(!folded.add(d.chunk()));
        BOOST_TEST((d.end().how == end), body);
        if (end == how::limit)
            BOOST_TEST(d.end().error.value().code == make_error_code(errc::diagnostic_limit));
    }
}

BOOST_AUTO_TEST_CASE(random_bytes_end_somehow)
{
    std::mt19937 random(1);
    auto const good = book();
    for (int i = 0; i < 3000; ++i) {
        std::string body = good;
        for (auto n = random() % 4 + 1; n > 0; --n) {
            auto const at = random() % body.size();
            if (random() % 2)
                body[at] = static_cast<char>(random());
            else
                body.erase(at, random() % 20);
        }
        auto const t = trace(body, {body.size()});
        BOOST_REQUIRE(t == trace(body, std::vector<std::size_t>(body.size(), 1)));
        BOOST_REQUIRE(t.find("end ") != std::string::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace client_stream_decoder_test
