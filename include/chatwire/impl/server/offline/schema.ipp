// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_SERVER_OFFLINE_SCHEMA_IPP
#define CHATWIRE_IMPL_SERVER_OFFLINE_SCHEMA_IPP

#include <chatwire/impl/server/offline/dialogue.ipp>
#include <chatwire/impl/server/offline/facts.ipp>
#include <chatwire/impl/server/offline/text.ipp>
#include <chatwire/impl/server/offline/words.ipp>
#include <chatwire/json/value.hpp>
#include <chatwire/server/offline/detail/json.hpp>
#include <chatwire/server/offline/schema.hpp>
#include <chatwire/server/offline/text.hpp>
#include <chatwire/server/offline/words.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <utility>

namespace chatwire::offline {
namespace detail {

namespace bj = boost::json;

inline bool is_word_byte(char c) noexcept
{
    return is_upper(c) || is_lower(c) || is_digit(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

inline std::string_view trimmed(std::string_view s, std::string_view what = " \t\r\n") noexcept
{
    auto const first = s.find_first_not_of(what);
    return first == s.npos ? std::string_view() : s.substr(first, s.find_last_not_of(what) - first + 1);
}

inline std::optional<double> as_number(std::string_view s) noexcept
{
    double v = 0;
    auto const [end, ec] = std::from_chars(s.data(), s.data() + s.size(), v);
    if (s.empty() || ec != std::errc() || end != s.data() + s.size() || !std::isfinite(v))
        return std::nullopt;
    return v;
}

inline bj::value number_value(double v, bool integer)
{
    if ((integer || v == std::floor(v)) && std::fabs(v) < 9e15)
        return static_cast<std::int64_t>(integer ? std::round(v) : v);
    return v;
}

// A text that values are taken from. What was taken is not given twice.
class value_text {
public:
    explicit value_text(std::string_view text) : text_(text), lower_(to_lower(text)), used_(text.size(), false)
    {
        words_ = read_words(text_);
        if (auto const found = first_object(text_); !found.empty())
            if (auto v = parse_json(found); v && v->is_object()) {
                object_ = std::move(v->get_object());
                use(static_cast<std::size_t>(found.data() - text_.data()), found.size());
            }
    }

    // The member of a JSON object that stands in the text.
    bj::value const* member(std::string_view name) const
    {
        return object_ ? object_->if_contains({name.data(), name.size()}) : nullptr;
    }
    bj::object const* object() const { return object_ ? &*object_ : nullptr; }

    // What stands behind the name: `city=Paris`, `city: "Paris"`, with `loose` also `city is Paris` and `city Paris`.
    std::optional<std::string> pair(std::string_view name, bool loose)
    {
        std::string spoken = canonical_key(name);
        for (auto const& spelling : {to_lower(name), spoken})
            for (std::size_t at = 0; !spelling.empty() && (at = lower_.find(spelling, at)) != lower_.npos; ++at) {
                auto i = at + spelling.size();
                if (used_[at] || (at > 0 && is_word_byte(text_[at - 1])) ||
                    (i < text_.size() && is_word_byte(text_[i])))
                    continue;
                if (i < text_.size() && (text_[i] == '"' || text_[i] == '\''))
                    ++i;
                while (i < text_.size() && text_[i] == ' ')
                    ++i;
                if (i < text_.size() && (text_[i] == '=' || text_[i] == ':')) {
                    if (auto v = value_at(at, i + 1); v && !v->empty())
                        return v;
                } else if (loose) {
                    if (auto v = loose_value(i); v && !v->empty()) {
                        use(at, i - at);
                        return v;
                    }
                }
            }
        return std::nullopt;
    }

    // The first of the texts that occurs as a word.
    std::optional<std::string> one_of_these(bj::array const& values)
    {
        std::optional<std::string> best;
        std::size_t best_at = text_.size();
        for (auto const& v : values) {
            auto const s = say_json(v);
            auto const low = to_lower(s);
            for (std::size_t at = 0; !low.empty() && (at = lower_.find(low, at)) != lower_.npos; ++at) {
                auto const end = at + low.size();
                if (at >= best_at)
                    break;
                if ((at > 0 && is_word_byte(lower_[at - 1])) || (end < lower_.size() && is_word_byte(lower_[end])))
                    continue;
                best = s;
                best_at = at;
                break;
            }
        }
        if (best)
            use(best_at, best->size());
        return best;
    }

    // The next number.
    std::optional<double> number()
    {
        for (auto const& w : words_.words) {
            if (w.mark || used_[w.begin])
                continue;
            std::string digits(text_.substr(w.begin, w.end - w.begin));
            std::erase(digits, ',');
            std::string_view d = digits;
            if (d.starts_with('$') || d.starts_with('#'))
                d.remove_prefix(1);
            if (d.ends_with('%'))
                d.remove_suffix(1);
            if (auto const v = as_number(d)) {
                use(w.begin, w.end - w.begin);
                return v;
            }
        }
        return std::nullopt;
    }

    // The next text in quotation marks.
    std::optional<std::string> quoted()
    {
        for (std::size_t i = 0; i < text_.size(); ++i) {
            if (used_[i] || (i > 0 && is_word_byte(text_[i - 1])))
                continue;
            for (auto const& [open, close] : quotes_) {
                if (!text_.substr(i).starts_with(open))
                    continue;
                auto const first = i + open.size();
                auto const end = text_.find(close, first);
                if (end == text_.npos || end == first)
                    break;
                use(i, end + close.size() - i);
                return std::string(text_.substr(first, end - first));
            }
        }
        return std::nullopt;
    }

    // The words behind the next of these prepositions, up to where something else begins.
    std::optional<std::string> phrase(std::string_view prepositions)
    {
        auto const& w = words_.words;
        for (std::size_t i = 0; i + 1 < w.size(); ++i) {
            if (w[i].mark || used_[w[i].begin] || !one_of(w[i].lower, prepositions))
                continue;
            auto const first = skip_articles(i + 1);
            auto const last = phrase_end(first, true);
            if (first == last)
                continue;
            use(w[i].begin, w[last - 1].end - w[i].begin);
            return without_label(words_.verbatim(first, last));
        }
        return std::nullopt;
    }

    // All that was not taken, without what only asks for it.
    std::string rest() const
    {
        std::string out;
        for (auto const& w : words_.words) {
            if (used_[w.begin] ||
                (out.empty() && (w.mark || one_of(w.lower, "please the a an with for to about of and using tool "
                                                           "function now call use it that"))))
                continue;
            auto const blank = !out.empty() && w.begin > 0 && is_blank(text_[w.begin - 1]);
            out += blank ? " " : "";
            out += text_.substr(w.begin, w.end - w.begin);
        }
        for (std::string_view tail : {"?", "!", ".", " please", ","})
            if (out.ends_with(tail))
                out.resize(out.size() - tail.size());
        out = without_label(out);
        return out == "please" ? std::string() : out;
    }

    bool untouched() const
    {
        return std::none_of(used_.begin(), used_.end(), [](bool b) { return b; });
    }

private:
    static constexpr std::pair<std::string_view, std::string_view> quotes_[] = {
        {"\"", "\""}, {"'", "'"}, {"`", "`"}, {"\xE2\x80\x9C", "\xE2\x80\x9D"}, {"\xC2\xAB", "\xC2\xBB"}};

    // Without a name in front that the schema does not know: `city=Paris`
    static std::string without_label(std::string const& s)
    {
        auto const sign = s.find_first_of("=:");
        if (sign == s.npos || sign == 0 || s.compare(sign, 3, "://") == 0 ||
            !std::all_of(s.begin(), s.begin() + static_cast<std::ptrdiff_t>(sign), is_word_byte))
            return s;
        auto const value = trimmed(std::string_view(s).substr(sign + 1), " '\"");
        return value.empty() ? s : std::string(value);
    }

    void use(std::size_t at, std::size_t n)
    {
        std::fill(used_.begin() + static_cast<std::ptrdiff_t>(at),
                  used_.begin() + static_cast<std::ptrdiff_t>(std::min(at + n, used_.size())), true);
    }

    std::size_t skip_articles(std::size_t i) const
    {
        auto const& w = words_.words;
        while (i < w.size() && !w[i].mark && one_of(w[i].lower, "the a an"))
            ++i;
        return i;
    }

    // Where a phrase from word `i` ends.
    std::size_t phrase_end(std::size_t i, bool lists) const
    {
        constexpr std::string_view stops =
            "please today tomorrow now right tonight currently using with in at on from to by for as "
            "via about is are and or but then";
        auto const& w = words_.words;
        auto const capital = [&](std::size_t k) {
            return k < w.size() && !w[k].mark && !used_[w[k].begin] &&
                   (looks_like_name(w[k]) || is_digit(w[k].text[0]));
        };
        auto const first = i;
        for (; i < w.size() && !used_[w[i].begin]; ++i) {
            bool const joint = i > first && (w[i].text == "," || w[i].lower == "and");
            // "Paris, Lyon and Rome" goes on where names go on
            if (joint && lists && capital(i - 1) &&
                (capital(i + 1) || (i + 1 < w.size() && w[i + 1].lower == "and" && capital(i + 2)) ||
                 (w[i].lower == "and" && capital(i + 1))))
                continue;
            if (joint && lists && w[i].lower == "and" && i > first && w[i - 1].text == "," && capital(i + 1))
                continue;
            if (w[i].mark || one_of(w[i].lower, stops))
                break;
        }
        return i;
    }

    // What stands behind `=` or `:`; `name` is where the name begins.
    std::optional<std::string> value_at(std::size_t name, std::size_t i)
    {
        while (i < text_.size() && text_[i] == ' ')
            ++i;
        auto const rest = text_.substr(i);
        for (auto const& [open, close] : quotes_)
            if (rest.starts_with(open))
                if (auto const end = rest.find(close, open.size()); end != rest.npos) {
                    use(name, i + end + close.size() - name);
                    return std::string(rest.substr(open.size(), end - open.size()));
                }
        if (rest.starts_with('[') || rest.starts_with('{')) {
            auto const end = rest.find(rest[0] == '[' ? ']' : '}');
            if (end != rest.npos) {
                use(name, i + end + 1 - name);
                return std::string(rest.substr(0, end + 1));
            }
        }
        auto end = rest.find_first_of(",;\n)");
        end = std::min(end, rest.size());
        // the next `name=` ends it too, and " and "
        for (std::string_view joint : {" and ", " with ", " please", " using ", " then "})
            end = std::min(end, rest.find(joint));
        if (auto const next = rest.substr(0, end).find('='); next != rest.npos) {
            auto const blank = rest.substr(0, next).find_last_not_of(' ');
            auto const start = blank == rest.npos ? rest.npos : rest.find_last_of(' ', blank);
            if (start != rest.npos)
                end = start;
        }
        auto const value = trimmed(rest.substr(0, end));
        use(name, i + end - name);
        return std::string(value.substr(0, value.find_last_not_of(".?! ") + 1));
    }

    // `is Paris`, `of Paris`, `Paris`; moves `i` behind it.
    std::optional<std::string> loose_value(std::size_t& i)
    {
        auto const& w = words_.words;
        auto at = static_cast<std::size_t>(
            std::find_if(w.begin(), w.end(), [&](word const& x) { return x.begin >= i; }) - w.begin());
        while (at < w.size() && !w[at].mark &&
               one_of(w[at].lower, "is are of to as be set equal equals being called named"))
            ++at;
        if (at < w.size() && w[at].mark && one_of(w[at].text, "\" '")) {
            for (auto end = at + 1; end < w.size(); ++end)
                if (w[end].text == w[at].text) {
                    i = w[end].end;
                    return words_.verbatim(at + 1, end);
                }
            return std::nullopt;
        }
        auto const last = phrase_end(at, false);
        if (at >= w.size() || at == last)
            return std::nullopt;
        i = w[last - 1].end;
        return words_.verbatim(at, last);
    }

    std::string_view text_;
    std::string lower_;
    std::vector<bool> used_; // bytes
    clause words_{};
    std::optional<bj::object> object_{};
};

// Fills one schema.
class schema_filler {
public:
    schema_filler(bj::value const& root, schema_hints const& hints) : root_(root), hints_(hints), text_(hints.said) {}

    bj::value fill() { return instance(root_, {}, 0); }

    // The arguments object; `several` gets what else was named for its first text.
    bj::object arguments(std::vector<std::string>& several, std::string& several_of)
    {
        auto const* schema = root_.if_object();
        bj::object const none;
        auto const& s = schema ? resolve(*schema, 0) : none;
        auto const* const properties = object_at(s, "properties");
        if (!properties)
            return text_.object() ? *text_.object() : bj::object();
        bj::object out;
        // what the text says outright
        for (auto const& [key, schema_value] : *properties)
            if (auto v = outright(view_of(key), schema_value))
                out[key] = std::move(*v);
        bool const paired = !text_.untouched();
        for (auto const& [key, schema_value] : *properties)
            if (auto const* e = array_at(schema_value, "enum"); e && !out.contains(key))
                if (auto const word = text_.one_of_these(*e))
                    if (auto v = convert(*word, schema_value, 0))
                        out[key] = std::move(*v);
        // required ones first, then the others
        for (bool const must : {true, false})
            for (auto const& [key, schema_value] : *properties)
                if (is_required(s, key) == must && !out.contains(key) && is_number(schema_value) &&
                    !has(schema_value, "enum"))
                    if (auto const n = text_.number())
                        out[key] = clamp(*n, schema_value);
        texts(s, *properties, out, paired, several, several_of);
        for (auto const& [key, schema_value] : *properties) {
            if (out.contains(key))
                continue;
            if (is_boolean(schema_value) && mentions(hints_.said, view_of(key)))
                out[key] = true;
            else if (is_required(s, key))
                out[key] = instance(schema_value, view_of(key), 1);
        }
        // in the schema's order
        bj::object sorted;
        for (auto const& [key, schema_value] : *properties)
            if (auto const* v = out.if_contains(key))
                sorted[key] = *v;
        return sorted;
    }

private:
    static constexpr int deepest = 16;

    static std::string_view view_of(bj::string_view s) noexcept { return {s.data(), s.size()}; }

    // A member of what may be no object at all. Objects convert to values, by a copy that is gone at once: each of
    // these is there for both.
    static bj::value const* at(bj::object const& o, std::string_view name)
    {
        return o.if_contains({name.data(), name.size()});
    }
    static bj::value const* at(bj::value const& v, std::string_view name)
    {
        auto const* o = v.if_object();
        return o ? at(*o, name) : nullptr;
    }
    static bj::object const* object_at(bj::object const& o, std::string_view name)
    {
        auto const* v = at(o, name);
        return v ? v->if_object() : nullptr;
    }
    template <class Schema> // an object or a value
    static bj::array const* array_at(Schema const& v, std::string_view name)
    {
        auto const* x = at(v, name);
        auto const* a = x ? x->if_array() : nullptr;
        return a && !a->empty() ? a : nullptr;
    }
    template <class Schema>
    static bool has(Schema const& v, std::string_view name)
    {
        return at(v, name) != nullptr;
    }

    static std::optional<double> number_at(bj::object const& o, std::string_view name)
    {
        auto const* v = o.if_contains({name.data(), name.size()});
        if (!v || !v->is_number())
            return std::nullopt;
        return v->to_number<double>();
    }

    static bool is_required(bj::object const& schema, bj::string_view key)
    {
        auto const* v = schema.if_contains("required");
        auto const* a = v ? v->if_array() : nullptr;
        return a && std::any_of(a->begin(), a->end(),
                                [&](bj::value const& x) { return x.is_string() && x.get_string() == key; });
    }

    // The type to make: the first that is not null.
    std::string_view type_of(bj::object const& s) const
    {
        if (auto const* t = s.if_contains("type")) {
            if (t->is_string())
                return detail::view(t->get_string());
            if (auto const* a = t->if_array())
                for (auto const& x : *a)
                    if (x.is_string() && (x.get_string() != "null" || a->size() == 1))
                        return detail::view(x.get_string());
        }
        if (s.contains("properties"))
            return "object";
        if (s.contains("items"))
            return "array";
        return {};
    }

    bool is(bj::value const& schema, std::initializer_list<std::string_view> types) const
    {
        auto const* o = schema.if_object();
        if (!o)
            return false;
        auto const t = type_of(resolve(*o, 0));
        return std::find(types.begin(), types.end(), t) != types.end();
    }
    bool is_number(bj::value const& schema) const { return is(schema, {"number", "integer"}); }
    bool is_boolean(bj::value const& schema) const { return is(schema, {"boolean"}); }

    // The schema that a $ref, or the first alternative of several that is not null, stands for.
    bj::object const& resolve(bj::object const& s, int depth) const
    {
        if (depth == deepest)
            return s;
        if (auto const* ref = s.if_contains("$ref"); ref && ref->is_string()) {
            auto path = detail::view(ref->get_string());
            if (!path.starts_with('#'))
                return s;
            path.remove_prefix(1);
            bj::value const* v = &root_;
            while (v && path.starts_with('/')) {
                path.remove_prefix(1);
                auto const name = path.substr(0, path.find('/'));
                path.remove_prefix(name.size());
                v = at(*v, name);
            }
            return v && v->is_object() ? resolve(v->get_object(), depth + 1) : s;
        }
        for (std::string_view several : {"anyOf", "oneOf", "allOf"})
            if (auto const* v = s.if_contains({several.data(), several.size()});
                v && v->is_array() && !s.contains("properties"))
                for (auto const& x : v->get_array())
                    if (auto const* o = x.if_object())
                        if (auto const& r = resolve(*o, depth + 1); type_of(r) != "null")
                            return r;
        return s;
    }

    bj::value clamp(double v, bj::value const& schema) const
    {
        auto const& s = resolve(schema.get_object(), 0);
        bool const integer = type_of(s) == "integer";
        auto const step = number_at(s, "multipleOf");
        double const least = integer ? 1.0 : 0.5;
        double const grain = step && *step > 0 ? *step : least;
        if (auto const x = number_at(s, "maximum"))
            v = std::min(v, *x);
        if (auto const x = number_at(s, "exclusiveMaximum"); x && v >= *x)
            v = *x - grain;
        if (auto const x = number_at(s, "minimum"))
            v = std::max(v, *x);
        if (auto const x = number_at(s, "exclusiveMinimum"); x && v <= *x) {
            v = *x + grain;
            if (auto const most = number_at(s, "exclusiveMaximum"); most && v >= *most)
                v = (*x + *most) / 2;
            else if (auto const top = number_at(s, "maximum"); top && v > *top)
                v = (*x + *top) / 2;
        }
        if (step && *step > 0) {
            auto const low = number_at(s, "minimum");
            auto const rounded = std::round(v / *step) * *step;
            v = low && rounded < *low ? std::ceil(*low / *step) * *step : rounded;
        }
        return number_value(v, integer);
    }

    // A text of the kind and length that a schema asks for.
    std::string fit_text(std::string s, bj::object const& schema) const
    {
        auto const characters = [&] {
            return static_cast<double>(std::count_if(s.begin(), s.end(), [](char c) { return !continues(c); }));
        };
        if (auto const n = number_at(schema, "maxLength"); n && *n >= 0 && characters() > *n) {
            double count = 0;
            std::size_t end = 0;
            while (end < s.size() && (count += !continues(s[end]) ? 1 : 0) <= *n)
                ++end;
            s.resize(end);
        }
        if (auto const n = number_at(schema, "minLength"); n && *n < 10000)
            while (characters() < *n)
                s.append(static_cast<std::size_t>(std::ceil(*n - characters())), s.empty() ? '-' : '.');
        return s;
    }

    static std::string_view format_example(std::string_view format)
    {
        static constexpr std::pair<std::string_view, std::string_view> examples[] = {
            {"date", "2000-01-01"},
            {"time", "00:00:00Z"},
            {"date-time", "2000-01-01T00:00:00Z"},
            {"duration", "PT0S"},
            {"email", "nobody@example.org"},
            {"hostname", "example.org"},
            {"ipv4", "192.0.2.1"},
            {"ipv6", "2001:db8::1"},
            {"uri", "https://example.org/"},
            {"url", "https://example.org/"},
            {"uuid", "00000000-0000-4000-8000-000000000000"},
        };
        for (auto const& [name, example] : examples)
            if (name == format)
                return example;
        return {};
    }

    static bool same(bj::value const& v, std::string_view text) { return to_lower(say_json(v)) == to_lower(text); }

    // A word of the text as a value of the schema; nothing if it is none.
    std::optional<bj::value> convert(std::string_view word, bj::value const& schema, int depth) const
    {
        auto const* o = schema.if_object();
        if (!o || depth == deepest)
            return bj::value(bj::string_view(word.data(), word.size()));
        auto const& s = resolve(*o, 0);
        if (auto const* e = array_at(s, "enum")) {
            for (auto const& v : *e)
                if (same(v, word))
                    return v;
            return std::nullopt;
        }
        if (auto const* c = s.if_contains("const"))
            return *c;
        auto const type = type_of(s);
        if (type == "number" || type == "integer") {
            std::string digits(trimmed(word));
            std::erase(digits, ',');
            digits.resize(digits.find(' ') == digits.npos ? digits.size() : digits.find(' '));
            if (auto const n = as_number(digits))
                return clamp(*n, schema);
            return std::nullopt;
        }
        if (type == "boolean") {
            auto const low = to_lower(trimmed(word));
            if (one_of(low, "true yes on 1 enabled"))
                return true;
            if (one_of(low, "false no off 0 disabled"))
                return false;
            return std::nullopt;
        }
        if (type == "array" || type == "object") {
            auto v = parse_json(word);
            if (v && (type == "array" ? v->is_array() : v->is_object()))
                return v;
            if (type == "object")
                return std::nullopt;
            auto const* items = s.if_contains("items");
            bj::array list;
            auto left = trimmed(word, " []");
            while (!left.empty()) {
                auto const n = std::min(left.find_first_of(",;"), left.size());
                auto const part = trimmed(left.substr(0, n), " '\"");
                if (!part.empty())
                    if (auto x = convert(part, items ? *items : bj::value(nullptr), depth + 1))
                        list.push_back(std::move(*x));
                left.remove_prefix(std::min(n + 1, left.size()));
            }
            return list;
        }
        if (type == "null")
            return bj::value(nullptr);
        return bj::value(bj::string_view(fit_text(std::string(word), s)));
    }

    // The same for a value of a JSON object in the text: kept as it is where its type fits.
    std::optional<bj::value> adopt(bj::value const& v, bj::value const& schema) const
    {
        auto const* o = schema.if_object();
        if (!o)
            return v;
        auto const type = type_of(resolve(*o, 0));
        bool const fits = type.empty() || (type == "string" && v.is_string()) || (type == "number" && v.is_number()) ||
                          (type == "integer" && (v.is_int64() || v.is_uint64())) ||
                          (type == "boolean" && v.is_bool()) || (type == "array" && v.is_array()) ||
                          (type == "object" && v.is_object()) || (type == "null" && v.is_null());
        return fits && !has(schema, "enum") ? std::optional<bj::value>(v) : convert(say_json(v), schema, 0);
    }

    // What the text gives for a member by its name.
    std::optional<bj::value> outright(std::string_view name, bj::value const& schema)
    {
        if (auto const* v = text_.member(name))
            if (auto x = adopt(*v, schema))
                return x;
        // a boolean is said by its name alone, and needs no value behind it
        if (auto const word = text_.pair(name, !is_boolean(schema)))
            return convert(*word, schema, 0);
        return std::nullopt;
    }

    // The texts among the arguments: words in quotation marks, behind prepositions, or all there is.
    void texts(bj::object const& s, bj::object const& properties, bj::object& out, bool paired,
               std::vector<std::string>& several, std::string& several_of)
    {
        std::vector<bj::string_view> wanted, optional;
        for (auto const& [key, schema] : properties)
            if (!out.contains(key) && is(schema, {"string", "array", ""}) && !has(schema, "enum") &&
                !has(schema, "const"))
                (is_required(s, key) ? wanted : optional).push_back(key);
        bool const none_required = wanted.empty() && out.empty();
        if (none_required && !optional.empty())
            wanted.push_back(optional.front());
        auto const schema_of = [&](bj::string_view key) -> bj::value const& { return properties.at(key); };
        auto const put = [&](bj::string_view key, std::string const& word) {
            if (auto v = convert(word, schema_of(key), 0)) {
                out[key] = std::move(*v);
                return true;
            }
            return false;
        };
        // members whose name says behind which word they stand
        static constexpr std::pair<std::string_view, std::string_view> places[] = {
            {"from origin source departure start sender base", "from"},
            {"to destination target arrival recipient receiver end", "to"},
        };
        if (properties.size() > 1)
            for (auto const* list : {&wanted, &optional})
                for (auto key : *list)
                    for (auto const& [names, preposition] : places) {
                        auto const words = canonical_key(view_of(key));
                        if (!out.contains(key) && one_of(words.substr(0, words.find(' ')), names))
                            if (auto const p = text_.phrase(preposition))
                                put(key, *p);
                    }
        bool first = true;
        for (auto key : wanted) {
            if (out.contains(key))
                continue;
            std::optional<std::string> word = text_.quoted();
            bool const quoted = word.has_value();
            if (!word)
                word = text_.phrase("for in of about named called saying at on to from that with titled");
            // "what is the weather?" in a conversation that has said where
            bool const personal =
                one_of(last_word(canonical_key(view_of(key))), "city location place town name email plan country "
                                                               "language company address phone");
            auto const* const f = !word && personal ? known_fact(view_of(key)) : nullptr;
            auto const free_text =
                one_of(last_word(canonical_key(view_of(key))),
                       "query q question text prompt input message search term terms keywords topic content "
                       "expression request task command instruction description note body");
            if (!word && first && !paired && out.size() <= 1 && (hints_.only_values || (free_text && !f))) {
                word = text_.rest();
                if (word->empty())
                    word.reset();
            }
            if (!word && f)
                word = f->value;
            if (word && first && !quoted && !is(schema_of(key), {"array"})) {
                several = parts_of(*word);
                if (several.size() > 1) {
                    several_of = std::string(view_of(key));
                    word = several.front();
                    several.erase(several.begin());
                } else {
                    several.clear();
                }
            } else if (word && is(schema_of(key), {"array"})) {
                for (auto at = word->find(" and "); at != word->npos; at = word->find(" and "))
                    word->replace(at, 5, ",");
            }
            if (word)
                put(key, *word);
            first = false;
        }
    }

    static std::string_view last_word(std::string const& s)
    {
        auto const blank = s.rfind(' ');
        return blank == s.npos ? std::string_view(s) : std::string_view(s).substr(blank + 1);
    }

    static std::vector<std::string> parts_of(std::string const& words)
    {
        std::vector<std::string> parts;
        std::string_view left = words;
        while (!left.empty()) {
            auto const comma = left.find(','), joint = left.find(" and ");
            auto const n = std::min({comma, joint, left.size()});
            auto part = trimmed(left.substr(0, n));
            if (part.starts_with("and "))
                part.remove_prefix(4);
            if (!part.empty())
                parts.emplace_back(part);
            left.remove_prefix(n == left.size() ? n : n == comma ? n + 1 : n + 5);
        }
        return parts.size() <= 16 ? parts : std::vector<std::string>();
    }

    fact const* known_fact(std::string_view name) const
    {
        if (!hints_.known)
            return nullptr;
        if (auto const* f = hints_.known->find(name, fact::about::user))
            return f;
        return hints_.known->find(name, fact::about::world);
    }

    bj::value instance(bj::value const& schema, std::string_view name, int depth)
    {
        auto const* o = schema.if_object();
        if (!o) // `true`, or no schema at all
            return nullptr;
        if (depth >= deepest || ++made_ > 2000)
            return nullptr;
        auto const& s = resolve(*o, 0);
        if (auto const* v = s.if_contains("const"))
            return *v;
        if (!name.empty() && depth > 0 && !hints_.sparse)
            if (auto v = outright(name, schema))
                return *v;
        if (auto const* e = array_at(s, "enum")) {
            if (!hints_.sparse) {
                if (auto const word = text_.one_of_these(*e))
                    if (auto v = convert(*word, schema, 0))
                        return *v;
                if (auto const* f = name.empty() ? nullptr : known_fact(name))
                    if (auto v = convert(f->value, schema, 0))
                        return *v;
            }
            if (auto const* d = s.if_contains("default"))
                return *d;
            return e->front();
        }
        auto const type = type_of(s);
        if (type == "object" || (type.empty() && depth == 0))
            return object(s, depth);
        if (type == "array")
            return array(s, name, depth);
        // what is known by the name, before what the schema has in store
        if (auto const* f = name.empty() || hints_.sparse || type == "boolean" ? nullptr : known_fact(name))
            if (auto v = convert(f->value, schema, 0))
                return *v;
        if (auto const* d = s.if_contains("default"))
            return *d;
        if (type == "number" || type == "integer") {
            auto const n = hints_.sparse ? std::nullopt : text_.number();
            return clamp(n.value_or(0), schema);
        }
        if (type == "boolean")
            return !hints_.sparse && !name.empty() && mentions(hints_.said, name);
        if (type == "null")
            return nullptr;
        return bj::value(bj::string_view(text(s, name)));
    }

    std::string text(bj::object const& s, std::string_view name)
    {
        if (auto const* f = s.if_contains("format"); f && f->is_string())
            if (auto const example = format_example(detail::view(f->get_string())); !example.empty())
                return std::string(example);
        if (hints_.sparse)
            return fit_text({}, s);
        constexpr std::string_view for_answer =
            "answer message text reply response content summary result output explanation "
            "reason reasoning description comment body joke greeting";
        std::string word(hints_.answer);
        if (answered_ && !one_of(last_word(canonical_key(name)), for_answer))
            word = text_.quoted().value_or("unknown");
        answered_ = true;
        return fit_text(std::move(word), s);
    }

    bj::value object(bj::object const& s, int depth)
    {
        bj::object out;
        auto const* properties = object_at(s, "properties");
        if (!properties) {
            if (depth == 0 && !hints_.sparse)
                out["answer"] = bj::string_view(hints_.answer.data(), hints_.answer.size());
            return out;
        }
        // The answer goes where it belongs; only if there is no such place, into the first text.
        bool const before = answered_;
        answered_ = answered_ || std::any_of(properties->begin(), properties->end(), [](auto const& p) {
                        return one_of(canonical_key(view_of(p.key())),
                                      "answer message text reply response content summary result output");
                    });
        for (auto const& [key, schema] : *properties)
            if (is_required(s, key) || (!hints_.sparse && depth < 4 && made_ < 500))
                out[key] = instance(schema, view_of(key), depth + 1);
        answered_ = answered_ || before;
        return out;
    }

    bj::value array(bj::object const& s, std::string_view name, int depth)
    {
        bj::array out;
        auto const* items = s.if_contains("items");
        auto const least = number_at(s, "minItems");
        auto const most = number_at(s, "maxItems");
        std::size_t n = static_cast<std::size_t>(std::clamp(least.value_or(0), 0.0, 100.0));
        if (auto const* f = name.empty() || hints_.sparse ? nullptr : known_fact(name);
            f && items && is(*items, {"string"})) {
            if (auto v = convert(f->value, *items, 0))
                out.push_back(std::move(*v));
        } else if (n == 0 && !hints_.sparse && items && depth < 4) {
            n = 1;
        }
        if (most)
            n = std::min(n, static_cast<std::size_t>(std::clamp(*most, 0.0, 100.0)));
        while (items && out.size() < n)
            out.push_back(instance(*items, {}, depth + 1));
        while (!items && out.size() < n)
            out.push_back(nullptr);
        return out;
    }

    bj::value const& root_;
    schema_hints const& hints_;
    value_text text_;
    int made_ = 0;
    bool answered_ = false;
};

} // namespace detail

CHATWIRE_DECL std::string fill_schema(raw_json const& schema, schema_hints const& hints)
{
    auto const root = json::to_value(schema);
    if (!root)
        return "{}";
    return std::string(json::to_raw(detail::schema_filler(*root, hints).fill()).text());
}

CHATWIRE_DECL std::vector<std::string> fill_arguments(raw_json const& parameters, schema_hints const& hints)
{
    auto const root = json::to_value(parameters);
    if (!root)
        return {"{}"};
    std::vector<std::string> several;
    std::string several_of;
    auto arguments = detail::schema_filler(*root, hints).arguments(several, several_of);
    std::vector<std::string> out{std::string(json::to_raw(arguments).text())};
    for (auto const& other : several) {
        arguments[several_of] = boost::json::string_view(other);
        out.emplace_back(json::to_raw(arguments).text());
    }
    return out;
}

} // namespace chatwire::offline
#endif
