// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/json/appender.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace json_appender_test {

BOOST_AUTO_TEST_SUITE(json_appender)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(pieces_stand_behind_what_there_is)
{
    std::string out = "before ";
    {
        json::appender to(out);
        to.put('a');
        to.put(std::string_view("bc"));
        to.put(std::string_view());
        to.put("null");
        char* const p = to.room(3);
        p[0] = 'd';
        p[1] = 'e';
        to.taken(p + 2);
    }
    BOOST_TEST(out == "before abcnullde");
}

BOOST_AUTO_TEST_CASE(nothing_appended_leaves_the_string_alone)
{
    std::string out = "as it was";
    {
        json::appender to(out);
        to.room(1000);
    }
    BOOST_TEST(out == "as it was");
}

BOOST_AUTO_TEST_CASE(the_string_can_be_written_to_in_between)
{
    std::string out;
    {
        json::appender to(out);
        to.put("one");
        to.settle() += ", two";
        to.attach();
        to.put(", three");
    }
    BOOST_TEST(out == "one, two, three");
}

// Pieces of every size, so that it grows at any of them.
BOOST_AUTO_TEST_CASE(what_was_appended_survives_growing)
{
    std::mt19937 random(1);
    for (int round = 0; round < 50; ++round) {
        std::string out, expected;
        {
            json::appender to(out);
            for (auto n = random() % 200; n > 0; --n) {
                std::string const piece(random() % 4 ? random() % 20 : random() % 3000,
                                        static_cast<char>('a' + n % 26));
                if (random() % 2) {
                    to.put(piece);
                } else {
                    // more room than is taken
                    to.taken(std::copy(piece.begin(), piece.end(), to.room(piece.size() + random() % 50)));
                }
                expected += piece;
            }
        }
        BOOST_REQUIRE(out == expected);
    }
}

// A buffer that is used again and again for texts of one size gets its memory once.
BOOST_AUTO_TEST_CASE(memory_is_reused)
{
    std::string out;
    auto const write = [&] {
        out.clear();
        json::appender to(out);
        for (int i = 0; i < 1000; ++i)
            to.put("0123456789");
    };
    write();
    auto const* const memory = out.data();
    auto const capacity = out.capacity();
    BOOST_TEST(capacity < std::size_t{40000});
    for (int i = 0; i < 10; ++i)
        write();
    BOOST_TEST(out.data() == memory);
    BOOST_TEST(out.capacity() == capacity);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace json_appender_test
