// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// Boost.JSON: a document for each event, in a buffer that is used again.

#include "dom.hpp"
#include "peer.hpp"

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

class library {
public:
    static constexpr std::string_view name = "Boost.JSON DOM";

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
    std::string parameters(std::size_t i) const { return json::serialize(reader_.library.kept.at(i)); }

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
    void keep(std::string const& text) { builder_.library.kept.push_back(json::parse(text)); }

private:
    std::array<unsigned char, 65'536> buffer_{};
    // made anew each time: release() leaves it with blocks that double for ever (Boost 1.81)
    std::optional<json::monotonic_resource> memory_{};
    json::parser parser_{};
    json::serializer serializer_{};
    reader<reading> reader_{};
    builder<writing> builder_{};
};

enlist const enlisted(30, &peer<library>::make);

} // namespace
} // namespace bench
