// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CLIENT_EXCHANGE_HPP
#define CHATWIRE_CLIENT_EXCHANGE_HPP

#include <chatwire/chat/accumulator.hpp>
#include <chatwire/client/answer_reader.hpp>
#include <chatwire/client/call.hpp>
#include <chatwire/client/event.hpp>
#include <chatwire/client/options.hpp>
#include <chatwire/client/scrub.hpp>
#include <chatwire/client/stream_decoder.hpp>
#include <chatwire/diagnostic.hpp>
#include <chatwire/http/head.hpp>
#include <chatwire/json/completion_reader.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatwire {

/// One answer, without framing and without IO: pieces of HTTP in, events out. A program with an HTTP client of its own
/// feeds this; @ref client_connection does it for bytes.
///
/// `head`, any number of `body`, then `end`, or `fail` at any point; after each of these take events out until there
/// are none.
///
/// @par Object lifetimes
/// The options must outlive it.
/// @par Thread safety
/// None.
template <class Dialect = openai>
class client_exchange {
public:
    using event = client_event<Dialect>;

    /// @param log gets the tolerated deviations, `max_diagnostics` of them at most, with what the options hold secret
    ///            taken out; not null
    client_exchange(client_options const& options, client_call::answer expects, std::shared_ptr<diagnostics> log)
        : options_(&options), expects_(expects), log_(std::move(log)), secrets_(secrets_of(options)),
          answer_(options, expects, *log_)
    {
        log_->allow_more(options.max_diagnostics);
        if (secrets_.empty())
            return;
        log_->scrub = [secrets = secrets_](std::string& excerpt) { // the log may outlive this
            for (auto const& s : secrets)
                scrub(excerpt, s.reveal());
        };
    }

    void head(http::response_head const& h) { answer_.head(h); }

    void body(std::string_view bytes)
    {
        if (decoder_) {
            decoder_->feed(bytes);
            return;
        }
        answer_.body(bytes);
        if (answer_.what() == answer_reader::kind::stream)
            start_decoding();
    }

    /// Like @ref body, but copies no more than it must.
    /// @par Object lifetimes
    /// The bytes must stay until @ref next_event gives nothing, or nothing is asked any more.
    void lend(std::string_view bytes)
    {
        if (decoder_)
            decoder_->lend(bytes);
        else
            body(bytes);
    }

    void end()
    {
        if (!decoder_) {
            answer_.end();
            if (answer_.what() != answer_reader::kind::stream)
                return;
            start_decoding();
        }
        decoder_->commit_eof();
    }

    /// In place of `end`: the answer will never be complete.
    void fail(failure f)
    {
        if (decoder_)
            decoder_->fail(std::move(f));
        else
            answer_.fail(std::move(f));
    }

    /// An event; nothing when more of the answer is needed, or it is over. A failure is the end, and the refusal of all
    /// of it; what goes wrong in a stream that has begun is its @ref stream_end.
    result<std::optional<event>> next_event()
    {
        using kind = answer_reader::kind;
        if (done_)
            return none();
        bool const stream_expected = expects_ == client_call::answer::stream;
        if (stream_expected && !begun_ && (answer_.announced_stream() || answer_.what() == kind::stream)) {
            begun_ = true;
            return some(stream_begin{});
        }
        if (whole_) // was given; a stream has an end, too
            return last(stream_end(*whole_));
        switch (answer_.what()) {
        case kind::undecided: return none();
        case kind::failed: return fail_with(answer_.error());
        case kind::json: return read_json();
        case kind::stream: break;
        }
        return expects_ == client_call::answer::completion ? fold() : next_of_stream();
    }

    /// Nothing will come any more.
    bool done() const noexcept { return done_; }

    /// Where in the body the last chunk stood.
    std::uint64_t offset() const noexcept { return decoder_ ? decoder_->offset() : 0; }

