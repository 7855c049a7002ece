// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include <chatwire/chat/accumulator.hpp>
#include <chatwire/chat/chunk.hpp>
#include <chatwire/chat/completion.hpp>
#include <chatwire/chat/dialect.hpp>
#include <chatwire/chat/request.hpp>

#include <boost/test/unit_test.hpp>

#include <concepts>
#include <string>

namespace chat_dialect_test {

struct dialect : chatwire::openai {
    struct request {
        std::string session_id{};
        friend bool operator==(request const&, request const&) = default;
    };
    struct message {
        std::string document_id{};
        friend bool operator==(message const&, message const&) = default;
    };
    struct completion {
        std::string session_id{};
        friend bool operator==(completion const&, completion const&) = default;
    };
    using chunk = completion;
};

// one whose chunk and completion differ
struct other : chatwire::openai {
    struct completion {
        int pieces = 0;
        friend bool operator==(completion const&, completion const&) = default;
    };
    struct chunk {
        int piece = 0;
        friend bool operator==(chunk const&, chunk const&) = default;
        friend void fold_extension(completion& to, chunk const& from) { to.pieces += from.piece; }
    };
};

BOOST_AUTO_TEST_SUITE(chat_dialect)

using namespace chatwire;

BOOST_AUTO_TEST_CASE(additions_are_initialised_like_other_members)
{
    basic_request<dialect> const r{
        .model = "m",
        .messages = {{.role = role::user, .ext = {.document_id = "doc_1"}}, basic_message<dialect::message>::user("a")},
        .ext = {.session_id = "s"},
    };
    BOOST_TEST(r.ext.session_id == "s");
    BOOST_TEST(r.messages[0].ext.document_id == "doc_1");
    auto changed = r;
    changed.ext.session_id = "t";
    BOOST_TEST(!(changed == r));
}

BOOST_AUTO_TEST_CASE(a_dialect_that_adds_nothing_uses_the_plain_types)
{
    static_assert(std::same_as<basic_message<other::message>, message>);
    // and an empty addition takes no room of its own
    static_assert(sizeof(basic_message<>) < sizeof(basic_message<dialect::message>));
    BOOST_TEST((no_extension{} == no_extension{}));
}

BOOST_AUTO_TEST_CASE(the_last_addition_that_is_not_empty_stays_in_a_fold)
{
    accumulator<dialect> a;
    for (auto const* id : {"s1", "s2", ""})
        BOOST_TEST(!a.add(basic_chunk<dialect>{.ext = {.session_id = id}}));
    BOOST_TEST(a.snapshot().ext.session_id == "s2");
}

BOOST_AUTO_TEST_CASE(a_dialect_may_fold_its_additions_itself)
{
    accumulator<other> a;
    BOOST_TEST(!a.add(basic_chunk<other>{.ext = {.piece = 2}}));
    BOOST_TEST(!a.add(basic_chunk<other>{.ext = {.piece = 3}}));
    BOOST_TEST(a.take().ext.pieces == 5);
}

BOOST_AUTO_TEST_SUITE_END()
} // namespace chat_dialect_test
