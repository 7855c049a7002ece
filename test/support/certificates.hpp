// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_CERTIFICATES_HPP
#define CHATWIRE_TEST_SUPPORT_CERTIFICATES_HPP

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace chatwire::test {

/// A certificate and its key, in PEM.
struct identity {
    std::string certificate;
    std::string key;
};

/// What a certificate says. Times in seconds from now.
struct certificate_request {
    std::string name = "localhost";                                      ///< the subject's common name
    std::string hosts = "DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1"; ///< subjectAltName
    long from = -3600;
    long until = 24 * 3600;
};

/// Makes certificates for a test, and vouches for them.
class certificate_authority {
public:
    explicit certificate_authority(std::string const& name = "chatwire test authority") : key_(make_key())
    {
        certificate_ = make({.name = name, .hosts = ""}, key_.get(), nullptr, key_.get());
    }

    std::string pem() const { return to_pem(certificate_.get()); }

    identity issue(certificate_request const& r = {}) const
    {
        auto const key = make_key();
        return {to_pem(make(r, key.get(), certificate_.get(), key_.get()).get()), to_pem(key.get())};
    }

    /// A certificate that only vouches for itself.
    static identity self_signed(certificate_request const& r = {})
    {
        auto const key = make_key();
        return {to_pem(make(r, key.get(), nullptr, key.get()).get()), to_pem(key.get())};
    }

    /// The key of an identity, encrypted.
    static std::string encrypt(std::string const& key, std::string const& password)
    {
        bio const in(BIO_new_mem_buf(key.data(), static_cast<int>(key.size())));
        pkey const k(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
        bio const out(BIO_new(BIO_s_mem()));
        PEM_write_bio_PKCS8PrivateKey(out.get(), k.get(), EVP_aes_256_cbc(), password.data(),
                                      static_cast<int>(password.size()), nullptr, nullptr);
        return text(out.get());
    }

private:
    struct free {
        void operator()(BIO* b) const { BIO_free(b); }
        void operator()(EVP_PKEY* k) const { EVP_PKEY_free(k); }
        void operator()(X509* c) const { X509_free(c); }
    };
    using bio = std::unique_ptr<BIO, free>;
    using pkey = std::unique_ptr<EVP_PKEY, free>;
    using x509 = std::unique_ptr<X509, free>;

    static pkey make_key()
    {
        EVP_PKEY* made = nullptr;
        auto* const c = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nullptr);
        bool const ok = EVP_PKEY_keygen_init(c) == 1 &&
                        EVP_PKEY_CTX_set_ec_paramgen_curve_nid(c, NID_X9_62_prime256v1) == 1 &&
                        EVP_PKEY_keygen(c, &made) == 1;
        EVP_PKEY_CTX_free(c);
        if (!ok)
            throw std::runtime_error("no key");
        return pkey(made);
    }

    static void extend(X509* c, X509* issuer, int what, std::string const& value)
    {
        X509V3_CTX context;
        X509V3_set_ctx(&context, issuer ? issuer : c, c, nullptr, nullptr, 0);
        auto* const e = X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str());
        if (!e || X509_add_ext(c, e, -1) != 1)
            throw std::runtime_error("no extension " + value);
        X509_EXTENSION_free(e);
    }

    static x509 make(certificate_request const& r, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key)
    {
        static long serial = 0;
        x509 c(X509_new());
        X509_set_version(c.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(c.get()), ++serial);
        X509_gmtime_adj(X509_getm_notBefore(c.get()), r.from);
        X509_gmtime_adj(X509_getm_notAfter(c.get()), r.until);
        X509_set_pubkey(c.get(), key);
        auto* const subject = X509_get_subject_name(c.get());
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<unsigned char const*>(r.name.data()),
                                   static_cast<int>(r.name.size()), -1, 0);
        X509_set_issuer_name(c.get(), issuer ? X509_get_subject_name(issuer) : subject);
        bool const authority = r.hosts.empty();
        extend(c.get(), issuer, NID_basic_constraints, authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
        extend(c.get(), issuer, NID_subject_key_identifier, "hash");
        if (!authority)
            extend(c.get(), issuer, NID_subject_alt_name, r.hosts);
        if (X509_sign(c.get(), issuer_key, EVP_sha256()) == 0)
            throw std::runtime_error("no signature");
        return c;
    }

    static std::string text(BIO* b)
    {
        char* bytes = nullptr;
        auto const n = BIO_get_mem_data(b, &bytes);
        return {bytes, static_cast<std::size_t>(n)};
    }
    static std::string to_pem(X509* c)
    {
        bio const out(BIO_new(BIO_s_mem()));
        PEM_write_bio_X509(out.get(), c);
        return text(out.get());
    }
    static std::string to_pem(EVP_PKEY* k)
    {
        bio const out(BIO_new(BIO_s_mem()));
        PEM_write_bio_PKCS8PrivateKey(out.get(), k, nullptr, nullptr, 0, nullptr, nullptr);
        return text(out.get());
    }

    pkey key_;
    x509 certificate_;
};

} // namespace chatwire::test
#endif
