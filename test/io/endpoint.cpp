// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/io/endpoint.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>

BOOST_AUTO_TEST_SUITE(io_endpoint)
namespace io_endpoint_cases {

using chatwire::result;
using chatwire::io::endpoint;

struct echo {
    using event = std::string;
    std::string_view output() const { return sent; }
    void consume(std::size_t n) { sent.erase(0, n); }
    std::span<char> prepare() { return buffer; }
    void commit(std::size_t n) { sent.append(buffer.data(), n); }
    void commit_eof() {}
    result<std::optional<event>> next_event() { return std::optional<event>(); }
    std::string sent{};
    std::array<char, 4> buffer{};
};

// Each lacks one thing.
struct no_event_type {
    std::string_view output();
    void consume(std::size_t);
    std::span<char> prepare();
    void commit(std::size_t);
    void commit_eof();
    result<std::optional<int>> next_event();
};
struct no_eof : echo {
    void commit_eof() = delete;
};
struct reads_into_constants : echo {
    std::span<char const> prepare();
};
struct outputs_numbers : echo {
    int output();
};
struct always_has_an_event : echo {
    result<event> next_event();
};
struct never_fails : echo {
    std::optional<event> next_event();
};
struct gives_events_of_another_type : echo {
    using event = int;
};

static_assert(endpoint<echo>);
static_assert(!endpoint<int>);
static_assert(!endpoint<no_event_type>);
static_assert(!endpoint<no_eof>);
static_assert(!endpoint<reads_into_constants>);
static_assert(!endpoint<outputs_numbers>);
static_assert(!endpoint<always_has_an_event>);
static_assert(!endpoint<never_fails>);
static_assert(!endpoint<gives_events_of_another_type>);

// Something generic over endpoints, without the IO: what one side sends, the other receives.
template <endpoint A, endpoint B>
std::size_t pass(A& from, B& to)
{
    auto const out = std::string_view(from.output());
    auto const in = std::span<char>(to.prepare());
    auto const n = out.copy(in.data(), in.size());
    from.consume(n);
    to.commit(n);
    return n;
}

BOOST_AUTO_TEST_CASE(generic_code_needs_no_more_than_the_concept)
{
    echo a{.sent = "abcdefg"};
    echo b;
    BOOST_TEST(pass(a, b) == 4u);
    BOOST_TEST(pass(a, b) == 3u);
    BOOST_TEST(pass(a, b) == 0u);
    BOOST_TEST(b.sent == "abcdefg");
}

} // namespace io_endpoint_cases
BOOST_AUTO_TEST_SUITE_END()
