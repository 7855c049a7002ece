// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Sends a prompt, and prints the answer while it comes.
//
//   chat --base-url URL [--key K] [--session ID] [--no-stream] [--model M] [--json] [--request FILE|-]
//        [--timeout-connect S] [--timeout-idle S] [--timeout-total S] [--retries 0] [--repeat N] [--pause S] [--proxy
//        URL] [--ca FILE] [--unix PATH] [--blocking] [PROMPT]
//
// The answer's text goes to standard output; with --json, lines that each hold one JSON object: every chunk, the whole
// completion, what was tolerated, what failed, and last how it ended. The exit status is 0 if the answer is whole, 1 if
// not, 2 for wrong usage. An interrupt (Ctrl-C) cancels.
#include "common/arguments.hpp"
#include "common/event_lines.hpp"
#include "common/interrupt.hpp"

#include <chatwire/client.hpp>
#include <chatwire/http/url.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

namespace {

using namespace chatwire;

constexpr char const* usage_text = R"(usage: chat --base-url URL [options] [PROMPT]
  --base-url URL         where the service is; the request goes to URL/chat/completions
  --key K                the API key
  --session ID           the session the prompt belongs to (Pathors)
  --model M              the model that is to answer
  --no-stream            ask for the whole answer at once
  --json                 print one JSON object a line instead of the text
  --request FILE         the whole request as JSON, '-' for standard input; its "stream" decides
  --timeout-connect S    seconds to wait for a connection (10)
  --timeout-idle S       seconds to wait for a sign of life (60)
  --timeout-total S      seconds for all of it (0: no limit)
  --retries 0            nothing is sent twice yet
  --repeat N             send it N times over one connection, and print the last answer
  --pause S              seconds between two of these
  --proxy URL            the HTTP proxy to go through: http://user:password@host:port
  --ca FILE              the certificates to trust, in place of the system's (PEM)
  --unix PATH            the Unix-domain socket to connect to
  --blocking             use the blocking driver, not coroutines
)";

struct settings {
    client_options client{};
    pathors::request request{};
    transport::options transport{};
    bool json = false;
    bool blocking = false;
    std::uint64_t repeat = 1;
    std::chrono::milliseconds pause{0};
};

pathors::request read_request(std::string const& file)
{
    std::string text;
    if (file == "-") {
        text.assign(std::istreambuf_iterator<char>(std::cin), {});
    } else {
        std::ifstream in(file, std::ios::binary);
        if (!in)
            throw examples::wrong_usage("cannot read " + file);
        text.assign(std::istreambuf_iterator<char>(in), {});
    }
    auto request = json::read<pathors::request>(text);
    if (!request)
        throw examples::wrong_usage("the request: " + request.error().what());
    return *std::move(request);
}

transport::securer trust([[maybe_unused]] std::string const& ca)
{
#ifdef CHATWIRE_TLS
    auto secure = transport::tls_client({.ca = ca});
    if (!secure)
        throw examples::wrong_usage(secure.error().message);
    return *std::move(secure);
#else
    throw examples::wrong_usage("--ca: TLS is not in this build");
#endif
}

settings read_command_line(int argc, char** argv)
{
    settings s;
    examples::arguments args(argc, argv);
    std::optional<std::string> session, model, file, prompt;
    bool stream = true;
    while (args.more()) {
        auto const word = args.take();
        if (word == "--base-url")
            s.client.base_url = args.value();
        else if (word == "--key")
            s.client.api_key = args.value();
        else if (word == "--session")
            session = args.value();
        else if (word == "--model")
            model = args.value();
        else if (word == "--retries") {
            if (args.number() != 0)
                throw examples::wrong_usage("--retries: this client sends nothing twice yet");
        } else if (word == "--proxy")
            s.client.proxy = args.value();
        else if (word == "--ca")
            s.transport.secure = trust(args.value());
        else if (word == "--unix")
            s.client.unix_socket = args.value();
        else if (word == "--no-stream")
            stream = false;
        else if (word == "--json")
            s.json = true;
        else if (word == "--request")
            file = args.value();
        else if (word == "--timeout-connect")
            s.client.connect_timeout = args.seconds();
        else if (word == "--timeout-idle")
            s.client.idle_timeout = args.seconds();
        else if (word == "--timeout-total")
            s.client.total_timeout = args.seconds();
        else if (word == "--repeat")
            s.repeat = args.number(1);
        else if (word == "--pause")
            s.pause = args.seconds();
        else if (word == "--blocking")
            s.blocking = true;
        else if (word == "--retries" && args.number() == 0)
            continue;
        else if (word == "--retries" || word == "--proxy" || word == "--ca")
            throw examples::wrong_usage(word + " is not in this build");
        else if (word.starts_with("--") && word != "--")
            throw examples::wrong_usage("there is no option " + word);
        else if (word == "--" && !args.more())
            continue;
        else if (!prompt)
            prompt = word == "--" ? args.value() : word;
        else
            throw examples::wrong_usage("more than one prompt");
    }
    if (s.client.base_url.empty())
        throw examples::wrong_usage("--base-url is missing");
    if (auto const url = http::parse_url(s.client.base_url); !url)
        throw examples::wrong_usage("--base-url: " + url.error().what());
    if (file.has_value() == prompt.has_value())
        throw examples::wrong_usage("give either a prompt or --request");
    if (file) {
        s.request = read_request(*file);
    } else {
        s.request.messages.push_back(pathors::request::message_type::user(*prompt));
        s.request.stream = stream;
    }
    if (model)
        s.request.model = *model;
    if (session)
        s.request.ext.session_id = *session;
    return s;
}

