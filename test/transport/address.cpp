// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/transport/address.hpp>

#include <boost/test/unit_test.hpp>

#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <string>
#include <sys/un.h>

BOOST_AUTO_TEST_SUITE(transport_address)

namespace transport_address_test {

using namespace chatwire;

bool ordinary(std::string const& text)
{
    sockaddr_storage s{};
    if (in_addr v4{}; ::inet_pton(AF_INET, text.c_str(), &v4) == 1) {
        sockaddr_in a{};
        a.sin_family = AF_INET;
        a.sin_addr = v4;
        std::memcpy(&s, &a, sizeof a);
    } else {
        sockaddr_in6 a{};
        a.sin6_family = AF_INET6;
        BOOST_TEST_REQUIRE(::inet_pton(AF_INET6, text.c_str(), &a.sin6_addr) == 1, text);
        std::memcpy(&s, &a, sizeof a);
    }
    return transport::is_ordinary(reinterpret_cast<sockaddr const&>(s));
}

BOOST_AUTO_TEST_CASE(hosts_near_and_far_are_ordinary)
{
    for (auto const* a : {"8.8.8.8",          "10.0.0.1",         "172.16.0.1",      "192.168.1.5",   "127.0.0.1",
                          "127.255.255.254",  "100.64.0.1",       "100.100.100.199", "1.0.0.0",       "223.255.255.255",
                          "169.253.255.255",  "169.255.0.0",      "168.63.129.17",   "192.0.1.0",     "::1",
                          "2001:db8::1",      "fd00::1",          "fec0::1",         "fd00:ec2::253", "::ffff:8.8.8.8",
                          "::ffff:127.0.0.1", "64:ff9b::8.8.8.8", "2002:808:808::1", "fe00::1",       "::8.8.8.8"})
        BOOST_TEST(ordinary(a), a);
}

BOOST_AUTO_TEST_CASE(addresses_with_a_meaning_of_their_own_are_not)
{
    for (auto const* a : {"169.254.169.254",
                          "169.254.0.0",
                          "169.254.255.255",
                          "0.0.0.0",
                          "0.1.2.3",
                          "224.0.0.1",
                          "239.255.255.255",
                          "240.0.0.1",
                          "255.255.255.255",
                          "192.0.0.192",
                          "100.100.100.200",
                          "168.63.129.16",
                          "::",
                          "fe80::1",
                          "fe80::a9fe:a9fe",
                          "febf::1",
                          "ff02::1",
                          "ff00::",
                          "fd00:ec2::254",
                          "fd20:ce::254",
                          "::ffff:169.254.169.254",
                          "::ffff:0.0.0.0",
                          "::ffff:224.0.0.1",
                          "::169.254.169.254",
                          "64:ff9b::169.254.169.254",
                          "2002:a9fe:a9fe::1",
                          "2002:a9fe:a9fe:1::"})
        BOOST_TEST(!ordinary(a), a);
}

BOOST_AUTO_TEST_CASE(other_families_are_not)
{
    sockaddr_un local{};
    local.sun_family = AF_UNIX;
    BOOST_TEST(!transport::is_ordinary(reinterpret_cast<sockaddr const&>(local)));
}

} // namespace transport_address_test
BOOST_AUTO_TEST_SUITE_END()
