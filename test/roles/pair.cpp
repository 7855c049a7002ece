// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// The client's side and the server's side of one connection, through nothing but bytes: what one role says, the other
// understands, wherever the bytes are cut.
#include <chatwire/client/connection.hpp>
#include <chatwire/client/writer.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/server/connection.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

BOOST_AUTO_TEST_SUITE(roles_pair)

namespace roles_pair_test {

using namespace chatwire;

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

// What the server's handler does with a request.
using handler = std::function<void(server_connection&, request const&)>;

envelope envelope_for(request const& r)
{
    envelope e;
    e.id = "c1";
    e.created = 1;
    e.model = "m";
    e.stream = r.stream.value_or(false);
    e.include_usage = r.stream_options && r.stream_options->include_usage.value_or(false);
    return e;
}

chunk says(std::string text) { return {.choices = {{.delta = {.content = content(std::move(text))}}}}; }
chunk stops() { return {.choices = {{.finish_reason = finish_reason::stop}}}; }

void say_hello(server_connection& s, request const& r)
{
    auto const e = envelope_for(r);
    s.put(e, says("Hel"));
    s.put(e, says("lo"));
    s.put(e, stops());
    s.finish(e);
}

void break_down(server_connection& s, request const& r)
{
    s.put(envelope_for(r), says("Hel"));
    failure f(errc::refused, "overloaded");
    f.status = 503; // failures without a status are the server's own, of which callers are told nothing
    s.fail(f);
}

void refuse(server_connection& s, request const&)
{
    failure f(errc::refused, "no such model");
    f.status = 404;
    f.type = "invalid_request_error";
    f.param = "model";
    f.api_code = "model_not_found";
    s.fail(f);
}

// The two ends, and what the client has heard.
class pair {
public:
    // The bytes of each direction are cut at these places, counted from the beginning, and into pieces of this size.
    pair(std::size_t cut_up, std::size_t cut_down, std::size_t piece = nowhere)
        : cut_up_(cut_up), cut_down_(cut_down), piece_(piece)
    {
        routes_.add({.method = "POST",
                     .pattern = "/v1/chat/completions",
                     .begin = [this](server_call c) -> std::unique_ptr<plan> {
                         asked_ = json::read<request>(c.body).value();
                         return std::make_unique<immediate_plan>(answer{}); // the test answers itself
                     }});
        server_.emplace(routes_, server_limits{});
    }

    std::string call(request const& r, client_call::answer expects, handler const& answers)
    {
        client_call const call{
            .method = "POST", .path = "/chat/completions", .body = json::to_text(r), .expects = expects};
        std::string bytes;
        BOOST_REQUIRE(write_call(bytes, options_, http::parse_url(options_.base_url).value(), call));
        log_ = std::make_shared<diagnostics>();
        client_.start(bytes, call, log_);
        heard_.clear();
        over_ = false;
        for (int idle = 0; idle < 2 && !over_;) {
            bool const sent = up(answers), received = down();
            idle = sent || received ? 0 : idle + 1;
        }
        BOOST_TEST(over_);
        BOOST_TEST(log_->count() == 0u);
        while (down()) // what may follow the last event
            ;
        return heard_;
    }

    std::size_t bytes_up() const { return up_; }
    std::size_t bytes_down() const { return down_; }
    bool reusable() { return client_.settle() == client_connection<>::state::ready; }

private:
    std::string_view cut(std::string_view bytes, std::size_t at, std::size_t done) const
    {
        if (done < at)
            bytes = bytes.substr(0, at - done);
        return bytes.substr(0, piece_);
    }

    template <class From, class To>
    bool move(From& from, To& to, std::size_t at, std::size_t& done)
    {
        auto const bytes = cut(from.output(), at, done);
        if (bytes.empty())
            return false;
        auto const room = to.prepare();
        auto const n = std::min(room.size(), bytes.size());
        std::copy_n(bytes.begin(), n, room.begin());
        to.commit(n);
        from.consume(n);
        done += n;
        return true;
    }

