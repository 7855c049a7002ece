// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// Both servers behind each kind of door: TLS, and Unix-domain sockets. What they answer is tested elsewhere.
#include "support/clients.hpp"
#include "support/raw_client.hpp"
#include "support/servers.hpp"
#include "support/streams.hpp"
#ifdef CHATWIRE_TLS
#include "support/certificates.hpp"

#include <chatwire/transport/tls.hpp>
#endif

#include <boost/mp11/algorithm.hpp>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(doors)

namespace doors_test {

using namespace chatwire;
using namespace chatwire::test;

chunk said(std::string text) { return {.choices = {{.delta = {.content = std::move(text)}}}}; }
chunk finished() { return {.choices = {{.finish_reason = finish_reason::stop}}}; }

script const greeting = says({said("Hel"), said("lo"), finished()});
request const hello{.messages = {message::user("Hi")}};

// One answer and one stream, through either client.
void talk(transport::options const& t, client_options const& o)
{
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, client_kits>>([&](auto kind) {
        typename decltype(kind)::type kit(t, o);
        auto const answer = kit(kit.client.create(hello));
        BOOST_REQUIRE_MESSAGE(answer, answer.error().what());
        BOOST_TEST(answer->text() == "Hello");
        auto s = kit(kit.client.stream(hello)).value();
        while (kit(s.next()).value())
            ;
        BOOST_TEST(s.completion().text() == "Hello");
        BOOST_TEST((s.end().how == how::finished));
    });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_unix_domain_socket, Server, server_kits)
{
    auto const path = "/tmp/chatwire_doors_" + std::to_string(::getpid());
    {
        Server s(server_options{.unix_socket = path, .api_keys = {"k"}});
        s.on_completion(greeting);
        BOOST_TEST(s.start() == 0);
        talk({}, {.base_url = "http://localhost/v1", .api_key = "k", .unix_socket = path});
        struct stat file {};
        BOOST_TEST(::stat(path.c_str(), &file) == 0);
    }
    BOOST_TEST(::access(path.c_str(), F_OK) != 0);
}

#ifdef CHATWIRE_TLS

certificate_authority const& authority()
{
    static certificate_authority const a;
    return a;
}

transport::securer secured(std::string const& client_ca = {})
{
    auto const i = authority().issue();
    return transport::tls_server({.certificate = i.certificate, .key = i.key, .client_ca = client_ca}).value();
}

transport::options trusting(identity const& shown = {})
{
    return {.secure =
                transport::tls_client({.ca = authority().pem(), .certificate = shown.certificate, .key = shown.key})
                    .value()};
}

client_options at(std::uint16_t port)
{
    return {
        .base_url = "https://localhost:" + std::to_string(port) + "/v1", .api_key = "k", .retries = {.max_retries = 0}};
}

BOOST_AUTO_TEST_CASE_TEMPLATE(tls, Server, server_kits)
{
    Server s(server_options{.api_keys = {"k"}}, secured());
    s.on_completion(greeting);
    auto const port = s.start();
    talk(trusting(), at(port));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(tls_for_those_who_show_a_certificate, Server, server_kits)
{
    certificate_authority const clients("authority of clients");
    Server s(server_options{}, secured(clients.pem()));
    s.on_completion(greeting);
    auto const port = s.start();
    talk(trusting(clients.issue({.name = "me"})), at(port));
    blocking_client nobody(trusting(), at(port));
    auto const refused = nobody.create(hello);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().code == make_error_code(errc::tls_failed));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(tls_over_a_unix_domain_socket, Server, server_kits)
{
    auto const path = "/tmp/chatwire_doors_tls_" + std::to_string(::getpid());
    Server s(server_options{.unix_socket = path}, secured());
    s.on_completion(greeting);
    s.start();
    talk(trusting(), {.base_url = "https://localhost/v1", .api_key = "k", .unix_socket = path});
}

BOOST_AUTO_TEST_CASE_TEMPLATE(who_does_not_speak_tls_is_let_go_and_keeps_nobody_waiting, Server, server_kits)
{
    server_options o;
    o.limits.head_timeout = std::chrono::seconds(3); // enough for those who do speak it, on a busy machine
    Server s(o, secured());
    s.on_completion(greeting);
    auto const port = s.start();
    std::vector<std::unique_ptr<transport::stream>> open;
    for (std::string_view const bytes : {"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "", "\x16\x03\x01", "\n"}) {
        open.push_back(connect({"127.0.0.1", port}));
        if (!bytes.empty())
            BOOST_TEST(send(*open.back(), bytes));
    }
    talk(trusting(), at(port));
    for (auto const& c : open)
        BOOST_TEST(receive(*c).find("HTTP/") == std::string::npos); // until it is closed
    talk(trusting(), at(port));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_server_in_the_middle_of_a_handshake_can_be_stopped, Server, server_kits)
{
    server_options o;
    o.drain_timeout = std::chrono::milliseconds(20);
    Server s(o, secured());
    s.on_completion(greeting);
    auto const c = connect({"127.0.0.1", s.start()});
    BOOST_TEST(send(*c, "\x16\x03\x01"));
    talk(trusting(), at(s.server.port())); // so that the other has been taken on, too
    s.server.stop();
    BOOST_TEST(s.join().has_value());
}

#endif

} // namespace doors_test

BOOST_AUTO_TEST_SUITE_END()
