// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// chatwire, and what bounds it: itself without what it learns of a stream, its event parser alone, and the copying of
// the bytes.

#include "contender.hpp"

#include <chatwire/client/stream_decoder.hpp>
#include <chatwire/json/chunk.hpp>
#if __has_include(<chatwire/json/chunk_writer.hpp>)
#include <chatwire/json/chunk_writer.hpp>
#endif
#include <chatwire/json/completion.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/sse/parser.hpp>
#include <chatwire/sse/writer.hpp>

#include <cstring>
#include <stdexcept>

namespace bench {
namespace {

// The only place that puts bytes into a decoder or a parser: lends them, where it can be done.
template <class Decoder>
void put(Decoder& d, std::string_view bytes)
{
    if constexpr (requires { d.lend(bytes); })
        d.lend(bytes);
    else
        d.feed(bytes);
}

// The only place that writes a stream's chunks.
void write_stream(std::vector<chunk> const& chunks, std::string& text, std::string& out)
{
#if __has_include(<chatwire/json/chunk_writer.hpp>)
    text.clear();
    chatwire::json::chunk_writer<> writer(&chatwire::sse::write_data);
    for (auto const& c : chunks)
        writer.write(out, c);
#else
    for (auto const& c : chunks) {
        text.clear();
        chatwire::json::write(text, c);
        chatwire::sse::write_data(out, text);
    }
#endif
}

// The options of a decoder that looks at every event as if it were the first.
template <class Options>
Options without_learning(Options o = {})
{
    if constexpr (requires { o.learn; })
        o.learn = false;
    return o;
}

std::uint64_t decode(chatwire::stream_decoder_options const& o, std::string_view body, std::size_t piece,
                     std::vector<chunk>* keep)
{
    chatwire::stream_decoder decoder(o);
    std::uint64_t sum = 0;
    for (std::size_t at = 0; at < body.size(); at += piece) {
        put(decoder, body.substr(at, piece));
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

    void encode_stream(std::vector<chunk> const& chunks, std::string& out) override
    {
        write_stream(chunks, text_, out);
    }
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
    std::string text_{};
};

// The same, without a look at the events before.
class general final : public contender {
public:
    std::string_view name() const override { return "without learning"; }
    bool does(work w) const override { return w == work::decode_stream; }

    std::uint64_t decode_stream(std::string_view body, std::size_t piece, std::vector<chunk>* keep) override
    {
        return decode(without_learning<chatwire::stream_decoder_options>(), body, piece, keep);
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
            put(parser, body.substr(at, piece));
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
            write_stream(chunks, text_, encoded_);
        out += encoded_;
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
