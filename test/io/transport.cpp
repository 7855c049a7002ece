// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/io/transport.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>

BOOST_AUTO_TEST_SUITE(io_transport)
namespace io_transport_cases {

using namespace chatwire;
using io::action;
using io::outcome;

// A transport of somebody's own: every read gives one byte, nothing else is done.
struct one_byte {
    int wakes = 0;
    bool cancelled = false;
    void wake() { ++wakes; }
    void cancel() { cancelled = true; }

    template <io::operation Op>
    friend io::operation_result<Op> run(one_byte& t, Op op)
    {
        outcome last;
        for (;;) {
            auto const next = op.resume(last);
            if (next.what == action::kind::done)
                return op.take();
            if (t.cancelled)
                last = {.what = outcome::kind::cancelled};
            else if (next.what == action::kind::read) {
                next.in.front() = 'x';
                last = outcome::bytes(1);
            } else
                last = outcome::failed(errc::unsupported);
        }
    }
};

struct no_run {
    void wake();
    void cancel();
};
struct no_wake {
    void cancel();
    template <io::operation Op>
    friend io::operation_result<Op> run(no_wake&, Op);
};
struct no_cancel {
    void wake();
    template <io::operation Op>
    friend io::operation_result<Op> run(no_cancel&, Op);
};

static_assert(io::transport<one_byte>);
static_assert(!io::transport<int>);
static_assert(!io::transport<no_run>);
static_assert(!io::transport<no_wake>);
static_assert(!io::transport<no_cancel>);

struct counts {
    int to;
    std::unique_ptr<int> got = std::make_unique<int>(0); // operations need not be copied
    char c = 0;
    action resume(outcome const& o)
    {
        if (o.ok())
            *got += c == 'x';
        else if (o.what != outcome::kind::begin)
            return action::finish();
        return *got == to ? action::finish() : action::read_some(io::port::caller, {&c, 1});
    }
    result<int> take() { return *got; }
};

// A class like the roles: its own `run` would hide the transport's.
struct role {
    one_byte t;
    result<int> run(int n) { return io::run_on(t, counts{n}); }
};

BOOST_AUTO_TEST_CASE(a_transport_of_ones_own_runs_operations)
{
    role r;
    BOOST_TEST(r.run(3).value() == 3);
    BOOST_TEST(io::run_on(r.t, io::noop()).has_value());
    r.t.cancel();
    BOOST_TEST(r.run(3).value() == 0);
}

} // namespace io_transport_cases
BOOST_AUTO_TEST_SUITE_END()
