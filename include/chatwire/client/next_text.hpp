// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_NEXT_TEXT_HPP
#define CHATWIRE_CLIENT_NEXT_TEXT_HPP

#include <chatwire/client/next_chunk.hpp>
#include <chatwire/io/operation.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace chatwire {

/// The operation that receives chunks of a stream until one adds to the text of the first choice.
///
/// The result is that text, which is not empty; otherwise as @ref next_chunk has it.
template <class Dialect = openai>
class next_text {
public:
    next_text(client_core<Dialect>& core, std::shared_ptr<stream_state<Dialect>> s)
        : core_(&core), stream_(std::move(s)), next_(std::in_place, core, stream_)
    {
    }

    io::action resume(io::outcome const& o)
    {
        for (auto next = next_->resume(o);; next = next_->resume({})) {
            if (next.what != io::action::kind::done)
                return next;
            auto r = next_->take();
            if (!r) {
                result_ = std::move(r).error();
                return next;
            }
            std::optional<std::string> text;
            if (*r)
                text = (*r)->text();
            if (!text || !text->empty()) {
                result_ = std::move(text);
                return next;
            }
            next_.emplace(*core_, stream_);
        }
    }

    result<std::optional<std::string>> take() { return std::move(result_); }

private:
    client_core<Dialect>* core_;
    std::shared_ptr<stream_state<Dialect>> stream_;
    std::optional<next_chunk<Dialect>> next_;
    result<std::optional<std::string>> result_ = std::optional<std::string>();
};

} // namespace chatwire
#endif
