// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// TLS as a client of the protocol meets it, in both drivers: whom it talks to, whom not, and how it says so.
#include <chatwire/transport/options.hpp>

#ifdef CHATWIRE_TLS
#include "../support/answers.hpp"
#include "../support/certificates.hpp"
#include "../support/clients.hpp"
#include "../support/peer.hpp"

#include <chatwire/transport/tls.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <fstream>
#include <string>
#include <unistd.h>
#include <vector>

BOOST_AUTO_TEST_SUITE(transport_tls)

namespace transport_tls_test {

using namespace chatwire;
using namespace chatwire::test;
using transport::securer;
using transport::tls_client;
using transport::tls_client_options;
using transport::tls_server;

certificate_authority const& authority()
{
    static certificate_authority const a;
    return a;
}

client_options const options{.base_url = "https://localhost:8443/v1", .api_key = "k", .retries = {.max_retries = 0}};
request const hello{.messages = {message::user("Hi")}};

securer server_of(identity const& i, std::string const& client_ca = {})
{
    return tls_server({.certificate = i.certificate, .key = i.key, .client_ca = client_ca}).value();
}

transport::options reach(peer& p, tls_client_options const& o)
{
    return {.connect = p.connector(), .secure = tls_client(o).value()};
}

tls_client_options trusting() { return {.ca = authority().pem()}; }

// Answers each request over TLS.
peer::script answers(securer const& s, std::vector<std::string> all)
{
    return [s, all](far_end& end) {
        if (!end.secure(s))
            return;
        for (auto const& bytes : all) {
            end.request();
            if (!end.send(bytes, 1000))
                return;
        }
        end.until_closed();
    };
}

template <class R>
failure failure_of(R const& r)
{
    BOOST_REQUIRE(!r);
    return r.error();
}

bool says(failure const& f, std::string_view words)
{
    BOOST_TEST_INFO(f.what());
    return f.message.find(words) != f.message.npos;
}

// What lies between TLS and the bytes: counts what is sent, and sends nothing any more once it is mute.
struct meter final : transport::stream {
    meter(std::unique_ptr<transport::stream> s, std::atomic<std::size_t>& n, std::atomic<bool>& m)
        : inner(std::move(s)), sent(n), mute(m)
    {
    }
    transport::attempt try_read(std::span<char> into) override { return inner->try_read(into); }
    transport::attempt try_write(std::string_view bytes) override
    {
        if (mute)
            return {.n = bytes.size()};
        auto const a = inner->try_write(bytes);
        sent += a.n;
        return a;
    }
    void shutdown_write() noexcept override { inner->shutdown_write(); }
    int native_handle() const noexcept override { return inner->native_handle(); }

