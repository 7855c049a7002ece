// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_EXAMPLES_GATEWAY_LOGGED_STORE_HPP
#define CHATWIRE_EXAMPLES_GATEWAY_LOGGED_STORE_HPP

#include <chatwire/store/store.hpp>

#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gateway {

/// A store whose failures go to the log: callers, who have not caused them, are told of none.
class logged_store final : public chatwire::store::backend {
    using row = chatwire::store::row;
    using key = chatwire::store::key;
    template <class T>
    using result = chatwire::result<T>;

public:
    explicit logged_store(std::shared_ptr<chatwire::store::backend> to) : to_(std::move(to)) {}

    result<row> get(key const& k) override { return told(to_->get(k)); }
    result<row> put(row r, std::optional<std::uint64_t> version) override
    {
        return told(to_->put(std::move(r), version));
    }
    result<bool> erase(key const& k) override { return told(to_->erase(k)); }
    result<std::vector<row>> list(std::string_view kind, std::optional<std::string_view> project) override
    {
        return told(to_->list(kind, project));
    }
    result<std::uint64_t> append(key const& k, std::optional<std::uint64_t> length,
                                 std::vector<std::string> entries) override
    {
        return told(to_->append(k, length, std::move(entries)));
    }
    result<std::vector<std::string>> read(key const& k) override { return told(to_->read(k)); }
    result<std::size_t> expire(std::string_view kind, chatwire::store::timestamp t) override
    {
        return told(to_->expire(kind, t));
    }

private:
    template <class R>
    static R told(R r)
    {
        using chatwire::errc;
        if (!r && r.error().code != errc::not_found && r.error().code != errc::conflict)
            std::cerr << "gateway: store: " + r.error().what() + '\n';
        return r;
    }

    std::shared_ptr<chatwire::store::backend> to_;
};

} // namespace gateway
#endif
