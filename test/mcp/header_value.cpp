// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/mcp/header_value.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(mcp_header_value)

namespace mcp_header_value_test {

using chatwire::mcp::decode_header_value;

BOOST_AUTO_TEST_CASE(printable_ascii_is_itself)
{
    for (std::string const text : {"", "us-west1", "a b\tc", "=?base64?", "=?base64?=", "?=", "=?BASE64?QQ==?=", "~"})
        BOOST_TEST((decode_header_value(text) == text), text);
    for (std::string const text : {"\x7f", "\x1f", "caf\xc3\xa9", "\xff"})
        BOOST_TEST(!decode_header_value(text), text);
}

BOOST_AUTO_TEST_CASE(everything_else_is_encoded)
{
    BOOST_TEST((decode_header_value("=?base64?SGVsbG8sIOS4lueVjA==?=") == "Hello, \xe4\xb8\x96\xe7\x95\x8c"));
    BOOST_TEST((decode_header_value("=?base64?IHBhZGRlZCA=?=") == " padded "));
    BOOST_TEST((decode_header_value("=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=") == "=?base64?literal?="));
    BOOST_TEST((decode_header_value("=?base64?"
                                    "?=") == ""));
    // not base64, not the shortest, or not UTF-8
    for (std::string const inside : {"QQ", "QQ=", "Q===", "====", "QR==", "QUJ=", "Q Q=", "QQ==QQ==", "_-8=", "/w=="})
        BOOST_TEST(!decode_header_value("=?base64?" + inside + "?="), inside);
}

} // namespace mcp_header_value_test
BOOST_AUTO_TEST_SUITE_END()
