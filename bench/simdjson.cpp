// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// simdjson on demand: no document; values are read as they are come upon.

#include "dom.hpp"
#include "peer.hpp"

#include <simdjson.h>

namespace bench {
namespace {

namespace ondemand = simdjson::ondemand;

struct reading {
    std::vector<std::string> kept{};

    template <class V, class F>
    void members(V& v, F f) const
    {
        for (auto field : v.get_object()) {
            ondemand::raw_json_string const key = field.key();
            // the name as it stands is the name, but for those that no field has
            std::size_t n = 0;
            while (key.raw()[n] != '"')
                ++n;
            ondemand::value value = field.value();
            f(std::string_view(key.raw(), n), value);
        }
    }
    template <class F>
    void elements(ondemand::value& v, F f) const
    {
        for (auto each : v.get_array()) {
            ondemand::value element = std::move(each);
            f(element);
        }
    }
    bool is_null(ondemand::value& v) const { return v.is_null(); }
    bool is_string(ondemand::value& v) const { return v.type() == ondemand::json_type::string; }
    std::string_view text(ondemand::value& v) const { return v.get_string(); }
    std::int64_t integer(ondemand::value& v) const { return v.get_int64(); }
    double real(ondemand::value& v) const { return v.get_double(); }
    bool boolean(ondemand::value& v) const { return v.get_bool(); }
    void open(ondemand::value& v, chatwire::raw_json&)
    {
        ondemand::object object = v.get_object();
        std::string_view const text = object.raw_json();
        kept.emplace_back(text);
    }
};

class library {
public:
    static constexpr std::string_view name = "simdjson";

    template <class T>
    void decode(T& value, std::string_view text)
    {
        static_assert(simdjson::SIMDJSON_PADDING <= 64);
        reader_.library.kept.clear();
        ondemand::document document =
            parser_.iterate(text.data(), text.size(), text.size() + simdjson::SIMDJSON_PADDING);
        reader_.read(document, value);
    }
    std::string parameters(std::size_t i) const { return reader_.library.kept.at(i); }

private:
    ondemand::parser parser_{};
    reader<reading> reader_{};
};

enlist const enlisted(40, &peer<library>::make);

} // namespace
} // namespace bench
