// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// Boost.JSON: a document for each event, in a buffer that is used again.

#include "dom.hpp"
#include "events.hpp"

#include <boost/json.hpp>

#include <array>
#include <optional>

namespace bench {
namespace {

namespace json = boost::json;

struct reading {
    std::vector<json::value> kept{};

    template <class F>
    void members(json::value& v, F f) const
    {
        for (auto& m : v.as_object())
            f(std::string_view(m.key().data(), m.key().size()), m.value());
    }
    template <class F>
    void elements(json::value& v, F f) const
    {
        for (auto& element : v.as_array())
            f(element);
    }
    bool is_null(json::value const& v) const { return v.is_null(); }
    bool is_string(json::value const& v) const { return v.is_string(); }
    std::string_view text(json::value const& v) const
    {
        auto const& s = v.as_string();
        return {s.data(), s.size()};
    }
    std::int64_t integer(json::value const& v) const { return v.as_int64(); }
    double real(json::value const& v) const { return v.to_number<double>(); }
    bool boolean(json::value const& v) const { return v.as_bool(); }
    void open(json::value& v, chatwire::raw_json&) { kept.push_back(std::move(v)); }
};

struct writing {
    using value = json::value;
    json::storage_ptr storage{};
    std::vector<json::value> kept{};
    std::size_t next = 0;

    value null() const { return value(nullptr, storage); }
    value text(std::string_view v) const { return value(json::string_view(v.data(), v.size()), storage); }
    value integer(std::int64_t v) const { return value(v, storage); }
    value real(double v) const { return value(v, storage); }
    value boolean(bool v) const { return value(v, storage); }
    value object() const { return value(json::object_kind, storage); }
    value array() const { return value(json::array_kind, storage); }
    void add(value& o, std::string_view name, value v) const
    {
        o.get_object().emplace(json::string_view(name.data(), name.size()), std::move(v));
    }
    void add(value& a, value v) const { a.get_array().push_back(std::move(v)); }
    value open(chatwire::raw_json const&) { return value(kept[next++], storage); }
};

class boost_dom final : public contender {
public:
    std::string_view name() const override { return "Boost.JSON DOM"; }

    std::uint64_t decode_stream(std::string_view body, std::size_t piece, std::vector<chunk>* keep) override
    {
        std::uint64_t sum = 0;
        events_.each(body, piece, [&](std::string_view data) {
            decode(chunk_, data);
            sum += touch(chunk_);
            if (keep)
                keep->push_back(chunk_);
        });
        return sum;
    }

    std::uint64_t decode_request(std::string_view text, request* keep) override
    {
        decode(request_, text);
        if (keep) {
            *keep = request_;
            for (std::size_t i = 0; i < keep->tools.size(); ++i)
                keep->tools[i].function.parameters =
                    chatwire::raw_json::trusted(json::serialize(reader_.library.kept.at(i)));
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
            encode(c, out);
            out += "\n\n";
        }
    }

    void prepare(request const& value) override
    {
        for (auto const& t : value.tools) {
            auto const text = t.function.parameters->text();
            builder_.library.kept.push_back(json::parse(json::string_view(text.data(), text.size())));
        }
    }

    void encode_request(request const& value, std::string& out) override { encode(value, out); }
    void encode_completion(completion const& value, std::string& out) override { encode(value, out); }

private:
    template <class T>
    void decode(T& value, std::string_view text)
    {
        reader_.library.kept.clear();
        memory_.emplace(buffer_.data(), buffer_.size());
        parser_.reset(&*memory_);
        parser_.write(json::string_view(text.data(), text.size()));
        auto document = parser_.release();
        reader_.read(document, value);
    }

    template <class T>
    void encode(T const& value, std::string& out)
    {
        memory_.emplace(buffer_.data(), buffer_.size());
        builder_.library.storage = &*memory_;
        builder_.library.next = 0;
        auto const document = builder_.build(value);
        serializer_.reset(&document);
        char part[16'384];
        while (!serializer_.done()) {
            auto const written = serializer_.read(part);
            out.append(written.data(), written.size());
        }
    }

    std::array<unsigned char, 65'536> buffer_{};
    // made anew each time: release() leaves it with blocks that double for ever (Boost 1.81)
    std::optional<json::monotonic_resource> memory_{};
    json::parser parser_{};
    json::serializer serializer_{};
    events events_{};
    reader<reading> reader_{};
    builder<writing> builder_{};
    chunk chunk_{};
    request request_{};
    completion completion_{};
};

enlist const enlisted(30, []() -> std::unique_ptr<contender> { return std::make_unique<boost_dom>(); });

} // namespace
} // namespace bench
