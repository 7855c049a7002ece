// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_OFFLINE_MODEL_IPP
#define CHATWIRE_IMPL_SERVER_OFFLINE_MODEL_IPP

#include <chatwire/server/offline/dialogue.hpp>
#include <chatwire/server/offline/text.hpp>
#include <chatwire/server/offline_model.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace chatwire {
namespace offline::detail {

// One choice of an answer: its chunks and what they hold.
struct spoken {
    std::vector<chunk_choice> pieces{};
    std::int64_t tokens = 0;
};

// Cuts an answer into the deltas of one choice, and ends it where a limit says so.
class speaker {
public:
    speaker(std::int64_t index, std::optional<std::int64_t> limit) : index_(index), left_(limit) {}

    void text(std::string_view s)
    {
        while (!s.empty() && take()) {
            auto const n = piece_length(s);
            next().content = std::string(s.substr(0, n));
            s.remove_prefix(n);
        }
    }

    spoken finish(finish_reason why)
    {
        if (out_.pieces.empty())
            next().content = "";
        chunk_choice last;
        last.index = index_;
        last.finish_reason = cut_ ? finish_reason::length : why;
        out_.pieces.push_back(std::move(last));
        return std::move(out_);
    }

private:
    bool take()
    {
        if (left_ && *left_ <= 0) {
            cut_ = true;
            return false;
        }
        if (left_)
            --*left_;
        ++out_.tokens;
        return true;
    }

    delta& next()
    {
        auto& c = out_.pieces.emplace_back();
        c.index = index_;
        if (out_.pieces.size() == 1)
            c.delta.role = role::assistant;
        return c.delta;
    }

    std::int64_t index_;
    std::optional<std::int64_t> left_;
    bool cut_ = false;
    spoken out_{};
};

inline std::string before_stop(std::string text, std::vector<std::string> const& stops)
{
    auto at = text.size();
    for (auto const& s : stops)
        if (!s.empty())
            at = std::min(at, text.find(s));
    text.resize(at);
    return text;
}

} // namespace offline::detail

CHATWIRE_DECL offline_model::reply offline_model::answer(request const& r) const
{
    namespace od = offline::detail;
    usage used{.prompt_tokens = 0, .completion_tokens = 0, .total_tokens = 0};
    offline::dialogue talk(options_.name);
    auto const each = std::min(options_.max_read, std::max<std::size_t>(256, (std::size_t{1} << 19) / (r.messages.size() + 1)));
    for (std::size_t i = 0; i != r.messages.size(); ++i) {
        auto const& m = r.messages[i];
        auto const all = m.text();
        used.prompt_tokens += static_cast<std::int64_t>(offline::count_pieces(all));
        auto const text = offline::clean(all, i + 1 == r.messages.size() ? options_.max_read : each);
        if (m.role == role::system || m.role == role::developer)
            talk.instruct(text);
        else if (m.role == role::user)
            talk.hear(text);
        else if (m.role == role::assistant)
            talk.recall(text);
    }
    std::optional<std::int64_t> limit;
    for (auto const& n : {r.max_tokens, r.max_completion_tokens})
        if (n && *n >= 0)
            limit = std::min(limit.value_or(*n), *n);
    auto const stops = r.stop ? r.stop->list() : std::vector<std::string>();

    std::vector<od::spoken> choices;
    auto const n = std::clamp<std::int64_t>(r.n.value_or(1), 1, static_cast<std::int64_t>(std::max<std::size_t>(1, options_.max_choices)));
    for (std::int64_t i = 0; i != n; ++i) {
        od::speaker s(i, limit);
        s.text(od::before_stop(talk.answer(static_cast<std::size_t>(i)), stops));
        choices.push_back(s.finish(finish_reason::stop));
        used.completion_tokens += choices.back().tokens;
    }
    used.total_tokens = used.prompt_tokens + used.completion_tokens;

    reply out;
    for (std::size_t step = 0, more = 1; more; ++step) {
        more = 0;
        for (auto& c : choices)
            if (step < c.pieces.size()) {
                more = 1;
                out.chunks.emplace_back().choices.push_back(std::move(c.pieces[step]));
            }
    }
    out.chunks.emplace_back().usage = std::move(used);
    return out;
}

} // namespace chatwire
#endif
