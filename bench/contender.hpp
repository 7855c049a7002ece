// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_BENCH_CONTENDER_HPP
#define CHATWIRE_BENCH_CONTENDER_HPP

#include <chatwire/chat/chunk.hpp>
#include <chatwire/chat/completion.hpp>
#include <chatwire/chat/request.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

using chatwire::chunk;
using chatwire::completion;
using chatwire::request;

/// What there is to do.
enum class work { decode_stream, encode_stream, decode_request, encode_request, decode_completion, encode_completion };

/// What comes of it: the typed values, only the sum of what @ref touch says of them, or neither.
enum class yields { values, sum, nothing };

/// A library at that work. All of them decode into the same types, whose strings own their text, and use an object's
/// memory again for the next one.
///
/// Members that the types do not name: chatwire keeps them as JSON, the others leave them out, as their users do.
/// Values of open shape (the schema of a tool's parameters) are kept in what the library has for them.
class contender {
public:
    virtual ~contender() = default;
    virtual std::string_view name() const = 0;
    virtual bool does(work) const { return true; }
    /// What can be compared of its results.
    virtual yields result() const { return yields::values; }
    /// How long the last run took, where somebody else has done it; 0 where it is to be timed here.
    virtual double seconds() const { return 0; }

    /// Decodes a stream that comes in pieces of that many bytes.
    ///
    /// @param keep gets a copy of each chunk unless it is null: to be checked, not to be measured
    /// @return the sum of what @ref touch says of each chunk
    /// @par Preconditions
    /// 64 bytes after the body may be read.
    virtual std::uint64_t decode_stream(std::string_view body, std::size_t piece, std::vector<chunk>* keep) = 0;
    virtual std::uint64_t decode_request(std::string_view, request*) { return 0; }
    virtual std::uint64_t decode_completion(std::string_view, completion*) { return 0; }

    /// Writes the events of a stream, without `[DONE]`, in place of what there is.
    virtual void encode_stream(std::vector<chunk> const&, std::string&) {}
    /// Tells of the request that @ref encode_request will get, so that values of open shape can be turned into the
    /// library's own.
    virtual void prepare(request const&) {}
    virtual void encode_request(request const&, std::string&) {}
    virtual void encode_completion(completion const&, std::string&) {}
};

using maker = std::unique_ptr<contender> (*)();

/// Adds a contender to @ref contenders: to be a static object of the contender's file.
struct enlist {
    /// @param place in the list
    enlist(int place, maker make);
};

/// Those that are part of this program. First nlohmann, whose time is the unit.
std::vector<std::unique_ptr<contender>> contenders();

/// A look at a few places of a value, so that it has to be there.
inline std::uint64_t touch(chunk const& c)
{
    std::uint64_t sum = c.id.size() + static_cast<std::uint64_t>(c.created) + c.model.size();
    for (auto const& choice : c.choices) {
        auto const& d = choice.delta;
        if (d.content)
            sum += d.content->string()->size();
        if (d.reasoning_content)
            sum += d.reasoning_content->size();
        for (auto const& call : d.tool_calls)
            if (call.function && call.function->arguments)
                sum += call.function->arguments->size();
        sum += choice.finish_reason ? 1 : 0;
    }
    if (c.usage)
        sum += static_cast<std::uint64_t>(c.usage->total_tokens);
    if (c.obfuscation)
        sum += c.obfuscation->size();
    return sum;
}

inline std::uint64_t touch(request const& r)
{
    std::uint64_t sum = r.model.size() + r.tools.size();
    for (auto const& m : r.messages)
        sum += m.tool_calls.size() + (m.content && m.content->string() ? m.content->string()->size() : 0);
    return sum;
}

inline std::uint64_t touch(completion const& c)
{
    std::uint64_t sum = c.id.size() + static_cast<std::uint64_t>(c.created) + c.model.size();
    for (auto const& choice : c.choices)
        sum += choice.message.content ? choice.message.content->string()->size() : 0;
    return sum;
}

} // namespace bench

#endif
