// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_DETAIL_LINE_OUTBOX_HPP
#define CHATWIRE_MCP_DETAIL_LINE_OUTBOX_HPP

#include <chatwire/chat/raw_json.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatwire::mcp::detail {

// What the tools that are at work say to the one who sends it; and how they are reached. From any thread.
class line_outbox {
public:
    line_outbox(std::size_t max_unsent, std::function<void()> wake) : max_unsent_(max_unsent), wake_(std::move(wake)) {}

    // the tools' side

    void report(std::string_view text)
    {
        {
            std::lock_guard lock(mutex_);
            if (unsent_.size() > max_unsent_)
                return;
            append(text);
        }
        wake();
    }
    // Only the first call counts. An empty answer is none.
    void finish(std::size_t number, std::string_view answer)
    {
        {
            std::lock_guard lock(mutex_);
            if (working_.erase(number) == 0)
                return;
            if (!answer.empty())
                append(answer);
        }
        wake();
    }

    // the sender's side

    void say(std::string_view text)
    {
        std::lock_guard lock(mutex_);
        append(text);
    }
    std::size_t begin(std::optional<raw_json> id, std::function<void()> cancel)
    {
        std::lock_guard lock(mutex_);
        working_.emplace(++last_, worker{std::move(id), std::move(cancel)});
        return last_;
    }
    std::size_t working() const
    {
        std::lock_guard lock(mutex_);
        return working_.size();
    }
    std::string take()
    {
        std::lock_guard lock(mutex_);
        return std::exchange(unsent_, {});
    }
    void cancel(raw_json const& id)
    {
        call_all([&](worker const& w) { return w.id == id; });
    }
    void cancel_all()
    {
        call_all([](worker const&) { return true; });
    }

private:
    struct worker {
        std::optional<raw_json> id; // none: a batch
        std::function<void()> cancel;
    };

    void append(std::string_view text)
    {
        unsent_ += text; // JSON as the library writes it has no line ends
        unsent_ += '\n';
    }
    void wake() const
    {
        if (wake_)
            wake_();
    }
    template <class F>
    void call_all(F wanted)
    {
        std::vector<std::function<void()>> found;
        {
            std::lock_guard lock(mutex_);
            for (auto const& [number, w] : working_)
                if (wanted(w))
                    found.push_back(w.cancel);
        }
        for (auto const& f : found)
            f();
    }

    std::size_t max_unsent_;
    std::function<void()> wake_;
    mutable std::mutex mutex_;
    std::string unsent_;
    std::map<std::size_t, worker> working_;
    std::size_t last_ = 0;
};

} // namespace chatwire::mcp::detail
#endif
