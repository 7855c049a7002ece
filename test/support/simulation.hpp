// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_SIMULATION_HPP
#define CHATWIRE_TEST_SUPPORT_SIMULATION_HPP

#include <chatwire/io/action.hpp>
#include <chatwire/io/operation.hpp>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatwire::test {

/// A driver without IO, time or threads: does what an operation asks of its upstream as a script says, and something
/// else at one step, if told to.
struct simulation {
    /// What the service sends: an answer to each request on a connection, for one connection after another. After the
    /// last answer of a connection reads find the end.
    std::vector<std::vector<std::string>> answers{};
    std::size_t read_size = 37;                         ///< the most a read gives
    std::size_t write_size = 50;                        ///< the most a write takes
    std::size_t fail_at = static_cast<std::size_t>(-1); ///< the step at which `injected` happens
    io::outcome injected{};
    bool end_after_injection = true; ///< after that, reads find the end

    std::size_t steps = 0;
    std::string log{}; ///< a letter for each action: connect, secure, write, read, close (C S W R X), wait (.)
    std::vector<std::string> all_sent{};
    std::string given{}; ///< what is left of the present answer
    bool open = false;
    std::string secured_for{};             ///< the host of the last `secure`
    std::string connected_to{};            ///< the host or path of the last `connect`
    std::optional<io::action::kind> hit{}; ///< what was asked for at `fail_at`

    /// Runs an operation to its end.
    template <io::operation Op>
    auto run(Op op)
    {
        for (io::outcome last;;) {
            auto const a = op.resume(last);
            if (a.what == io::action::kind::done)
                return op.take();
            if (steps > 100'000)
                throw std::logic_error("the operation does not end: " + log.substr(log.size() - 50));
            last = act(a);
        }
    }

    // for the above
    using kind = io::action::kind;

    io::outcome act(io::action const& a)
    {
        log += a.what == kind::connect  ? 'C'
               : a.what == kind::secure ? 'S'
               : a.what == kind::write  ? 'W'
               : a.what == kind::read   ? 'R'
               : a.what == kind::close  ? 'X'
                                        : '.';
        if (a.what == kind::close) { // cannot fail
            open = false;
            return {.what = io::outcome::kind::ok};
        }
        bool const inject = steps++ == fail_at;
        if (inject)
            hit = a.what;
        if (inject && end_after_injection)
            given.clear();
        switch (a.what) {
        case kind::connect:
            if (inject)
                return injected;
            last_ = a.what;
            if (connections_ == answers.size())
                return io::outcome::failed(errc::connect_failed);
            ++connections_;
            connected_to = a.to->path.empty() ? a.to->host : a.to->path;
            answered_ = 0;
            given.clear();
            open = true;
            all_sent.emplace_back();
            return {.what = io::outcome::kind::ok};
        case kind::secure:
            if (inject)
                return injected;
            secured_for = a.to->host;
            return {.what = io::outcome::kind::ok};
        case kind::write: {
            if (inject)
                return injected;
            if (!open)
                return io::outcome::failed(errc::out_of_order);
            if (last_ != kind::write && answered_ < answers[connections_ - 1].size())
                given += answers[connections_ - 1][answered_++];
            last_ = a.what;
            auto const n = std::min(a.out.size(), write_size);
            all_sent.back().append(a.out.substr(0, n));
            return io::outcome::bytes(n);
        }
        case kind::read: {
            last_ = a.what;
            if (inject)
                return injected;
            if (!open)
                return io::outcome::failed(errc::out_of_order);
            auto const n = std::min({a.in.size(), given.size(), read_size});
            if (n == 0)
                return {.what = io::outcome::kind::eof};
            std::copy_n(given.begin(), n, a.in.begin());
            given.erase(0, n);
            return io::outcome::bytes(n);
        }
        default: return inject ? injected : io::outcome{.what = io::outcome::kind::timeout};
        }
    }

    std::size_t connections_ = 0; // so far
    std::size_t answered_ = 0;    // requests on the present one
    kind last_ = kind::done;      // of reading and writing
};

/// What may go wrong at a step, and the conditions an operation may then end with.
struct mishap {
    char const* name;
    io::outcome outcome;
    std::vector<condition> conditions;
    bool reads_only = false;
};

inline std::vector<mishap> const& mishaps()
{
    using kind = io::outcome::kind;
    static std::vector<mishap> const all{
        {"reset", io::outcome::failed({ECONNRESET, boost::system::system_category()}), {condition::transport}},
        {"timeout", {.what = kind::timeout}, {condition::timeout}},
        {"cancelled", {.what = kind::cancelled}, {condition::cancelled}},
        {"caller gone", {.what = kind::caller_gone}, {condition::cancelled}},
        {"end", {.what = kind::eof}, {condition::transport, condition::peer_violation}, true},
    };
    return all;
}

} // namespace chatwire::test
#endif
