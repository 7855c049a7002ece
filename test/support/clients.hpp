// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_CLIENTS_HPP
#define CHATWIRE_TEST_SUPPORT_CLIENTS_HPP

#include <chatwire/client.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/mp11/list.hpp>

#include <utility>

namespace chatwire::test {

/// Both clients behind one shape: `kit(kit.client.create(r))` gives the result.
template <template <class> class Client>
struct blocking_kit {
    template <class... More>
    explicit blocking_kit(transport::options t, client_options o, More&&... more)
        : client(std::move(t), std::move(o), std::forward<More>(more)...)
    {
    }
    template <class... More>
    explicit blocking_kit(transport::connector c, client_options o, More&&... more)
        : blocking_kit(transport::options{.connect = std::move(c)}, std::move(o), std::forward<More>(more)...)
    {
    }
    template <class T>
    T operator()(T result)
    {
        return result;
    }
    Client<transport::blocking> client;
};

template <template <class> class Client>
struct asio_kit {
    template <class... More>
    explicit asio_kit(transport::options t, client_options o, More&&... more)
        : client(context.get_executor(), std::move(o), std::forward<More>(more)..., std::move(t))
    {
    }
    template <class... More>
    explicit asio_kit(transport::connector c, client_options o, More&&... more)
        : asio_kit(transport::options{.connect = std::move(c)}, std::move(o), std::forward<More>(more)...)
    {
    }
    template <class T>
    T operator()(boost::asio::awaitable<T> a)
    {
        return transport::block_on(context, std::move(a));
    }
    boost::asio::io_context context{1};
    Client<transport::asio> client;
};

template <class Transport>
using openai_client = basic_client<Transport>;

using client_kits = boost::mp11::mp_list<blocking_kit<openai_client>, asio_kit<openai_client>>;
using pathors_kits = boost::mp11::mp_list<blocking_kit<pathors::basic_client>, asio_kit<pathors::basic_client>>;
using chats_kits = boost::mp11::mp_list<blocking_kit<chats::basic_client>, asio_kit<chats::basic_client>>;

} // namespace chatwire::test
#endif
