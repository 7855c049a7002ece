// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "rows.hpp"

#include "fields.hpp"

#include <chatwire/json/chunk.hpp>
#include <chatwire/json/completion.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/request.hpp>

#include <boost/json.hpp>

#include <iterator>
#include <stdexcept>
#include <utility>

namespace bench {
namespace {

using chatwire::json::read_options;

constexpr std::size_t segment = 1'460; // what one segment of TCP over Ethernet carries

std::vector<chunk> read_chunks(std::string_view body)
{
    std::vector<chunk> all;
    for (;;) {
        auto const end = body.find("\n\n");
        auto const data = body.substr(6, end - 6);
        if (data == "[DONE]" || end == std::string_view::npos)
            return all;
        all.push_back(chatwire::json::read<chunk>(data, nullptr, read_options::for_answers()).value());
        body.remove_prefix(end + 2);
    }
}

// Takes out what peers do not read.
template <class T>
void strip(T& value)
{
    if constexpr (requires { value.extra; })
        value.extra.clear();
    if constexpr (requires { value.extra; } && described<T>)
        fields(value, [](auto, auto& member, auto...) { strip(member); });
    else if constexpr (requires { value.has_value(); }) {
        if (value.has_value())
            strip(*value);
    } else if constexpr (!std::same_as<T, std::string> && requires { value.resize(0); })
        for (auto& element : value)
            strip(element);
}

template <class T>
T stripped(T value)
{
    strip(value);
    return value;
}

// Values of open shape are compared as such: some libraries sort their members.
bool same(request a, request b)
{
    if (a.tools.size() != b.tools.size())
        return false;
    for (std::size_t i = 0; i < a.tools.size(); ++i) {
        auto& x = a.tools[i].function.parameters;
        auto& y = b.tools[i].function.parameters;
        if (x.has_value() != y.has_value() ||
            (x && boost::json::parse(std::string(x->text())) != boost::json::parse(std::string(y->text()))))
            return false;
        x.reset();
        y.reset();
    }
    return a == b;
}

template <class T>
bool same(T const& a, T const& b)
{
    return a == b;
}

// `decode NAME` and such a row for each of the other streams
template <std::size_t... I>
void add_others(std::vector<row>& all, std::index_sequence<I...>)
{
    (all.push_back(
         {"decode " + std::string(other_streams[I]), work::decode_stream, [] { return other(other_streams[I]); }}),
     ...);
}

} // namespace

void row::load()
{
    auto made = make();
    text = std::move(made.body);
    text.reserve(text.size() + 64);
    units = made.chunks;
}

std::vector<row> rows()
{
    static constexpr auto a_request = [] { return stream{.body = request_text(), .chunks = 1}; };
    static constexpr auto a_completion = [] { return stream{.body = completion_text(), .chunks = 1}; };
    std::vector<row> all = {
        {"decode stream", work::decode_stream, &plain},
        {"decode stream in pieces", work::decode_stream, &plain, segment},
        {"encode stream", work::encode_stream, &plain},
        {"decode request", work::decode_request, a_request},
        {"encode request", work::encode_request, a_request},
        {"decode completion", work::decode_completion, a_completion},
        {"encode completion", work::encode_completion, a_completion},
        {"decode shapeless", work::decode_stream, &shapeless},
        {"decode large event", work::decode_stream, &large_event},
        {"decode large event in pieces", work::decode_stream, &large_event, segment},
        {"encode tool_arguments", work::encode_stream, [] { return other("tool_arguments"); }},
    };
    add_others(all, std::make_index_sequence<std::size(other_streams)>());
    return all;
}

values read_values(row const& r)
{
    values v;
    switch (r.what) {
    case work::decode_stream:
    case work::encode_stream: v.chunks = read_chunks(r.text); break;
    case work::decode_request:
    case work::encode_request: v.request = chatwire::json::read<request>(r.text).value(); break;
    case work::decode_completion:
    case work::encode_completion:
        v.completion = chatwire::json::read<completion>(r.text, nullptr, read_options::for_answers()).value();
    }
    return v;
}

job::job(contender& who, row const& r, values const& v) : who_(who), row_(r), values_(v)
{
    if (r.what == work::encode_request)
        who.prepare(v.request);
}

std::uint64_t job::run()
{
    if (row_.what != work::encode_stream) // which is written over
        out_.clear();
    switch (row_.what) {
    case work::decode_stream: return who_.decode_stream(row_.text, row_.piece, nullptr);
    case work::decode_request: return who_.decode_request(row_.text, nullptr);
    case work::decode_completion: return who_.decode_completion(row_.text, nullptr);
    case work::encode_stream: who_.encode_stream(values_.chunks, out_); break;
    case work::encode_request: who_.encode_request(values_.request, out_); break;
    case work::encode_completion: who_.encode_completion(values_.completion, out_); break;
    }
    return static_cast<unsigned char>(out_.back());
}

void job::check()
{
    if (who_.result() == yields::nothing)
        return;
    // What is kept or was written, twice: the second time into objects that hold the first's.
    for (int time = 0; time < 2; ++time) {
        values got;
        std::uint64_t sum = 0;
        std::uint64_t expected = 0;
        out_.clear();
        switch (row_.what) {
        case work::decode_stream:
            sum = who_.decode_stream(row_.text, row_.piece, &got.chunks);
            for (auto const& c : values_.chunks)
                expected += touch(c);
            break;
        case work::decode_request:
            sum = who_.decode_request(row_.text, &got.request);
            expected = touch(values_.request);
            break;
        case work::decode_completion:
            sum = who_.decode_completion(row_.text, &got.completion);
            expected = touch(values_.completion);
            break;
        case work::encode_stream:
            who_.encode_stream(values_.chunks, out_);
            out_ += "data: [DONE]\n\n";
            got.chunks = read_chunks(out_);
            break;
        case work::encode_request:
            who_.encode_request(values_.request, out_);
            got.request = chatwire::json::read<request>(out_).value();
            break;
        case work::encode_completion:
            who_.encode_completion(values_.completion, out_);
            got.completion = chatwire::json::read<completion>(out_, nullptr, read_options::for_answers()).value();
            break;
        }
        auto const wrong = [&](std::string_view what) {
            throw std::runtime_error(std::string(who_.name()) + ", " + row_.name + ": " + std::string(what));
        };
        if (sum != expected)
            wrong("another sum");
        if (who_.result() == yields::sum)
            continue;
        if (got.chunks.size() != values_.chunks.size())
            wrong("another number of chunks");
        for (std::size_t i = 0; i < got.chunks.size(); ++i)
            if (!same(stripped(got.chunks[i]), stripped(values_.chunks[i])))
                wrong("another chunk " + std::to_string(i));
        if (!same(stripped(got.request), stripped(values_.request)))
            wrong("another request");
        if (!same(stripped(got.completion), stripped(values_.completion)))
            wrong("another completion");
        if (who_.name() == "chatwire" &&
            !(got.chunks == values_.chunks && got.request == values_.request && got.completion == values_.completion))
            wrong("members got lost");
    }
}

} // namespace bench
