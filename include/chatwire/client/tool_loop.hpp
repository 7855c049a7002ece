// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_TOOL_LOOP_HPP
#define CHATWIRE_CLIENT_TOOL_LOOP_HPP

#include <chatwire/chat/request.hpp>
#include <chatwire/client/tool_run.hpp>
#include <chatwire/client/toolbox.hpp>
#include <chatwire/io/operation.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace chatwire {

/// The operation that asks a model, carries out what it calls, tells it what came of that, and asks again, until it
/// calls nothing more.
///
/// Tools run on the driver's worker pool, one after another. One that is at work when the operation is cancelled goes
/// on there, and nobody hears of it.
///
/// Of several choices only the first counts. A `tool_choice` that makes the model call something does so once: the
/// model could never come to an end.
///
/// @tparam Ask makes the operation that has one request answered: it gives a `result` of a completion
template <class Dialect, std::invocable<basic_request<Dialect> const&> Ask>
class tool_loop {
public:
    using request_type = basic_request<Dialect>;
    using completion_type = basic_completion<Dialect>;
    using asking = std::invoke_result_t<Ask&, request_type const&>;
    static_assert(std::same_as<typename request_type::message_type, message>,
                  "the messages of this dialect's requests are not what its models say");
    static_assert(std::same_as<io::operation_result<asking>, result<completion_type>>);

    tool_loop(request_type r, toolbox tools, tool_run_options options, Ask ask)
        : request_(std::move(r)), tools_(std::make_shared<toolbox const>(std::move(tools))),
          options_(std::move(options)), ask_(std::move(ask))
    {
        for (auto& t : tools_->definitions())
            if (!has_tool(t))
                request_.tools.push_back(std::move(t));
    }

    io::action resume(io::outcome const& o)
    {
        switch (step_) {
        case step::starting: return ask();
        case step::asking: return advance(o);
        case step::working: break;
        }
        if (!o.ok())
            return finish(o.to_failure(errc::total_timeout));
        add(std::move(work_->answer));
        return next_call();
    }

    /// The end of it; fails with errc::round_limit, or with what asking fails with.
    result<basic_tool_run<Dialect>> take() { return std::move(*result_); }

private:
    enum class step : unsigned char { starting, asking, working };

    // With the thread that carries it out, which may be left behind.
    struct work {
        std::shared_ptr<toolbox const> tools;
        tool_call call;
        message answer{};
    };

    io::action ask()
    {
        step_ = step::asking;
        ++rounds_;
        asking_.emplace(ask_(request_));
        return advance({});
    }

    io::action advance(io::outcome const& o)
    {
        auto next = asking_->resume(o);
        if (next.what != io::action::kind::done)
            return next;
        auto answer = asking_->take();
        if (!answer)
            return finish(std::move(answer).error());
        completion_ = *std::move(answer);
        if (!completion_.choices.empty())
            add(completion_.choices.front().message);
        if (completion_.choices.empty() || completion_.choices.front().message.tool_calls.empty())
            return finish(basic_tool_run<Dialect>{std::move(completion_), std::move(request_.messages), rounds_});
        if (rounds_ == options_.max_rounds)
            return finish(
                failure(errc::round_limit, "asked " + std::to_string(rounds_) + " times, the model still calls " +
                                               completion_.choices.front().message.tool_calls.front().function.name));
        next_ = 0;
        return next_call();
    }

    io::action next_call()
    {
        auto const& calls = completion_.choices.front().message.tool_calls;
        if (next_ == calls.size()) {
            if (forces_a_call())
                request_.tool_choice.reset();
            return ask();
        }
        step_ = step::working;
        work_ = std::make_shared<work>(work{tools_, calls[next_++]});
        return io::action::run_elsewhere([w = work_] { w->answer = w->tools->answer(w->call); });
    }

    io::action finish(result<basic_tool_run<Dialect>> r)
    {
        result_ = std::move(r);
        return io::action::finish();
    }

    void add(message m)
    {
        request_.messages.push_back(std::move(m));
        if (options_.on_message)
            options_.on_message(request_.messages.back());
    }

    bool has_tool(tool const& t) const
    {
        return std::any_of(request_.tools.begin(), request_.tools.end(), [&](tool const& there) {
            return there.function.name == t.function.name && there.custom.name == t.custom.name;
        });
    }

    bool forces_a_call() const
    {
        if (!request_.tool_choice)
            return false;
        auto const& choice = request_.tool_choice->value;
        if (auto const* mode = std::get_if<open_enum<tool_choice_mode>>(&choice))
            return *mode == tool_choice_mode::required;
        if (auto const* allowed = std::get_if<allowed_tools>(&choice))
            return allowed->mode == tool_choice_mode::required;
        return std::holds_alternative<named_tool>(choice);
    }

    request_type request_;
    std::shared_ptr<toolbox const> tools_;
    tool_run_options options_;
    Ask ask_;
    step step_ = step::starting;
    unsigned rounds_ = 0;
    std::optional<asking> asking_{};
    completion_type completion_{};
    std::size_t next_ = 0; // of the calls of that completion
    std::shared_ptr<work> work_{};
    std::optional<result<basic_tool_run<Dialect>>> result_{};
};

} // namespace chatwire
#endif
