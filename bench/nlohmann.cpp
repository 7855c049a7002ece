// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// nlohmann/json: a document for each event, whose members are looked for by name.

#include "dom.hpp"
#include "events.hpp"

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

class nlohmann_json final : public contender {
public:
    std::string_view name() const override { return "nlohmann"; }

    std::uint64_t decode_stream(std::string_view body, std::size_t piece, std::vector<chunk>* keep) override
    {
        std::uint64_t sum = 0;
        events_.each(body, piece, [&](std::string_view data) {
            auto document = json::parse(data);
            reader_.read(document, chunk_);
            sum += touch(chunk_);
            if (keep)
                keep->push_back(chunk_);
        });
        return sum;
    }

    std::uint64_t decode_request(std::string_view text, request* keep) override
    {
        reader_.library.kept.clear();
        decode(request_, text);
        if (keep) {
            *keep = request_;
            for (std::size_t i = 0; i < keep->tools.size(); ++i)
                keep->tools[i].function.parameters = chatwire::raw_json::trusted(reader_.library.kept.at(i).dump());
        }
        return touch(request_);
    }

    std::uint64_t decode_completion(std::string_view text, completion* keep) override
    {
        decode(completion_, text);
        if (keep)
            *keep = completion_;
        return touch(completion_);
    }

    void encode_stream(std::vector<chunk> const& chunks, std::string& out) override
    {
        for (auto const& c : chunks) {
            out += "data: ";
            out += builder_.build(c).dump();
            out += "\n\n";
        }
    }

    void prepare(request const& value) override
    {
        for (auto const& t : value.tools)
            builder_.library.kept.push_back(json::parse(t.function.parameters->text()));
    }

    void encode_request(request const& value, std::string& out) override
    {
        builder_.library.next = 0;
        out += builder_.build(value).dump();
    }

    void encode_completion(completion const& value, std::string& out) override { out += builder_.build(value).dump(); }

private:
    template <class T>
    void decode(T& value, std::string_view text)
    {
        auto document = json::parse(text);
        reader_.read(document, value);
    }

    events events_{};
    reader<reading> reader_{};
    builder<writing> builder_{};
    chunk chunk_{};
    request request_{};
    completion completion_{};
};

enlist const enlisted(10, []() -> std::unique_ptr<contender> { return std::make_unique<nlohmann_json>(); });

} // namespace
} // namespace bench
