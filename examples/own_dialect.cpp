// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// The dialect of a vendor who adds members of its own: they become members of the types, written and read like the
// rest. This one, who is made up, lets a request say how long it may take, and tells in the answer where the time went.
//
//   own_dialect BASE_URL [KEY]          own_dialect http://127.0.0.1:8080/v1 demo-key
#include <chatwire/blocking_client.hpp>

#include <iostream>

//[dialect
namespace acme {

struct patience { // in a request
    std::optional<std::int64_t> deadline_ms{};
    friend bool operator==(patience const&, patience const&) = default;
};

struct timing {
    std::int64_t queued_ms = 0;
    std::int64_t thought_ms = 0;
    friend bool operator==(timing const&, timing const&) = default;
};

struct timed { // in a completion, and in the last chunk of a stream
    std::optional<acme::timing> timing{};
    friend bool operator==(timed const&, timed const&) = default;
};

struct dialect : chatwire::openai {
    using request = patience;
    using completion = timed;
    using chunk = timed;
};

} // namespace acme

// How they are spelled, once, for reading and for writing.
template <>
struct chatwire::json::table<acme::patience> {
    static constexpr field fields[] = {member<&acme::patience::deadline_ms>("deadline_ms", presence::optional)};
};
template <>
struct chatwire::json::table<acme::timing> {
    static constexpr field fields[] = {member<&acme::timing::queued_ms>("queued_ms"),
                                       member<&acme::timing::thought_ms>("thought_ms")};
};
template <>
struct chatwire::json::table<acme::timed> {
    static constexpr field fields[] = {member<&acme::timed::timing>("timing", presence::optional)};
};
//]

void print(acme::timed const& answer)
{
    if (answer.timing)
        std::cout << " [" << answer.timing->queued_ms << " ms in the queue, " << answer.timing->thought_ms
                  << " ms of thought]";
    std::cout << std::endl;
}

int fail(chatwire::failure const& why)
{
    std::cerr << why.what() << std::endl;
    return 1;
}

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::cerr << "usage: " << argv[0] << " BASE_URL [KEY]\n";
        return 2;
    }
    //[use
    using client = chatwire::basic_client<chatwire::transport::blocking, acme::dialect>;
    client ai({.base_url = argv[1], .api_key = argc > 2 ? argv[2] : ""});
    client::request_type const question{.messages = {client::request_type::message_type::user("Hello!")},
                                        .ext = {.deadline_ms = 1500}};

    auto const answer = ai.create(question);
    if (!answer)
        return fail(answer.error());
    std::cout << answer->text();
    print(answer->ext);

    auto stream = ai.stream(question);
    if (!stream)
        return fail(stream.error());
    for (;;) {
        auto const chunk = stream->next();
        if (!chunk)
            return fail(chunk.error());
        if (!*chunk)
            break;
        std::cout << (*chunk)->text() << std::flush;
    }
    print(stream->completion().ext); // what the chunks say, put together
    //]
}
