// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_CHUNK_READER_HPP
#define CHATWIRE_JSON_CHUNK_READER_HPP

#include <chatwire/json/chunk.hpp>
#include <chatwire/json/error_reader.hpp>
#include <chatwire/json/pattern.hpp>
#include <chatwire/json/reader.hpp>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

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
/// The events of a stream are alike. A reader keeps the texts of some it has read (@ref pattern, @ref max_patterns of
/// at most pattern::max_text bytes), and reads in the next one only what differs; what is told of it is the same.
///
/// Memory: that, and a chunk for each. In steady state no event allocates, unless a text is longer than all before.
///
/// @par Thread safety
/// None.
template <class Dialect = openai>
class chunk_reader {
public:
    using chunk_type = basic_chunk<Dialect>;

    /// How many texts are kept: the first event of a stream, its texts, calls of tools, the end.
    static constexpr std::size_t max_patterns = 4;

    /// @param log gets the tolerated deviations; may be null, else must outlive the reader
    /// @param learns whether texts are kept; false: every event is read whole, for those who compare the two
    explicit chunk_reader(diagnostics* log = nullptr, read_options const& o = read_options::for_answers(),
                          bool learns = true)
        : log_(log), options_(o), learns_(learns)
    {
    }
    chunk_reader(chunk_reader const&) = delete;
    chunk_reader& operator=(chunk_reader const&) = delete;

    /// Begins with the data of an event, of which the reader keeps a view.
    /// @param offset of the data in the stream: for diagnostics
    void start(std::string_view data, std::uint64_t offset = 0)
    {
        options_.offset = offset;
        data_ = data;
        count_ = 0;
        in_.reset();
        begun_ = false;
    }

    /// Reads the next chunk of the event: see @ref chunk.
    ///
    /// @return false: there is none left
    result<bool> next()
    {
        if (!begun_) {
            begun_ = true;
            if (widens())
                return true;
            in_.emplace(data_, log_, options_);
        }
        if (!in_)
            return false;
        auto r = take(slow_);
        if (r && *r) {
            chunk_ = &slow_;
            return r;
        }
        if (r && count_ == 1)
            learn();
        in_.reset();
        return r;
    }

    /// Reads, at the beginning of the bytes, the data of an event that is one chunk and differs from an earlier one in
    /// nothing but values; in place of @ref start and @ref next, and before anybody has looked where it ends. The bytes
    /// must be the event's, if this is where it ends: then call @ref accept, else @ref start.
    /// @return its length; 0: there is none
    std::size_t repeats(std::string_view bytes)
    {
        begun_ = true;
        if (in_)
            in_.reset();
        if (resting_ > 0)
            return 0;
        std::size_t n = 0;
        // mostly it is like the last one, or will be when the rest of it has come
        if (last_) {
            matched_ = last_;
            if ((n = last_->text.match(bytes, options_)) > 0 || last_->text.cut())
                return n;
        }
        for (auto const& k : known_)
            if (k.get() != last_ && (n = k->text.match(bytes, options_)) > 0) {
                matched_ = k.get();
                break;
            }
        return n;
    }

    /// Takes what @ref repeats has found: it is the event's. @ref chunk is its chunk then.
    /// @return false: it must be read by @ref start and @ref next all the same
    bool accept(std::string_view data, std::uint64_t offset)
    {
        options_.offset = offset;
        data_ = data;
        return repeated(*matched_);
    }

    /// The chunk that was read last. Valid until the next call of a member.
    /// @par Preconditions
    /// One was read.
    chunk_type const& chunk() const noexcept { return *chunk_; }

private:
    // A chunk, and the text it was read from.
    struct known {
        pattern text{};
        chunk_type chunk{};
        std::uint64_t used = 0; // when
    };

    bool widens()
    {
        if (resting_ == 0)
            for (auto const& k : known_)
                if (k->text.widen(data_, options_))
                    return repeated(*k);
        return false;
    }

