// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/store/row.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(store_row)
namespace store_row_cases {

using namespace chatwire::store;

BOOST_AUTO_TEST_CASE(a_new_row_is_of_no_version_and_no_time)
{
    row const r{.key = {"chat", "p", "x"}, .body = "{}"};
    BOOST_TEST(r.version == 0u);
    BOOST_TEST((r.created == timestamp{} && r.updated == timestamp{}));
}

BOOST_AUTO_TEST_CASE(rows_are_equal_when_every_member_is)
{
    row const a{.key = {"chat", "p", "x"},
                .created = timestamp(std::chrono::seconds(1)),
                .updated = timestamp(std::chrono::seconds(2)),
                .version = 3,
                .body = "{}"};
    auto differs = [&](auto change) {
        auto b = a;
        change(b);
        return !(a == b);
    };
    BOOST_TEST((a == row(a)));
    BOOST_TEST(differs([](row& r) { r.key.id += 'y'; }));
    BOOST_TEST(differs([](row& r) { r.created += std::chrono::microseconds(1); }));
    BOOST_TEST(differs([](row& r) { r.updated += std::chrono::microseconds(1); }));
    BOOST_TEST(differs([](row& r) { ++r.version; }));
    BOOST_TEST(differs([](row& r) { r.body += ' '; }));
}

} // namespace store_row_cases
BOOST_AUTO_TEST_SUITE_END()
