// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_JSON_SCHEMA_IPP
#define CHATWIRE_IMPL_JSON_SCHEMA_IPP

#include <chatwire/json/schema.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace chatwire::json {
namespace detail {

/// Writes one schema.
class schema_writer {
public:
    schema_writer(shape const& root, schema_options const& options) : root_(root), options_(options)
    {
        if (options_.strict)
            options_.closed = options_.closed_words = true;
    }

    std::string write()
    {
        std::string out;
        if (root_.what == shape::type::object)
            append_object(out, *root_.object, {});
        else
            append(out, root_, {}, false);
        // to write a definition may ask for further ones
        std::string definitions = "{";
        for (std::size_t i = 0; i < asked_for_.size(); ++i) {
            auto const asked = asked_for_[i];
            append_key(definitions, asked.name);
            append_object(definitions, *asked.object, asked.name);
        }
        if (asked_for_.empty())
            return out;
        out.pop_back();
        append_key(out, "$defs");
        return out + definitions + "}}";
    }

private:
    struct definition {
        object_info const* object;
        std::string name;
    };

    static std::string_view type_name(shape::type t)
    {
        switch (t) {
        case shape::type::boolean: return "boolean";
        case shape::type::integer: return "integer";
        case shape::type::number: return "number";
        default: return "string";
        }
    }

    // A member may also be null.
    void append(std::string& out, shape const& s, std::string const& way, bool or_null)
    {
        switch (s.what) {
        case shape::type::any: out += "{}"; return;
        case shape::type::boolean:
        case shape::type::integer:
        case shape::type::number:
        case shape::type::string: append_scalar(out, s, or_null); return;
        default: break;
        }
        if (or_null)
            out += R"({"anyOf":[)";
        switch (s.what) {
        case shape::type::array:
            out += R"({"type":"array","items":)";
            append(out, *s.of[0], way, false);
            out += '}';
            break;
        case shape::type::map:
            out += R"({"type":"object","additionalProperties":)";
            append(out, *s.of[0], way, false);
            out += '}';
            break;
        case shape::type::one_of: append_alternatives(out, s, way); break;
        default: append_or_refer(out, s, way);
        }
        if (or_null)
            out += R"(,{"type":"null"}]})";
    }

    void append_scalar(std::string& out, shape const& s, bool or_null)
    {
        out += R"({"type":)";
        out += or_null ? "[\"" : "\"";
        out += type_name(s.what);
        out += or_null ? "\",\"null\"]" : "\"";
        if (!s.words.empty()) {
            append_key(out, options_.closed_words ? "enum" : "examples");
            out += '[';
            for (auto const word : s.words) {
                if (out.back() != '[')
                    out += ',';
                append_string(out, word);
            }
            if (or_null && options_.closed_words)
                out += ",null";
            out += ']';
        }
        out += '}';
    }

    void append_alternatives(std::string& out, shape const& s, std::string const& way)
    {
        out += R"({"anyOf":[)";
        for (auto const* one : s.of) {
            if (options_.closed && one->what == shape::type::any)
                continue;
            if (out.back() != '[')
                out += ',';
            append(out, *one, way, false);
        }
        out += "]}";
    }

    void append_or_refer(std::string& out, shape const& s, std::string const& way)
    {
        if (options_.definitions)
            out += R"({"$ref":"#/$defs/)" + name_of(s) + R"("})";
        else
            append_object(out, *s.object, way);
    }

    bool refers(shape const& s) const { return options_.definitions && s.what == shape::type::object; }

    void append_object(std::string& out, object_info const& info, std::string const& way)
    {
        out += R"({"type":"object","properties":{)";
        std::string required;
        for (auto const fields : {info.own, info.added})
            for (std::size_t i = 0; i < fields.size(); ++i) {
                auto const& f = fields[i];
                if (options_.strict && f.presence == presence::alias)
                    continue;
                append_member(out, f, way);
                bool const has_other_names = i + 1 < fields.size() && fields[i + 1].presence == presence::alias;
                bool const must = f.presence == presence::required || f.presence == presence::nullable;
                if (options_.strict || (must && !has_other_names)) {
                    required += required.empty() ? "" : ",";
                    append_string(required, f.name);
                }
            }
        out += '}';
        if (!required.empty() || options_.strict)
            out += R"(,"required":[)" + required + ']';
        if (options_.closed && (!info.unknown || options_.strict))
            out += R"(,"additionalProperties":false)";
        out += '}';
    }