    bool repeated(known& k)
    {
        if (data_.size() > options_.limits.max_document)
            return false;
        if (auto const notes = k.text.notes(); notes > 0 && log_) {
            if (log_->count() >= log_->max_count || log_->max_count - log_->count() < notes)
                return false; // which of them is one too many is for the cursor to say
            k.text.tell(*log_, data_, options_.offset);
        }
        last_ = &k;
        k.used = ++uses_;
        chunk_ = &k.chunk;
        unused_ = 0;
        if (!deltas_answer_)
            for (auto const& choice : k.chunk.choices)
                deltas_answer_ = deltas_answer_ || answers(choice.delta);
        return true;
    }

    // Keeps the text of the event that was just read, which was one chunk.
    void learn()
    {
        if (!learns_)
            return;
        if (resting_ > 0) {
            --resting_;
            return;
        }
        if (data_.size() > pattern::max_text || missing_ != 0)
            return;
        for (auto const& choice : slow_.choices) // what becomes of these depends on what came before
            for (auto const* const name : {"error", "message", "usage"})
                if (choice.extra.find(name))
                    return;
        // where no text repeats, learning costs a second reading of one in ever more events
        if (++unused_ > max_patterns)
            resting_ = std::size_t{1} << std::min<std::size_t>(unused_ - max_patterns, 6);

        auto& k = room();
        k.text.forget();
        std::swap(k.chunk, slow_);
        tape_.clear();
        cursor in(data_, nullptr, options_);
        in.record = &tape_;
        in.missing = &missing_;
        if (!codec<chunk_type>::read(in, k.chunk) || in.tolerated() != in_->tolerated())
            return;
        for (auto const& n : tape_.notes)
            if (n.code != "null_member") // the others depend on values, or on what came before
                return;
        std::erase_if(tape_.places, [&](auto const& p) { return !varies(k.chunk, p.target); });
        k.text.learn(data_, tape_);
        last_ = &k;
        k.used = ++uses_;
    }

    known& room()
    {
        if (known_.size() < max_patterns)
            return *known_.emplace_back(std::make_unique<known>());
        return **std::min_element(known_.begin(), known_.end(),
                                  [](auto const& a, auto const& b) { return a->used < b->used; });
    }

    // Whether a value may differ from event to event: one that is kept where it was read into, so not in a dialect's
    // part, whose codecs are not ours.
    static bool varies(chunk_type const& c, void const* target)
    {
        auto const inside = [target](void const* from, std::size_t bytes) {
            std::less<> const before;
            return !before(target, from) && before(target, static_cast<char const*>(from) + bytes);
        };
        auto const among = [&](auto const& list) {
            return list.begin() != list.end() && inside(&*list.begin(), list.size() * sizeof(*list.begin()));
        };
        if (!std::is_empty_v<decltype(c.ext)> && inside(&c.ext, sizeof c.ext))
            return false;
        if (inside(&c, sizeof c) || among(c.extra))
            return true;
        for (auto const& choice : c.choices) {
            if (target == &choice.index) // which choices there are is told by whole events
                return false;
            if (among(choice.extra) || among(choice.delta.extra) || among(choice.delta.tool_calls))
                return true;
        }
        return among(c.choices);
    }

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
        missing_ = 0;
        in.missing = &missing_;
        if (!codec<chunk_type>::read(in, into))
            return in.error();
        if (is_error(into, missing_))
            return read_error(data_.substr(from, in.offset() - from), errc::error_event);
        if (missing_ && !in.note_missing(info_of<chunk_type>, missing_))
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
    bool learns_;
    std::optional<cursor> in_;
    std::string_view data_;
    std::size_t count_ = 0;
    std::uint64_t missing_ = 0; // of the last chunk: see cursor::missing
    bool begun_ = true;
    bool deltas_answer_ = false; // one did, of any choice

    chunk_type slow_{};
    chunk_type const* chunk_ = nullptr;
    std::vector<std::unique_ptr<known>> known_{};
    known* last_ = nullptr;
    known* matched_ = nullptr;
    tape tape_{};
    std::uint64_t uses_ = 0;
    std::size_t unused_ = 0;  // texts that were learnt since one was of use
    std::size_t resting_ = 0; // events that are not learnt, nor compared
};

} // namespace chatwire::json
#endif
