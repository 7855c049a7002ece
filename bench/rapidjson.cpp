// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// RapidJSON: a document for each event, in memory that is used again; and its writer, without a document.

#include "dom.hpp"
#include "peer.hpp"

#ifdef __SSE2__
#define RAPIDJSON_SSE2
#endif
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <array>
#include <stdexcept>

namespace bench {
namespace {

using rapidjson::SizeType;
using rapidjson::Value;

struct reading {
    std::vector<Value> kept{};

    template <class F>
    void members(Value& v, F f) const
    {
        // (clang takes the iterators' comparisons for ambiguous in C++20)
        auto m = v.MemberBegin();
        for (auto n = v.MemberCount(); n != 0; --n, ++m)
            f(text(m->name), m->value);
    }
    template <class F>
    void elements(Value& v, F f) const
    {
        for (auto& element : v.GetArray())
            f(element);
    }
    bool is_null(Value const& v) const { return v.IsNull(); }
    bool is_string(Value const& v) const { return v.IsString(); }
    std::string_view text(Value const& v) const { return {v.GetString(), v.GetStringLength()}; }
    std::int64_t integer(Value const& v) const { return v.GetInt64(); }
    double real(Value const& v) const { return v.GetDouble(); }
    bool boolean(Value const& v) const { return v.GetBool(); }
    void open(Value& v, chatwire::raw_json&) { kept.push_back(std::move(v)); }
};

using writer = rapidjson::Writer<rapidjson::StringBuffer>;

class writing {
public:
    std::vector<rapidjson::Document> kept{};
    std::size_t next = 0;

    void write(writer& w, std::string_view v) { w.String(v.data(), static_cast<SizeType>(v.size())); }
    void write(writer& w, std::string const& v) { write(w, std::string_view(v)); }
    void write(writer& w, std::int64_t v) { w.Int64(v); }
    void write(writer& w, double v) { w.Double(v); }
    void write(writer& w, bool v) { w.Bool(v); }
    void write(writer& w, chatwire::raw_json const&) { kept[next++].Accept(w); }
    template <class E>
    void write(writer& w, chatwire::open_enum<E> const& v)
    {
        write(w, v.text());
    }
    template <class T>
    void write(writer& w, std::optional<T> const& v)
    {
        if (v)
            write(w, *v);
        else
            w.Null();
    }
    template <class T>
    void write(writer& w, chatwire::nullable<T> const& v)
    {
        if (v)
            write(w, *v);
        else
            w.Null();
    }
    template <class T>
    void write(writer& w, std::vector<T> const& v)
    {
        w.StartArray();
        for (auto const& element : v)
            write(w, element);
        w.EndArray();
    }
    template <class T>
    void write(writer& w, chatwire::string_map<T> const& v)
    {
        w.StartObject();
        for (auto const& [name, element] : v) {
            key(w, name);
            write(w, element);
        }
        w.EndObject();
    }
    void write(writer& w, chatwire::content const& v)
    {
        if (v.is_string())
            write(w, *v.string());
        else
            write(w, *v.parts());
    }
    void write(writer& w, chatwire::content_part const& v)
    {
        w.StartObject();
        key(w, "type");
        write(w, std::string_view("text"));
        key(w, "text");
        write(w, std::get<chatwire::text_part>(v).text);
        w.EndObject();
    }
    void write(writer& w, chatwire::tool_choice const& v)
    {
        write(w, std::get<chatwire::open_enum<chatwire::tool_choice_mode>>(v.value));
    }
    template <described T>
    void write(writer& w, T const& v)
    {
        w.StartObject();
        fields(
            v, [&](std::string_view name, auto const& member, auto... how) __attribute__((always_inline)) {
                if (sizeof...(how) != 0 || !absent(member)) {
                    key(w, name);
                    write(w, member);
                }
            });
        w.EndObject();
    }

private:
    static void key(writer& w, std::string_view name) { w.Key(name.data(), static_cast<SizeType>(name.size())); }
};

class library {
public:
    static constexpr std::string_view name = "RapidJSON";

    template <class T>
    void decode(T& value, std::string_view text)
    {
        reader_.library.kept.clear();
        document_.SetNull();
        memory_.Clear();
        text_ = text; // in place, which is quicker by more than the copy takes
        document_.ParseInsitu(text_.data());
        if (document_.HasParseError())
            throw std::runtime_error("RapidJSON cannot read it");
        reader_.read(static_cast<Value&>(document_), value);
    }
    std::string parameters(std::size_t i) const
    {
        rapidjson::StringBuffer out;
        writer w(out);
        reader_.library.kept.at(i).Accept(w);
        return {out.GetString(), out.GetSize()};
    }

    template <class T>
    void encode(T const& value, std::string& out)
    {
        writing_.next = 0;
        out_.Clear();
        writer_.Reset(out_);
        writing_.write(writer_, value);
        out.append(out_.GetString(), out_.GetSize());
    }
    void keep(std::string const& text)
    {
        writing_.kept.emplace_back();
        writing_.kept.back().Parse(text.data(), text.size());
    }

private:
    std::string text_{};
    std::array<char, 65'536> buffer_{};
    rapidjson::MemoryPoolAllocator<> memory_{buffer_.data(), buffer_.size()};
    rapidjson::Document document_{&memory_};
    reader<reading> reader_{};
    rapidjson::StringBuffer out_{};
    writer writer_{};
    writing writing_{};
};

enlist const enlisted(20, &peer<library>::make);

} // namespace
} // namespace bench
