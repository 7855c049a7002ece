// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_JSON_CHUNK_WRITER_HPP
#define CHATWIRE_JSON_CHUNK_WRITER_HPP

#include <chatwire/json/append.hpp>
#include <chatwire/json/appender.hpp>
#include <chatwire/json/chunk.hpp>
#include <chatwire/json/scan.hpp>
#include <chatwire/json/writer.hpp>

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace chatwire::json {

/// Writes the chunks of a stream, of which one is nearly like the other.
///
/// It appends what @ref write appends, byte for byte. But it keeps chunks it has written, with their text, and writes
/// one that differs from these only in a text of its only choice (content, refusal, reasoning, or the arguments of its
/// only tool call) and in its obfuscation by putting those into that text. So a steady stream costs a comparison and a
/// copy for each chunk, and allocates nothing but what `out` needs. Any chunk may be written at any time; where hardly
/// one is like another, the writer ceases to look for a while.
///
/// It keeps at most @ref max_kept chunks whose texts, without what varies, have at most @ref max_text bytes each.
///
/// @par Thread safety
/// None.
/// @par Example
/// @code
/// json::chunk_writer<> writer(&sse::write_data);
/// for (auto const& c : chunks)
///     writer.write(out, c);
/// @endcode
template <class Dialect = openai, class Block = detail::text_block>
class chunk_writer {
public:
    using chunk_type = basic_chunk<Dialect>;
    /// Appends a chunk's JSON with whatever stands around it, such as `sse::write_data`.
    using frame_type = void(std::string& out, std::string_view json);

    static constexpr std::size_t max_kept = 8;
    static constexpr std::size_t max_text = 4096;

    /// @param frame null: nothing stands around the JSON
    explicit chunk_writer(frame_type* frame = nullptr) noexcept : frame_(frame) {}

    /// Appends a chunk.
    void write(std::string& out, chunk_type const& c)
    {
        appender to(out);
        write(to, c);
    }
    /// The same; in less time where many are appended to one text.
    void write(appender& out, chunk_type const& c)
    {
        shell_ = 0;
        write_next(out, c);
    }

    /// Does what @ref write does, in less time, with a chunk whose members, but for the choices and the obfuscation,
    /// are what they were in the chunk before.
    void write_next(std::string& out, chunk_type const& c)
    {
        appender to(out);
        write_next(to, c);
    }
    /// The same.
    void write_next(appender& out, chunk_type const& c)
    {
        repeats_ = false;
        if (waiting_ != 0)
            --waiting_;
        else if (c.choices.size() == 1)
            if (auto const* const text = find(c)) {
                shell_ = like_->shell;
                repeats_ = like_->alone;
                return like_->write(out, *text, padding_of(c));
            }
        render(out, c);
    }

    /// Does what @ref write does, in the least time, with a chunk that differs from the one before only in the value of
    /// a text (content, refusal, reasoning, or arguments) and of the obfuscation: the next token of an answer.
    void write_text(std::string& out, chunk_type const& c)
    {
        appender to(out);
        write_text(to, c);
    }
    /// The same.
    void write_text(appender& out, chunk_type const& c)
    {
        if (!repeats_)
            return write_next(out, c);
        assert(c.choices.size() == 1 && like_->text_in(c, shell_, scratch_));
        like_->write(out, *text_of(c.choices.front().delta, like_->varies), padding_of(c));
    }

private:
    // The text of a choice that is another in each chunk.
    enum class place : unsigned char { none, content, refusal, reasoning_content, reasoning, arguments };

    static constexpr bool extended = !std::is_empty_v<typename Dialect::chunk>;
    // Room for what varies if it is short, and for what the last block has too much.
    static constexpr std::size_t slack = 4 * Block::size;
    // What looking may cost, counted in finds: keeping a chunk, the most there can be to spend, and for how many chunks
    // it is not done once all is spent.
    static constexpr unsigned cost = 4, credit = 32, first_wait = 16, last_wait = 512;

    // A chunk that was written, but for its text and its obfuscation.
    struct shape {
        chunk_type kept{};
        unsigned shell = 0; // the same in chunks that differ in their choices and the obfuscation only; never 0
        place varies = place::none;
        bool alone = false;        // there is no other text
        unsigned char seldom = 0;  // see seldom_in()
        unsigned char kindred = 0; // see kindred_in()
        unsigned char rest = 0;    // of the shell: whether it has more than same_shell() looks at, see same_rest()
        chatwire::service_tier tier{};
        std::string extension{}; // its JSON, where the dialect has one
        std::string text{};      // of `kept`, and zeros after it
        std::size_t size = 0;    // of that, without the zeros
        std::size_t first = 0;   // where in it the text belongs that varies
        std::size_t last = 0;    // where the obfuscation does

        // The text that varies, in a chunk that is like this one in all else; or null.
        [[gnu::always_inline]] std::string const* text_in(chunk_type const& c, unsigned known_shell,
                                                          std::string& scratch) const
        {
            auto const& choice = c.choices.front();
            auto const& like = kept.choices.front();
            unsigned char other = seldom_in(choice) ^ seldom;
            other |= kindred_in(choice.delta) ^ kindred;
            other |= choice.delta.content.has_value() ^ like.delta.content.has_value();
            other |= choice.logprobs.is_null() ^ like.logprobs.is_null();
            other |= c.obfuscation.has_value() ^ kept.obfuscation.has_value();
            if (other != 0 || choice.index != like.index)
                return nullptr;
            if (known_shell != 0 ? known_shell != shell : !same_shell(c, scratch))
                return nullptr;
            if ((seldom | kindred) != 0 && !same_choice(choice, like))
                return nullptr;
            return text_of(choice.delta, varies);
        }

        bool same_shell(chunk_type const& c, std::string& scratch) const
        {
            unsigned char other = rest_in(c) ^ rest;
            other |= c.usage.is_null() ^ kept.usage.is_null();
            other |= c.service_tier.has_value() ^ kept.service_tier.has_value();
            other |= c.system_fingerprint.has_value() ^ kept.system_fingerprint.has_value();
            return other == 0 && c.created == kept.created && (!c.service_tier || *c.service_tier == tier) &&
                   c.id == kept.id && c.object == kept.object && c.model == kept.model &&
                   (!c.system_fingerprint || *c.system_fingerprint == *kept.system_fingerprint) &&
                   (rest == 0 || same_rest(c)) && same_extension(c, scratch);
        }

        // By their text: those that compare equal may have different ones.
        bool same_extension(chunk_type const& c, std::string& scratch) const
        {
            if constexpr (extended) {
                scratch.clear();
                json::write(scratch, c.ext);
                return scratch == extension;
            }
            return true;
        }

        // What few chunks have beside their choices.
        [[gnu::noinline]] bool same_rest(chunk_type const& c) const
        {
            return c.usage == kept.usage && c.service_tier == kept.service_tier && c.moderation == kept.moderation &&
                   c.extra == kept.extra;
        }

        // All of a choice, but for what varies.
        [[gnu::noinline]] bool same_choice(chunk_choice const& choice, chunk_choice const& like) const
        {
            auto const& d = choice.delta;
            auto const& e = like.delta;
            auto const same = [&](place p, auto const& x, auto const& y) {
                return p == varies ? x.has_value() : x == y;
            };
            return same(place::content, d.content, e.content) && same(place::refusal, d.refusal, e.refusal) &&
                   same(place::reasoning_content, d.reasoning_content, e.reasoning_content) &&
                   same(place::reasoning, d.reasoning, e.reasoning) &&
                   (varies == place::arguments ? same_call(d.tool_calls, e.tool_calls)
                                               : d.tool_calls == e.tool_calls) &&
                   (seldom == 0 ||
                    (d.role == e.role && choice.finish_reason == like.finish_reason &&
                     choice.logprobs == like.logprobs && choice.extra == like.extra && d.extra == e.extra &&
                     d.function_call == e.function_call && d.audio == e.audio && d.annotations == e.annotations));
        }

        static bool same_call(std::vector<tool_call_delta> const& calls, std::vector<tool_call_delta> const& like)
        {
            if (calls.size() != 1)
                return false;
            auto const& a = calls.front();
            auto const& b = like.front();
            return a.index == b.index && a.id == b.id && a.type == b.type && a.function.has_value() &&
                   a.function->arguments.has_value() && a.function->name == b.function->name &&
                   a.function->extra == b.function->extra && a.custom == b.custom && a.extra == b.extra;
        }

        [[gnu::always_inline]] void write(appender& out, std::string const& varying, std::string const& padding) const
        {
            auto* to = out.room(size + slack);
            to = detail::copy_blocks<Block>(to, text.data(), first);
            if (!detail::copy_short<Block>(to, varying))
                return write_long(out, varying, padding);
            to = detail::copy_blocks<Block>(to, text.data() + first, last - first);
            if (!detail::copy_short<Block>(to, padding))
                return write_long(out, varying, padding);
            out.taken(detail::copy_blocks<Block>(to, text.data() + last, size - last));
        }

        [[gnu::noinline]] void write_long(appender& out, std::string const& varying, std::string const& padding) const
        {
            auto const whole = std::string_view(text).substr(0, size);
            std::size_t done = 0;
            auto const put = [&](std::size_t at, std::string const& s) {
                out.put(whole.substr(done, at - 1 - done)); // up to the quote
                append_string(out, s);
                done = at + 1;
            };
            if (varies != place::none)
                put(first, varying);
            if (kept.obfuscation)
                put(last, padding);
            out.put(whole.substr(done));
        }
    };

    inline static std::string const no_text{};

    static std::string const& padding_of(chunk_type const& c) noexcept
    {
        return c.obfuscation ? *c.obfuscation : no_text;
    }

    // Null where the delta has no such text.
    [[gnu::always_inline]] static std::string const* text_of(delta const& d, place p) noexcept
    {
        switch (p) {
        case place::content: return d.content ? d.content->string() : nullptr;
        case place::refusal: return d.refusal ? &*d.refusal : nullptr;
        case place::reasoning_content: return d.reasoning_content ? &*d.reasoning_content : nullptr;
        case place::reasoning: return d.reasoning ? &*d.reasoning : nullptr;
        case place::arguments:
            if (d.tool_calls.size() == 1)
                if (auto const& f = d.tool_calls.front().function; f && f->arguments)
                    return &*f->arguments;
            return nullptr;
        default: return &no_text;
        }
    }

    static constexpr place texts[] = {place::content, place::refusal, place::reasoning_content, place::reasoning,
                                      place::arguments};

    static place varying(delta const& d) noexcept
    {
        auto found = place::none;
        for (auto const p : texts)
            if (auto const* const text = text_of(d, p); text && (found == place::none || !text->empty()))
                found = p;
        return found;
    }

    // 1 where there is something that few choices have.
    static unsigned char seldom_in(chunk_choice const& choice) noexcept
    {
        auto const& d = choice.delta;
        unsigned char any = d.role.has_value();
        any |= choice.finish_reason.has_value();
        any |= d.function_call.has_value();
        any |= d.audio.has_value();
        any |= d.annotations.has_value();
        any |= choice.logprobs.has_value();
        any |= !choice.extra.empty();
        any |= !d.extra.empty();
        return any;
    }

    // 1 where there is something beside the choices that few chunks have.
    static unsigned char rest_in(chunk_type const& c) noexcept
    {
        unsigned char any = c.usage.has_value();
        any |= c.service_tier.is_null();
        any |= c.moderation.has_value();
        any |= c.moderation.is_null();
        any |= !c.extra.empty();
        return any;
    }

    // 1 where there is something like content, beside it or in its place.
    static unsigned char kindred_in(delta const& d) noexcept
    {
        unsigned char any = d.content.is_null();
        any |= d.refusal.has_value();
        any |= d.refusal.is_null();
        any |= d.reasoning_content.has_value();
        any |= d.reasoning_content.is_null();
        any |= d.reasoning.has_value();
        any |= d.reasoning.is_null();
        any |= !d.tool_calls.empty();
        return any;
    }

    // Whether chunks like this can be told apart by comparing their members. Those that compare equal must have the
    // same text, which numbers such as 0.0 and -0.0 have not: these are only in what is left out here.
    static bool comparable(chunk_type const& c) noexcept
    {
        auto const& choice = c.choices.front();
        auto const& d = choice.delta;
        return !choice.logprobs && !c.moderation && (!d.content || d.content->is_string()) &&
               (!c.service_tier || c.service_tier->known());
    }

    // The text that varies, if there is a chunk that this one is like, or can be one: that is `like_` then.
    [[gnu::always_inline]] std::string const* find(chunk_type const& c)
    {
        if (like_)
            if (auto const* const text = like_->text_in(c, shell_, scratch_)) {
                left_ += left_ < credit;
                return text;
            }
        return look_further(c);
    }

    [[gnu::noinline]] std::string const* look_further(chunk_type const& c)
    {
        for (auto& other : others_)
            if (auto const* const text = other->text_in(c, shell_, scratch_)) {
                std::swap(like_, other);
                left_ += left_ < credit;
                return text;
            }
        if (left_ < cost) { // that was too much in vain
            left_ = cost;
            waiting_ = wait_;
            wait_ = std::min(2 * wait_, last_wait);
            return nullptr;
        }
        if (left_ == credit)
            wait_ = first_wait;
        left_ -= cost;
        return keep(c) ? text_of(c.choices.front().delta, like_->varies) : nullptr;
    }

    bool keep(chunk_type const& c)
    {
        if (!comparable(c))
            return false;
        auto s = std::make_unique<shape>();
        if (!learn(*s, c))
            return false;
        if (like_ && others_.size() + 1 < max_kept) {
            others_.push_back(std::move(s));
            std::swap(like_, others_.back());
        } else if (like_) {
            others_[oldest_] = std::exchange(like_, std::move(s));
            oldest_ = (oldest_ + 1) % others_.size();
        } else {
            like_ = std::move(s);
        }
        return true;
    }

    // Writes the chunk with its texts empty, and once more with other ones: where the two differ is where they belong.
    bool learn(shape& s, chunk_type const& c)
    {
        s.kept = c;
        auto& choice = s.kept.choices.front();
        s.varies = varying(choice.delta);
        s.alone = std::count_if(std::begin(texts), std::end(texts),
                                [&](place p) { return text_of(choice.delta, p) != nullptr; }) == 1 &&
                  choice.delta.tool_calls.size() <= 1;
        auto* const text =
            s.varies == place::none ? nullptr : const_cast<std::string*>(text_of(choice.delta, s.varies));
        auto* const padding = s.kept.obfuscation ? &*s.kept.obfuscation : nullptr;
        auto const fill = [&](char const* a, char const* b) {
            if (text)
                *text = std::string(a); // and gives its memory back
            if (padding)
                *padding = std::string(b);
        };
        std::string other;
        fill("a", "b");
        render(other, s.kept);
        fill("", "");
        render(s.text, s.kept);

        s.size = s.text.size();
        auto const filled = static_cast<std::size_t>(text != nullptr) + static_cast<std::size_t>(padding != nullptr);
        if (s.size > max_text || other.size() != s.size + filled)
            return false;
        auto const front = std::mismatch(s.text.begin(), s.text.end(), other.begin()).first;
        auto const back = std::mismatch(s.text.rbegin(), s.text.rend(), other.rbegin()).first;
        s.first = static_cast<std::size_t>(front - s.text.begin());
        s.last = filled != 0 ? static_cast<std::size_t>(s.text.rend() - back) : s.size;
        auto expected = s.text;
        if (padding)
            expected.insert(s.last, "b");
        if (text)
            expected.insert(s.first, "a");
        if (expected != other) // the frame does more than to stand around
            return false;
        s.text.append(2 * Block::size, '\0');

        s.shell = shell_ != 0 ? shell_ : ++shells_;
        s.seldom = seldom_in(choice);
        s.kindred = kindred_in(choice.delta);
        s.rest = rest_in(s.kept);
        if constexpr (extended)
            json::write(s.extension, s.kept.ext);
        s.tier = s.kept.service_tier ? s.kept.service_tier->value_or({}) : chatwire::service_tier{};
        return true;
    }

    [[gnu::noinline]] void render(appender& out, chunk_type const& c)
    {
        render(out.settle(), c);
        out.attach();
    }

    void render(std::string& out, chunk_type const& c)
    {
        if (!frame_)
            return json::write(out, c);
        json_.clear();
        json::write(json_, c);
        frame_(out, json_);
    }

    frame_type* frame_;
    std::unique_ptr<shape> like_{}; // the chunk before was like that
    std::vector<std::unique_ptr<shape>> others_{};
    std::size_t oldest_ = 0; // of the others: to be replaced next
    unsigned left_ = credit;
    unsigned waiting_ = 0; // for how many chunks yet
    unsigned wait_ = first_wait;
    unsigned shell_ = 0;   // of the chunk before; 0: it is not known
    unsigned shells_ = 0;  // how many there have been
    bool repeats_ = false; // the chunk before was written as like_ says, and has one text alone
    std::string json_{};
    std::string scratch_{};
};

} // namespace chatwire::json
#endif
