// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_BENCH_PEER_HPP
#define CHATWIRE_BENCH_PEER_HPP

#include "contender.hpp"
#include "events.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// What all peers do alike. `Library` has
///
/// - `name`,
/// - `decode(T&, text)`, for a chunk, a request and a completion; 64 bytes after the text may be read,
/// - `parameters(i)`, after a request: the JSON text of the open-shaped value that it kept of tool `i`,
///
/// and if it can encode
///
/// - `encode(T const&, out)`, which appends,
/// - `keep(text)`, which takes the text of the next tool's open-shaped value before a request is encoded.
template <class Library>
class peer final : public contender {
public:
    std::string_view name() const override { return Library::name; }
    bool does(work w) const override
    {
        return encodes || (w != work::encode_stream && w != work::encode_request && w != work::encode_completion);
    }

    std::uint64_t decode_stream(std::string_view body, std::size_t piece, std::vector<chunk>* keep) override
    {
        std::uint64_t sum = 0;
        events_.each(body, piece, [&](std::string_view data) {
            library_.decode(chunk_, data);
            sum += touch(chunk_);
            if (keep)
                keep->push_back(chunk_);
        });
        return sum;
    }

    std::uint64_t decode_request(std::string_view text, request* keep) override
    {
        library_.decode(request_, text);
        if (keep) {
            *keep = request_;
            for (std::size_t i = 0; i < keep->tools.size(); ++i)
                keep->tools[i].function.parameters = chatwire::raw_json::trusted(library_.parameters(i));
        }
        return touch(request_);
    }

    std::uint64_t decode_completion(std::string_view text, completion* keep) override
    {
        library_.decode(completion_, text);
        if (keep)
            *keep = completion_;
        return touch(completion_);
    }

    void encode_stream(std::vector<chunk> const& chunks, std::string& out) override
    {
        out.clear();
        if constexpr (encodes)
            for (auto const& c : chunks) {
                out += "data: ";
                library_.encode(c, out);
                out += "\n\n";
            }
    }

    void prepare(request const& value) override
    {
        if constexpr (encodes)
            for (auto const& t : value.tools)
                library_.keep(std::string(t.function.parameters->text()));
    }

    void encode_request(request const& value, std::string& out) override { encode(value, out); }
    void encode_completion(completion const& value, std::string& out) override { encode(value, out); }

    static std::unique_ptr<contender> make() { return std::make_unique<peer>(); }

private:
    static constexpr bool encodes = requires(Library & l, chunk const& c, std::string& out) { l.encode(c, out); };

    template <class T>
    void encode(T const& value, std::string& out)
    {
        if constexpr (encodes)
            library_.encode(value, out);
    }

    events events_{};
    Library library_{};
    chunk chunk_{};
    request request_{};
    completion completion_{};
};

} // namespace bench

#endif
