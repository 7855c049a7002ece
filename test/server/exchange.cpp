// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/served.hpp"

#include <chatwire/json/chunk.hpp>
#include <chatwire/json/completion.hpp>
#include <chatwire/json/reader.hpp>
#include <chatwire/json/utf8.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/server/exchange.hpp>
#include <chatwire/server/idempotency.hpp>

#include <boost/test/unit_test.hpp>

#include <functional>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(server_exchange_)

namespace server_exchange_test {

using namespace chatwire;

struct surface {
    router routes;
    std::string body{}; // what arrived at /echo
    std::optional<failure> guarded{};

    surface()
    {
        route r{.method = "POST", .pattern = "/echo", .max_body = 77};
        r.begin = [this](server_call call) {
            body = call.body;
            return std::make_unique<immediate_plan>(answer::json("{}"));
        };
        r.guard = [this](server_call const& call) {
            BOOST_TEST(call.body.empty());
            return guarded;
        };
        routes.add(r);
        routes.errors_below("/text", error_shape::text);
        r.guard = {};
        r.pattern = "/text/{x}";
        routes.add(r);
    }
};

http::request_head head(std::string method, std::string target)
{
    http::request_head h;
    h.method = std::move(method);
    h.target = std::move(target);
    return h;
}

// An exchange of which the request is over.
struct answering {
    surface s;
    server_exchange x;

    explicit answering(std::string target = "/echo") : x(s.routes)
    {
        BOOST_TEST_REQUIRE(x.head(head("POST", std::move(target)), {}).has_value());
        x.end();
    }

    std::string body{};
    http::response_head seen{};

