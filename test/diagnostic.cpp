// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/diagnostic.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace diagnostic_test {

using chatwire::diagnostic;
using chatwire::diagnostics;

BOOST_AUTO_TEST_SUITE(diagnostic_)

BOOST_AUTO_TEST_CASE(keeps_code_offset_and_a_short_excerpt)
{
    diagnostics d;
    d.add("null_chunk", 17, std::string(200, 'x'));
    BOOST_TEST(d.count() == 1u);
    BOOST_TEST((d.kept().at(0) == diagnostic{"null_chunk", 17, std::string(diagnostics::max_excerpt, 'x')}));
    d.add("short", 300, "ab");
    BOOST_TEST((d.kept().at(1) == diagnostic{"short", 300, "ab"}));
}

BOOST_AUTO_TEST_CASE(counts_on_when_it_keeps_no_more)
{
    diagnostics d;
    d.max_kept = 2;
    for (std::uint64_t i = 0; i != 5; ++i)
        d.add("c", i, "");
    BOOST_TEST(d.count() == 5u);
    BOOST_TEST(d.kept().size() == 2u);
    BOOST_TEST(d.kept().back().offset == 1u);
}

BOOST_AUTO_TEST_CASE(the_hook_sees_every_one)
{
    std::vector<std::uint64_t> seen;
    diagnostics d;
    d.max_kept = 1;
    d.hook = [&](diagnostic const& x) { seen.push_back(x.offset); };
    for (std::uint64_t i = 0; i != 4; ++i)
        d.add("c", i, "excerpt");
    BOOST_TEST(seen == (std::vector<std::uint64_t>{0, 1, 2, 3}), boost::test_tools::per_element());
    BOOST_TEST(d.kept().size() == 1u);
}

BOOST_AUTO_TEST_CASE(there_is_a_bound_to_what_is_borne)
{
    diagnostics d;
    BOOST_TEST(d.max_count == 100'000u);
    d.max_count = 2;
    d.add("c", 0, "");
    d.add("c", 1, "");
    BOOST_TEST(!d.exhausted());
    d.add("c", 2, "");
    BOOST_TEST(d.exhausted());

    d.allow_more(1); // more
    BOOST_TEST(!d.exhausted());
    d.add("c", 3, "");
    BOOST_TEST(!d.exhausted());
    d.add("c", 4, "");
    BOOST_TEST(d.exhausted());
    d.allow_more(std::numeric_limits<std::uint64_t>::max()); // as many as can be counted
    BOOST_TEST(!d.exhausted());
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace diagnostic_test
