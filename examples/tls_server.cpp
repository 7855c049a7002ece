// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
// The server of blocking_server.cpp over TLS. With a third file, only callers whose certificate one of the authorities
// in it has signed get through.
//
//     tls_server certificate.pem key.pem [clients.pem]
#include <chatwire/blocking_server.hpp>
#include <chatwire/transport/tls.hpp>

#include <iostream>

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::cerr << "usage: " << argv[0] << " CERTIFICATE KEY [CLIENT_CA]\n";
        return 2;
    }
    //[server
    auto secure =
        chatwire::transport::tls_server({.certificate = argv[1], .key = argv[2], .client_ca = argc > 3 ? argv[3] : ""});
    if (!secure) { // a key that is not the certificate's, say
        std::cerr << secure.error().message << std::endl;
        return 2;
    }
    chatwire::blocking_server server({.api_keys = {"my-key"}, .models = {"parrot"}}, *secure);
    server.on_completion([](chatwire::request const& request, chatwire::blocking_responder& out) {
        if (out.text(request.messages.back().text()))
            (void)out.finish();
    });
    std::cout << "listening on https://localhost:" << server.listen().value() << std::endl;
    server.run().value();
    //]
}
