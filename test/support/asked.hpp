// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_ASKED_HPP
#define CHATWIRE_TEST_SUPPORT_ASKED_HPP

#include "peer.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A service that was asked things, and what it was asked.
namespace chatwire::test {

/// Gives each answer to a request, and keeps the requests.
inline peer::script answers(std::vector<std::string> all, std::vector<std::string>& asked)
{
    return [all = std::move(all), &asked](far_end& end) {
        for (auto const& bytes : all) {
            asked.push_back(end.request());
            end.send(bytes);
        }
    };
}

/// A request with the key `k`.
inline void is(std::string const& request, std::string_view line, std::string_view body)
{
    BOOST_TEST(request.starts_with(std::string(line) + " HTTP/1.1\r\n"), request);
    BOOST_TEST(request.ends_with("\r\n\r\n" + std::string(body)), request);
    BOOST_TEST(request.find("\r\nAuthorization: Bearer k\r\n") != std::string::npos);
}

} // namespace chatwire::test
#endif