    /// What the head of the answer calls the request, without what the options hold secret; empty: nothing, or no head
    /// has come.
    std::string request_id() const { return scrub(answer_.complete({}), secrets_).request_id; }

    /// How the JSON of answers is read.
    static json::read_options read_options(client_options const& options)
    {
        auto o = json::read_options::for_answers();
        o.limits = options.json;
        o.strict = options.strict;
        return o;
    }

private:
    using taken = result<std::optional<event>>;

    static taken none() { return std::optional<event>(); }
    template <class E>
    static taken some(E&& e)
    {
        return std::optional<event>(std::forward<E>(e));
    }
    template <class E>
    taken last(E&& e)
    {
        done_ = true;
        return some(std::forward<E>(e));
    }
    taken fail_with(failure f)
    {
        done_ = true;
        f = scrub(answer_.complete(std::move(f)), secrets_);
        if (begun_)
            return some(stream_end(std::move(f)));
        return f;
    }

    taken read_json()
    {
        auto const text = answer_.text();
        if (expects_ == client_call::answer::document)
            return read_document(text);
        auto c = json::read_completion<Dialect>(text, log_.get(), read_options(*options_));
        if (!c)
            return fail_with(std::move(c).error());
        if (expects_ == client_call::answer::completion)
            return last(*std::move(c));
        whole_ = how::finished;
        for (auto const& choice : c->choices)
            if (!choice.finish_reason)
                whole_ = how::done_without_finish_reason;
        return some(*std::move(c));
    }

    taken read_document(std::string_view text)
    {
        if (text.empty())
            return last(client_document{});
        auto value = json::read<raw_json>(text, log_.get(), read_options(*options_));
        if (!value)
            return fail_with(std::move(value).error());
        if (value->is_object())
            if (auto members = json::read<raw_members>(value->text(), nullptr, read_options(*options_)))
                if (auto const* e = members->find("error"); e && json::is_error_value(*e))
                    return fail_with(json::read_error(text));
        return last(client_document{*std::move(value)});
    }

    // A stream in answer to a call that wanted a whole completion.
    taken fold()
    {
        for (;;) {
            switch (decoder_->next()) {
            case decoded::chunk:
                if (auto const ec = folded_->add(decoder_->chunk(), decoder_->offset()))
                    return fail_with(failure(ec));
                break;
            case decoded::end:
                if (!decoder_->end().success())
                    return fail_with(*decoder_->end().error);
                if (folded_->empty()) { // no completion, as json::read_completion has it
                    failure f(errc::missing_member, "choices: missing");
                    f.param = "choices";
                    return fail_with(std::move(f));
                }
                return last(folded_->take());
            default: return none();
            }
        }
    }

    taken next_of_stream()
    {
        switch (decoder_->next()) {
        case decoded::chunk: return some(decoder_->chunk());
        case decoded::end: break;
        default: return none();
        }
        auto end = decoder_->end();
        if (end.error)
            end.error = scrub(answer_.complete(*std::move(end.error)), secrets_);
        return last(std::move(end));
    }

    void start_decoding()
    {
        stream_decoder_options const o{.strict = options_->strict,
                                       .sse = options_->sse,
                                       .json = options_->json,
                                       .max_choices = options_->accumulator.max_choices};
        decoder_.emplace(o, log_.get());
        if (expects_ == client_call::answer::completion)
            folded_.emplace(options_->accumulator, log_.get());
        decoder_->feed(answer_.text());
    }

    client_options const* options_;
    client_call::answer expects_;
    std::shared_ptr<diagnostics> log_;
    std::vector<secret> secrets_; // which a peer may repeat in what it says
    answer_reader answer_;
    std::optional<basic_stream_decoder<Dialect>> decoder_{};
    std::optional<accumulator<Dialect>> folded_{}; // of a stream that was not asked for
    std::optional<how> whole_{};                   // a completion that was given in place of a stream
    bool begun_ = false;
    bool done_ = false;
};

} // namespace chatwire
#endif
