// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_RAW_CLIENT_HPP
#define CHATWIRE_TEST_SUPPORT_RAW_CLIENT_HPP

#include "served.hpp"

#include <chatwire/transport/descriptor.hpp>

#include <boost/test/unit_test.hpp>

#include <arpa/inet.h>
#include <chrono>
#include <cstdint>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>

namespace chatwire::test {

/// A caller with a bare socket on 127.0.0.1, which blocks. What takes a minute has failed. `answer`, `ask` and `rest`
/// are for the test's own thread.
class raw_client {
public:
    /// @param receive_buffer bytes the kernel takes in for it; 0: as it likes
    explicit raw_client(std::uint16_t port, int receive_buffer = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        if (receive_buffer)
            ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_.get(), reinterpret_cast<sockaddr const*>(&to), sizeof to) == 0;
    }

    bool connected() const { return connected_; }

    /// False: the server has closed.
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            auto const n = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (n < 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(n));
        }
        return true;
    }

    /// More of what the server says into `received`. False: it has closed.
    bool receive()
    {
        pollfd fd{socket_.get(), POLLIN, 0};
        timed_out = ::poll(&fd, 1, 60'000) != 1;
        if (timed_out)
            return false;
        char buffer[16384];
        auto const n = ::recv(socket_.get(), buffer, sizeof buffer, 0);
        if (n <= 0)
            return false;
        received.append(buffer, static_cast<std::size_t>(n));
        return true;
    }

    /// Until `text` was received. False: the server has closed before.
    bool wait_for(std::string_view text)
    {
        while (received.find(text) == received.npos)
            if (!receive())
                return false;
        return true;
    }

    /// Until the server closes.
    std::string const& rest()
    {
        while (receive())
            ;
        BOOST_TEST_REQUIRE(!timed_out, "the server does not close: " << received);
        return received;
    }

    /// The next answer, which ends before the connection does.
    seen_answer answer(std::string_view method = "POST")
    {
        http::response_parser parser;
        seen_answer a;
        parser.expect(method);
        parser.feed(received);
        for (;;) {
            auto const p = parser.next();
            BOOST_TEST_REQUIRE(p.has_value(), "not an answer: " << received);
            switch (p->what) {
            case http::piece::kind::head:
                a.status = parser.head().status;
                a.fields = parser.head().fields;
                break;
            case http::piece::kind::body: a.body += p->body; break;
            case http::piece::kind::end:
                a.complete = true;
                received = parser.unread();
                return a;
            default: {
                auto const before = received.size();
                if (!receive()) {
                    BOOST_TEST_REQUIRE(!timed_out, "the server says nothing more: " << received);
                    return a;
                }
                parser.feed(std::string_view(received).substr(before));
            }
            }
        }
    }

    /// Asks, and waits for the answer.
    seen_answer ask(std::string_view request, std::string_view method = "POST")
    {
        if (!send(request))
            return {};
        return answer(method);
    }

    /// Whether nothing is to be read for so long, not even the end.
    bool says_nothing_for(std::chrono::milliseconds time)
    {
        pollfd fd{socket_.get(), POLLIN, 0};
        return ::poll(&fd, 1, static_cast<int>(time.count())) == 0;
    }

    /// No more requests; what the server says is still received.
    void end() { ::shutdown(socket_.get(), SHUT_WR); }
    void close() { socket_.reset(); }
    /// Gone without a word, as by a crash.
    void reset()
    {
        linger const at_once{1, 0};
        ::setsockopt(socket_.get(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        close();
    }

    std::string received{};
    bool timed_out = false;

private:
    transport::descriptor socket_;
    bool connected_ = false;
};

} // namespace chatwire::test
#endif
