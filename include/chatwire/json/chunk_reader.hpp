// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_CHUNK_READER_HPP
#define CHATWIRE_JSON_CHUNK_READER_HPP

#include <chatwire/json/chunk.hpp>
#include <chatwire/json/error_reader.hpp>
#include <chatwire/json/reader.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace chatwire::json {

/// Reads the data of an event of a streamed answer: one chunk, by the book.
///
/// Many services do not go by the book. Unless strict, these are read as what they mean, each with a diagnostic: data
/// that is null or no object (`not_an_object`: skipped), several objects in one event (`several_chunks`), members that
/// are missing, null or of a kindred type, `message` in place of a `delta` that answers nothing (`message_for_delta`)
/// or in a stream whose deltas do (`message_beside_delta`: dropped), usage inside a choice (`usage_in_choice`),
/// `"error": null` (`empty_error`).
///
/// An error in place of a chunk, or inside one, is a failure with errc::error_event that says what the service said.
///
/// @par Thread safety
/// None.
template <class Dialect = openai>
class chunk_reader {
public:
    using chunk_type = basic_chunk<Dialect>;

    /// @param log gets the tolerated deviations; may be null, else must outlive the reader
    explicit chunk_reader(diagnostics* log = nullptr, read_options const& o = read_options::for_answers())
        : log_(log), options_(o)
    {
    }

    /// Begins with the data of an event, of which the reader keeps a view.
    /// @param offset of the data in the stream: for diagnostics
    void start(std::string_view data, std::uint64_t offset = 0)
    {
        options_.offset = offset;
        in_.emplace(data, log_, options_);
        data_ = data;
        count_ = 0;
    }

    /// Takes the next chunk out of the event, into a chunk whose memory is reused.
    ///
    /// @return false: there is none left
    result<bool> next(chunk_type& into)
    {
        if (!in_)
            return false;
        auto r = take(into);
        if (!r || !*r)
            in_.reset();
        return r;
    }

private:
    result<bool> take(chunk_type& into)
    {
        auto& in = *in_;
        if (!in.good())
            return in.error();
        for (;;) {
            char const c = in.peek();
            if (in.at_end())
                return false;
            if (c == '{')
                break;
            // a server keeping the connection alive; words that are no JSON fail in skip()
            auto const* const at = in.position();
            if (!in.skip() || !in.note("not_an_object", at))
                return in.error();
        }
        if (count_ == 1 && !in.note("several_chunks", in.position()))
            return in.error();
        ++count_;
        auto const* const at = in.position();
        auto const from = in.offset();
        std::uint64_t missing = 0;
        in.missing = &missing;
        if (!codec<chunk_type>::read(in, into))
            return in.error();
        if (is_error(into, missing))
            return read_error(data_.substr(from, in.offset() - from), errc::error_event);
        if (missing && !in.note_missing(info_of<chunk_type>, missing))
            return in.error();
        if (!mend(in, at, into))
            return in.error();
        return true;
    }

    // in what `cursor::missing` tells
    static constexpr std::uint64_t choices_bit = [] {
        std::uint64_t bit = 1;
        for (auto const& f : info_of<chunk_type>.own) {
            if (f.name == "choices")
                return bit;
            bit <<= 1;
        }
        return std::uint64_t{0};
    }();

    static bool is_error(chunk_type const& c, std::uint64_t missing)
    {
        if (!c.extra.empty()) {
            if (auto const* e = c.extra.find("error"); e && is_error_value(*e))
                return true;
            // a whole object of another kind
            if ((missing & choices_bit) && is_error_object(c.extra))
                return true;
        }
        if ((missing & choices_bit) && c.object == "error")
            return true;
        for (auto const& choice : c.choices)
            if (auto const* e = choice.extra.find("error"); e && is_error_value(*e))
                return true;
        return false;
    }

    // Whether a delta holds some of the answer: a role alone, a thought, an empty text is none.
    static bool answers(delta const& d)
    {
        return (d.content && !d.content->empty()) || (d.refusal && !d.refusal->empty()) || !d.tool_calls.empty() ||
               d.function_call || d.audio;
    }

    // Adds what else stood in the delta that a message takes the place of.
    static void complete(delta& message, delta&& beside)
    {
        auto const fill = [](auto& to, auto& from) {
            if (!to)
                to = std::move(from);
        };
        fill(message.role, beside.role);
        fill(message.reasoning_content, beside.reasoning_content);
        fill(message.reasoning, beside.reasoning);
        fill(message.annotations, beside.annotations);
        message.extra.set_all(std::move(beside.extra));
    }

    // Moves what stands in the wrong place to the right one.
    bool mend(cursor& in, char const* at, chunk_type& c)
    {
        if (c.extra.find("error") && !in.note("empty_error", at))
            return false;
        for (auto& choice : c.choices) {
            deltas_answer_ = deltas_answer_ || answers(choice.delta);
            if (choice.extra.empty())
                continue;
            auto const* const message = choice.extra.find("message");
            if (message && message->is_object() && deltas_answer_) {
                // it says again what the deltas say; kept, it would stand beside the message of the whole answer
                if (!in.note("message_beside_delta", at))
                    return false;
                choice.extra.erase("message");
            } else if (message && message->is_object()) {
                auto moved = read<chatwire::delta>(message->text(), nullptr, read_options::for_answers());
                if (moved) {
                    if (!in.note("message_for_delta", at))
                        return false;
                    complete(*moved, std::move(choice.delta));
                    choice.delta = *std::move(moved);
                    choice.extra.erase("message");
                }
            }
            if (auto const* used = choice.extra.find("usage"); used && used->is_object() && !c.usage) {
                auto moved = read<chatwire::usage>(used->text(), nullptr, read_options::for_answers());
                if (moved) {
                    if (!in.note("usage_in_choice", at))
                        return false;
                    c.usage = *std::move(moved);
                    choice.extra.erase("usage");
                }
            }
        }
        return true;
    }

    diagnostics* log_;
    read_options options_;
    std::optional<cursor> in_;
    std::string_view data_;
    std::size_t count_ = 0;
    bool deltas_answer_ = false; // one did, of any choice
};

} // namespace chatwire::json
#endif
