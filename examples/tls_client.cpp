// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// One question over TLS, to a service whose certificate an authority of one's own has signed. For a service on the
// internet nothing has to be said: the system's authorities are trusted by default.
//
//     tls_client https://localhost:8443/v1 ca.pem my-key
#include <chatwire/blocking_client.hpp>
#include <chatwire/transport/tls.hpp>

#include <iostream>

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::cerr << "usage: " << argv[0] << " BASE_URL CA [KEY]\n";
        return 2;
    }
    //[client
    auto secure = chatwire::transport::tls_client({.ca = argv[2]});
    if (!secure) { // a file that cannot be read, say
        std::cerr << secure.error().message << std::endl;
        return 2;
    }
    chatwire::blocking_client ai(chatwire::transport::options{.secure = *secure},
                                 {.base_url = argv[1], .api_key = argc > 3 ? argv[3] : ""});
    auto const answer = ai.create({.model = "parrot", .messages = {chatwire::message::user("Hello over TLS")}});
    if (!answer) { // a certificate that is not to be trusted: which one, and why
        std::cerr << answer.error().what() << std::endl;
        return 1;
    }
    std::cout << answer->text() << std::endl;
    //]
}
