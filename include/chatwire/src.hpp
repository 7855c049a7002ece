// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_SRC_HPP
#define CHATWIRE_SRC_HPP

// Everything that is no template, for exactly one source file of a program that defines
// CHATWIRE_SEPARATE_COMPILATION everywhere. Written by tools/includes.sh.

#include <chatwire/config.hpp>

#ifdef CHATWIRE_HEADER_ONLY
#error "define CHATWIRE_SEPARATE_COMPILATION for the whole program to compile chatwire separately"
#endif

#include <chatwire/impl/blocking_server.ipp>
#include <chatwire/impl/chat/choice_accumulator.ipp>
#include <chatwire/impl/chat/stream_end.ipp>
#include <chatwire/impl/chat/tool_call_accumulator.ipp>
#include <chatwire/impl/chat/validate.ipp>
#include <chatwire/impl/chats/ai_provider.ipp>
#include <chatwire/impl/chats/policy.ipp>
#include <chatwire/impl/chats/principal.ipp>
#include <chatwire/impl/chats/provider_completer.ipp>
#include <chatwire/impl/chats/service.ipp>
#include <chatwire/impl/chats/tools.ipp>
#include <chatwire/impl/client/answer_reader.ipp>
#include <chatwire/impl/client/as_chunk.ipp>
#include <chatwire/impl/client/credentials.ipp>
#include <chatwire/impl/client/finish_tracker.ipp>
#include <chatwire/impl/client/open_connection.ipp>
#include <chatwire/impl/client/proxy_tunnel.ipp>
#include <chatwire/impl/client/request_id.ipp>
#include <chatwire/impl/client/retry.ipp>
#include <chatwire/impl/client/route.ipp>
#include <chatwire/impl/client/scrub.ipp>
#include <chatwire/impl/client/stream_text.ipp>
#include <chatwire/impl/client/structured.ipp>
#include <chatwire/impl/client/toolbox.ipp>
#include <chatwire/impl/client/writer.ipp>
#include <chatwire/impl/crypto/equal.ipp>
#include <chatwire/impl/crypto/fingerprint.ipp>
#include <chatwire/impl/crypto/random_id.ipp>
#ifdef CHATWIRE_TLS
#include <chatwire/impl/crypto/seal.ipp>
#endif
#include <chatwire/impl/crypto/sha256.ipp>
#include <chatwire/impl/error.ipp>
#include <chatwire/impl/http/date.ipp>
#include <chatwire/impl/http/fields.ipp>
#include <chatwire/impl/http/grammar.ipp>
#include <chatwire/impl/http/head_check.ipp>
#include <chatwire/impl/http/loopback.ipp>
#include <chatwire/impl/http/media_type.ipp>
#include <chatwire/impl/http/origin.ipp>
#include <chatwire/impl/http/parser.ipp>
#include <chatwire/impl/http/parser_base.ipp>
#include <chatwire/impl/http/status.ipp>
#include <chatwire/impl/http/target.ipp>
#include <chatwire/impl/http/url.ipp>
#include <chatwire/impl/http/writer.ipp>
#include <chatwire/impl/json/append.ipp>
#include <chatwire/impl/json/check.ipp>
#include <chatwire/impl/json/cursor.ipp>
#include <chatwire/impl/json/document_fault.ipp>
#include <chatwire/impl/json/error_reader.ipp>
#include <chatwire/impl/json/message.ipp>
#include <chatwire/impl/json/pattern.ipp>
#include <chatwire/impl/json/request.ipp>
#include <chatwire/impl/json/schema.ipp>
#include <chatwire/impl/json/utf8.ipp>
#include <chatwire/impl/json/value.ipp>
#include <chatwire/impl/mcp/argument_rules.ipp>
#include <chatwire/impl/mcp/function_tool.ipp>
#include <chatwire/impl/mcp/header_value.ipp>
#include <chatwire/impl/mcp/line_reader.ipp>
#include <chatwire/impl/mcp/post_plan.ipp>
#include <chatwire/impl/mcp/reporter.ipp>
#include <chatwire/impl/mcp/rpc_answer.ipp>
#include <chatwire/impl/mcp/rpc_call.ipp>
#include <chatwire/impl/mcp/rpc_message.ipp>
#include <chatwire/impl/mcp/serve_lines.ipp>
#include <chatwire/impl/mcp/tool_server.ipp>
#include <chatwire/impl/mcp_stdio.ipp>
#include <chatwire/impl/pathors/base_url.ipp>
#include <chatwire/impl/pathors/expiry.ipp>
#include <chatwire/impl/pathors/service.ipp>
#include <chatwire/impl/pathors/substitute.ipp>
#include <chatwire/impl/pathors/turn.ipp>
#include <chatwire/impl/relay/relay.ipp>
#include <chatwire/impl/server.ipp>
#include <chatwire/impl/server/answer.ipp>
#include <chatwire/impl/server/api_key.ipp>
#include <chatwire/impl/server/call.ipp>
#include <chatwire/impl/server/completion_service.ipp>
#include <chatwire/impl/server/connection.ipp>
#include <chatwire/impl/server/core.ipp>
#include <chatwire/impl/server/delta_queue.ipp>
#include <chatwire/impl/server/exchange.ipp>
#include <chatwire/impl/server/idempotency.ipp>
#include <chatwire/impl/server/offline/arithmetic.ipp>
#include <chatwire/impl/server/offline/dialogue.ipp>
#include <chatwire/impl/server/offline/eliza.ipp>
#include <chatwire/impl/server/offline/facts.ipp>
#include <chatwire/impl/server/offline/look_up.ipp>
#include <chatwire/impl/server/offline/pattern.ipp>
#include <chatwire/impl/server/offline/prose.ipp>
#include <chatwire/impl/server/offline/schema.ipp>
#include <chatwire/impl/server/offline/text.ipp>
#include <chatwire/impl/server/offline/tools.ipp>
#include <chatwire/impl/server/offline/words.ipp>
#include <chatwire/impl/server/offline_completer.ipp>
#include <chatwire/impl/server/offline_model.ipp>
#include <chatwire/impl/server/origin_rules.ipp>
#include <chatwire/impl/server/router.ipp>
#include <chatwire/impl/server/serve.ipp>
#include <chatwire/impl/server/turn_away.ipp>
#include <chatwire/impl/sse/parser.ipp>
#include <chatwire/impl/sse/writer.ipp>
#include <chatwire/impl/store/memory.ipp>
#ifdef CHATWIRE_POSTGRES
#include <chatwire/impl/store/postgres.ipp>
#endif
#ifdef CHATWIRE_SQLITE
#include <chatwire/impl/store/sqlite.ipp>
#endif
#include <chatwire/impl/store/timestamp.ipp>
#include <chatwire/impl/transport/address.ipp>
#include <chatwire/impl/transport/asio.ipp>
#include <chatwire/impl/transport/blocking.ipp>
#include <chatwire/impl/transport/descriptor_pair.ipp>
#include <chatwire/impl/transport/engine.ipp>
#include <chatwire/impl/transport/event_descriptor.ipp>
#include <chatwire/impl/transport/listener.ipp>
#include <chatwire/impl/transport/memory.ipp>
#include <chatwire/impl/transport/tcp.ipp>
#ifdef CHATWIRE_TLS
#include <chatwire/impl/transport/tls.ipp>
#endif
#include <chatwire/impl/transport/worker_pool.ipp>
#endif
