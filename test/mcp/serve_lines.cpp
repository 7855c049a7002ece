// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/drivers.hpp"
#include "../support/tools.hpp"

#include <chatwire/mcp/serve_lines.hpp>
#include <chatwire/mcp_stdio.hpp>
#include <chatwire/transport/memory.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(mcp_serve_lines)

namespace mcp_serve_lines_test {

using namespace chatwire;
using namespace chatwire::mcp;
using mcp::tool;
using mcp::tool_call;
using act = io::action::kind;
using out = io::outcome::kind;

// Runs it in the test's hands: tasks go on when the test says so.
struct by_hand {
    tool_server server{{.about = {.name = "s", .version = "1"}}};
    std::vector<std::shared_ptr<line_task>> tasks{};
    std::vector<bool> cancelled{};
    int woken = 0;
    serve_lines op;
    io::action now{};
    std::string said{};
    std::size_t most_at_once = std::string::npos;

    explicit by_hand(line_options o = {})
        : op(
              server, std::move(o), [this] { ++woken; }, [this] { return place(); })
    {
        test::add_tools(server);
        go(op.resume({}));
    }

    line_place place()
    {
        return {.wake = [] {},
                .cancel = [this, n = cancelled.size()] { cancelled.at(n) = true; },
                .start =
                    [this](line_task t) {
                        tasks.push_back(std::make_shared<line_task>(std::move(t)));
                        cancelled.push_back(false);
                        tasks.back()->resume({});
                    }};
    }
    // Takes what is written.
    void go(io::action a)
    {
        while (a.what == act::write) {
            auto const n = std::min(a.out.size(), most_at_once);
            said += a.out.substr(0, n);
            a = op.resume(io::outcome::bytes(n));
        }
        now = std::move(a);
    }
    void receive(std::string_view bytes, std::size_t at_once = std::string::npos)
    {
        while (!bytes.empty()) {
            BOOST_TEST_REQUIRE((now.what == act::read));
            auto const n = std::min({bytes.size(), now.in.size(), at_once});
            std::copy_n(bytes.begin(), n, now.in.begin());
            bytes.remove_prefix(n);
            go(op.resume(io::outcome::bytes(n)));
        }
    }
    void wake() { go(op.resume({.what = out::woken})); }
    void end() { go(op.resume({.what = out::eof})); }
    void finish(std::size_t task)
    {
        tasks.at(task)->resume({.what = out::woken});
        wake();
    }
    std::string take() { return std::exchange(said, {}); }
};

std::string call(std::string id, std::string tool)
{
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"method":"tools/call","params":{"name":")" + tool + "\"}}\n";
}
std::string answer(std::string id, std::string text)
{
    return R"({"jsonrpc":"2.0","id":)" + id + R"(,"result":{"content":[{"type":"text","text":")" + text +
           "\"}],\"isError\":false}}\n";
}
std::string const cancel_one = R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}})"
                               "\n";

BOOST_AUTO_TEST_CASE(calls_go_on_beside_each_other)
{
    by_hand d;
    d.receive(call("1", "waits") + call("2", "waits"));
    d.receive(R"({"jsonrpc":"2.0","id":3,"method":"ping"})"
              "\n");
    BOOST_TEST(d.take() == "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}\n");
    BOOST_TEST(d.tasks.size() == 2U);
    d.finish(1);
    BOOST_TEST(d.take() == answer("2", "waited"));
    d.finish(0);
    BOOST_TEST(d.take() == answer("1", "waited"));
    BOOST_TEST(d.woken > 0);
    d.end();
    BOOST_TEST((d.now.what == act::done));
    BOOST_TEST(d.op.take().has_value());
}

