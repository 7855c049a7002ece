// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_JSON_MESSAGE_IPP
#define CHATWIRE_IMPL_JSON_MESSAGE_IPP

#include <chatwire/json/message.hpp>

namespace chatwire::json {
CHATWIRE_DECL bool codec<content_part>::read(cursor& in, content_part& out)
{
    char const c = in.peek();
    if (c == '"')
        return in.note("string_part", in.position(), errc::wrong_type) && in.string(out.emplace<text_part>().text);
    return read_tagged(in, out);
}

CHATWIRE_DECL void codec<content_part>::append(appender& out, content_part const& value) { append_tagged(out, value); }

CHATWIRE_DECL bool codec<content>::read(cursor& in, content& out)
{
    char const c = in.peek();
    if (c == '"')
        return in.string(out.make_string());
    if (c == '[')
        return codec<std::vector<content_part>>::read(in, out.make_parts());
    return in.wrong_type("a string or an array");
}

CHATWIRE_DECL void codec<content>::append(appender& out, content const& value)
{
    if (auto const* text = value.string())
        append_string(out, *text);
    else
        codec<std::vector<content_part>>::append(out, *value.parts());
}

} // namespace chatwire::json
#endif