    std::unique_ptr<transport::stream> inner;
    std::atomic<std::size_t>& sent;
    std::atomic<bool>& mute;
};

BOOST_AUTO_TEST_CASE_TEMPLATE(a_service_with_a_good_certificate_is_talked_to, Kit, client_kits)
{
    auto const server = server_of(authority().issue());
    for (auto const* base : {"https://localhost/v1", "https://LOCALHOST:8443/v1", "https://localhost./v1",
                             "https://127.0.0.1:8443/v1", "https://[::1]/v1"})
        for (std::size_t const capacity : {std::size_t{65536}, std::size_t{1000}}) { // in pieces of any size
            BOOST_TEST_CONTEXT(base << ' ' << capacity)
            {
                peer p({answers(server, {http_answer(whole_answer), chunked(stream_body())})}, capacity);
                Kit kit(reach(p, trusting()), client_options{.base_url = base, .api_key = "k"});
                auto const answer = kit(kit.client.create(hello));
                BOOST_REQUIRE_MESSAGE(answer, answer.error().what());
                BOOST_TEST(answer->text() == "Hello");
                auto s = kit(kit.client.stream(hello)).value();
                while (kit(s.next()).value())
                    ;
                BOOST_TEST(s.completion().text() == "Hello");
                BOOST_TEST((s.end().how == how::finished));
                BOOST_TEST(p.connections() == 1u);
            }
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(much_goes_through_in_both_directions, Kit, client_kits)
{
    std::string long_text;
    while (long_text.size() < 300'000)
        long_text += std::to_string(long_text.size()) + ' ';
    std::string heard;
    auto const server = server_of(authority().issue());
    peer p({[&](far_end& end) {
               if (!end.secure(server))
                   return;
               heard = end.request();
               end.send(http_answer(json::to_text(completion{
                   .choices = {{.message = message::assistant(long_text), .finish_reason = finish_reason::stop}}})));
               end.until_closed();
           }},
           5000);
    {
        Kit kit(reach(p, trusting()), options);
        request const r{.messages = {message::user(long_text)}};
        BOOST_TEST((kit(kit.client.create(r)).value().text() == long_text));
    }
    BOOST_TEST((heard.find(long_text) != heard.npos));
}

struct stranger {
    char const* name;
    identity shown;
    char const* words; // what is said of it
};

std::vector<stranger> strangers()
{
    certificate_authority const other("another authority");
    return {
        {"self-signed", certificate_authority::self_signed(), "self-signed certificate"},
        {"expired", authority().issue({.from = -7200, .until = -3600}), "certificate has expired"},
        {"not yet valid", authority().issue({.from = 3600}), "certificate is not yet valid"},
        {"for another host", authority().issue({.name = "example.org", .hosts = "DNS:example.org"}),
         "hostname mismatch"},
        {"for a name of which this is a part", authority().issue({.hosts = "DNS:localhost.example.org"}),
         "hostname mismatch"},
        {"for any top-level name", authority().issue({.hosts = "DNS:*"}), "hostname mismatch"},
        {"by an authority nobody trusts", other.issue(), "unable to get local issuer certificate"},
    };
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_service_with_a_bad_certificate_gets_no_request_and_is_told_of, Kit, client_kits)
{
    for (auto const& s : strangers())
        BOOST_TEST_CONTEXT(s.name)
        {
            std::atomic<bool> heard{false};
            auto const server = server_of(s.shown);
            peer p({[&](far_end& end) {
                if (end.secure(server) && !end.request().empty())
                    heard = true;
            }});
            {
                Kit kit(reach(p, trusting()), options);
                auto const f = failure_of(kit(kit.client.create(hello)));
                BOOST_TEST(f.code == make_error_code(errc::bad_certificate));
                BOOST_TEST((f.code == condition::peer_violation));
                BOOST_TEST(says(f, "localhost:8443"));
                BOOST_TEST(says(f, s.words));
                BOOST_TEST(says(f, "subject: CN = "));
            }
            BOOST_TEST(!heard);
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(without_an_authority_of_ones_own_the_systems_count, Kit, client_kits)
{
    auto const server = server_of(authority().issue());
    peer p({answers(server, {http_answer(whole_answer)}), answers(server, {http_answer(whole_answer)})});
    {
        Kit kit(transport::options{.connect = p.connector()}, options);
        BOOST_TEST(failure_of(kit(kit.client.create(hello))).code == make_error_code(errc::bad_certificate));
        Kit anybody(reach(p, {.accept_any_certificate_and_so_be_talking_to_anybody = true}), options);
        BOOST_TEST(anybody(anybody.client.create(hello)).has_value());
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_certificate_may_be_trusted_by_itself, Kit, client_kits)
{
    auto const one = certificate_authority::self_signed();
    peer p({answers(server_of(one), {http_answer(whole_answer)})});
    Kit kit(reach(p, {.ca = one.certificate}), options);
    BOOST_TEST(kit(kit.client.create(hello)).has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_service_may_want_a_certificate, Kit, client_kits)
{
    certificate_authority const clients("authority of clients");
    auto const server = server_of(authority().issue(), clients.pem());
    auto const one = answers(server, {http_answer(whole_answer)});
    peer p({one, one, one});
    auto const attempt = [&](identity const& shown) {
        Kit kit(reach(p, {.ca = authority().pem(), .certificate = shown.certificate, .key = shown.key}), options);
        return kit(kit.client.create(hello));
    };
    BOOST_TEST(attempt(clients.issue({.name = "me"})).has_value());
    auto const without = failure_of(attempt({}));
    BOOST_TEST(without.code == make_error_code(errc::tls_failed));
    BOOST_TEST(says(without, "certificate required"));
    auto const other = failure_of(attempt(authority().issue({.name = "me"})));
    BOOST_TEST(other.code == make_error_code(errc::tls_failed));
    BOOST_TEST(says(other, "unknown ca"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_connection_that_is_cut_is_no_end_unless_the_answer_was_over, Kit, client_kits)
{
    auto const server = server_of(authority().issue());
    auto const head = until_close("");
    std::atomic<std::size_t> sent{0};
    auto const cut_after = [&](std::string bytes, std::atomic<bool>& mute) {
        return [&, bytes](far_end& end) {
            end.wrap([&](auto s) { return std::make_unique<meter>(std::move(s), sent, mute); });
            if (!end.secure(server))
                return;
            end.request();
            end.send(bytes);
            mute = true; // so that no close_notify is sent
        };
    };
    {
        std::atomic<bool> mute{false};
        peer p({cut_after(head + event(chunk_a) + event(chunk_b), mute)});
        Kit kit(reach(p, trusting()), options);
        auto s = kit(kit.client.stream(hello)).value();
        result<std::optional<chunk>> c = std::nullopt;
        while ((c = kit(s.next())) && *c)
            ;
        BOOST_TEST(failure_of(c).code == make_error_code(errc::tls_truncated));
        BOOST_TEST((s.end().how == how::transport));
        BOOST_TEST(s.completion().text() == "Hello");
    }
    {
        std::atomic<bool> mute{false};
        peer p({cut_after(head + stream_body(), mute)});
        Kit kit(reach(p, trusting()), options);
        auto s = kit(kit.client.stream(hello)).value();
        while (kit(s.next()).value())
            ;
        BOOST_TEST((s.end().how == how::finished));
    }
    { // an answer that only the end of the connection ends may have been cut short by anybody
        std::atomic<bool> mute{false};
        peer p({cut_after("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" +
                              std::string(whole_answer),
                          mute)});
        Kit kit(reach(p, trusting()), options);
        BOOST_TEST(failure_of(kit(kit.client.create(hello))).code == make_error_code(errc::tls_truncated));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_handshake_that_stalls_is_a_connection_that_is_not_made, Kit, client_kits)
{
    peer p({[](far_end& end) { end.until_closed(); }});
    Kit kit(reach(p, trusting()), client_options{.base_url = "https://localhost/v1",
                                                 .connect_timeout = std::chrono::milliseconds(20),
                                                 .retries = {.max_retries = 0}});
    auto const f = failure_of(kit(kit.client.create(hello)));
    BOOST_TEST(f.code == make_error_code(errc::connect_timeout));
    BOOST_TEST(says(f, "https://localhost"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_handshake_can_be_cancelled, Kit, client_kits)
{
    std::atomic<bool> begun{false};
    peer p({[&](far_end& end) {
        begun = true;
        end.until_closed();
    }});
    Kit kit(reach(p, trusting()), options);
    std::thread other([&] {
        while (!begun)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        kit.client.cancel();
    });
    BOOST_TEST(failure_of(kit(kit.client.create(hello))).code == make_error_code(errc::cancelled));
    other.join();
}

BOOST_AUTO_TEST_CASE_TEMPLATE(who_does_not_speak_tls_is_told_of, Kit, client_kits)
{
    peer p({[](far_end& end) {
                end.send("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
                end.until_closed();
            },
            [](far_end&) {}});
    Kit kit(reach(p, trusting()), options);
    auto const f = failure_of(kit(kit.client.create(hello)));
    BOOST_TEST(f.code == make_error_code(errc::tls_failed));
    BOOST_TEST(says(f, "no TLS with localhost:8443"));
    auto const cut = failure_of(kit(kit.client.create(hello)));
    BOOST_TEST((cut.code == condition::transport));
    BOOST_TEST(says(cut, "was cut short"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_transport_without_tls_says_so, Kit, client_kits)
{
    peer p({[](far_end& end) { end.until_closed(); }});
    Kit kit(transport::options{.connect = p.connector(), .secure = nullptr}, options);
    auto const f = failure_of(kit(kit.client.create(hello)));
    BOOST_TEST(f.code == make_error_code(errc::unsupported));
    BOOST_TEST(says(f, "https://localhost:8443"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_second_connection_resumes_the_session, Kit, client_kits)
{
    auto const server = server_of(authority().issue());
    std::atomic<bool> mute{false};
    std::atomic<std::size_t> sent{0};
    std::vector<std::size_t> handshakes;
    peer::script const once = [&](far_end& end) {
        sent = 0;
        end.wrap([&](auto s) { return std::make_unique<meter>(std::move(s), sent, mute); });
        if (!end.secure(server))
            return;
        handshakes.push_back(sent);
        end.request();
        end.send(http_answer(whole_answer, 200, "application/json", "Connection: close\r\n"));
        end.until_closed();
    };
    {
        peer p({once, once, once});
        Kit kit(reach(p, trusting()), options);
        for (int i = 0; i < 3; ++i)
            BOOST_TEST(kit(kit.client.create(hello)).has_value());
    }
    // A resumed handshake has no certificate in it.
    BOOST_REQUIRE(handshakes.size() == 3u);
    BOOST_TEST(handshakes[1] + 300 < handshakes[0]);
    BOOST_TEST(handshakes[2] + 300 < handshakes[0]);
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_proxy_makes_a_tunnel_that_tls_goes_through, Kit, client_kits)
{
    auto const server = server_of(authority().issue());
    std::string asked;
    {
        peer p({[&](far_end& end) {
                    asked = end.request();
                    end.send("HTTP/1.1 200 Connection established\r\n\r\n");
                    answers(server, {http_answer(whole_answer), http_answer(whole_answer)})(end);
                },
                [](far_end& end) {
                    end.request();
                    end.send("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 2\r\n\r\nno");
                    end.until_closed();
                }});
        auto o = options;
        o.proxy = "http://me:p%40ss@127.0.0.1:3128";
        Kit kit(reach(p, trusting()), o);
        for (int i = 0; i < 2; ++i)
            BOOST_TEST(kit(kit.client.create(hello)).value().text() == "Hello");
        Kit refused(reach(p, trusting()), o);
        auto const f = failure_of(refused(refused.client.create(hello)));
        BOOST_TEST(f.code == make_error_code(errc::proxy_refused));
        BOOST_TEST(f.status == 407);
        BOOST_TEST(says(f, "http://127.0.0.1:3128 made no tunnel to localhost:8443: 407"));
        BOOST_TEST(!says(f, "p@ss"));
    }
    BOOST_TEST(asked.starts_with("CONNECT localhost:8443 HTTP/1.1\r\nHost: localhost:8443\r\n"));
    BOOST_TEST(asked.find("Proxy-Authorization: Basic bWU6cEBzcw==\r\n") != asked.npos);
    BOOST_TEST(asked.find("Authorization: Bearer") == asked.npos);
}

BOOST_AUTO_TEST_CASE(options_that_cannot_be_used_are_refused_with_a_reason)
{
    auto const one = authority().issue();
    auto const other = authority().issue();
    auto const client = [](tls_client_options const& o, std::string_view words) {
        auto const f = failure_of(tls_client(o));
        BOOST_TEST(f.code == make_error_code(errc::invalid_argument));
        BOOST_TEST(says(f, words));
    };
    client({.ca = "/no/such/file.pem"}, "the ca file /no/such/file.pem cannot be read: No such file or directory");
    client({.ca = "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n"}, "holds no certificate");
    client({.ca = one.key}, "holds no certificate");
    client({.ca = one.certificate + "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n"},
           "holds no certificate");
    client({.certificate = one.certificate, .key = other.key}, "the key is not the certificate's");
    client({.certificate = one.certificate}, "the key file  cannot be read");

    auto const locked = certificate_authority::encrypt(one.key, "open sesame");
    client({.certificate = one.certificate, .key = locked}, "the key cannot be read");
    client({.certificate = one.certificate, .key = locked, .key_password = "wrong"}, "the key cannot be read");
    BOOST_TEST(tls_client({.certificate = one.certificate, .key = locked, .key_password = "open sesame"}).has_value());

    auto const server = failure_of(tls_server({}));
    BOOST_TEST(server.code == make_error_code(errc::invalid_argument));
    BOOST_TEST(says(server, "certificate"));
    BOOST_TEST(tls_server({.certificate = one.certificate + authority().pem(), .key = one.key}).has_value());
}

BOOST_AUTO_TEST_CASE(certificates_may_be_in_files)
{
    auto const path = "/tmp/chatwire_tls_" + std::to_string(::getpid()) + ".pem";
    std::ofstream(path) << "# a comment\n" << authority().pem();
    BOOST_TEST(tls_client({.ca = path}).has_value());
    ::unlink(path.c_str());
}

} // namespace transport_tls_test

BOOST_AUTO_TEST_SUITE_END()
#endif
