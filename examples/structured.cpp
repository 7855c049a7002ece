// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// An answer that is a value: the model fills in a struct of the program's.
//
//   structured BASE_URL [KEY] [PROMPT]         structured http://127.0.0.1:8080/v1 demo-key "A trip to Rome"
#include <chatwire/blocking_client.hpp>

#include <cstdint>
#include <iostream>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

//[types
enum class pace : unsigned char { slow, busy };
constexpr std::string_view pace_names[] = {"slow", "busy"};
constexpr std::span<std::string_view const> enum_names(pace) noexcept { return pace_names; }

struct stop {
    std::string place{};
    std::optional<std::int64_t> hours{};
};

struct journey {
    std::string city{};
    chatwire::open_enum<::pace> pace{};
    std::vector<stop> stops{};
};

// How they are spelled in JSON, and what the model is told of their members.
template <>
struct chatwire::json::table<stop> {
    static constexpr field fields[] = {
        member<&stop::place>("place"),
        member<&stop::hours>("hours", presence::optional).means("How long to stay there, if it matters"),
    };
};
template <>
struct chatwire::json::table<journey> {
    static constexpr field fields[] = {
        member<&journey::city>("city").means("Without its country"),
        member<&journey::pace>("pace"),
        member<&journey::stops>("stops").means("In the order in which they are visited"),
    };
};
//]

//[failures
// Why there is no value.
void explain(chatwire::failure const& f)
{
    using chatwire::errc;
    if (f.code == errc::declined)
        std::cerr << "the model would not: " << f.message << std::endl; // in its words
    else if (f.code == errc::token_limit)
        std::cerr << "cut off: more max_completion_tokens may help" << std::endl;
    else if (f.code == errc::filtered)
        std::cerr << "a content filter took it" << std::endl;
    else if (f.code == errc::mismatch)
        std::cerr << "no journey, at " << f.param << ": " << f.message << std::endl; // at stops[1].hours, say
    else
        std::cerr << f.what() << std::endl; // as of any call
}
//]

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::cerr << "usage: " << argv[0] << " BASE_URL [KEY] [PROMPT]\n";
        return 2;
    }
    chatwire::blocking_client ai({.base_url = argv[1], .api_key = argc > 2 ? argv[2] : ""});
    char const* const prompt = argc > 3 ? argv[3] : "A weekend in Rome";

    //[create
    auto const answer = ai.create<journey>({.messages = {chatwire::message::user(prompt)}});
    if (!answer) {
        explain(answer.error());
        return 1;
    }
    journey const& trip = answer->value;
    std::cout << trip.city << ", " << trip.pace.text() << ":" << std::endl;
    for (auto const& [place, hours] : trip.stops)
        std::cout << "  " << place << (hours ? ", " + std::to_string(*hours) + " h" : "") << std::endl;
    //]
}
