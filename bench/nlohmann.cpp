// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// nlohmann/json: a document for each event, whose members are looked for by name.

#include "dom.hpp"
#include "peer.hpp"

#include <nlohmann/json.hpp>

namespace bench {
namespace {

using nlohmann::json;

struct reading {
    std::vector<json> kept{};

    json* find(json& v, char const* name) const
    {
        auto const it = v.find(name);
        return it == v.end() ? nullptr : &*it;
    }
    template <class F>
    void members(json& v, F f) const
    {
        for (auto it = v.begin(); it != v.end(); ++it)
            f(it.key(), *it);
    }
    template <class F>
    void elements(json& v, F f) const
    {
        for (auto& element : v)
            f(element);
    }
    bool is_null(json const& v) const { return v.is_null(); }
    bool is_string(json const& v) const { return v.is_string(); }
    std::string const& text(json const& v) const { return v.get_ref<std::string const&>(); }
    std::int64_t integer(json const& v) const { return v.get<std::int64_t>(); }
    double real(json const& v) const { return v.get<double>(); }
    bool boolean(json const& v) const { return v.get<bool>(); }
    void open(json& v, chatwire::raw_json&) { kept.push_back(std::move(v)); }
};

struct writing {
    using value = json;
    std::vector<json> kept{};
    std::size_t next = 0;

    json null() const { return nullptr; }
    json text(std::string_view v) const { return v; }
    json integer(std::int64_t v) const { return v; }
    json real(double v) const { return v; }
    json boolean(bool v) const { return v; }
    json object() const { return json::object(); }
    json array() const { return json::array(); }
    template <class Name>
    void add(json& o, Name const& name, json v) const
    {
        o[name] = std::move(v);
    }
    void add(json& a, json v) const { a.push_back(std::move(v)); }
    json open(chatwire::raw_json const&) { return kept[next++]; }
};

class library {
public:
    static constexpr std::string_view name = "nlohmann";

    template <class T>
    void decode(T& value, std::string_view text)
    {
        reader_.library.kept.clear();
        auto document = json::parse(text);
        reader_.read(document, value);
    }
    std::string parameters(std::size_t i) const { return reader_.library.kept.at(i).dump(); }

    template <class T>
    void encode(T const& value, std::string& out)
    {
        builder_.library.next = 0;
        out += builder_.build(value).dump();
    }
    void keep(std::string const& text) { builder_.library.kept.push_back(json::parse(text)); }

private:
    reader<reading> reader_{};
    builder<writing> builder_{};
};

enlist const enlisted(10, &peer<library>::make);

} // namespace
} // namespace bench
