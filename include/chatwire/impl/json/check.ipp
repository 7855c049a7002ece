// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_JSON_CHECK_IPP
#define CHATWIRE_IMPL_JSON_CHECK_IPP

#include <chatwire/json/check.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace chatwire::json {
namespace detail {

constexpr std::string_view name_of(shape::type t) noexcept
{
    switch (t) {
    case shape::type::any: return "a value";
    case shape::type::boolean: return "true or false";
    case shape::type::integer: return "an integer";
    case shape::type::number: return "a number";
    case shape::type::string: return "a string";
    case shape::type::array: return "an array";
    case shape::type::map:
    case shape::type::object: return "an object";
    case shape::type::one_of: break;
    }
    return "another type";
}

// Whether a value that begins like this may be of that type.
constexpr bool may_begin(shape::type t, char c) noexcept
{
    switch (t) {
    case shape::type::any:
    case shape::type::one_of: return true;
    case shape::type::boolean: return c == 't' || c == 'f';
    case shape::type::integer:
    case shape::type::number: return c == '-' || (c >= '0' && c <= '9');
    case shape::type::string: return c == '"';
    case shape::type::array: return c == '[';
    case shape::type::map:
    case shape::type::object: return c == '{';
    }
    return false;
}

class checker {
public:
    explicit checker(std::vector<document_fault>& faults) : faults_(&faults) {}

    // False: the text is no JSON, and nothing can be read after that.
    bool value(cursor& in, shape const& s, std::string const& path)
    {
        char const c = in.peek();
        if (s.what == shape::type::one_of)
            return nearest(in, s, path);
        if (!may_begin(s.what, c)) {
            fault(path, "expected " + std::string(name_of(s.what)));
            return in.skip();
        }
        switch (s.what) {
        case shape::type::array: return array(in, *s.of[0], path);
        case shape::type::map: return members(in, nullptr, s.of[0], path);
        case shape::type::object: return members(in, s.object, nullptr, path);
        case shape::type::any:
            if (c == '{')
                return members(in, nullptr, &s, path);
            if (c == '[')
                return array(in, s, path);
            break;
        case shape::type::integer: return integer(in, path);
        default: break;
        }
        return in.skip();
    }

private:
    void fault(std::string path, std::string what) { faults_->push_back({std::move(path), std::move(what)}); }

    bool array(cursor& in, shape const& element, std::string const& path)
    {
        if (!in.enter_array())
            return false;
        for (std::size_t i = 0; in.element(); ++i)
            if (!value(in, element, path + '[' + std::to_string(i) + ']'))
                return false;
        return in.good();
    }

    bool integer(cursor& in, std::string const& path)
    {
        auto probe = in;
        std::int64_t n = 0;
        if (!probe.integer(n))
            fault(path, "expected " + std::string(name_of(shape::type::integer)));
        return in.skip();
    }

    // An object of a table's members, or one of any members that all have one shape.
    bool members(cursor& in, object_info const* info, shape const* each, std::string const& path)
    {
        std::set<std::string, std::less<>> seen;
        std::string_view view;
        if (!in.enter_object())
            return false;
        while (in.member(view)) {
            std::string const name(view);
            auto const at = path.empty() ? name : path + '.' + name;
            if (!seen.insert(name).second)
                fault(at, "stands twice");
            auto const* f = info ? find(*info, name) : nullptr;
            if (info && !f && !info->unknown)
                fault(at, "no such member");
            if (!member(in, f, each, at))
                return false;
        }
        if (info)
            missing(*info, seen, path);
        return in.good();
    }

    bool member(cursor& in, field const* f, shape const* each, std::string const& path)
    {
        if (f && !f->text.empty())
            return constant(in, *f, path);
        if (f && in.peek() == 'n') {
            if (!may_be_null(*f))
                fault(path, "must not be null");
            return in.skip();
        }
        auto const* const s = f ? f->shape : each;
        return s ? value(in, *s, path) : in.skip();
    }

    bool constant(cursor& in, field const& f, std::string const& path)
    {
        auto probe = in;
        std::string said;
        if (in.peek() != '"' || !probe.string(said) || said != f.text)
            fault(path, "expected \"" + std::string(f.text) + '"');
        return in.skip();
    }

    static bool may_be_null(field const& f) noexcept
    {
        return f.takes_null || f.presence == presence::nullable || f.presence == presence::written;
    }

    static field const* find(object_info const& info, std::string_view name) noexcept
    {
        for (auto const fields : {info.own, info.added})
            for (auto const& f : fields)
                if (f.name == name)
                    return &f;
        return nullptr;
    }

    void missing(object_info const& info, std::set<std::string, std::less<>> const& seen, std::string const& path)
    {
        for (auto const fields : {info.own, info.added})
            for (std::size_t i = 0; i < fields.size(); ++i) {
                auto const& f = fields[i];
                if (f.presence != presence::required && f.presence != presence::nullable)
                    continue;
                bool found = seen.contains(f.name);
                for (auto k = i + 1; k < fields.size() && fields[k].presence == presence::alias; ++k)
                    found = found || seen.contains(fields[k].name);
                if (!found)
                    fault((path.empty() ? "" : path + '.') + std::string(f.name), "is missing");
            }
    }

    bool nearest(cursor& in, shape const& s, std::string const& path)
    {
        std::optional<std::vector<document_fault>> best;
        std::string expected;
        for (auto const* alternative : s.of) {
            if (auto const name = name_of(alternative->what); expected.find(name) == expected.npos)
                expected.append(expected.empty() ? "" : " or ").append(name);
            if (!may_begin(alternative->what, in.peek()))
                continue;
            auto probe = in;
            std::vector<document_fault> found;
            if (checker(found).value(probe, *alternative, path) && (!best || found.size() < best->size()))
                best = std::move(found);
        }
        if (best)
            std::move(best->begin(), best->end(), std::back_inserter(*faults_));
        else
            fault(path, "expected " + expected);
        return in.skip();
    }

    std::vector<document_fault>* faults_;
};

} // namespace detail

CHATWIRE_DECL result<std::vector<document_fault>> check(std::string_view text, shape const& expected)
{
    std::vector<document_fault> faults;
    cursor in(text, nullptr, {});
    if (!in.good() || !detail::checker(faults).value(in, expected, {}) || !in.finish())
        return in.error();
    return faults;
}

} // namespace chatwire::json
#endif