// Prints an answer, or does not: of repeated ones only the last is shown.
struct printer {
    bool json = false;
    bool visible = true;
    std::uint64_t chunks = 0;
    std::uint64_t diagnostics = 0;
    bool text_printed = false;

    void show(diagnostic const& d)
    {
        ++diagnostics;
        if (visible && json)
            examples::print_diagnostic(d);
    }
    void show(pathors::chunk const& c)
    {
        ++chunks;
        if (visible && json)
            examples::print_chunk(c);
        else if (visible)
            show_text(c.text());
    }
    void show(pathors::completion const& c)
    {
        if (visible && json)
            examples::print_completion(c);
        else if (visible)
            for (auto const& choice : c.choices)
                for (auto const& call : choice.message.tool_calls)
                    show_text(call.function.name + "(" + std::string(call.function.arguments_or_empty()) + ")\n");
    }
    void show_text(std::string const& text)
    {
        if (text.empty())
            return;
        text_printed = text.back() != '\n';
        std::cout << text << std::flush;
    }
    int finish(stream_end const& end)
    {
        if (visible && !json && text_printed)
            std::cout << std::endl;
        if (visible && json && end.error)
            examples::print_failure(*end.error);
        if (visible && json)
            examples::print_end(end.how, chunks, diagnostics);
        else if (visible && !end.success())
            std::cerr << "chat: " << to_string(end.how) << (end.error ? ": " + end.error->what() : "") << std::endl;
        return end.success() ? 0 : 1;
    }
};

// One question and its answer. Client is either of the two; `await` makes a result of what its functions return.
template <class Client, class Await>
int converse(Client& client, Await const& await, settings const& s, printer& out)
{
    if (!s.request.stream.value_or(false)) {
        auto answer = await(client.create(s.request));
        if (!answer)
            return out.finish(answer.error());
        if (!out.json && out.visible)
            out.show_text(answer->text());
        out.show(*answer);
        return out.finish(how::finished);
    }
    auto stream = await(client.stream(s.request));
    if (!stream)
        return out.finish(stream.error());
    for (;;) {
        auto chunk = await(stream->next());
        if (!chunk || !*chunk)
            break;
        out.show(**chunk);
    }
    if (stream->chunks() > 0)
        out.show(stream->completion());
    return out.finish(stream->end());
}

template <class Client, class Await>
int converse_repeatedly(Client& client, Await const& await, settings const& s, printer& out)
{
    examples::interrupt const interrupt([&] { client.cancel(); });
    int status = 1;
    for (std::uint64_t i = 0; i < s.repeat; ++i) {
        out = printer{.json = s.json, .visible = i + 1 == s.repeat};
        if (i > 0)
            interrupt.sleep(s.pause);
        if (interrupt.raised()) {
            out.visible = true;
            return out.finish(failure(errc::cancelled, "interrupted"));
        }
        status = converse(client, await, s, out);
    }
    return status;
}

} // namespace

int main(int argc, char** argv)
{
    settings s;
    try {
        s = read_command_line(argc, argv);
    } catch (examples::wrong_usage const& e) {
        std::cerr << "chat: " << e.what() << '\n' << usage_text;
        return 2;
    }
    printer out;
    s.client.on_diagnostic = [&](diagnostic const& d) { out.show(d); };

    if (s.blocking) {
        basic_client<transport::blocking, pathors::dialect> client(s.transport, s.client);
        return converse_repeatedly(
            client, [](auto result) { return result; }, s, out);
    }
    boost::asio::io_context context(1);
    basic_client<transport::asio, pathors::dialect> client(context.get_executor(), s.client, s.transport);
    auto const await = [&](auto awaitable) { return transport::block_on(context, std::move(awaitable)); };
    return converse_repeatedly(client, await, s, out);
}
