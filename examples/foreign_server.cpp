// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// A chat-completions service in a program that has an HTTP server, here cpp-httplib: that listens, frames and has the
// threads; an exchange for each request says what it means and how it is answered.
//
//   foreign_server 8080
#include <chatwire/server/completion_service.hpp>
#include <chatwire/server/exchange.hpp>
#include <chatwire/server/responder.hpp>
#include <chatwire/transport/blocking.hpp>
#include <chatwire/transport/worker_pool.hpp>

#include <httplib.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <thread>

namespace io = chatwire::io;

// The handler of blocking_server.cpp.
void parrot(chatwire::request const& request, chatwire::blocking_responder& out)
{
    auto const& last = request.messages.back();
    std::istringstream words(last.content ? last.content->text() : "");
    for (std::string word; words >> word;) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50)); // an engine at work
        if (!out.text(word + ' '))
            return; // nobody is listening any more
    }
    (void)out.finish();
}

// A request and its answer, on the thread that the foreign server has for it.
class call {
public:
    explicit call(chatwire::router const& routes) : exchange_(routes) {}

    //[gone
    ~call() // perhaps before the end: then the plan is told, to give back what it has
    {
        if (!plan_ || exchange_.complete())
            return;
        plan_->queue().abandon();
        io::outcome last{.what = io::outcome::kind::caller_gone};
        for (;;) {
            auto next = exchange_.step(*plan_, last);
            if (next.what == io::action::kind::done)
                return;
            last = perform(std::move(next));
        }
    }
    //]

    //[in
    // Pieces of HTTP in. `read_body(sink)` calls `sink(piece)` for each piece of the body; false: it broke off.
    template <class ReadBody>
    void read(chatwire::http::request_head head, ReadBody read_body)
    {
        auto const wake = [w = driver_.get_waker()] { w->wake(); };
        bool const welcome = exchange_.head(std::move(head), wake).has_value();
        std::uint64_t size = 0;
        bool const whole = read_body([&](std::string_view piece) {
            size += piece.size();
            if (welcome && size <= exchange_.max_body())
                exchange_.body(piece);
        });
        if (!whole)
            exchange_.refuse(chatwire::errc::incomplete_message);
        else if (size > exchange_.max_body())
            exchange_.refuse(chatwire::errc::body_limit);
        else if (welcome)
            plan_ = exchange_.end();
        if (plan_)
            go_on();
    }
    //]

    //[out
    // Pieces of HTTP out: lets the plan go on until there is something to send, or the answer is complete.
    void go_on()
    {
        do {
            auto const last = next_ ? perform(*std::move(next_)) : io::outcome();
            next_ = exchange_.step(*plan_, last);
        } while (exchange_.output().empty() && !exchange_.complete());
    }
    //]
    chatwire::server_exchange& exchange() { return exchange_; }

private:
    //[perform
    // What the plan wants done: to wait, for the most part. A driver can do it all.
    io::outcome perform(io::action what)
    {
        struct once {
            io::action what;
            io::outcome how{};
            io::action resume(io::outcome const& o)
            {
                how = o;
                return o.what == io::outcome::kind::begin ? std::move(what) : io::action::finish();
            }
            io::outcome take() { return how; }
        };
        return run(driver_, once{std::move(what)});
    }
    //]

    chatwire::server_exchange exchange_;
    std::unique_ptr<chatwire::plan> plan_{};
    std::optional<io::action> next_{}; // what it wants done
    chatwire::transport::blocking driver_{};
};

//[serve
template <class ReadBody>
void serve(chatwire::router const& routes, httplib::Request const& request, httplib::Response& response,
           ReadBody read_body)
{
    auto const c = std::make_shared<call>(routes);
    chatwire::http::request_head head{.method = request.method, .target = request.target};
    for (auto const& [name, value] : request.headers)
        (void)head.fields.insert(name, value);
    c->read(std::move(head), read_body);

    auto& exchange = c->exchange();
    auto const answer = exchange.take_head();
    std::string type;
    response.status = answer.status;
    for (auto const& [name, value] : answer.fields)
        if (name == "Content-Type")
            type = value;
        else
            response.set_header(name, value);
    if (exchange.complete()) {
        response.set_content(std::string(exchange.output()), type);
        return;
    }
    response.set_chunked_content_provider(type, [c](std::size_t, httplib::DataSink& sink) {
        auto& exchange = c->exchange();
        if (exchange.output().empty())
            c->go_on();
        auto const bytes = exchange.output();
        if (!sink.write(bytes.data(), bytes.size()))
            return false; // the caller is gone
        exchange.clear_output();
        if (exchange.complete())
            sink.done();
        return true;
    });
}
//]

int main(int argc, char** argv)
{
    //[service
    chatwire::transport::worker_pool engine(8);
    chatwire::completion_service service;
    service.keys = {{"my-key"}};
    service.add_model({.id = "parrot"}, chatwire::started_by([&](auto request, auto queue) {
                          engine.post([=] {
                              chatwire::blocking_responder out{chatwire::blocking_put{queue}};
                              parrot(*request, out);
                              queue->close();
                          });
                      }));
    chatwire::router routes;
    service.mount(routes); // below /v1
    //]

    //[mount
    httplib::Server server;
    server.set_tcp_nodelay(true); // tokens are small
    server.Get("/v1/.*", [&](auto const& request, auto& response) {
        serve(routes, request, response, [](auto const&) { return true; });
    });
    server.Post("/v1/.*", [&](auto const& request, auto& response, auto const& read) {
        serve(routes, request, response, [&](auto const& sink) {
            return read([&](char const* piece, std::size_t n) {
                sink({piece, n});
                return true;
            });
        });
    });
    //]

    int port = argc > 1 ? std::atoi(argv[1]) : 0;
    if (port == 0)
        port = server.bind_to_any_port("127.0.0.1");
    else if (!server.bind_to_port("127.0.0.1", port))
        port = -1;
    if (port < 0) {
        std::cerr << "cannot listen" << std::endl;
        return 1;
    }
    std::cout << "listening on http://127.0.0.1:" << port << std::endl;
    server.listen_after_bind();
}
