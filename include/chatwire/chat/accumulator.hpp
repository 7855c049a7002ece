// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHAT_ACCUMULATOR_HPP
#define CHATWIRE_CHAT_ACCUMULATOR_HPP

#include <chatwire/chat/choice_accumulator.hpp>
#include <chatwire/chat/chunk.hpp>
#include <chatwire/chat/completion.hpp>
#include <chatwire/chat/detail/spend.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <utility>
#include <vector>

namespace chatwire {

/// Puts a completion together from the chunks of a stream.
///
/// Several choices and tool calls in any order; content joined byte by byte; of usage and finish_reason the last that
/// is there counts, of id, created, model and fingerprint the first; unknown members are kept. Usage is never summed.
///
/// A dialect's additions: where its chunk and its completion have the same type, the last that is not empty counts;
/// else `fold_extension(Dialect::completion&, Dialect::chunk const&)` is found by argument-dependent look-up.
///
/// @par Thread safety
/// None.
template <class Dialect = openai>
class accumulator {
public:
    using chunk_type = basic_chunk<Dialect>;
    using completion_type = basic_completion<Dialect>;

    /// @param log gets the tolerated deviations; may be null, else must outlive this object
    explicit accumulator(accumulator_limits const& limits = {}, diagnostics* log = nullptr)
        : limits_(limits), log_(log), room_(limits.max_content)
    {
    }

    /// Adds a chunk.
    /// @param offset of the chunk in the stream: for diagnostics
    /// @return errc::choice_limit, tool_call_limit or content_limit; what was added before stays
    error_code add(chunk_type const& c, std::uint64_t offset = 0)
    {
        keep_first(whole_.id, c.id);
        keep_first(whole_.model, c.model);
        if (whole_.created == 0)
            whole_.created = c.created;
        if (!whole_.system_fingerprint && c.system_fingerprint && !c.system_fingerprint->empty())
            whole_.system_fingerprint = c.system_fingerprint;
        if (c.service_tier)
            whole_.service_tier = c.service_tier;
        if (c.moderation)
            whole_.moderation = c.moderation;
        if (c.usage && (!whole_.usage || *c.usage != chatwire::usage{}))
            whole_.usage = c.usage;
        fold(c.ext);
        for (auto const& m : c.extra)
            // an error that is none is nothing a completion has
            if (m.name != "error" && !detail::keep(whole_.extra, m, limits_, room_))
                return errc::content_limit;
        for (auto const& piece : c.choices) {
            auto* const to = find(piece.index);
            if (!to)
                return errc::choice_limit;
            if (auto const ec = to->add(piece, limits_, room_, log_, offset))
                return ec;
        }
        return {};
    }

    /// Whether there is a choice, and every choice has its finish_reason.
    bool complete() const noexcept
    {
        return !choices_.empty() &&
               std::all_of(choices_.begin(), choices_.end(), [](auto const& c) { return c.finished(); });
    }

    /// Whether nothing was added that would make a choice.
    bool empty() const noexcept { return choices_.empty(); }

    /// The completion as it is so far. Choices stand in the order of their indices.
    completion_type snapshot() const
    {
        auto c = whole_;
        for (auto const& choice : choices_)
            c.choices.push_back(choice.get());
        std::stable_sort(c.choices.begin(), c.choices.end(),
                         [](choice const& a, choice const& b) { return a.index < b.index; });
        return c;
    }

    /// The completion as it is so far; begins anew.
    completion_type take()
    {
        auto c = snapshot();
        whole_ = {};
        choices_.clear();
        room_ = limits_.max_content;
        return c;
    }

private:
    static void keep_first(std::string& to, std::string const& from)
    {
        if (to.empty())
            to = from;
    }

    void fold(typename Dialect::chunk const& from)
    {
        if constexpr (std::same_as<typename Dialect::chunk, typename Dialect::completion>) {
            if (!(from == typename Dialect::chunk{}))
                whole_.ext = from;
        } else {
            fold_extension(whole_.ext, from);
        }
    }

    choice_accumulator* find(std::int64_t index)
    {
        for (auto& c : choices_)
            if (c.index() == index)
                return &c;
        if (choices_.size() >= limits_.max_choices)
            return nullptr;
        return &choices_.emplace_back(index);
    }

    accumulator_limits limits_;
    diagnostics* log_;
    std::size_t room_;
    completion_type whole_{};
    std::vector<choice_accumulator> choices_{};
};

} // namespace chatwire
#endif
