// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// The protocol alone, in a program that has libcurl: that moves the bytes and takes HTTP's framing off, and what is
// left of the answer goes into an exchange, which says what it means.
//
//   libcurl_chat BASE_URL [KEY] [PROMPT]          libcurl_chat http://127.0.0.1:8080/v1 demo-key "Tell me a story."
#include <chatwire/client/exchange.hpp>
#include <chatwire/json/request.hpp>
#include <chatwire/json/writer.hpp>

#include <curl/curl.h>

#include <iostream>
#include <memory>
#include <string>

// The answer to one request, printed while libcurl receives it.
class answer {
public:
    explicit answer(CURL* curl) : curl_(curl) {}
    bool whole() const { return whole_; }

    //[feed
    // Of the body, whatever there is of it (CURLOPT_WRITEFUNCTION).
    static std::size_t receive(char* bytes, std::size_t, std::size_t n, void* self)
    {
        auto& a = *static_cast<answer*>(self);
        a.begin();
        a.exchange_.body({bytes, n});
        a.print();
        return a.exchange_.done() ? 0 : n; // whatever still came would mean nothing: 0 tells libcurl to stop
    }

    // The end, as curl_easy_perform tells it. An answer that broke off must not be taken for one that ended.
    void finish(CURLcode code, char const* why)
    {
        begin();
        if (code == CURLE_OK)
            exchange_.end();
        else
            exchange_.fail({meaning(code), why});
        print();
    }
    //]

private:
    //[head
    // libcurl has read the head by the time of the first byte of the body. There may be an answer without either.
    void begin()
    {
        long status = 0;
        curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
        if (begun_ || status < 200)
            return;
        begun_ = true;
        chatwire::http::response_head head{.status = static_cast<int>(status)};
        for (curl_header* f = nullptr; (f = curl_easy_nextheader(curl_, CURLH_HEADER, -1, f)) != nullptr;)
            (void)head.fields.insert(f->name, f->value);
        exchange_.head(head);
    }
    //]

    //[failures
    static chatwire::errc meaning(CURLcode code)
    {
        switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST: return chatwire::errc::host_not_found;
        case CURLE_COULDNT_CONNECT: return chatwire::errc::connect_failed;
        case CURLE_PARTIAL_FILE: return chatwire::errc::incomplete_message;
        case CURLE_OPERATION_TIMEDOUT: return chatwire::errc::idle_timeout;
        default: return chatwire::errc::connection_lost;
        }
    }
    //]

    //[events
    void print()
    {
        for (;;) {
            auto const event = exchange_.next_event();
            if (!event) { // the service refuses, or there was no answer at all
                std::cerr << event.error().what() << std::endl;
                return;
            }
            if (!*event) // until there is more of the answer
                return;
            if (auto const* chunk = std::get_if<chatwire::chunk>(&**event))
                std::cout << chunk->text() << std::flush;
            else if (auto const* all = std::get_if<chatwire::completion>(&**event)) // a service that does not stream
                std::cout << all->text() << std::flush;
            else if (auto const* end = std::get_if<chatwire::stream_end>(&**event)) {
                whole_ = end->success();
                std::cout << std::endl;
                std::cerr << "[" << to_string(end->how) << (end->error ? ", " + end->error->what() : "") << "]\n";
            }
        }
    }
    //]

    CURL* curl_;
    chatwire::client_options options_{}; // limits, strictness
    chatwire::client_exchange<> exchange_{options_, chatwire::client_call::answer::stream,
                                          std::make_shared<chatwire::diagnostics>()};
    bool begun_ = false;
    bool whole_ = false;
};

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::cerr << "usage: " << argv[0] << " BASE_URL [KEY] [PROMPT]\n";
        return 2;
    }
    std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> const owner(curl_easy_init(), &curl_easy_cleanup);
    CURL* const curl = owner.get();

    //[request
    chatwire::request const request{.messages = {chatwire::message::user(argc > 3 ? argv[3] : "Tell me a story.")},
                                    .stream = true};
    std::string const body = chatwire::json::to_text(request);

    auto const url = std::string(argv[1]) + "/chat/completions";
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
    std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> const headers(
        curl_slist_append(nullptr, "Content-Type: application/json"), &curl_slist_free_all);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    if (argc > 2) {
        curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
        curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, argv[2]);
    }
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L); // silence of 20 seconds is a failure
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, 20L);
    //]

    //[perform
    answer a(curl);
    char why[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, why);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &answer::receive);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &a);
    a.finish(curl_easy_perform(curl), why);
    //]
    return a.whole() ? 0 : 1;
}
