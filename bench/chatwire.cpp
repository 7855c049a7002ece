// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// chatwire, and what bounds it: itself without what it learns of a stream, its event parser alone, and the copying of
// the bytes.

#include "contender.hpp"

#include <chatwire/client/stream_decoder.hpp>
#include <chatwire/json/appender.hpp>
#include <chatwire/json/chunk.hpp>
#include <chatwire/json/chunk_writer.hpp>
#include <chatwire/json/completion.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/sse/parser.hpp>
#include <chatwire/sse/writer.hpp>

#include <cstring>
#include <optional>
#include <stdexcept>

namespace bench {
namespace {

// Which text a chunk goes on with, if it does nothing else: 0 for the content, else one for each call.
std::optional<std::int64_t> text_of(chunk const& c)
{
    if (c.choices.size() != 1 || c.choices.front().finish_reason || c.choices.front().delta.role)
        return std::nullopt;
    auto const& calls = c.choices.front().delta.tool_calls;
    if (calls.empty())
        return 0;
    return calls.front().id ? std::nullopt : std::optional(calls.front().index.value_or(0) + 1);
}

// As a server writes them, which knows what has changed: mostly nothing but the text.
void write_stream(std::vector<chunk> const& chunks, std::string& out)
{
    chatwire::json::chunk_writer<> writer(&chatwire::sse::write_data);
    chatwire::json::appender to(out, 0);
    std::optional<std::int64_t> last;
    for (auto const& c : chunks) {
        auto const text = text_of(c);
        if (text && text == last)
            writer.write_text(to, c);
        else
            writer.write(to, c);
        last = text;
    }
}

std::uint64_t decode(chatwire::stream_decoder_options const& o, std::string_view body, std::size_t piece,
                     std::vector<chunk>* keep)
{
    chatwire::stream_decoder decoder(o);
    std::uint64_t sum = 0;
    for (std::size_t at = 0; at < body.size(); at += piece) {
        decoder.lend(body.substr(at, piece));
        for (;;) {
            auto const found = decoder.next();
            if (found == chatwire::decoded::more)
                break;
            if (found == chatwire::decoded::end) {
                if (!decoder.end().success())
                    throw std::runtime_error("a stream ended badly");
                break;
            }
            sum += touch(decoder.chunk());
            if (keep)
                keep->push_back(decoder.chunk());
        }
    }
    return sum;
}

class library final : public contender {
public:
    std::string_view name() const override { return "chatwire"; }

    std::uint64_t decode_stream(std::string_view body, std::size_t piece, std::vector<chunk>* keep) override
    {
        return decode({}, body, piece, keep);
    }

    std::uint64_t decode_request(std::string_view text, request* keep) override
    {
        return read(request_, text, keep, {});
    }

    std::uint64_t decode_completion(std::string_view text, completion* keep) override
    {
        return read(completion_, text, keep, chatwire::json::read_options::for_answers());
    }

    void encode_stream(std::vector<chunk> const& chunks, std::string& out) override { write_stream(chunks, out); }
    void encode_request(request const& value, std::string& out) override { chatwire::json::write(out, value); }
    void encode_completion(completion const& value, std::string& out) override { chatwire::json::write(out, value); }

private:
    template <class T>
    static std::uint64_t read(T& value, std::string_view text, T* keep, chatwire::json::read_options const& o)
    {
        chatwire::json::read_into(value, text, nullptr, o).value();
        if (keep)
            *keep = value;
        return touch(value);
    }

    request request_{};
    completion completion_{};
};

// The same, without a look at the events before.
class general final : public contender {
public:
    std::string_view name() const override { return "without learning"; }
    bool does(work w) const override { return w == work::decode_stream; }

    std::uint64_t decode_stream(std::string_view body, std::size_t piece, std::vector<chunk>* keep) override
    {
        return decode({.learn = false}, body, piece, keep);
    }
};

class split final : public contender {
public:
    std::string_view name() const override { return "SSE split alone"; }
    bool does(work w) const override { return w == work::decode_stream; }
    yields result() const override { return yields::nothing; }

    std::uint64_t decode_stream(std::string_view body, std::size_t piece, std::vector<chunk>*) override
    {
        chatwire::sse::parser parser;
        chatwire::sse::event_view event;
        std::uint64_t sum = 0;
        for (std::size_t at = 0; at < body.size(); at += piece) {
            parser.lend(body.substr(at, piece));
            while (parser.next(event))
                sum += event.data.size();
        }
        return sum;
    }
};

class copy final : public contender {
public:
    std::string_view name() const override { return "memcpy"; }
    bool does(work w) const override { return w == work::decode_stream || w == work::encode_stream; }
    yields result() const override { return yields::nothing; }

    std::uint64_t decode_stream(std::string_view body, std::size_t piece, std::vector<chunk>*) override
    {
        text_.resize(body.size());
        for (std::size_t at = 0; at < body.size(); at += piece) {
            auto const part = body.substr(at, piece);
            std::memcpy(text_.data() + at, part.data(), part.size());
        }
        return static_cast<unsigned char>(text_.back());
    }

    // the first call makes the text, the others copy it
    void encode_stream(std::vector<chunk> const& chunks, std::string& out) override
    {
        if (encoded_.empty())
            write_stream(chunks, encoded_);
        out = encoded_;
    }

private:
    std::string text_;
    std::string encoded_;
};

template <class T>
std::unique_ptr<contender> make()
{
    return std::make_unique<T>();
}

enlist const enlisted[] = {{70, &make<general>}, {80, &make<library>}, {90, &make<split>}, {91, &make<copy>}};

} // namespace
} // namespace bench
