// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_FAULTY_STORE_HPP
#define CHATWIRE_TEST_SUPPORT_FAULTY_STORE_HPP

#include <chatwire/store/store.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chatwire::test {

/// A store that counts what it is asked, and fails where it is told to.
class faulty_store final : public store::backend {
public:
    explicit faulty_store(std::shared_ptr<store::backend> to) : to_(std::move(to)) {}

    std::size_t calls = 0;
    std::size_t fail_from = std::string_view::npos; ///< the call that fails first
    std::size_t fail_count = 1;
    failure with = errc::connection_lost;
    std::function<void(std::string_view)> before{}; ///< called with the name of what is asked

    result<store::row> get(store::key const& k) override { return fails("get") ? with : to_->get(k); }
    result<store::row> put(store::row r, std::optional<std::uint64_t> v) override
    {
        return fails("put") ? with : to_->put(std::move(r), v);
    }
    result<bool> erase(store::key const& k) override { return fails("erase") ? result<bool>(with) : to_->erase(k); }
    result<std::vector<store::row>> list(std::string_view kind, std::optional<std::string_view> project) override
    {
        return fails("list") ? with : to_->list(kind, project);
    }
    result<std::uint64_t> append(store::key const& k, std::optional<std::uint64_t> n,
                                 std::vector<std::string> entries) override
    {
        return fails("append") ? with : to_->append(k, n, std::move(entries));
    }
    result<std::vector<std::string>> read(store::key const& k) override { return fails("read") ? with : to_->read(k); }
    result<std::size_t> expire(std::string_view kind, store::timestamp t) override
    {
        return fails("expire") ? with : to_->expire(kind, t);
    }

private:
    bool fails(std::string_view what)
    {
        auto const n = calls++;
        if (before)
            before(what);
        return n >= fail_from && n - fail_from < fail_count;
    }

    std::shared_ptr<store::backend> to_;
};

} // namespace chatwire::test
#endif
