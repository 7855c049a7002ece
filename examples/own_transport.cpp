// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// A transport of one's own. The protocol comes as operations: they say what they want done, one action after another,
// and are told how it went. Whatever can do that is a transport; this one is a plain socket that blocks.
//
//   own_transport BASE_URL [KEY]          own_transport http://127.0.0.1:8080/v1 demo-key
#include <chatwire/client/basic_client.hpp>

#include <iostream>
#include <netdb.h>
#include <poll.h>
#include <unistd.h>

namespace io = chatwire::io;
using kind = io::action::kind;
using how = io::outcome::kind;

//[transport
class plain_socket {
public:
    ~plain_socket() { ::close(fd_); }

    template <class T>
    using task = T;  // what a call returns: the result itself
    void wake() {}   // for programs with other threads,
    void cancel() {} // which this one has not

    io::outcome act(io::action const& a)
    {
        if (a.what == kind::connect)
            return connect(a.to->host, std::to_string(a.to->port));
        if (a.what == kind::close)
            return ::close(std::exchange(fd_, -1)), io::outcome{.what = how::ok};
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(a.deadline - io::clock::now()).count();
        pollfd ready{fd_, static_cast<short>(a.what == kind::read ? POLLIN : POLLOUT), 0};
        if (::poll(&ready, 1, a.deadline == io::never ? -1 : left < 0 ? 0 : static_cast<int>(left)) == 0)
            return {.what = how::timeout};
        auto const n = a.what == kind::read ? ::read(fd_, a.in.data(), a.in.size())
                                            : ::send(fd_, a.out.data(), a.out.size(), MSG_NOSIGNAL);
        if (n < 0)
            return io::outcome::failed({errno, boost::system::system_category()});
        return n > 0 ? io::outcome::bytes(static_cast<std::size_t>(n)) : io::outcome{.what = how::eof};
    }

private:
    io::outcome connect(std::string const& host, std::string const& port)
    {
        addrinfo* found = nullptr;
        if (::getaddrinfo(host.c_str(), port.c_str(), nullptr, &found) != 0)
            return io::outcome::failed(chatwire::errc::host_not_found);
        fd_ = ::socket(found->ai_family, SOCK_STREAM, 0);
        bool const ok = ::connect(fd_, found->ai_addr, found->ai_addrlen) == 0;
        ::freeaddrinfo(found);
        return ok ? io::outcome{.what = how::ok} : io::outcome::failed(chatwire::errc::connect_failed);
    }
    int fd_ = -1;
};

template <io::operation Op>
auto run(plain_socket& t, Op op)
{
    io::action next = op.resume({});
    while (next.what != kind::done)
        next = op.resume(t.act(next));
    return op.take();
}
//]

int main(int argc, char** argv)
{
    chatwire::basic_client<plain_socket> ai({.base_url = argc > 1 ? argv[1] : "", .api_key = argc > 2 ? argv[2] : ""});
    auto const answer = ai.create({.messages = {chatwire::message::user("Hello!")}});
    std::cout << (answer ? answer->text() : answer.error().what()) << std::endl;
    return answer ? 0 : 1;
}
