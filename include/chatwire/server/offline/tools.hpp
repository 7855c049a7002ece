// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SERVER_OFFLINE_TOOLS_HPP
#define CHATWIRE_SERVER_OFFLINE_TOOLS_HPP

#include <chatwire/chat/function_call.hpp>
#include <chatwire/chat/request.hpp>
#include <chatwire/config.hpp>
#include <chatwire/server/offline/facts.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace chatwire::offline {

/// The calls a request asks for: of the tool its `tool_choice` names, of the tools that the text names, or of the one
/// whose name and description fit a question in it. None after results of calls, which are to be talked about.
///
/// @param said the user's last message, valid UTF-8
CHATWIRE_DECL std::vector<function_call> choose_calls(request const& r, std::string_view said, facts const& known);

/// What to say after the results of calls, the messages of role `tool` at the end of a request; empty if there are
/// none.
///
/// @param max bytes of each result that are told
CHATWIRE_DECL std::string tell_results(request const& r, std::size_t max);

} // namespace chatwire::offline

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/server/offline/tools.ipp>
#endif
#endif
