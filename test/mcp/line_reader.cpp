// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/mcp/line_reader.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(mcp_line_reader)

namespace mcp_line_reader_test {

using namespace chatwire;

// The lines, a line that is too long as "!". Cut at the given places.
std::vector<std::string> lines(std::string_view text, std::size_t max_line, std::vector<std::size_t> cuts,
                               bool end = true)
{
    mcp::line_reader in(max_line);
    std::vector<std::string> out;
    auto const drain = [&] {
        for (;;) {
            auto const l = in.next();
            if (!l) {
                BOOST_TEST((l.error().code == errc::line_limit));
                out.push_back("!");
            } else if (*l) {
                out.emplace_back(**l);
            } else {
                return;
            }
        }
    };
    cuts.push_back(text.size());
    std::size_t at = 0;
    for (auto const cut : cuts) {
        while (at != cut) {
            auto const into = in.prepare();
            BOOST_TEST_REQUIRE(!into.empty());
            auto const n = std::min(into.size(), cut - at);
            std::copy_n(text.data() + at, n, into.data());
            in.commit(n);
            at += n;
        }
        drain();
    }
    if (end) {
        in.commit_eof();
        drain();
    }
    return out;
}

BOOST_AUTO_TEST_CASE(lines_are_lines_wherever_they_are_cut)
{
    std::string const text = "one\n\n \t\r\ntwo\r\nway too long for it\nx\nlast";
    std::vector<std::string> const expected = {"one", "two\r", "!", "x", "last"};
    for (std::size_t i = 0; i <= text.size(); ++i)
        for (std::size_t j = i; j <= text.size(); ++j)
            BOOST_TEST_REQUIRE((lines(text, 8, {i, j}) == expected), i << " " << j);
    BOOST_TEST((lines(text, 8, {}, false) == std::vector<std::string>{"one", "two\r", "!", "x"}));
}

BOOST_AUTO_TEST_CASE(a_line_may_be_as_long_as_the_limit)
{
    for (std::size_t cut = 0; cut <= 6; ++cut) {
        BOOST_TEST((lines("12345\n", 5, {cut}) == std::vector<std::string>{"12345"}));
        BOOST_TEST((lines("12345", 5, {std::min<std::size_t>(cut, 5)}) == std::vector<std::string>{"12345"}));
        BOOST_TEST((lines("123456", 5, {cut}) == std::vector<std::string>{"!"}));
        BOOST_TEST((lines("123456\n7\n", 5, {cut}) == std::vector<std::string>{"!", "7"}));
    }
}

BOOST_AUTO_TEST_CASE(what_is_too_long_is_not_kept)
{
    mcp::line_reader in(1000);
    std::size_t faults = 0, most = 0;
    for (int i = 0; i < 1000; ++i) {
        auto const into = in.prepare();
        most = std::max(most, into.size());
        std::fill(into.begin(), into.end(), 'x');
        in.commit(into.size());
        faults += !in.next();
    }
    BOOST_TEST(faults == 1U);
    BOOST_TEST(most < 65536U);
}

} // namespace mcp_line_reader_test
BOOST_AUTO_TEST_SUITE_END()
