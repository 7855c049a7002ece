// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// What answers mean is tested in exchange.cpp; here, what a program that reads them itself sees.
#include <chatwire/client/answer_reader.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(client_answer_reader)

namespace client_answer_reader_test {

using namespace chatwire;
using kind = answer_reader::kind;
using answer = client_call::answer;

struct reader {
    client_options options{};
    diagnostics log{};
    answer_reader r;
    explicit reader(answer expects) : r(options, expects, log) {}
    void head(int status, std::string_view type = {})
    {
        http::response_head h{.status = status};
        if (!type.empty())
            h.fields.insert("Content-Type", type);
        r.head(h);
    }
};

BOOST_AUTO_TEST_CASE(a_stream_is_announced_by_its_head_and_known_by_its_first_bytes)
{
    reader x(answer::stream);
    BOOST_TEST(!x.r.announced_stream());
    x.head(200, "text/event-stream");
    BOOST_TEST(x.r.announced_stream());
    BOOST_TEST((x.r.what() == kind::undecided));
    x.r.body("\r\n");
    BOOST_TEST((x.r.what() == kind::undecided));
    x.r.body("data: x");
    BOOST_TEST((x.r.what() == kind::stream));
    BOOST_TEST(x.r.text() == "\r\ndata: x"); // nothing is lost, so that offsets are right

    reader not_asked_for(answer::completion);
    not_asked_for.head(200, "text/event-stream");
    BOOST_TEST(!not_asked_for.r.announced_stream());
    reader refused(answer::stream);
    refused.head(500, "text/event-stream");
    BOOST_TEST(!refused.r.announced_stream());
}

BOOST_AUTO_TEST_CASE(json_is_given_when_it_is_complete)
{
    reader x(answer::document);
    x.head(200, "application/problem+json");
    x.r.body("{\"a\":");
    BOOST_TEST((x.r.what() == kind::undecided));
    x.r.body("1}");
    BOOST_TEST((x.r.what() == kind::undecided));
    x.r.end();
    BOOST_TEST((x.r.what() == kind::json));
    BOOST_TEST(x.r.text() == "{\"a\":1}");
    BOOST_TEST(x.log.count() == 0u);
}

BOOST_AUTO_TEST_CASE(what_was_decided_stays)
{
    reader x(answer::document);
    x.r.fail(failure(errc::cancelled));
    BOOST_TEST((x.r.what() == kind::failed));
    x.r.end();
    x.r.fail(failure(errc::idle_timeout));
    BOOST_TEST(x.r.error().code == make_error_code(errc::cancelled));

    reader no_answer(answer::document);
    no_answer.r.end();
    BOOST_TEST(no_answer.r.error().code == make_error_code(errc::connection_lost));
}

BOOST_AUTO_TEST_CASE(a_refusal_cut_off_is_a_refusal)
{
    reader x(answer::document);
    x.head(503);
    x.r.body("busy, come ba");
    x.r.fail(failure(errc::incomplete_message));
    BOOST_TEST(x.r.error().code == make_error_code(errc::refused));
    BOOST_TEST(x.r.error().status == 503);
    BOOST_TEST(x.r.error().message == "busy, come ba");
}

BOOST_AUTO_TEST_CASE(one_deviation_too_many_is_the_end)
{
    auto const ends = [](answer expects, std::string_view type, std::string_view body, std::uint64_t most) {
        reader x(expects);
        x.log.max_count = most;
        x.head(200, type);
        x.r.body(body);
        x.r.end();
        if (x.r.what() == kind::failed)
            BOOST_TEST(x.r.error().code == make_error_code(errc::diagnostic_limit));
        return x.r.what() == kind::failed;
    };
    struct {
        answer expects;
        char const* type;
        char const* body;
    } const odd[] = {{answer::stream, "application/json", "{}"},
                     {answer::completion, "text/plain", "{}"},
                     {answer::completion, "application/json", "\xEF\xBB\xBF{}"},
                     {answer::stream, "text/plain", "data: x\n\n"},
                     {answer::completion, "text/event-stream", "data: x\n\n"}};
    for (auto const& o : odd) {
        BOOST_TEST(ends(o.expects, o.type, o.body, 0), o.body);
        BOOST_TEST(!ends(o.expects, o.type, o.body, 1), o.body);
    }
}

} // namespace client_answer_reader_test

BOOST_AUTO_TEST_SUITE_END()
