// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_UNTIL_HPP
#define CHATWIRE_TEST_SUPPORT_UNTIL_HPP

#include <chrono>
#include <thread>

namespace chatwire::test {

/// Waits for what another thread will bring about. False: it has not in a minute, and the test goes on to fail instead
/// of hanging.
template <class Condition>
bool until(Condition holds)
{
    for (int i = 0; i < 60'000; ++i) {
        if (holds())
            return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
}

} // namespace chatwire::test
#endif