    void look()
    {
        if (x.has_head())
            seen = x.take_head();
        body += x.output();
        x.clear_output();
    }
};

usage const some_usage{.prompt_tokens = 3, .completion_tokens = 4, .total_tokens = 7};

std::vector<chunk> hello() { return {test::saying("Hel"), test::saying("lo"), test::finishing()}; }

BOOST_AUTO_TEST_CASE(a_request_comes_in_pieces)
{
    surface s;
    server_exchange x(s.routes);
    bool woken = false;
    BOOST_TEST(x.max_body() == 0U);
    BOOST_TEST(x.head(head("POST", "/echo"), [&] { woken = true; }).has_value());
    BOOST_TEST(x.max_body() == 77U);
    x.body("ab");
    x.body("c");
    BOOST_TEST(s.body == "");
    auto const p = x.end();
    BOOST_TEST(s.body == "abc");
    BOOST_TEST(p->whole()->body == "{}");
    BOOST_TEST(!x.has_head());
    BOOST_TEST(!x.complete());
    BOOST_TEST(!woken);
}

BOOST_AUTO_TEST_CASE(a_refusal_by_the_head_is_an_answer_already)
{
    struct {
        std::string method, target;
        int status;
        std::string allow, body;
    } const cases[] = {
        {"GET", "/echo", 405, "POST",
         R"({"error":{"message":"Method not allowed: GET /echo","type":"invalid_request_error","param":null,"code":null}})"},
        {"POST", "/else", 404, "",
         R"({"error":{"message":"Not found: POST /else","type":"invalid_request_error","param":null,"code":"unknown_url"}})"},
        {"GET", "/text/a", 405, "POST", R"({"error":"Method not allowed: GET /text/a"})"},
        {"GET", "/text", 404, "", R"({"error":"Not found: GET /text"})"},
        {"POST", "/echo", 429, "",
         R"({"error":{"message":"slow down","type":"invalid_request_error","param":null,"code":null}})"},
    };
    for (auto const& c : cases) {
        surface s;
        s.guarded = refusal(429, "slow down");
        s.guarded->retry_after = std::chrono::milliseconds(1500);
        server_exchange x(s.routes);
        auto const r = x.head(head(c.method, c.target), {});
        BOOST_TEST_REQUIRE(!r.has_value());
        BOOST_TEST(r.error().status == c.status);
        BOOST_TEST_REQUIRE(x.has_head());
        BOOST_TEST(x.complete());
        BOOST_TEST(x.output() == c.body);
        BOOST_TEST(*x.content_length() == c.body.size());
        auto const h = x.take_head();
        BOOST_TEST(h.status == c.status);
        BOOST_TEST(h.fields.find("allow").value_or("") == c.allow);
        BOOST_TEST(h.fields.find("content-type").value_or("") == "application/json");
        BOOST_TEST(h.fields.find("retry-after").value_or("") == (c.status == 429 ? "2" : ""));
        BOOST_TEST(h.fields.find("x-request-id").value_or("") != "");
        BOOST_TEST(!x.has_head());
    }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_the_callers_fault)
{
    surface s;
    server_exchange x(s.routes);
    x.refuse(failure(errc::bad_field));
    BOOST_TEST(x.take_head().status == 400);
    BOOST_TEST(x.complete());
    server_exchange y(s.routes);
    BOOST_TEST(y.head(head("POST", "/text/a"), {}).has_value());
    y.refuse(failure(errc::body_limit));
    BOOST_TEST(y.take_head().status == 413);
    BOOST_TEST(y.output().starts_with("{\"error\":\"")); // the shape of the surface it was for
}

BOOST_AUTO_TEST_CASE(a_reply_goes_out_as_it_is)
{
    answering a;
    answer whole{.status = 201, .body = "<p>", .content_type = "text/html"};
    BOOST_TEST(!whole.fields.set("X-More", "1"));
    a.x.reply(whole);
    a.look();
    BOOST_TEST(a.seen.status == 201);
    BOOST_TEST(a.seen.fields.find("content-type").value_or("") == "text/html");
    BOOST_TEST(a.seen.fields.find("x-more").value_or("") == "1");
    BOOST_TEST(a.body == "<p>");
    BOOST_TEST(a.x.complete());
    BOOST_TEST(!a.x.streaming());

    a.x.reply(whole); // once
    a.x.put({}, test::saying("x"));
    a.x.finish({});
    a.x.fail(failure(errc::cancelled));
    BOOST_TEST(a.x.output().empty());
    BOOST_TEST(!a.x.has_head());

    answering empty;
    empty.x.reply(answer{.status = 204});
    empty.look();
    BOOST_TEST(empty.seen.fields.count("content-type") == 0U);
}

// ---- one completion ----

BOOST_AUTO_TEST_CASE(a_completion_has_every_member_the_published_schema_wants)
{
    answering a;
    envelope e;
    e.model = "m";
    for (auto& c : hello())
        a.x.put(e, c);
    a.x.put(e, test::costing(3, 4));
    a.look();
    BOOST_TEST(a.body.empty()); // nothing before it is known to be good
    a.x.finish(e);
    a.look();
    BOOST_TEST(a.seen.status == 200);
    BOOST_TEST(a.x.complete());
    BOOST_TEST(!a.x.streaming());
    BOOST_TEST(*a.x.content_length() == a.body.size());
    auto const v = test::parse_json(a.body);
    auto const& o = v.as_object();
    std::set<std::string> members;
    for (auto const& m : o)
        members.emplace(m.key());
    std::set<std::string> const expected = {"id", "object", "created", "model", "choices", "usage"};
    BOOST_TEST(members == expected, boost::test_tools::per_element());
    BOOST_TEST(o.at("id").as_string().starts_with("chatcmpl-"));
    BOOST_TEST(o.at("object").as_string() == "chat.completion");
    BOOST_TEST(o.at("created").as_int64() > 1'600'000'000);
    BOOST_TEST(o.at("model").as_string() == "m");
    auto const& choice = o.at("choices").as_array().at(0).as_object();
    BOOST_TEST(choice.at("index").as_int64() == 0);
    BOOST_TEST(choice.at("finish_reason").as_string() == "stop");
    BOOST_TEST(choice.at("logprobs").is_null());
    auto const& message = choice.at("message").as_object();
    BOOST_TEST(message.at("role").as_string() == "assistant");
    BOOST_TEST(message.at("content").as_string() == "Hello");
    BOOST_TEST(message.at("refusal").is_null());
    BOOST_TEST(message.size() == 3U);
    BOOST_TEST(o.at("usage").as_object().at("total_tokens").as_int64() == 7);
}

BOOST_AUTO_TEST_CASE(the_envelope_says_what_the_surface_says)
{
    for (bool stream : {false, true}) {
        answering a;
        envelope e;
        e.id = "id-1";
        e.created = 5;
        e.model = "m";
        e.stream = stream;
        e.extra.set("session_id", raw_json::trusted("\"s\""));
        BOOST_TEST(!e.fields.set("X-Session-ID", "s"));
        for (auto& c : hello())
            a.x.put(e, c);
        envelope other; // too late: it counts the first time
        other.id = "other";
        a.x.finish(other);
        a.look();
        BOOST_TEST(a.seen.fields.find("x-session-id").value_or("") == "s");
        auto const all = stream ? test::read_chunks(a.body) : std::vector{test::parse_json(a.body)};
        for (auto const& v : all) {
            BOOST_TEST(test::text_of(v, "id") == "id-1");
            BOOST_TEST(test::text_of(v, "model") == "m");
            BOOST_TEST(test::text_of(v, "session_id") == "s");
            BOOST_TEST(v.as_object().at("created").as_int64() == 5);
        }
    }
}

BOOST_AUTO_TEST_CASE(usage_nobody_told_is_minus_one_where_the_surface_wants_it)
{
    for (bool unknown : {false, true}) {
        answering a;
        envelope e;
        e.unknown_usage = unknown;
        for (auto& c : hello())
            a.x.put(e, c);
        a.x.finish(e);
        auto const v = test::parse_json(a.x.output());
        BOOST_TEST(v.as_object().contains("usage") == unknown);
        if (unknown)
            for (auto const* name : {"prompt_tokens", "completion_tokens", "total_tokens"})
                BOOST_TEST(v.as_object().at("usage").as_object().at(name).as_int64() == -1);
    }
}

// ---- a stream ----

struct stream_kind {
    bool usage_chunk, include_usage, unknown_usage, model_tells;
};

BOOST_AUTO_TEST_CASE(a_stream_keeps_what_its_surface_promises)
{
    for (int bits = 0; bits < 16; ++bits) {
        stream_kind const k{(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0};
        BOOST_TEST_CONTEXT("usage_chunk " << k.usage_chunk << " include " << k.include_usage << " unknown "
                                          << k.unknown_usage << " told " << k.model_tells)
        {
            answering a;
            envelope e;
            e.model = "m";
            e.stream = true;
            e.usage_chunk = k.usage_chunk;
            e.include_usage = k.include_usage;
            e.unknown_usage = k.unknown_usage;
            if (k.model_tells)
                a.x.put(e, test::costing(3, 4)); // at whatever moment
            for (auto& c : hello())
                a.x.put(e, c);
            a.look();
            BOOST_TEST(test::content_of(test::read_chunks(a.body)) == "Hello");
            BOOST_TEST((a.body.find("\"stop\"") == std::string::npos)); // held until the answer is known to be whole
            a.x.finish(e);
            a.look();
            BOOST_TEST(a.x.complete());
            BOOST_TEST(a.x.streaming());
            BOOST_TEST(!a.x.content_length().has_value());
            BOOST_TEST(a.seen.status == 200);
            BOOST_TEST(test::well_ended(a.body));

            auto const chunks = test::read_chunks(a.body);
            bool const has_usage = k.include_usage && (k.unknown_usage || k.model_tells);
            BOOST_TEST_REQUIRE(chunks.size() == (has_usage && k.usage_chunk ? 5U : 4U));
            for (std::size_t i = 0; i < chunks.size(); ++i) {
                auto const& o = chunks[i].as_object();
                for (auto const* same : {"id", "model", "created", "object"})
                    BOOST_TEST((o.at(same) == chunks[0].as_object().at(same)), same);
                BOOST_TEST(o.at("object").as_string() == "chat.completion.chunk");
                auto const* usage = o.if_contains("usage");
                bool const of_usage = has_usage && i == (k.usage_chunk ? 4U : 3U);
                if (of_usage)
                    BOOST_TEST(usage->as_object().at("total_tokens").as_int64() == (k.model_tells ? 7 : -1));
                else // announced as null where it comes in a chunk of its own
                    BOOST_TEST((k.usage_chunk && k.include_usage ? usage && usage->is_null() : !usage));
                auto const& choices = o.at("choices").as_array();
                if (i == 4) {
                    BOOST_TEST(choices.empty());
                    continue;
                }
                BOOST_TEST_REQUIRE(choices.size() == 1U);
                auto const& choice = choices[0].as_object();
                auto const& delta = choice.at("delta").as_object();
                BOOST_TEST(delta.contains("role") == (i == 0));
                BOOST_TEST(delta.contains("content") == (i < 3));
                if (i == 3) {
                    BOOST_TEST(choice.at("finish_reason").as_string() == "stop");
                    BOOST_TEST(delta.empty());
                } else {
                    BOOST_TEST(choice.at("finish_reason").is_null());
                }
            }
            BOOST_TEST(test::text_of(chunks[0].as_object().at("choices").as_array().at(0).as_object().at("delta"),
                                     "role") == "assistant");
        }
    }
}

BOOST_AUTO_TEST_CASE(every_delta_carries_content_where_the_surface_wants_it)
{
    for (bool usage_chunk : {true, false}) {
        answering a;
        envelope e;
        e.stream = true;
        e.usage_chunk = usage_chunk;
        chunk call = test::saying("");
        call.choices[0].delta.content.reset();
        call.choices[0].delta.tool_calls.push_back({.index = 0, .id = "call_1"});
        chunk thought = test::saying("");
        thought.choices[0].delta.content.reset();
        thought.choices[0].delta.reasoning_content = "hm";
        for (auto const& c : {thought, call, test::finishing(finish_reason::tool_calls)})
            a.x.put(e, c);
        a.x.finish(e);
        auto const chunks = test::read_chunks(a.x.output());
        BOOST_TEST_REQUIRE(chunks.size() == 4U);
        for (std::size_t i = 0; i < 4; ++i) {
            auto const& choice = chunks[i].as_object().at("choices").as_array().at(0).as_object();
            auto const& delta = choice.at("delta").as_object();
            BOOST_TEST(delta.contains("content") == (i == 0 || (!usage_chunk && i < 3)));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_role_comes_once_and_first_whatever_the_model_says)
{
    chunk with_role = test::saying("a");
    with_role.choices[0].delta.role = role::assistant;
    chunk only_role = test::saying("");
    only_role.choices[0].delta.content.reset();
    only_role.choices[0].delta.role = role::assistant;
    std::vector<std::vector<chunk>> const models = {
        {test::finishing()},
        {only_role, test::finishing()},
        {only_role, only_role, test::saying("a"), test::finishing()},
        {with_role, with_role, test::finishing()},
        {test::saying("a"), with_role, test::finishing()},
        {test::saying(""), test::finishing()},
    };
    for (auto const& m : models) {
        answering a;
        envelope e;
        e.stream = true;
        for (auto const& c : m)
            a.x.put(e, c);
        a.x.finish(e);
        auto const chunks = test::read_chunks(a.x.output());
        for (std::size_t i = 0; i < chunks.size(); ++i) {
            auto const& choice = chunks[i].as_object().at("choices").as_array().at(0).as_object();
            BOOST_TEST(choice.at("delta").as_object().contains("role") == (i == 0));
        }
        BOOST_TEST(chunks[0].as_object().at("choices").as_array().at(0).as_object().at("delta").as_object().contains(
            "content"));
        BOOST_TEST(test::well_ended(a.x.output()));
    }
}

BOOST_AUTO_TEST_CASE(choices_may_come_in_any_order)
{
    for (bool stream : {true, false}) {
        answering a;
        envelope e;
        e.stream = stream;
        chunk both = test::saying("A0", 0);
        both.choices.push_back(test::saying("B0", 1).choices[0]);
        for (auto const& c :
             {both, test::finishing(finish_reason::length, 1), test::saying("A1", 0), test::finishing()})
            a.x.put(e, c);
        a.x.finish(e);
        if (!stream) {
            auto const c = json::read<completion>(a.x.output()).value();
            BOOST_TEST_REQUIRE(c.choices.size() == 2U);
            BOOST_TEST(c.choices[0].message.text() == "A0A1");
            BOOST_TEST(c.choices[1].message.text() == "B0");
            BOOST_TEST((c.choices[1].finish_reason == finish_reason::length));
            continue;
        }
        std::string text[2], reason[2];
        int roles[2] = {};
        for (auto const& c : test::read_chunks(a.x.output())) {
            auto const& choices = c.as_object().at("choices").as_array();
            BOOST_TEST_REQUIRE(choices.size() == 1U);
            auto const i = static_cast<std::size_t>(choices[0].as_object().at("index").as_int64());
            text[i] += test::text_of(choices[0].as_object().at("delta"), "content");
            reason[i] += test::text_of(choices[0], "finish_reason");
            roles[i] += choices[0].as_object().at("delta").as_object().contains("role");
        }
        BOOST_TEST(text[0] == "A0A1");
        BOOST_TEST(text[1] == "B0");
        BOOST_TEST(reason[0] == "stop");
        BOOST_TEST(reason[1] == "length");
        BOOST_TEST(roles[0] == 1);
        BOOST_TEST(roles[1] == 1);
        BOOST_TEST(test::well_ended(a.x.output()));
    }
}

BOOST_AUTO_TEST_CASE(what_a_model_adds_is_passed_on)
{
    answering a;
    envelope e;
    e.stream = true;
    chunk c = test::saying("a");
    c.extra.set("provider", raw_json::trusted("\"p\""));
    c.system_fingerprint = "fp";
    c.choices[0].delta.extra.set("x", raw_json::trusted("1"));
    a.x.put(e, c);
    chunk only_extra = test::saying("");
    only_extra.choices[0].delta.content.reset();
    only_extra.choices[0].extra.set("filtered", raw_json::trusted("true"));
    a.x.put(e, only_extra);
    a.x.put(e, test::finishing());
    a.x.finish(e);
    auto const chunks = test::read_chunks(a.x.output());
    BOOST_TEST_REQUIRE(chunks.size() == 4U);
    BOOST_TEST(test::text_of(chunks[1], "provider") == "p");
    BOOST_TEST(!chunks[2].as_object().contains("provider"));
    for (auto const& v : chunks)
        BOOST_TEST(test::text_of(v, "system_fingerprint") == "fp"); // of the model, not of a chunk
    BOOST_TEST(chunks[2].as_object().at("choices").as_array().at(0).as_object().contains("filtered"));
}

BOOST_AUTO_TEST_CASE(what_comes_beside_the_choices_is_said_with_the_next)
{
    for (bool usage_chunk : {true, false}) {
        answering a;
        envelope e;
        e.stream = true;
        e.usage_chunk = usage_chunk;
        chunk before;
        before.extra.set("prompt_filter_results", raw_json::trusted("[1]"));
        before.moderation.emplace();
        a.x.put(e, before);
        BOOST_TEST(a.x.output().empty()); // there is nothing to say it beside
        a.x.put(e, test::saying("a"));
        chunk last = test::finishing(); // which is held back as a whole
        last.extra.set("citations", raw_json::trusted("[2]"));
        a.x.put(e, last);
        a.x.finish(e);
        auto const chunks = test::read_chunks(a.x.output());
        BOOST_TEST_REQUIRE(chunks.size() == 3U); // role, text, finish
        BOOST_TEST(!chunks[0].as_object().contains("prompt_filter_results"));
        BOOST_TEST(chunks[1].as_object().contains("prompt_filter_results"));
        BOOST_TEST(chunks[1].as_object().contains("moderation"));
        BOOST_TEST(!chunks[1].as_object().contains("citations"));
        BOOST_TEST(chunks[2].as_object().contains("citations"));
        BOOST_TEST(!chunks[2].as_object().contains("prompt_filter_results"));
    }
}

// Both answers of one handler: what the events say, folded, is what the other would have been.
void check_both_say_the_same(std::vector<chunk> const& said)
{
    envelope e;
    e.id = "id";
    e.created = 1;
    e.model = "m";
    answering whole;
    for (auto const& c : said)
        whole.x.put(e, c);
    whole.x.finish(e);
    BOOST_TEST(whole.x.take_head().status == 200);
    auto const expected = json::read<completion>(whole.x.output()).value();

    e.stream = true;
    e.include_usage = true;
    answering streamed;
    for (auto const& c : said)
        streamed.x.put(e, c);
    streamed.x.finish(e);
    accumulator<> folded;
    for (auto const& data : test::read_events(streamed.x.output())) {
        BOOST_TEST(json::is_utf8(data));
        if (data != "[DONE]")
            BOOST_TEST(!folded.add(json::read<chunk>(data).value()));
    }
    auto got = folded.take();
    for (auto& choice : got.choices) // the role's delta says "", which is nothing
        if (choice.message.content && choice.message.content->empty())
            choice.message.content = nullptr;
    BOOST_TEST(json::to_text(got) == json::to_text(expected));
}

BOOST_AUTO_TEST_CASE(a_delta_of_whatever_member_is_passed_on)
{
    // each member of a delta, alone in a chunk that is not the first
    std::vector<std::string_view> const members{
        R"("content":"x")",
        R"("refusal":"x")",
        R"("reasoning_content":"x")",
        R"("reasoning":"x")",
        R"("tool_calls":[{"index":0,"id":"x"}])",
        R"("function_call":{"name":"x"})",
        R"("audio":{"data":"eHh4"})",
        R"("annotations":[{"type":"x"}])",
        R"("vendors_own":"x")",
    };
    for (auto const member : members)
        BOOST_TEST_CONTEXT(member)
        {
            answering a;
            envelope const e{.model = "m", .stream = true};
            a.x.put(e, test::saying("hello"));
            a.look();
            a.body.clear();
            auto const text = R"({"choices":[{"index":0,"delta":{)" + std::string(member) + "}}]}";
            a.x.put(e, json::read<chunk>(text, nullptr, json::read_options::for_answers()).value());
            a.look();
            BOOST_TEST(a.body.find(member) != std::string::npos, a.body);
        }
    std::size_t fields = 0;
    for (auto const& f : json::table<delta>::fields)
        fields += f.name != "role" && f.presence != json::presence::alias;
    BOOST_TEST(members.size() == fields + 1); // and the unknown
}

BOOST_AUTO_TEST_CASE(a_character_may_be_cut_anywhere)
{
    std::string const texts[] = {
        "gr\xC3\xBC\xC3\x9F dich, \xE2\x82\xAC 5, \xF0\x9F\x98\x80!", // of two, three and four bytes
        "a\xC3",                                                      // never ended
        "\xF0\x9F\x98",
        "\xE2\x82-\xFF\x80\xC0\xAF\xF0\x9F\xF0\x9F\x98\x80\xED\xA0\x80", // never right
    };
    for (auto const& text : texts) {
        for (std::size_t size = 1; size <= 4; ++size) {
            std::vector<chunk> said;
            for (std::size_t at = 0; at < text.size(); at += size) {
                auto c = test::saying(text.substr(at, size));
                c.choices[0].delta.reasoning_content = text.substr(at, size);
                said.push_back(c);
                said.push_back(test::saying(text.substr(at, size), 1));
                said.push_back(test::saying("")); // which says nothing, and ends nothing
            }
            said.push_back(test::finishing());
            said.push_back(test::finishing(finish_reason::stop, 1));
            check_both_say_the_same(said);
        }
    }
}

BOOST_AUTO_TEST_CASE(events_and_completion_say_the_same)
{
    std::mt19937 random(4711);
    auto const below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    for (int round = 0; round < 300; ++round) {
        std::vector<chunk> said;
        int const choices = 1 + below(3);
        for (int i = below(20); i >= 0; --i) {
            auto c = test::saying("", below(choices));
            auto& d = c.choices[0].delta;
            d.content.reset();
            switch (below(7)) {
            case 0: d.role = role::assistant; break;
            case 1: d.reasoning_content = "hm" + std::to_string(i); break;
            case 2: d.refusal = "no"; break;
            case 3: {
                tool_call_delta call;
                call.index = below(2);
                call.id = "call_" + std::to_string(*call.index);
                call.function.emplace();
                call.function->arguments = "{}";
                d.tool_calls.push_back(std::move(call));
                break;
            }
            case 4: c = test::costing(below(9), below(9)); break;
            case 5: c.extra.set("provider", raw_json::trusted(std::to_string(below(9)))); [[fallthrough]];
            default: d.content = "w" + std::to_string(i);
            }
            said.push_back(std::move(c));
        }
        for (int i = 0; i < choices; ++i)
            said.push_back(test::finishing(below(2) ? finish_reason::stop : finish_reason::length, i));
        check_both_say_the_same(said);
    }
}

// ---- answers that are not whole ----

BOOST_AUTO_TEST_CASE(an_answer_without_its_end_is_no_answer)
{
    std::vector<std::vector<chunk>> const models = {
        {},
        {test::costing(1, 2)},
        {test::saying("a")},
        {test::saying("a"), test::saying("b", 1), test::finishing()},
    };
    for (auto const& m : models) {
        for (bool stream : {false, true}) {
            for (auto const* target : {"/echo", "/text/a"}) {
                answering a(target);
                envelope e;
                e.stream = stream;
                for (auto const& c : m)
                    a.x.put(e, c);
                a.x.finish(e);
                a.look();
                BOOST_TEST(a.x.complete());
                BOOST_TEST((a.body.find("[DONE]") == std::string::npos));
                BOOST_TEST((a.body.find("\"stop\"") == std::string::npos));
                bool const begun = stream && !m.empty();
                BOOST_TEST(a.seen.status == (begun ? 200 : 500));
                auto const events = begun ? test::read_events(a.body) : std::vector{a.body};
                BOOST_TEST_REQUIRE(!events.empty());
                auto const last = test::parse_json(events.back());
                auto const& error = last.as_object().at("error");
                BOOST_TEST(error.is_string() == (std::string_view(target) == "/text/a"));
                if (error.is_object())
                    BOOST_TEST(test::text_of(error, "type") == "server_error");
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_failure_is_told_as_its_moment_allows)
{
    failure said(errc::refused, "not now");
    said.status = 429;
    said.api_code = "busy";
    struct {
        failure why;
        int status;
        std::string message;
    } const cases[] = {
        {said, 429, "not now"},
        // of these the caller has caused none, and learns nothing
        {failure(errc::bad_json, "a secret"), 500, "Internal server error"},
        {failure(errc::body_limit, "a secret"), 500, "Internal server error"},
        {failure(errc::connection_lost, "a secret"), 500, "Internal server error"},
        {failure(errc::unexpected_exception, "a secret"), 500, "Internal server error"},
        {failure(errc::total_timeout, "too late"), 504, "too late"},
        {failure(errc::idle_timeout, "too late"), 504, "too late"},
    };
    for (auto const& c : cases) {
        for (bool stream : {false, true}) {
            for (bool begun : {false, true}) {
                answering a;
                envelope e;
                e.stream = stream;
                if (begun)
                    a.x.put(e, test::saying("a"));
                a.x.fail(c.why);
                a.x.put(e, test::saying("b"));
                a.x.finish(e);
                a.x.fail(c.why);
                a.look();
                BOOST_TEST(a.x.complete());
                bool const as_event = stream && begun;
                BOOST_TEST(a.seen.status == (as_event ? 200 : c.status));
                auto const events = as_event ? test::read_events(a.body) : std::vector{a.body};
                auto const last = test::parse_json(events.back());
                BOOST_TEST(test::text_of(last.as_object().at("error"), "message") == c.message);
                BOOST_TEST((a.body.find("[DONE]") == std::string::npos));
                BOOST_TEST((a.body.find("secret") == std::string::npos));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_whole_answer_after_a_sign_of_life_is_an_event)
{
    answering a;
    envelope e;
    e.stream = true;
    BOOST_TEST(a.x.begin_stream(e));
    a.look();
    BOOST_TEST(a.seen.status == 200);
    a.x.reply(error_answer(refusal(404, "no such thing"), error_shape::object));
    BOOST_TEST(!a.x.has_head()); // there cannot be a second
    auto const events = test::read_events(a.x.output());
    BOOST_TEST_REQUIRE(events.size() == 1U);
    BOOST_TEST(test::text_of(test::parse_json(events[0]).as_object().at("error"), "message") == "no such thing");
    BOOST_TEST(a.x.complete());

    answering b;
    BOOST_TEST(b.x.begin_stream(e));
    b.look();
    b.x.reply(answer::json("{}")); // not what a stream can end with
    BOOST_TEST(!b.x.has_head());
    BOOST_TEST(b.x.output().starts_with("data: {\"error\""));
}

BOOST_AUTO_TEST_CASE(only_a_stream_can_be_begun)
{
    answering a;
    BOOST_TEST(!a.x.begin_stream({}));
    BOOST_TEST(!a.x.has_head());
    envelope e;
    e.stream = true;
    answering b;
    b.x.fail(failure(errc::cancelled));
    BOOST_TEST(!b.x.begin_stream(e));
    answering c;
    BOOST_TEST(c.x.begin_stream(e));
    BOOST_TEST(c.x.begin_stream(e));
    BOOST_TEST(c.x.take_head().status == 200);
    BOOST_TEST(!c.x.has_head());
}

BOOST_AUTO_TEST_CASE(what_names_an_answer_may_be_known_after_a_sign_of_life)
{
    answering a;
    envelope e;
    e.stream = true;
    e.model = "asked for";
    BOOST_TEST(a.x.begin_stream(e));
    e.id = "id-of-the-upstream";
    e.created = 5;
    e.model = "what answers";
    chunk c;
    c.choices.resize(1);
    c.choices[0].delta.content = "Hi";
    c.choices[0].finish_reason = finish_reason::stop;
    a.x.put(e, std::move(c));
    a.x.finish(e);
    std::string const out(a.x.output());
    BOOST_TEST(out.find("asked for") == out.npos, out);
    BOOST_TEST(out.find(R"("id":"id-of-the-upstream")") != out.npos, out);
    BOOST_TEST(out.find(R"("created":5,"model":"what answers")") != out.npos, out);
    BOOST_TEST(out.ends_with("data: [DONE]\n\n"));
}

BOOST_AUTO_TEST_CASE(code_that_throws_is_an_answer)
{
    struct {
        std::function<void()> thrower;
        int status;
    } const cases[] = {
        {[] { throw std::runtime_error("a secret"); }, 500},
        {[] { throw 1; }, 500},
        {[] { throw exception(refusal(402, "pay first")); }, 402},
    };
    for (auto const& c : cases) {
        for (bool in_guard : {true, false}) {
            router routes;
            route r{.method = "GET", .pattern = "/"};
            if (in_guard)
                r.guard = [&](server_call const&) -> std::optional<failure> {
                    c.thrower();
                    return std::nullopt;
                };
            r.begin = [&](server_call const&) -> std::unique_ptr<plan> {
                c.thrower();
                return nullptr;
            };
            routes.add(std::move(r));
            server_exchange x(routes);
            if (x.head(head("GET", "/"), {}))
                x.reply(*x.end()->whole());
            BOOST_TEST(x.take_head().status == c.status);
            BOOST_TEST((x.output().find("secret") == std::string::npos));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_plan_answers_step_by_step)
{
    answering a;
    std::vector<io::outcome::kind> told;
    test::scripted_plan p([&](io::outcome const& o, test::scripted_plan& me) {
        told.push_back(o.what);
        if (told.size() == 1) {
            me.queue().put_now(test::saying("Hel"));
            return io::action::wait_until(io::never);
        }
        me.queue().put_now(test::saying("lo"));
        me.queue().put_now(test::finishing());
        me.queue().close();
        return io::action::finish();
    });
    envelope e;
    e.stream = true;
    p.set_envelope(e);

    BOOST_TEST((a.x.step(p, {}).what == io::action::kind::wait));
    a.look();
    BOOST_TEST(a.seen.status == 200);
    BOOST_TEST(test::read_chunks(a.body).size() == 2U); // the role, and what was said
    BOOST_TEST(!a.x.complete());
    BOOST_TEST((a.x.step(p, {.what = io::outcome::kind::woken}).what == io::action::kind::done));
    a.look();
    BOOST_TEST(a.x.complete());
    BOOST_TEST(test::content_of(test::read_chunks(a.body)) == "Hello");
    BOOST_TEST(test::well_ended(a.body));
    BOOST_TEST((told == std::vector{io::outcome::kind::begin, io::outcome::kind::woken}));
}

BOOST_AUTO_TEST_CASE(the_end_of_a_plan_is_the_end_of_the_answer)
{
    struct {
        std::function<void(test::scripted_plan&)> last;
        int status;
    } const cases[] = {
        {[](auto& p) { p.answer_with(answer{.status = 201}); }, 201},
        {[](auto& p) { p.queue().close(refusal(429, "not now")); }, 429},
        {[](auto& p) { p.queue().close(); }, 500}, // without a word
        {[](auto&) { throw exception(refusal(402, "pay first")); }, 402},
    };
    for (auto const& c : cases) {
        answering a;
        test::scripted_plan p([&](io::outcome const&, test::scripted_plan& me) {
            c.last(me);
            return io::action::finish();
        });
        BOOST_TEST((a.x.step(p, {}).what == io::action::kind::done));
        BOOST_TEST(a.x.complete());
        BOOST_TEST(a.x.take_head().status == c.status);
    }
}

// Says a text in each step, then answers.
class talking_plan final : public plan {
public:
    talking_plan(std::vector<std::string> says, bool stream, int status) : says_(std::move(says)), status_(status)
    {
        envelope_.own_events = true;
        envelope_.stream = stream;
    }
    io::action resume(io::outcome const&) override
    {
        if (next_ < says_.size()) {
            say(says_[next_++]);
            return io::action::wait_until(io::never);
        }
        whole_ = answer::json(R"({"last":true})", status_);
        return io::action::finish();
    }

private:
    std::vector<std::string> says_;
    std::size_t next_ = 0;
    int status_;
};

BOOST_AUTO_TEST_CASE(a_plan_may_say_events_of_its_own)
{
    auto const run = [](answering& a, plan& p) {
        while (a.x.step(p, {}).what != io::action::kind::done)
            a.look();
        a.look();
        BOOST_TEST(a.x.complete());
    };
    for (int status : {200, 404}) {
        answering a;
        talking_plan p({"one", "two\nlines"}, true, status);
        run(a, p);
        BOOST_TEST(a.seen.status == 200);
        BOOST_TEST(*a.seen.fields.find("Content-Type") == "text/event-stream");
        BOOST_TEST((test::read_events(a.body) == std::vector<std::string>{"one", "two\nlines", R"({"last":true})"}));
    }
    for (bool beats : {false, true}) { // one that says nothing is a stream only if there was a sign of life
        answering a;
        talking_plan p({}, true, 404);
        BOOST_TEST((!beats || a.x.begin_stream(p.envelope())));
        run(a, p);
        BOOST_TEST(a.seen.status == (beats ? 200 : 404));
        BOOST_TEST(a.body == (beats ? "data: {\"last\":true}\n\n" : "{\"last\":true}"));
    }
    answering a; // nor is it one for a caller who takes none
    talking_plan p({"unheard"}, false, 200);
    run(a, p);
    BOOST_TEST(a.body == R"({"last":true})");
    BOOST_TEST(!a.x.streaming());
}

BOOST_AUTO_TEST_CASE(what_a_plan_said_before_it_threw_is_said)
{
    answering a;
    test::scripted_plan p([](io::outcome const&, test::scripted_plan& me) -> io::action {
        me.queue().put_now(test::saying("Hel"));
        throw std::runtime_error("a secret");
    });
    envelope e;
    e.stream = true;
    p.set_envelope(e);
    BOOST_TEST((a.x.step(p, {}).what == io::action::kind::done));
    a.look();
    BOOST_TEST(a.x.complete());
    BOOST_TEST(a.seen.status == 200);
    auto const events = test::read_events(a.body);
    BOOST_TEST_REQUIRE(events.size() == 3U);
    BOOST_TEST((events[1].find("Hel") != std::string::npos));
    BOOST_TEST(events[2].starts_with("{\"error\""));
    BOOST_TEST((a.body.find("secret") == std::string::npos));
}

BOOST_AUTO_TEST_CASE(a_folded_answer_is_bounded)
{
    answering a;
    envelope e;
    for (std::int64_t i = 0; i < 100'000; ++i)
        a.x.put(e, test::saying("", i)); // a model gone wild
    a.x.put(e, test::finishing());
    a.x.finish(e);
    BOOST_TEST(a.x.take_head().status == 500);
}

BOOST_AUTO_TEST_CASE(what_a_stream_holds_is_bounded)
{
    auto const beside = [](std::string name, std::string value) {
        chunk c;
        c.extra.append(std::move(name), raw_json::trusted('"' + std::move(value) + '"'));
        return c;
    };
    std::function<chunk(std::int64_t)> const models_gone_wild[] = {
        [&](std::int64_t i) { return beside('x' + std::to_string(i), ""); },
        [&](std::int64_t i) { return beside('x' + std::to_string(i), std::string(1 << 20, 'x')); },
        [](std::int64_t i) { return test::saying("", i); },
    };
    for (auto const& model : models_gone_wild) {
        answering a;
        envelope e;
        e.stream = true;
        a.x.put(e, test::saying("a"));
        std::int64_t n = 0;
        while (!a.x.complete() && n < 1000)
            a.x.put(e, model(n++));
        BOOST_TEST(n < 1000);
        auto const events = test::read_events(a.x.output());
        BOOST_TEST(events.back().starts_with("{\"error\""));
    }

    // what was sent is no longer held
    answering a;
    envelope e;
    e.stream = true;
    for (int i = 0; i < 1000; ++i) {
        a.x.put(e, beside('x' + std::to_string(i), std::string(1 << 16, 'x')));
        a.x.put(e, test::saying("a"));
        BOOST_TEST_REQUIRE(!a.x.complete());
        a.x.clear_output();
    }
}

// ---- an Idempotency-Key, for a program with an HTTP server of its own ----

BOOST_AUTO_TEST_CASE(what_is_kept_does_not_depend_on_when_it_is_taken)
{
    for (bool stream : {false, true}) {
        std::set<std::string> kept;
        for (int taken : {0, 1, 2}) { // never, after each chunk, or every other time
            surface s;
            s.routes.repeats = std::make_shared<idempotency>();
            auto h = head("POST", "/echo");
            BOOST_TEST(!h.fields.set("Idempotency-Key", "k"));
            server_exchange first(s.routes), second(s.routes);
            BOOST_TEST(first.head(h, {}).has_value());
            BOOST_TEST(!first.wanted_anyway());
            auto const leading = first.end();
            BOOST_TEST((leading->resume({}).what == io::action::kind::done));
            BOOST_TEST(first.wanted_anyway());

            BOOST_TEST(second.head(h, {}).has_value());
            auto const waiting = second.end();
            BOOST_TEST((waiting->resume({}).what == io::action::kind::wait));
            BOOST_TEST(!second.wanted_anyway());
            BOOST_TEST(!second.begin_stream(waiting->envelope())); // a sign of life would have to say what it is of
            BOOST_TEST(!second.has_head());

            envelope e;
            e.id = "id";
            e.created = 1;
            e.stream = stream;
            std::string said;
            int step = 0;
            auto const take = [&] {
                if (taken && step++ % taken == 0) {
                    said += first.output();
                    first.clear_output();
                }
            };
            for (auto& c : hello()) {
                first.put(e, c);
                take();
            }
            first.finish(e);
            said += first.output();
            BOOST_TEST(!first.wanted_anyway());

            BOOST_TEST((waiting->resume({.what = io::outcome::kind::woken}).what == io::action::kind::done));
            second.reply(*waiting->whole());
            BOOST_TEST(second.output() == said);
            auto const &a = first.take_head(), &b = second.take_head();
            BOOST_TEST(a.status == b.status);
            for (auto const* name : {"content-type", "cache-control", "x-accel-buffering"})
                BOOST_TEST(a.fields.find(name).value_or("") == b.fields.find(name).value_or(""));
            kept.insert(said);
        }
        BOOST_TEST(kept.size() == 1U);
    }
}

} // namespace server_exchange_test
BOOST_AUTO_TEST_SUITE_END()