    bool up(handler const& answers)
    {
        if (!move(client_, *server_, cut_up_, up_))
            return false;
        auto e = server_->next_event();
        BOOST_REQUIRE(e);
        if (*e)
            answers(*server_, asked_);
        return true;
    }

    bool down()
    {
        if (!move(*server_, client_, cut_down_, down_))
            return false;
        while (!over_) {
            auto e = client_.next_event();
            if (!e) {
                heard_ += "failure " + std::to_string(e.error().status) + ' ' + e.error().message + ' ' +
                          e.error().type + ' ' + e.error().param + ' ' + e.error().api_code;
                over_ = true;
            } else if (!*e) {
                break;
            } else if (auto const* c = std::get_if<chunk>(&**e)) {
                heard_ += "chunk '" + c->text() + "' ";
            } else if (auto const* whole = std::get_if<completion>(&**e)) {
                heard_ += "completion '" + whole->text() + "' ";
                over_ = true;
            } else if (auto const* end = std::get_if<stream_end>(&**e)) {
                heard_ += "end " + std::string(to_string(end->how));
                if (end->error)
                    heard_ += ' ' + end->error->message;
                over_ = true;
            }
        }
        (void)server_->next_event(); // the answer may have been the last of it
        return true;
    }

    std::size_t cut_up_, cut_down_, piece_;
    std::size_t up_ = 0, down_ = 0;
    router routes_{};
    request asked_{};
    client_options options_{
        .base_url = "http://h/v1", .api_key = "k", .credentials_in_the_clear = true, .retries = {.max_retries = 0}};
    client_connection<> client_{options_};
    std::optional<server_connection> server_{};
    std::shared_ptr<diagnostics> log_{};
    std::string heard_{};
    bool over_ = false;
};

// Calls of every kind over one connection.
void talk(pair& p)
{
    request const whole{.model = "m", .messages = {message::user("H\xC3\xA9!")}};
    auto streamed = whole;
    streamed.stream = true;
    using enum client_call::answer;
    BOOST_TEST(p.call(streamed, stream, say_hello) == "chunk '' chunk 'Hel' chunk 'lo' chunk '' end finished");
    BOOST_TEST(p.reusable());
    BOOST_TEST(p.call(whole, completion, say_hello) == "completion 'Hello' ");
    BOOST_TEST(p.reusable());
    BOOST_TEST(p.call(whole, completion, refuse) ==
               "failure 404 no such model invalid_request_error model model_not_found");
    BOOST_TEST(p.reusable());
    BOOST_TEST(p.call(streamed, stream, refuse) ==
               "failure 404 no such model invalid_request_error model model_not_found");
    BOOST_TEST(p.call(streamed, stream, break_down) == "chunk '' chunk 'Hel' end error_event overloaded");
}

BOOST_AUTO_TEST_CASE(the_roles_understand_each_other_wherever_the_bytes_are_cut)
{
    std::size_t up = 0, down = 0;
    {
        pair p(nowhere, nowhere);
        talk(p);
        up = p.bytes_up();
        down = p.bytes_down();
    }
    for (std::size_t i = 1; i < up; ++i)
        BOOST_TEST_CONTEXT("cut on the way up at " << i)
        {
            pair p(i, nowhere);
            talk(p);
        }
    for (std::size_t i = 1; i < down; ++i)
        BOOST_TEST_CONTEXT("cut on the way down at " << i)
        {
            pair p(nowhere, i);
            talk(p);
        }
    for (std::size_t const piece : {1, 2, 7})
        BOOST_TEST_CONTEXT("in pieces of " << piece)
        {
            pair p(nowhere, nowhere, piece);
            talk(p);
        }
}

} // namespace roles_pair_test

BOOST_AUTO_TEST_SUITE_END()
