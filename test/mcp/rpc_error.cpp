// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/reader.hpp>
#include <chatwire/json/writer.hpp>
#include <chatwire/mcp/rpc_error.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mcp_rpc_error)

namespace mcp_rpc_error_test {

using namespace chatwire;
using mcp::rpc_code;
using mcp::rpc_error;

BOOST_AUTO_TEST_CASE(an_error_has_a_code_and_words)
{
    rpc_error const e{rpc_code::header_mismatch, "no"};
    BOOST_TEST((e == rpc_code::header_mismatch));
    BOOST_TEST(!(e == rpc_code::invalid_params));
    BOOST_TEST(json::to_text(e) == R"({"code":-32020,"message":"no"})");
    rpc_error const more{rpc_code::unsupported_version, "", raw_json::trusted("[1]")};
    BOOST_TEST(json::to_text(more) == R"({"code":-32022,"message":"","data":[1]})");
    BOOST_TEST((json::read<rpc_error>(json::to_text(more)).value() == more));
    BOOST_TEST((rpc_error() == rpc_code::internal_error));
}

} // namespace mcp_rpc_error_test
BOOST_AUTO_TEST_SUITE_END()
