// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "../support/sessions.hpp"

#include <chatwire/pathors/expiry.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(pathors_expiry)

namespace pathors_expiry_test {

using namespace chatwire;
using namespace std::chrono_literals;

struct fixture {
    std::chrono::seconds ago{0};
    std::shared_ptr<store::memory> memory = std::make_shared<store::memory>(store::limits{}, [this] {
        return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()) - ago;
    });
    std::shared_ptr<test::faulty_store> store = std::make_shared<test::faulty_store>(memory);

    void put(std::string id, std::chrono::seconds age, std::string kind = "session")
    {
        ago = age;
        memory->put({.key = {std::move(kind), "p", std::move(id)}, .body = "{}"}).value();
        ago = 0s;
    }
};

store::key const s{"session", "p", "s"};

BOOST_AUTO_TEST_CASE(what_is_too_old_is_not_there)
{
    fixture f;
    pathors::expiry e(f.store, 1h);
    BOOST_TEST(e.get(s).error().code == make_error_code(errc::not_found));
    f.put("s", 59min);
    BOOST_TEST(e.get(s).has_value());
    f.put("s", 61min);
    f.put("another", 61min);
    f.put("young", 1min);
    f.put("s", 61min, "chat");
    BOOST_TEST(e.get(s).error().code == make_error_code(errc::not_found));
    BOOST_TEST(f.memory->rows() == 2U); // the young one, and what is no session
}

BOOST_AUTO_TEST_CASE(an_age_of_zero_is_no_age)
{
    fixture f;
    pathors::expiry e(f.store, 0s);
    f.put("s", 24h * 10'000);
    BOOST_TEST(e.get(s).has_value());
    BOOST_TEST(e.before_growth("session").has_value());
    BOOST_TEST(f.memory->rows() == 1U);
}

BOOST_AUTO_TEST_CASE(one_renewed_at_the_last_moment_stays)
{
    fixture f;
    pathors::expiry e(f.store, 1h);
    f.put("s", 61min);
    f.store->before = [&](std::string_view what) {
        if (what == "expire")
            f.put("s", 0s);
    };
    BOOST_TEST(e.get(s).has_value());
    BOOST_TEST(f.memory->rows() == 1U);
}

BOOST_AUTO_TEST_CASE(growth_tidies_now_and_then)
{
    fixture f;
    pathors::expiry e(f.store, 1h);
    f.put("s", 61min);
    BOOST_TEST(e.before_growth("session").has_value());
    BOOST_TEST(f.memory->rows() == 0U);
    auto const calls = f.store->calls;
    for (int i = 0; i < 100; ++i)
        BOOST_TEST(e.before_growth("session").has_value());
    BOOST_TEST(f.store->calls <= calls + 1); // not every row for every new one, even on a slow machine
}

BOOST_AUTO_TEST_CASE(what_the_store_cannot_do_is_said)
{
    fixture f;
    f.put("s", 61min);
    for (std::size_t k = 0; k < 3; ++k) {
        pathors::expiry e(f.store, 1h);
        f.store->fail_from = f.store->calls + k;
        BOOST_TEST(e.get(s).error().code == make_error_code(errc::connection_lost));
        f.store->fail_from = f.store->calls;
        BOOST_TEST(pathors::expiry(f.store, 1h).before_growth("session").error().code ==
                   make_error_code(errc::connection_lost));
    }
}

} // namespace pathors_expiry_test

BOOST_AUTO_TEST_SUITE_END()
