// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_RANDOM_JSON_HPP
#define CHATWIRE_TEST_SUPPORT_RANDOM_JSON_HPP

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace support {

// Makes JSON texts: the same ones in every run.
class random_json {
public:
    explicit random_json(unsigned seed) : random_(seed) {}

    std::size_t below(std::size_t n) { return random_() % n; }

    std::string value(int depth = 4)
    {
        switch (below(depth > 0 ? 9 : 7)) {
        case 0: return "null";
        case 1: return below(2) ? "true" : "false";
        case 2: return std::to_string(static_cast<int>(random_()));
        case 3: return std::to_string(below(1000)) + "." + std::to_string(below(1000)) + (below(2) ? "e-2" : "");
        case 4:
        case 5:
        case 6: return string();
        case 7: {
            std::string out = "[" + space();
            for (auto n = below(5), i = n; i > 0; --i)
                out += value(depth - 1) + (i > 1 ? "," : "") + space();
            return out + "]";
        }
        default: {
            std::string out = "{" + space();
            for (auto n = below(5), i = n; i > 0; --i)
                out += string() + space() + ":" + space() + value(depth - 1) + (i > 1 ? "," : "") + space();
            return out + "}";
        }
        }
    }

    std::string string()
    {
        static constexpr std::string_view pieces[] = {
            "a",    "bc",  " ",       "some longer text", "\\n",      "\\\"",
            "\\\\", "\\/", "\\u00e9", "\\ud83d\\ude00",   "\xC3\xA9", "\xF0\x9F\x98\x80",
            "{",    "]",   ":"};
        std::string out = "\"";
        for (auto n = below(6); n > 0; --n)
            out += pieces[below(std::size(pieces))];
        return out + "\"";
    }

    // A text with one thing wrong, or perhaps not.
    std::string changed(std::string text)
    {
        static constexpr std::string_view bytes = "{}[]:,\"\\0123456789.eE+-tfnu \n\t\x01\x80\xC3\xFF/";
        auto const at = below(text.size() + 1);
        switch (below(4)) {
        case 0: return text.insert(at, 1, bytes[below(bytes.size())]);
        case 1: return at < text.size() ? text.erase(at, 1 + below(3)) : text;
        case 2:
            if (at < text.size())
                text[at] = bytes[below(bytes.size())];
            return text;
        default: return text.substr(0, at);
        }
    }

private:
    std::string space() { return std::string(below(4) == 0 ? "\n \t" : ""); }

    std::mt19937 random_;
};

} // namespace support
#endif
