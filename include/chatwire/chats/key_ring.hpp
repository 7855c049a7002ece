// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CHATS_KEY_RING_HPP
#define CHATWIRE_CHATS_KEY_RING_HPP

#include <chatwire/chats/principal.hpp>
#include <chatwire/server/api_key.hpp>

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

namespace chatwire::chats {

/// Which API key is whose.
///
/// @par Thread safety
/// As for a vector.
class key_ring {
public:
    /// False: the key is somebody's already, and stays so.
    bool add(api_key const& key, std::shared_ptr<principal const> who)
    {
        if (std::any_of(entries_.begin(), entries_.end(), [&](entry const& e) { return e.key == key; }))
            return false;
        entries_.push_back({key, std::move(who)});
        return true;
    }

    /// Whose it is; null: nobody's. Every key is compared, so that the time tells nothing of which was nearly right.
    std::shared_ptr<principal const> find(std::string_view shown) const
    {
        auto const key = api_key::shown(shown);
        std::shared_ptr<principal const> found;
        for (auto const& e : entries_)
            if (e.key.is(key))
                found = e.who;
        return found;
    }

private:
    struct entry {
        api_key key;
        std::shared_ptr<principal const> who;
    };
    std::vector<entry> entries_;
};

} // namespace chatwire::chats
#endif
