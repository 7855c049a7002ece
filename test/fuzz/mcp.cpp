// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Invariant: for any text that is said to a server of tools,
// - a message that was read is written as one that is read as the same;
// - in every revision a request has one answer, with its id byte for byte and either a result or an error; a
//   notification and an answer have none; a batch has at most one answer for each of its messages;
// - over lines, what is sent is the same however the bytes are cut, is one JSON text a line, and answers no id more
//   often than it was sent.
#include "json_texts.hpp"

#include <chatwire/mcp/serve_lines.hpp>
#include <chatwire/mcp/tool_server.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace fuzz_mcp {

using namespace chatwire;
using namespace chatwire::fuzz;
using namespace chatwire::mcp;
using mcp::tool;
using mcp::tool_call;

// Says what it was told; takes two steps for that, and reports in between.
class echo final : public running_tool {
public:
    explicit echo(tool_call c) : call_(std::move(c)) {}
    io::action resume(io::outcome const& o) override
    {
        if (o.what == io::outcome::kind::begin) {
            call_.reporter.progress(1, 2);
            return io::action::wait_until(io::never);
        }
        result_ = call_.name == "object" ? tool_result::json(call_.arguments)
                                         : tool_result::text(std::string(call_.arguments.text()));
        return io::action::finish();
    }

private:
    tool_call call_;
};

tool_server const& server()
{
    static tool_server const made = [] {
        tool_server s({.about = {.name = "s", .version = "1"}, .page_size = 2});
        auto const add = [&](tool t) {
            if (!t.begin)
                t.begin = [](tool_call c) { return std::make_unique<echo>(std::move(c)); };
            require(s.add(std::move(t)).has_value(), "the tool is taken");
        };
        add({.name = "echo"});
        add({.name = "object", .output_schema = raw_json::trusted(R"({"type":"object"})")});
        add({.name = "picky",
             .input_schema = raw_json::trusted(
                 R"({"type":"object","properties":{"n":{"type":"integer"},"s":{"type":"string"}},"required":["n"]})")});
        add({.name = "needy", .needs = {"sampling"}});
        add({.name = "throws", .begin = [](tool_call) -> std::unique_ptr<running_tool> {
                 throw exception(failure(errc::invalid_argument, "not like this"));
             }});
        return s;
    }();
    return made;
}

// The id of what has to be an answer, as it stands there.
std::optional<std::string> check_answer(std::string_view text)
{
    auto const v = as_json(text, "an answer is JSON");
    require(v.is_object() && v.at("jsonrpc") == "2.0", "an answer is a message");
    auto const& o = v.get_object();
    require(o.contains("result") != o.contains("error") && !o.contains("method"), "a result or an error");
    if (o.contains("error"))
        require(o.at("error").at("code").is_int64() && o.at("error").at("message").is_string(), "an error");
    auto const members = json::read<raw_members>(text).value();
    auto const* id = members.find("id");
    if (!id || id->is_null())
        return std::nullopt;
    require(id->is_string() || id->is_number(), "an id");
    return std::string(id->text());
}

// Runs an operation that needs no driver: whoever waits is woken.
template <class Op>
void run_alone(Op& op)
{
    auto next = op.resume({});
    for (int steps = 0; next.what != io::action::kind::done; ++steps) {
        require(next.what == io::action::kind::wait && steps < 1000, "a tool waits, and comes to an end");
        next = op.resume({.what = io::outcome::kind::woken});
    }
}

void check_notification(std::string_view text)
{
    auto const v = as_json(text, "a notification is JSON");
    require(v.is_object() && v.at("jsonrpc") == "2.0" && v.get_object().contains("method") &&
                !v.get_object().contains("id"),
            "a notification has no id");
}

void check_message(rpc_message const& m)
{
    auto const text = json::to_text(m);
    auto const again = read_rpc_text(text);
    auto const* same = std::get_if<rpc_message>(&again.items.front());
    require(!again.batch && same && *same == m, "what is written is read as the same");
    if (!m.is_request())
        return;
    for (auto const v :
         {version::of_2025_03_26, version::of_2025_06_18, version::of_2025_11_25, version::of_2026_07_28}) {
        rpc_answer a;
        a.add(server().begin(m, {.version = v}));
        run_alone(a);
        auto const id = check_answer(a.text());
        require(id && *id == m.id->text(), "an answer has the request's id, byte for byte");
        require(a.status() == 200 || a.status() == 400 || a.status() == 404, "a status");
        for (auto const& said : a.take_notifications())
            check_notification(said);
    }
}