BOOST_AUTO_TEST_CASE(a_handshake_holds_and_requests_may_do_without)
{
    by_hand d;
    std::string const batch = R"([{"jsonrpc":"2.0","id":1,"method":"ping"}])"
                              "\n";
    d.receive(batch);
    BOOST_TEST((d.take().find("-32600") != std::string::npos));
    d.receive(R"({"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-03-26"}})"
              "\n");
    BOOST_TEST((d.take().find("\"protocolVersion\":\"2025-03-26\"") != std::string::npos));
    d.receive(R"({"jsonrpc":"2.0","method":"notifications/initialized"})"
              "\n" +
              batch);
    BOOST_TEST(d.take() == "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}]\n");
    d.receive(R"({"jsonrpc":"2.0","id":2,"method":"server/discover","params":{)" + test::stateless_meta + "}}\n");
    BOOST_TEST((d.take().find("supportedVersions") != std::string::npos));
    d.receive(R"({"jsonrpc":"2.0","id":2,"method":"server/discover"})"
              "\n");
    BOOST_TEST((d.take().find("-32601") != std::string::npos));
    d.receive(
        R"({"jsonrpc":"2.0","id":2,"method":"x","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}})"
        "\n");
    BOOST_TEST((d.take().find("-32602") != std::string::npos));
}

BOOST_AUTO_TEST_CASE(every_split_says_the_same)
{
    std::string const text = call("1", "echo") + "\r\nnot json\n" +
                             R"([{"jsonrpc":"2.0","id":1,"method":"ping"}])"
                             "\n" +
                             R"({"jsonrpc":"2.0","id":"z","method":"ping"})"; // without its end
    std::string expected;
    for (std::size_t n = text.size(); n > 0; --n) {
        by_hand d;
        d.most_at_once = n % 7 + 1;
        d.receive(text, n);
        d.wake();
        d.end();
        BOOST_TEST((d.now.what == act::done));
        if (expected.empty())
            expected = d.said;
        BOOST_TEST_REQUIRE(d.said == expected, n);
    }
    BOOST_TEST(std::count(expected.begin(), expected.end(), '\n') == 4);
}

BOOST_AUTO_TEST_CASE(who_is_cancelled_is_told_and_has_no_answer)
{
    by_hand d;
    d.receive(call("1", "waits") + call("\"1\"", "waits"));
    d.receive(cancel_one);
    BOOST_TEST(d.cancelled[0]);
    BOOST_TEST(!d.cancelled[1]); // a text is no number
    d.tasks[0]->resume({.what = out::cancelled});
    d.wake();
    BOOST_TEST(d.take() == "");
    d.receive(cancel_one); // is over
    d.receive(R"({"jsonrpc":"2.0","method":"notifications/cancelled"})"
              "\n");
    d.finish(1);
    BOOST_TEST(d.take() == answer("\"1\"", "waited"));
}

BOOST_AUTO_TEST_CASE(after_the_end_what_is_due_is_waited_for)
{
    by_hand d;
    d.receive(call("1", "waits"));
    d.end();
    BOOST_TEST((d.now.what == act::wait));
    BOOST_TEST((d.now.deadline != io::never));
    d.finish(0);
    BOOST_TEST(d.take() == answer("1", "waited"));
    BOOST_TEST((d.now.what == act::done));
}

BOOST_AUTO_TEST_CASE(but_not_for_ever)
{
    by_hand d;
    d.receive(call("1", "waits"));
    d.end();
    d.go(d.op.resume({.what = out::timeout}));
    BOOST_TEST(d.cancelled[0]);
    BOOST_TEST((d.now.what == act::wait));
    BOOST_TEST((d.now.deadline == io::never));
    d.tasks[0]->resume({.what = out::cancelled});
    d.wake();
    BOOST_TEST((d.now.what == act::done));
    BOOST_TEST(d.said == "");
}

