// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_VECTORS_HPP
#define CHATWIRE_TEST_SUPPORT_VECTORS_HPP

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

/// The files of `test/vectors/`: what real services and clients send, and what is to be made of it.
///
/// `F4_no_space.http` holds the bytes, a whole HTTP message as it is on the wire. `F4_no_space.events` holds a JSON
/// object a line: first what this is; then what is to be told of it, in the words of the program `decode`; and last,
/// for an answer, what becomes of it in strict mode.
namespace chatwire::test {

inline std::filesystem::path source_directory()
{
    auto const* const d = std::getenv("CHATWIRE_SOURCE_DIR");
    BOOST_TEST_REQUIRE(d, "CHATWIRE_SOURCE_DIR is not set");
    return d;
}

inline std::string file_text(std::filesystem::path const& p)
{
    std::ifstream in(p, std::ios::binary);
    BOOST_TEST_REQUIRE(in.good(), "cannot read " << p);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct wire_vector {
    std::string name{};
    std::string call{};   ///< what was asked for: `stream`, `completion`; `request`: this is one
    std::string key{};    ///< of a request: the key that the server wants; empty: none
    std::string bytes{};  ///< the HTTP message
    std::string events{}; ///< the lines that are expected
    std::string strict{}; ///< `same`, or how it ends in strict mode: `truncated protocol_violation`

    /// The line of the list of quirks it belongs to: `F4`.
    std::string quirk() const { return name.substr(0, name.find('_')); }
    bool is_request() const { return call == "request"; }
    /// Whether the events of the event stream are among the lines.
    bool has_sse() const { return events.find("{\"event\":\"sse\"") != events.npos; }

    /// The lines, without those of that kind.
    std::string without(std::string_view kind) const
    {
        std::string out;
        auto const start = "{\"event\":\"" + std::string(kind) + '"';
        for (std::string_view rest = events; !rest.empty();) {
            auto const line = rest.substr(0, rest.find('\n') + 1);
            if (!line.starts_with(start))
                out += line;
            rest.remove_prefix(line.size());
        }
        return out;
    }
};

inline wire_vector read_vector(std::filesystem::path const& http)
{
    wire_vector v;
    v.name = http.stem().string();
    v.bytes = file_text(http);
    auto const text = file_text(std::filesystem::path(http).replace_extension(".events"));
    auto const first = text.find('\n') + 1;
    auto const about = boost::json::parse(boost::json::string_view(text.data(), first)).as_object();
    auto const word = [&](char const* name) {
        auto const* const value = about.if_contains(name);
        return value ? std::string(value->as_string().c_str()) : std::string();
    };
    v.call = word("call");
    v.key = word("key");
    BOOST_TEST(!word("what").empty(), v.name << " does not say what it is");
    v.events = text.substr(first);
    if (v.is_request())
        return v;
    BOOST_TEST((v.call == "stream" || v.call == "completion"), v.name << " calls for " << v.call);
    auto const last = v.events.rfind("{\"strict\"");
    BOOST_TEST_REQUIRE(last != v.events.npos, v.name << " does not say what is so in strict mode");
    v.strict = boost::json::parse(v.events.substr(last)).at("strict").as_string().c_str();
    v.events.resize(last);
    return v;
}

/// All of them, in the order of their names.
inline std::vector<wire_vector> read_vectors()
{
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator(source_directory() / "test/vectors"))
        if (entry.path().extension() == ".http")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    BOOST_TEST_REQUIRE(!files.empty());
    std::vector<wire_vector> all;
    for (auto const& file : files)
        all.push_back(read_vector(file));
    return all;
}

} // namespace chatwire::test
#endif
