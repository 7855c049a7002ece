// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// One answer through both doors of the client: as bytes into a connection, and as pieces of HTTP into an exchange, as
// whoever has an HTTP library of their own would give them. Both say the same, at every moment and at every end.
#include "../client/transcripts.hpp"

#include <chatwire/client/connection.hpp>
#include <chatwire/http/writer.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

BOOST_AUTO_TEST_SUITE(roles_client_doors)

namespace roles_client_doors_test {

using namespace chatwire;

// An answer in bytes of which each is known for what it is to HTTP.
struct scene {
    std::string name{};
    client_call::answer expects{};
    http::response_head head{};
    std::string bytes{};
    std::vector<bool> is_body{};         // of each byte
    std::size_t head_ends = 0;           // how many bytes there are until then
    std::vector<std::size_t> between{0}; // where an interim answer ends, and nothing has begun
    bool until_close = false;            // the end of the connection is the end of the body

    void add(std::string_view text, bool body = false)
    {
        bytes += text;
        is_body.insert(is_body.end(), text.size(), body);
    }
};

// What one of the doors has said.
struct heard {
    std::vector<client_event<>> events{};
    std::optional<failure> refused{};
    bool over = false;

    template <class Door>
    void listen(Door& d, client_call::answer expects)
    {
        while (!over) {
            auto e = d.next_event();
            if (!e) {
                refused = std::move(e).error();
                over = true;
            } else if (*e) {
                events.push_back(**e);
                auto const& last = events.back();
                over = std::holds_alternative<stream_end>(last) || std::holds_alternative<client_document>(last) ||
                       (std::holds_alternative<completion>(last) && expects == client_call::answer::completion);
            } else {
                return;
            }
        }
    }
};

bool same(failure const& a, failure const& b)
{
    return a.code == b.code && a.message == b.message && a.status == b.status && a.type == b.type &&
           a.param == b.param && a.api_code == b.api_code && a.request_id == b.request_id &&
           a.retry_after == b.retry_after;
}
bool same(std::optional<failure> const& a, std::optional<failure> const& b)
{
    return a.has_value() == b.has_value() && (!a || same(*a, *b));
}
bool same(client_event<> const& a, client_event<> const& b)
{
    if (auto const* end = std::get_if<stream_end>(&a)) {
        auto const* other = std::get_if<stream_end>(&b);
        return other && end->how == other->how && same(end->error, other->error);
    }
    return a.index() == b.index() && std::visit(
                                         [&](auto const& e) {
                                             using type = std::remove_cvref_t<decltype(e)>;
                                             if constexpr (std::is_same_v<type, stream_end>)
                                                 return false;
                                             else
                                                 return e == std::get<type>(b);
                                         },
                                         static_cast<client_event<>::variant const&>(a));
}

std::string told(heard const& h)
{
    std::string out;
    for (auto const& e : h.events)
        out += test::told(e);
    return out + (h.refused ? "failure " + test::told(*h.refused) : "");
}

client_options const lenient{};

// Both doors, given the same.
class doors {
public:
    explicit doors(scene const& s, client_options const& options = lenient) : scene_(s), options_(options)
    {
        by_bytes_.start("request", {.method = "POST", .expects = s.expects}, bytes_log_);
        by_bytes_.consume(by_bytes_.output().size());
    }

    // The bytes as far as `end` arrive, at once.
    void arrive(std::size_t end)
    {
        give_bytes(end);
        for (auto at = std::exchange(at_, end); at < end;) {
            auto const first = at++;
            if (at == scene_.head_ends)
                give_piece([&] { by_pieces_.head(scene_.head); });
            if (scene_.is_body[first]) {
                while (at < end && scene_.is_body[at])
                    ++at;
                give_piece([&] { by_pieces_.body(std::string_view(scene_.bytes).substr(first, at - first)); });
            }
            if (at == scene_.bytes.size() && !scene_.until_close)
                give_piece([&] { by_pieces_.end(); });
        }
        compare();
    }

    // The connection ends here.
    void close()
    {
        if (!bytes_.over) {
            by_bytes_.commit_eof();
            bytes_.listen(by_bytes_, scene_.expects);
        }
        auto const& between = scene_.between;
        if (scene_.until_close && at_ >= scene_.head_ends)
            give_piece([&] { by_pieces_.end(); });
        else if (std::find(between.begin(), between.end(), at_) != between.end())
            give_piece([&] {
                by_pieces_.fail({errc::connection_lost, "the service closed the connection without an answer"});
            });
        else if (at_ < scene_.bytes.size())
            give_piece([&] { by_pieces_.fail(errc::incomplete_message); });
        compare();
        BOOST_TEST(bytes_.over);
        BOOST_TEST(pieces_.over);
    }

private:
    void give_bytes(std::size_t end)
    {
        auto more = std::string_view(scene_.bytes).substr(at_, end - at_);
        while (!more.empty() && !bytes_.over) {
            auto const room = by_bytes_.prepare();
            auto const n = std::min(room.size(), more.size());
            std::copy_n(more.begin(), n, room.begin());
            by_bytes_.commit(n);
            more.remove_prefix(n);
            bytes_.listen(by_bytes_, scene_.expects);
        }
    }
    template <class F>
    void give_piece(F give)
    {
        if (!pieces_.over)
            give();
        pieces_.listen(by_pieces_, scene_.expects);
    }
    void compare() const
    {
        auto const& a = bytes_;
        auto const& b = pieces_;
        bool const equal = a.over == b.over && same(a.refused, b.refused) && a.events.size() == b.events.size() &&
                           std::equal(a.events.begin(), a.events.end(), b.events.begin(),
                                      [](auto const& x, auto const& y) { return same(x, y); });
        if (!equal)
            BOOST_FAIL("as bytes: " << told(a) << "\nas pieces: " << told(b));
        if (bytes_log_->kept() != pieces_log_->kept() || by_bytes_.offset() != by_pieces_.offset())
            BOOST_FAIL("other diagnostics, or another offset");
    }

