// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_FIGURES_HPP
#define CHATWIRE_TEST_SUPPORT_FIGURES_HPP

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <string>
#include <vector>

namespace chatwire::test {

/// How long something took, each time: told with `--log_level=message`, and never tested, as no time is here.
class figures {
public:
    using clock = std::chrono::steady_clock;

    explicit figures(std::string what) : what_(std::move(what)) {}
    figures(figures const&) = delete;
    ~figures()
    {
        if (all_.empty())
            return;
        std::sort(all_.begin(), all_.end());
        BOOST_TEST_MESSAGE(what_ << ": median " << told(all_[all_.size() / 2]) << ", most " << told(all_.back())
                                 << ", of " << all_.size());
    }

    void add(clock::time_point from, clock::time_point to)
    {
        std::lock_guard lock(mutex_);
        all_.push_back(std::chrono::duration_cast<std::chrono::microseconds>(to - from));
    }

private:
    static std::string told(std::chrono::microseconds t)
    {
        char text[32];
        std::snprintf(text, sizeof text, "%.1f ms", static_cast<double>(t.count()) / 1000);
        return text;
    }

    std::string what_;
    std::mutex mutex_;
    std::vector<std::chrono::microseconds> all_;
};

} // namespace chatwire::test
#endif
