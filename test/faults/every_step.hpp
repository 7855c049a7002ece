// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_FAULTS_EVERY_STEP_HPP
#define CHATWIRE_TEST_FAULTS_EVERY_STEP_HPP

#include "../support/simulation.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

namespace chatwire::test {

/// Does something again and again, each time with another mishap at another step of it, until every mishap was at every
/// step. `run(step, mishap)` does it anew, checks what came of it, and says what was asked for at that step; nothing:
/// there were fewer steps. Gives the number of runs in which something went wrong.
template <class F>
std::size_t at_every_step(F run)
{
    std::size_t runs = 0;
    for (auto const& m : mishaps())
        for (std::size_t step = 0;; ++step) {
            BOOST_TEST_REQUIRE(step < 5'000U);
            std::optional<io::action::kind> hit;
            BOOST_TEST_CONTEXT(m.name << " at step " << step) { hit = run(step, m); }
            if (!hit)
                break;
            ++runs;
        }
    return runs;
}

/// Whether a mishap can be at all where something of that kind was asked for.
inline bool applies(mishap const& m, io::action::kind hit) { return !m.reads_only || hit == io::action::kind::read; }

/// A transport that a script plays: a client over it needs no sockets, threads or time.
class scripted_transport {
public:
    template <class T>
    using task = T;

    explicit scripted_transport(simulation& s) : script_(&s) {}

    template <io::operation Op>
    friend auto run(scripted_transport& t, Op op)
    {
        return t.script_->run(std::move(op));
    }
    void wake() {}
    void cancel() {}

private:
    simulation* script_;
};

} // namespace chatwire::test
#endif
