// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_MCP_CONTENT_BLOCK_HPP
#define CHATWIRE_MCP_CONTENT_BLOCK_HPP

#include <chatwire/chat/raw_json.hpp>
#include <chatwire/json/tagged.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace chatwire::mcp {

/// A piece of text.
struct text_block {
    std::string text{};
    std::optional<raw_json> annotations{}; ///< an object: audience, priority, lastModified

    friend bool operator==(text_block const&, text_block const&) = default;
};

/// A picture.
struct image_block {
    std::string data{};      ///< base64
    std::string mime_type{}; ///< `image/png`
    std::optional<raw_json> annotations{};

    friend bool operator==(image_block const&, image_block const&) = default;
};

/// A sound.
struct audio_block {
    std::string data{};      ///< base64
    std::string mime_type{}; ///< `audio/wav`
    std::optional<raw_json> annotations{};

    friend bool operator==(audio_block const&, audio_block const&) = default;
};

/// Where more is to be found. Known from 2025-06-18 on.
struct resource_link_block {
    std::string uri{};
    std::string name{};
    std::string title{};
    std::string description{};
    std::string mime_type{};
    std::optional<std::int64_t> size{}; ///< bytes
    std::optional<raw_json> annotations{};

    friend bool operator==(resource_link_block const&, resource_link_block const&) = default;
};

/// What a resource holds: text, or else bytes.
struct resource_contents {
    std::string uri{};
    std::string mime_type{};
    std::optional<std::string> text{};
    std::optional<std::string> blob{}; ///< base64

    friend bool operator==(resource_contents const&, resource_contents const&) = default;
};

/// A resource that is right here.
struct resource_block {
    resource_contents resource{};
    std::optional<raw_json> annotations{};

    friend bool operator==(resource_block const&, resource_block const&) = default;
};

/// One item of what a tool gives. One of any other type is the whole item as JSON.
using content_block = std::variant<text_block, image_block, audio_block, resource_link_block, resource_block, raw_json>;

} // namespace chatwire::mcp

namespace chatwire::json {

template <>
struct table<mcp::text_block> {
    using b = mcp::text_block;
    static constexpr field fields[] = {
        constant("type", "text"),
        member<&b::text>("text"),
        member<&b::annotations>("annotations", presence::optional),
    };
};

template <>
struct table<mcp::image_block> {
    using b = mcp::image_block;
    static constexpr field fields[] = {
        constant("type", "image"),
        member<&b::data>("data"),
        member<&b::mime_type>("mimeType"),
        member<&b::annotations>("annotations", presence::optional),
    };
};

template <>
struct table<mcp::audio_block> {
    using b = mcp::audio_block;
    static constexpr field fields[] = {
        constant("type", "audio"),
        member<&b::data>("data"),
        member<&b::mime_type>("mimeType"),
        member<&b::annotations>("annotations", presence::optional),
    };
};

template <>
struct table<mcp::resource_link_block> {
    using b = mcp::resource_link_block;
    static constexpr field fields[] = {
        constant("type", "resource_link"),
        member<&b::uri>("uri"),
        member<&b::name>("name"),
        member<&b::title>("title", presence::optional),
        member<&b::description>("description", presence::optional),
        member<&b::mime_type>("mimeType", presence::optional),
        member<&b::size>("size", presence::optional),
        member<&b::annotations>("annotations", presence::optional),
    };
};

template <>
struct table<mcp::resource_contents> {
    using c = mcp::resource_contents;
    static constexpr field fields[] = {
        member<&c::uri>("uri"),
        member<&c::mime_type>("mimeType", presence::optional),
        member<&c::text>("text", presence::optional),
        member<&c::blob>("blob", presence::optional),
    };
};

template <>
struct table<mcp::resource_block> {
    using b = mcp::resource_block;
    static constexpr field fields[] = {
        constant("type", "resource"),
        member<&b::resource>("resource"),
        member<&b::annotations>("annotations", presence::optional),
    };
};

/// An object whose `type` decides.
template <>
struct codec<mcp::content_block> : codec_base<mcp::content_block> {
    static constexpr json::shape shape() noexcept
    {
        return {.what = json::shape::type::one_of,
                .of = shapes_of<mcp::text_block, mcp::image_block, mcp::audio_block, mcp::resource_link_block,
                                mcp::resource_block, raw_json>};
    }
    static bool read(cursor& in, mcp::content_block& out) { return read_tagged(in, out); }
    static void append(appender& out, mcp::content_block const& value) { append_tagged(out, value); }
};

} // namespace chatwire::json
#endif
