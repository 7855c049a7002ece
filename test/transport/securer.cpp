// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// What `secure` asks of a driver, with something in place of TLS.
#include "../support/drivers.hpp"
#include "../support/streams.hpp"

#include <chatwire/transport/memory.hpp>
#include <chatwire/transport/securer.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(transport_securer)

namespace transport_securer_test {

using namespace chatwire;
using io::action;
using io::outcome;
using io::port;

// "Security": whoever connects waits for the letter of the peer, and from then on all is shifted by one.
struct shifted final : transport::stream {
    explicit shifted(std::unique_ptr<transport::stream> s) : inner(std::move(s)) {}
    transport::attempt try_read(std::span<char> into) override
    {
        auto const a = inner->try_read(into);
        for (auto& c : into.first(a.what == transport::attempt::kind::ok ? a.n : 0))
            --c;
        return a;
    }
    transport::attempt try_write(std::string_view bytes) override
    {
        std::string out(bytes);
        for (auto& c : out)
            ++c;
        return inner->try_write(out);
    }
    void shutdown_write() noexcept override { inner->shutdown_write(); }
    int native_handle() const noexcept override { return inner->native_handle(); }
    std::unique_ptr<transport::stream> inner;
};

struct handshake final : transport::connection_attempt {
    explicit handshake(std::unique_ptr<transport::stream> s) : inner(std::move(s)) {}
    transport::attempt go_on() override
    {
        char letter = 0;
        auto const a = inner->try_read({&letter, 1});
        if (a.what == transport::attempt::kind::ok && letter != '!')
            return {.what = transport::attempt::kind::error, .error = errc::tls_failed};
        return a;
    }
    int native_handle() const noexcept override { return inner->native_handle(); }
    std::unique_ptr<transport::stream> take() override { return std::make_unique<shifted>(std::move(inner)); }
    std::string reason() const override { return "wrong letter"; }
    std::unique_ptr<transport::stream> inner;
};

transport::options with_security(std::string* for_whom = nullptr)
{
    return {.secure = [for_whom](std::unique_ptr<transport::stream> s, io::origin const& to) {
        if (for_whom)
            *for_whom = to.host;
        return std::make_unique<handshake>(std::move(s));
    }};
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_port_is_secured_and_then_used, Driver, test::drivers)
{
    std::string for_whom;
    Driver run(with_security(&for_whom));
    auto [near, far] = transport::memory_pair();
    run.t.attach(port::upstream, std::move(near));
    io::origin const to{"example.org", 443};
    std::string got(2, ' ');
    int step = 0;
    std::thread peer([&far = far] {
        test::send(*far, "!cd"); // what follows the handshake at once is secured, too
        BOOST_TEST(test::receive(*far, 2) == "ij");
    });
    auto const r = run(test::scripted([&](outcome const& o, result<int>& out) {
        out = static_cast<int>(o.what);
        switch (step++) {
        case 0: return action::start_tls(port::upstream, to);
        case 1: return action::write_some(port::upstream, "hi");
        case 2: return action::read_some(port::upstream, got);
        default: return action::finish();
        }
    }));
    peer.join();
    BOOST_TEST(r.value() == static_cast<int>(outcome::kind::ok));
    BOOST_TEST(got == "bc");
    BOOST_TEST(for_whom == "example.org");
}

BOOST_AUTO_TEST_CASE_TEMPLATE(why_a_port_could_not_be_secured_is_told_and_it_is_closed, Driver, test::drivers)
{
    auto const attempt = [](transport::options o, std::string bytes, outcome& how) {
        Driver run(std::move(o));
        auto [near, far] = transport::memory_pair();
        run.t.attach(port::upstream, std::move(near));
        test::send(*far, bytes);
        io::origin const to{"example.org", 443};
        bool begun = false;
        auto const patience = std::chrono::milliseconds(bytes.empty() ? 20 : 60'000);
        (void)run(test::scripted([&](outcome const& o, result<int>&) {
            how = o;
            return std::exchange(begun, true) ? action::finish()
                                              : action::start_tls(port::upstream, to, io::clock::now() + patience);
        }));
        return run.t.is_open(port::upstream);
    };
    outcome how;
    BOOST_TEST(!attempt(with_security(), "?", how));
    BOOST_TEST(how.error == make_error_code(errc::tls_failed));
    BOOST_TEST(how.message == "wrong letter");
    BOOST_TEST(how.to_failure(errc::connect_timeout).message == "wrong letter");
    attempt(with_security(), "", how);
    BOOST_TEST((how.what == outcome::kind::timeout));
    attempt(transport::options{.secure = nullptr}, "!", how);
    BOOST_TEST(how.error == make_error_code(errc::unsupported));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(each_port_is_secured_in_its_own_way, Driver, test::drivers)
{
    std::string used;
    auto const noting = [&used](char which) -> transport::securer {
        return [&used, which](std::unique_ptr<transport::stream>, io::origin const&) {
            used += which;
            return std::unique_ptr<transport::connection_attempt>(); // does not go
        };
    };
    for (bool accepts : {true, false}) {
        transport::options o{.secure = noting('u')};
        if (accepts)
            o.accept = noting('c');
        Driver run(std::move(o));
        for (auto const p : {port::caller, port::upstream}) {
            auto [near, far] = transport::memory_pair();
            run.t.attach(p, std::move(near));
            io::origin const to{"host", 1};
            outcome how;
            bool begun = false;
            (void)run(test::scripted([&](outcome const& o, result<int>&) {
                how = o;
                return std::exchange(begun, true) ? action::finish() : action::start_tls(p, to);
            }));
            BOOST_TEST(how.error == make_error_code(errc::unsupported));
        }
    }
    BOOST_TEST(used == "cuu"); // and no caller is taken for a service
}

BOOST_AUTO_TEST_CASE_TEMPLATE(bytes_from_before_do_not_pass_for_secured_ones, Driver, test::drivers)
{
    Driver run(with_security());
    auto [near, far] = transport::memory_pair();
    run.t.attach(port::caller, std::move(near));
    test::send(*far, "!in the clear");
    io::origin const to{};
    int step = 0;
    outcome how;
    (void)run(test::scripted([&](outcome const& o, result<int>&) {
        how = o;
        switch (step++) {
        case 0: return action::wait_until(io::clock::now() + std::chrono::milliseconds(1)).watched(); // reads ahead
        case 1: return action::start_tls(port::caller, to);
        default: return action::finish();
        }
    }));
    BOOST_TEST(how.error == make_error_code(errc::unexpected_body));
}

} // namespace transport_securer_test

BOOST_AUTO_TEST_SUITE_END()
