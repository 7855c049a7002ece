// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_RELAYED_HPP
#define CHATWIRE_TEST_SUPPORT_RELAYED_HPP

#include "simulation.hpp"

#include <chatwire/json/reader.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/relay/relay.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A relay's plan in the hands of a test, and what its upstream says.
namespace chatwire::test {

inline std::string response(int status, std::string_view type, std::string_view body, std::string_view fields = {})
{
    return "HTTP/1.1 " + std::to_string(status) + " -\r\nContent-Type: " + std::string(type) + "\r\n" +
           std::string(fields) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

/// Events, one for each text.
inline std::string stream_of(std::vector<std::string> const& events)
{
    std::string body;
    for (auto const& e : events)
        body += "data: " + e + "\n\n";
    return response(200, "text/event-stream", body);
}

inline request request_of(std::string_view text) { return json::read<request>(text).value(); }

inline constexpr std::string_view asks_for_stream =
    R"({"model":"m","messages":[{"role":"user","content":"hello"}],"stream":true})";
inline constexpr std::string_view asks_at_once = R"({"model":"m","messages":[{"role":"user","content":"hello"}]})";

/// What became of a request.
struct relayed {
    std::vector<chunk> chunks{};
    envelope named{}; ///< the plan's envelope when the first chunk came
    std::optional<failure> error{};
    bool closed = false; ///< the plan's queue
};

/// Runs the plan of a request to its end.
inline relayed relay_through(simulation& s, upstream u, request r)
{
    struct operation {
        plan* p;
        relayed* out;
        io::action resume(io::outcome const& o)
        {
            auto a = p->resume(o);
            auto const before = out->chunks.size();
            p->queue().take(out->chunks);
            if (before == 0 && !out->chunks.empty())
                out->named = p->envelope();
            return a;
        }
        result<void> take() { return {}; }
    };
    relayed out;
    auto const p = relay_to(std::move(u))(std::move(r), nullptr);
    (void)s.run(operation{p.get(), &out});
    out.error = p->queue().error();
    out.closed = p->queue().closed();
    return out;
}

inline upstream example_upstream() { return {.client = {.base_url = "http://127.0.0.1:9/v1"}}; }

inline relayed relay_answer(std::string answer, std::string_view asked, upstream u = example_upstream())
{
    simulation s{.answers = {{std::move(answer)}}};
    return relay_through(s, std::move(u), request_of(asked));
}

} // namespace chatwire::test
#endif