void check_text(std::string_view input)
{
    auto const text = read_rpc_text(input);
    require(!text.items.empty() && text.items.size() <= 50 && (text.batch || text.items.size() == 1), "messages");
    std::multimap<std::string, int> ids;
    for (auto const& item : text.items)
        if (auto const* m = std::get_if<rpc_message>(&item)) {
            check_message(*m);
            if (m->id)
                ids.emplace(m->id->text(), 0);
        } else {
            auto const& f = std::get<rpc_text::fault>(item);
            auto const id = check_answer(rpc_failure(f.id, f.error));
            require(id.has_value() == f.id.has_value() && (!id || *id == f.id->text()), "a fault's id");
            require(f.error == rpc_code::parse_error || f.error == rpc_code::invalid_request, "a fault's code");
            ids.emplace(id.value_or(""), 0);
        }
    if (!text.batch)
        return;
    auto a = server().begin(text, {.version = version::of_2025_03_26});
    run_alone(a);
    if (a.text().empty())
        return;
    auto const answers = json::read<std::vector<raw_json>>(a.text());
    require(answers && !answers->empty(), "the answer to a batch is an array of some");
    for (auto const& one : *answers) {
        auto const at = ids.find(check_answer(one.text()).value_or(""));
        require(at != ids.end(), "an answer for a message");
        ids.erase(at);
    }
}

// What a server says to a client whose bytes come in these pieces. Its driver writes a few bytes at a time.
std::string served(cuts const& pieces)
{
    std::string said;
    line_options o;
    o.max_line = 2000;
    serve_lines lines(server(), o, {}, [] {
        line_place p;
        p.start = [](line_task t) { run_alone(t); };
        return p;
    });
    auto next = lines.resume({});
    std::size_t piece = 0, at = 0;
    while (next.what != io::action::kind::done) {
        io::outcome told;
        if (next.what == io::action::kind::write) {
            auto const n = std::min<std::size_t>(next.out.size(), 100);
            said += next.out.substr(0, n);
            told = io::outcome::bytes(n);
        } else {
            require(next.what == io::action::kind::read && !next.in.empty(), "it reads or writes");
            while (piece < pieces.size() && at == pieces[piece].size()) {
                ++piece;
                at = 0;
            }
            if (piece == pieces.size()) {
                told.what = io::outcome::kind::eof;
            } else {
                auto const n = std::min(next.in.size(), pieces[piece].size() - at);
                std::copy_n(pieces[piece].begin() + static_cast<std::ptrdiff_t>(at), n, next.in.begin());
                at += n;
                told = io::outcome::bytes(n);
            }
        }
        next = lines.resume(told);
    }
    require(lines.take().has_value(), "it ends well");
    return said;
}

void check_lines(std::string_view input)
{
    auto const whole = same_however_cut(input, "what is sent over lines", served);
    std::string_view said = whole;
    require(said.empty() || said.ends_with('\n'), "lines end");
    std::map<std::string, std::size_t> answered;
    while (!said.empty()) {
        auto const line = said.substr(0, said.find('\n'));
        said.remove_prefix(line.size() + 1);
        auto const v = as_json(line, "a line is JSON");
        if (v.is_array()) {
            for (auto const& one : json::read<std::vector<raw_json>>(line).value())
                if (auto const id = check_answer(one.text()))
                    ++answered[*id];
        } else if (v.get_object().contains("method")) {
            check_notification(line);
        } else if (auto const id = check_answer(line)) {
            ++answered[*id];
        }
    }
    for (auto const& [id, n] : answered) {
        std::size_t asked = 0;
        for (auto at = input.find(id); at != input.npos; at = input.find(id, at + 1))
            ++asked;
        require(n <= asked, "no id is answered more often than it was sent");
    }
}

void run(std::string_view input)
{
    check_text(input);
    check_lines(input);
}

registered const mcp_target("mcp", &run);

} // namespace fuzz_mcp