    void append_member(std::string& out, field const& f, std::string const& way)
    {
        append_key(out, f.name);
        if (!f.text.empty()) {
            out += options_.strict ? R"({"type":"string","const":)" : R"({"const":)";
            append_string(out, f.text);
            out += '}';
        } else {
            auto const to = way.empty() ? std::string(f.name) : way + '.' + std::string(f.name);
            bool const or_null = f.takes_null || f.presence == presence::nullable || f.presence == presence::written ||
                                 (options_.strict && f.presence == presence::optional);
            // strict: nothing may stand beside a reference
            bool const wrap = options_.strict && !or_null && refers(*f.shape);
            out += wrap ? R"({"anyOf":[)" : "";
            append(out, *f.shape, to, or_null);
            out += wrap ? "]}" : "";
            describe(out, to, f.description);
        }
    }

    void describe(std::string& out, std::string const& way, std::string_view text)
    {
        for (auto const& [to, other] : options_.descriptions)
            if (to == way)
                text = other;
        if (text.empty())
            return;
        out.pop_back();
        append_key(out, "description");
        append_string(out, text);
        out += '}';
    }

    // Types of one name in several namespaces are told apart by a number.
    std::string name_of(shape const& s)
    {
        for (auto const& d : asked_for_)
            if (d.object == s.object)
                return d.name;
        std::string name(s.name);
        for (std::size_t n = 2;
             std::any_of(asked_for_.begin(), asked_for_.end(), [&](definition const& d) { return d.name == name; });
             ++n)
            name = std::string(s.name) + '_' + std::to_string(n);
        asked_for_.push_back({s.object, name});
        return name;
    }

    shape const& root_;
    schema_options options_;
    std::vector<definition> asked_for_;
};

/// Looks for what strict schemas cannot say.
class strict_check {
public:
    /// The path is that of the first such, the message says what it is; empty: there is none.
    std::string const& look(shape const& s, std::string const& path)
    {
        switch (s.what) {
        case shape::type::any: return found(path, "a value of any type");
        case shape::type::map: return found(path, "a map");
        case shape::type::array: return look(*s.of[0], path + "[]");
        case shape::type::one_of: look_at_alternatives(s, path); break;
        case shape::type::object: look_at_members(*s.object, path); break;
        default: break;
        }
        return what_;
    }

    std::string const& path() const noexcept { return path_; }

private:
    std::string const& found(std::string const& path, char const* what)
    {
        path_ = path;
        return what_ = what;
    }

    void look_at_alternatives(shape const& s, std::string const& path)
    {
        std::size_t said = 0;
        for (auto const* one : s.of)
            if (one->what != shape::type::any) { // those are left out of a closed schema
                ++said;
                if (!look(*one, path).empty())
                    return;
            }
        if (said == 0)
            found(path, "a value of any type");
    }

    void look_at_members(object_info const& info, std::string const& path)
    {
        for (std::size_t i = 0; i < info.size(); ++i) {
            auto const& f = info[i];
            auto const to = path.empty() ? std::string(f.name) : path + '.' + std::string(f.name);
            if (f.presence != presence::alias && !look(*f.shape, to).empty())
                return;
        }
    }

    std::string path_;
    std::string what_;
};

} // namespace detail

CHATWIRE_DECL result<void> check_strict(shape const& s)
{
    if (s.what != shape::type::object)
        return failure(errc::invalid_argument, "a strict schema has to be one of an object");
    detail::strict_check check;
    auto const& what = check.look(s, {});
    if (what.empty())
        return {};
    failure f(errc::invalid_argument, check.path() + ": a strict schema cannot say " + what);
    f.param = check.path();
    return f;
}

CHATWIRE_DECL raw_json schema_of(shape const& s, schema_options const& o)
{
    return raw_json::trusted(detail::schema_writer(s, o).write());
}

} // namespace chatwire::json
#endif