BOOST_AUTO_TEST_CASE(while_there_are_too_many_nothing_is_read)
{
    by_hand d({.max_calls = 2});
    d.receive(call("1", "waits") + call("2", "waits") + call("3", "echo") + call("4", "waits"));
    BOOST_TEST((d.now.what == act::wait));
    BOOST_TEST(d.tasks.size() == 2U);
    d.finish(1);
    BOOST_TEST(d.tasks.size() == 4U);
    BOOST_TEST(d.take() == answer("2", "waited") + answer("3", "{}"));
    BOOST_TEST((d.now.what == act::wait));
    d.finish(0);
    BOOST_TEST((d.now.what == act::read));
}

BOOST_AUTO_TEST_CASE(a_line_that_is_too_long_is_skipped)
{
    by_hand d({.max_line = 100});
    d.receive(std::string(5000, ' ') + "\n" +
              R"({"jsonrpc":"2.0","id":3,"method":"ping"})"
              "\n");
    BOOST_TEST(d.take() == "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":-32600,\"message\":\"The message is too long\"}}\n"
                           "{\"jsonrpc\":\"2.0\",\"id\":3,\"result\":{}}\n");
}

BOOST_AUTO_TEST_CASE(a_broken_stream_ends_it)
{
    for (auto const& o : {io::outcome::failed(errc::connection_lost), io::outcome{.what = out::cancelled}}) {
        by_hand d;
        d.receive(call("1", "waits"));
        d.go(d.op.resume(o));
        BOOST_TEST((d.now.what == act::done));
        BOOST_TEST(d.cancelled[0]);
        BOOST_TEST(!d.op.take().has_value());
    }
}

// ---- with the drivers

BOOST_AUTO_TEST_CASE(over_a_stream_with_threads)
{
    tool_server server({.about = {.name = "s", .version = "1"}});
    BOOST_TEST(server
                   .add(function_tool({.name = "twice"},
                                      [](tool_call const& c) {
                                          for (int i = 1; i <= 10; ++i)
                                              c.reporter.progress(i);
                                          return tool_result::text(std::string(c.arguments.text()));
                                      }))
                   .has_value());
    auto ends = transport::memory_pair(8192); // takes all the calls, but not the answers
    std::thread serving([&] { BOOST_TEST(serve_stream(server, std::move(ends.first)).has_value()); });
    constexpr int calls = 40;
    std::string to_send, got;
    for (int i = 0; i < calls; ++i)
        to_send += R"({"jsonrpc":"2.0","id":)" + std::to_string(i) +
                   R"(,"method":"tools/call","params":{"_meta":{"progressToken":1},"name":"twice","arguments":{"i":)" +
                   std::to_string(i) + "}}}\n";
    transport::blocking t;
    t.attach(io::port::caller, std::move(ends.second));
    // sends, and reads to the end once all the answers are there
    std::size_t sent = 0;
    char buffer[300];
    bool writing = false, reading = false;
    auto const answers = [&] {
        std::size_t n = 0;
        for (auto at = got.find("\"result\""); at != got.npos; at = got.find("\"result\"", at + 1))
            ++n;
        return n;
    };
    (void)run(t, test::scripted([&](io::outcome const& o, result<int>&) {
                  if (writing && o.ok())
                      sent += o.n;
                  if (reading && o.ok())
                      got.append(buffer, o.n);
                  writing = reading = false;
                  if (o.what == io::outcome::kind::error || answers() == calls)
                      return io::action::finish();
                  if (sent < to_send.size()) {
                      writing = true;
                      return io::action::write_some(io::port::caller, std::string_view(to_send).substr(sent));
                  }
                  reading = true;
                  return io::action::read_some(io::port::caller, buffer);
              }));
    t.drop(io::port::caller);
    serving.join();
    BOOST_TEST(answers() == std::size_t(calls));
    for (int i = 0; i < calls; ++i)
        BOOST_TEST((got.find("\"id\":" + std::to_string(i) +
                             ",\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"i\\\":" + std::to_string(i) +
                             "}\"}]") != got.npos));
}

} // namespace mcp_serve_lines_test
BOOST_AUTO_TEST_SUITE_END()