    scene const& scene_;
    client_options const& options_;
    std::shared_ptr<diagnostics> bytes_log_ = std::make_shared<diagnostics>();
    std::shared_ptr<diagnostics> pieces_log_ = std::make_shared<diagnostics>();
    client_connection<> by_bytes_{options_};
    client_exchange<> by_pieces_{options_, scene_.expects, pieces_log_};
    heard bytes_{}, pieces_{};
    std::size_t at_ = 0;
};

enum class framing { length, chunks, connection };

// `dressed`: with whatever HTTP allows around the answer.
scene play(test::client_transcript const& t, framing f, bool dressed = false)
{
    scene s{.name = std::string(t.name), .expects = t.expects, .head = t.head()};
    if (dressed) {
        for (auto const* interim :
             {"HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\nContent-Length: 7\r\n\r\n"}) {
            s.add(interim);
            s.between.push_back(s.bytes.size());
        }
        s.head.fields.insert("x-request-id", "req-1");
        s.head.fields.insert("Retry-After", "2");
    }
    bool const no_body = s.head.status == 204;
    s.until_close = f == framing::connection && !no_body;
    if (f == framing::length && !no_body)
        s.head.fields.insert("Content-Length", std::to_string(t.body.size()));
    if (f == framing::chunks && !no_body)
        s.head.fields.insert("Transfer-Encoding", "chunked");
    std::string head;
    BOOST_REQUIRE(!http::write_head(head, s.head));
    s.add(head);
    s.head_ends = s.bytes.size();
    if (f != framing::chunks) {
        s.add(t.body, true);
        return s;
    }
    if (no_body)
        return s;
    std::size_t const piece = dressed ? 97 : 33;
    for (std::size_t i = 0; i < t.body.size(); i += piece) {
        auto const data = std::string_view(t.body).substr(i, piece);
        auto const wire = test::framed(data);
        s.add(wire.substr(0, wire.find('\r')) + (dressed ? ";why=not\r\n" : "\r\n"));
        s.add(data, true);
        s.add("\r\n");
    }
    s.add(dressed ? "0\r\nServer-Timing: 1\r\n\r\n" : "0\r\n\r\n");
    return s;
}

// Every answer in client/transcripts.hpp, in every framing.
std::vector<scene> const& scenes()
{
    static auto const all = [] {
        std::vector<scene> out;
        for (auto const& t : test::client_transcripts())
            for (auto const f : {framing::length, framing::chunks, framing::connection})
                out.push_back(play(t, f));
        return out;
    }();
    return all;
}

template <class F>
void for_each_scene(F f)
{
    for (auto const& s : scenes())
        BOOST_TEST_CONTEXT(s.name << ": " << s.bytes) { f(s); }
}

BOOST_AUTO_TEST_CASE(both_doors_say_the_same_at_every_byte)
{
    for_each_scene([](scene const& s) {
        doors d(s);
        for (std::size_t i = 1; i <= s.bytes.size(); ++i)
            d.arrive(i);
        d.close();
    });
}

BOOST_AUTO_TEST_CASE(both_doors_say_the_same_wherever_the_bytes_are_cut)
{
    for_each_scene([](scene const& s) {
        for (std::size_t i = 0; i <= s.bytes.size(); ++i) {
            doors d(s);
            d.arrive(i);
            d.arrive(s.bytes.size());
            d.close();
        }
    });
}

BOOST_AUTO_TEST_CASE(both_doors_end_alike_wherever_the_connection_does)
{
    for_each_scene([](scene const& s) {
        for (std::size_t i = 0; i <= s.bytes.size(); ++i) {
            doors d(s);
            d.arrive(i);
            d.close();
        }
    });
}

BOOST_AUTO_TEST_CASE(both_doors_say_the_same_whatever_http_puts_around_it)
{
    for (auto const& t : test::client_transcripts()) {
        auto const s = play(t, framing::chunks, true);
        BOOST_TEST_CONTEXT(s.name << ": " << s.bytes)
        {
            for (std::size_t i = 0; i <= s.bytes.size(); i += i < 200 ? 1 : 7) {
                doors d(s);
                d.arrive(i);
                d.close();
                doors whole(s);
                whole.arrive(i);
                whole.arrive(s.bytes.size());
                whole.close();
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(both_doors_are_as_strict)
{
    client_options const strict{.strict = true};
    client_options narrow{};
    narrow.json.max_document = 300;
    narrow.sse.max_line = 100;
    for (auto const& options : {strict, narrow})
        for_each_scene([&](scene const& s) {
            doors d(s, options);
            for (std::size_t i = 1; i <= s.bytes.size(); ++i)
                d.arrive(i);
            d.close();
        });
}

} // namespace roles_client_doors_test

BOOST_AUTO_TEST_SUITE_END()
