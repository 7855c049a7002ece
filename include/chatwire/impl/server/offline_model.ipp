// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_OFFLINE_MODEL_IPP
#define CHATWIRE_IMPL_SERVER_OFFLINE_MODEL_IPP

#include <chatwire/impl/server/offline/dialogue.ipp>
#include <chatwire/impl/server/offline/text.ipp>
#include <chatwire/server/offline/dialogue.hpp>
#include <chatwire/server/offline/schema.hpp>
#include <chatwire/server/offline/text.hpp>
#include <chatwire/server/offline/tools.hpp>
#include <chatwire/server/offline_model.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

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

    void call(std::int64_t nth, std::string id, function_call const& f)
    {
        if (!take())
            return;
        auto& d = next();
        function_call_delta what;
        what.name = f.name;
        what.arguments = "";
        tool_call_delta c;
        c.index = nth;
        c.id = std::move(id);
        c.type = tool_type::function;
        c.function = std::move(what);
        d.tool_calls.push_back(std::move(c));
        for (std::string_view s = f.arguments; !s.empty() && take();) {
            auto const n = character_border(s, 8); // JSON has few blanks to cut at
            tool_call_delta more;
            more.index = nth;
            more.function.emplace().arguments = std::string(s.substr(0, n));
            next().tool_calls.push_back(std::move(more));
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

// An id that the same call at the same place always gets, and no other call of the conversation.
inline std::string call_id(std::size_t messages, std::int64_t choice, std::size_t nth, function_call const& f)
{
    std::uint64_t h = 14695981039346656037u; // FNV-1a
    auto const add = [&](std::string_view s) {
        for (char c : s)
            h = (h ^ static_cast<unsigned char>(c)) * 1099511628211u;
    };
    add(std::to_string(messages) + '/' + std::to_string(choice) + '/' + std::to_string(nth) + '/' + f.name);
    add(f.arguments);
    std::string id = "call_";
    for (int i = 0; i != 12; ++i, h /= 36)
        id += "0123456789abcdefghijklmnopqrstuvwxyz"[h % 36];
    return id;
}

// How a request wants the answer to look: as JSON, or as it is.
inline std::string formed(std::string answer, request const& r, std::string_view said, facts const& known)
{
    auto const form = r.response_format ? r.response_format->type : open_enum<response_format_type>();
    schema_hints const hints{.said = said, .answer = answer, .known = &known};
    if (form == response_format_type::json_object)
        return fill_schema(raw_json::trusted("{}"), hints);
    if (form == response_format_type::json_schema)
        return fill_schema(r.response_format->json_schema && r.response_format->json_schema->schema
                               ? *r.response_format->json_schema->schema
                               : raw_json::trusted("{}"),
                           hints);
    return answer;
}

// What parts of a message that are no text are said to be.
inline std::string other_parts(message const& m)
{
    std::size_t images = 0, others = 0;
    if (auto const* parts = m.content ? m.content->parts() : nullptr)
        for (auto const& p : *parts) {
            images += std::holds_alternative<image_part>(p);
            others += std::holds_alternative<raw_json>(p);
        }
    std::string s;
    if (images == 1)
        s = "I see that there is an image, but I cannot look at it.";
    else if (images > 1)
        s = "I see that there are " + std::to_string(images) + " images, but I cannot look at them.";
    if (others > 0)
        append_sentence(s, "There is something attached that I cannot read.");
    return s;
}

// The text of a message, its parts a line each.
inline std::string lines_of(message const& m)
{
    auto const* parts = m.content ? m.content->parts() : nullptr;
    if (!parts)
        return m.text();
    std::string s;
    for (auto const& p : *parts)
        if (auto const* t = std::get_if<text_part>(&p)) {
            s += s.empty() ? "" : "\n";
            s += t->text;
        }
    return s;
}

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
    std::string said, attached; // by the user, last
    // of a long conversation less of each message is read, so that all of it is read in part
    auto const share = std::max<std::size_t>(256, (std::size_t{1} << 19) / (r.messages.size() + 1));
    auto const from = r.messages.size() - std::min<std::size_t>(r.messages.size(), 4096);
    auto const last_user = static_cast<std::size_t>(
        r.messages.rend() -
        std::find_if(r.messages.rbegin(), r.messages.rend(), [](message const& m) { return m.role == role::user; }));
    for (std::size_t i = 0; i != r.messages.size(); ++i) {
        auto const& m = r.messages[i];
        auto const all = od::lines_of(m);
        used.prompt_tokens += static_cast<std::int64_t>(offline::count_pieces(all));
        auto const text =
            offline::clean(all, i + 1 == last_user ? options_.max_read : std::min(share, options_.max_read));
        if (m.role == role::system || m.role == role::developer) {
            talk.instruct(text);
        } else if (i < from) {
            continue;
        } else if (m.role == role::user) {
            talk.hear(text);
            said = text;
            attached = od::other_parts(m);
        } else if (m.role == role::assistant && !text.empty()) {
            talk.recall(text);
        }
    }
    std::optional<std::int64_t> limit;
    for (auto const& n : {r.max_tokens, r.max_completion_tokens})
        if (n && *n >= 0)
            limit = std::min(limit.value_or(*n), *n);
    auto const stops = r.stop ? r.stop->list() : std::vector<std::string>();
    auto const calls = offline::choose_calls(r, said, talk.known());
    auto const results = offline::tell_results(r, options_.max_read / 2);

    // there are no more than these ways to say something
    std::vector<std::string> ways(12);
    auto const variant = [&](std::size_t i) -> std::string const& {
        auto& way = ways[i % ways.size()];
        if (way.empty())
            way = talk.answer(i % ways.size());
        return way;
    };

    std::vector<od::spoken> choices;
    auto const most = static_cast<std::int64_t>(std::clamp<std::size_t>(options_.max_choices, 1, 1024));
    auto const n = std::clamp<std::int64_t>(r.n.value_or(1), 1, most);
    for (std::int64_t i = 0; i != n; ++i) {
        od::speaker s(i, limit);
        if (!calls.empty()) {
            for (std::size_t k = 0; k != calls.size(); ++k)
                s.call(static_cast<std::int64_t>(k), od::call_id(r.messages.size(), i, k, calls[k]), calls[k]);
            choices.push_back(s.finish(finish_reason::tool_calls));
        } else {
            auto text = attached;
            if (!results.empty())
                text = results;
            else if (attached.empty() || said.find_first_not_of(" \n") != std::string::npos)
                od::append_sentence(text, variant(static_cast<std::size_t>(i)));
            s.text(od::before_stop(od::formed(std::move(text), r, said, talk.known()), stops));
            choices.push_back(s.finish(finish_reason::stop));
        }
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
