// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_TURN_AWAY_HPP
#define CHATWIRE_SERVER_TURN_AWAY_HPP

#include <chatwire/io/operation.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace chatwire {

/// How many connections a server tells so at a time. More are a flood: being closed on has to say it all.
inline constexpr std::size_t max_turned_away = 8;

/// The operation that tells a connection for which there is no room so, with a 503, and closes it. Nothing of what the
/// caller sends is looked at, and it gets a second for each of the two.
class turn_away {
public:
    CHATWIRE_DECL turn_away();
    CHATWIRE_DECL io::action resume(io::outcome const& o);
    result<void> take() { return {}; }

private:
    enum class doing : unsigned char { writing, closing };

    std::string text_; // the answer
    std::size_t sent_ = 0;
    doing doing_ = doing::writing;
};

} // namespace chatwire

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/turn_away.ipp>
#endif
#endif
