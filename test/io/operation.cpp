// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/io/operation.hpp>

#include <boost/test/unit_test.hpp>

#include <concepts>
#include <memory>
#include <string>

BOOST_AUTO_TEST_SUITE(io_operation)
namespace io_operation_cases {

using namespace chatwire;
using io::action;
using io::operation;
using io::outcome;

struct gives_text {
    action resume(outcome const&) { return {}; }
    result<std::string> take() { return std::string("text"); }
};
struct move_only {
    std::unique_ptr<int> n;
    action resume(outcome const&) { return {}; }
    std::unique_ptr<int> take() { return std::move(n); }
};
struct gives_nothing {
    action resume(outcome const&) { return {}; }
    void take() {}
};

struct cannot_move {
    cannot_move(cannot_move&&) = delete;
    action resume(outcome const&) { return {}; }
    int take() { return 0; }
};
struct no_take {
    action resume(outcome const&) { return {}; }
};
struct no_resume {
    int take() { return 0; }
};
struct resumes_without_outcome {
    action resume() { return {}; }
    int take() { return 0; }
};
struct wants_to_change_the_outcome {
    action resume(outcome&) { return {}; }
    int take() { return 0; }
};
struct answers_something_else {
    action::kind resume(outcome const&) { return {}; }
    int take() { return 0; }
};

static_assert(operation<io::noop>);
static_assert(operation<gives_text>);
static_assert(operation<move_only>);
static_assert(operation<gives_nothing>);
static_assert(!operation<int>);
static_assert(!operation<cannot_move>);
static_assert(!operation<no_take>);
static_assert(!operation<no_resume>);
static_assert(!operation<resumes_without_outcome>);
static_assert(!operation<wants_to_change_the_outcome>);
static_assert(!operation<answers_something_else>);

static_assert(std::same_as<io::operation_result<io::noop>, result<void>>);
static_assert(std::same_as<io::operation_result<gives_text>, result<std::string>>);
static_assert(std::same_as<io::operation_result<move_only>, std::unique_ptr<int>>);
static_assert(std::same_as<io::operation_result<gives_nothing>, void>);

BOOST_AUTO_TEST_CASE(the_smallest_is_done_at_once)
{
    io::noop op;
    BOOST_TEST((op.resume({}).what == action::kind::done));
    BOOST_TEST(op.take().has_value());
}

} // namespace io_operation_cases
BOOST_AUTO_TEST_SUITE_END()
