// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/store/memory.hpp>
#include <chatwire/store/store.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>

BOOST_AUTO_TEST_SUITE(store_store)
namespace store_store_cases {

using namespace chatwire;

// A store of the user's own need not derive from anything. This one is full.
struct full {
    result<store::row> get(store::key const&) { return failure(errc::not_found); }
    result<store::row> put(store::row, std::optional<std::uint64_t> = {}) { return failure(errc::store_limit); }
    result<bool> erase(store::key const&) { return false; }
    result<std::vector<store::row>> list(std::string_view, std::optional<std::string_view> = {})
    {
        return std::vector<store::row>();
    }
    result<std::uint64_t> append(store::key const&, std::optional<std::uint64_t>, std::vector<std::string>)
    {
        return failure(errc::not_found);
    }
    result<std::vector<std::string>> read(store::key const&) { return failure(errc::not_found); }
    result<std::size_t> expire(std::string_view, store::timestamp) { return std::size_t{0}; }
};

struct without_expire : full {
    void expire(std::string_view, store::timestamp) = delete;
};
struct that_throws_for_errors : full {
    store::row get(store::key const&);
};

static_assert(store::row_store<full>);
static_assert(store::row_store<store::memory>);
static_assert(!store::row_store<without_expire>);
static_assert(!store::row_store<that_throws_for_errors>);
static_assert(!store::row_store<int>);
static_assert(!std::copy_constructible<store::memory>); // a store is a place, not a value

template <store::row_store S>
error_code put_into(S& s)
{
    auto const r = s.put(store::row{.key = {"k", "p", "x"}});
    return r ? error_code() : r.error().code;
}

BOOST_AUTO_TEST_CASE(one_piece_of_code_takes_any_store)
{
    full f;
    BOOST_TEST((put_into(f) == errc::store_limit));
    std::unique_ptr<store::backend> const chosen_at_run_time = std::make_unique<store::memory>();
    BOOST_TEST(!put_into(*chosen_at_run_time));
    BOOST_TEST(chosen_at_run_time->get({"k", "p", "x"}).value().body.empty());
}

BOOST_AUTO_TEST_CASE(what_a_store_says_no_with_has_a_condition)
{
    BOOST_TEST((make_error_code(errc::not_found) == condition::api_refusal));
    BOOST_TEST((make_error_code(errc::conflict) == condition::api_refusal));
    BOOST_TEST((make_error_code(errc::store_limit) == condition::limit));
}

} // namespace store_store_cases
BOOST_AUTO_TEST_SUITE_END()
