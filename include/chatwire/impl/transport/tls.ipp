// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_TRANSPORT_TLS_IPP
#define CHATWIRE_IMPL_TRANSPORT_TLS_IPP

#include <chatwire/transport/tls.hpp>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace chatwire::transport {
namespace detail {

template <auto Free>
struct openssl_free {
    template <class T>
    void operator()(T* object) const noexcept
    {
        Free(object);
    }
};
using bio_ptr = std::unique_ptr<BIO, openssl_free<BIO_free_all>>;
using ssl_ptr = std::unique_ptr<SSL, openssl_free<SSL_free>>;
using ssl_ctx_ptr = std::unique_ptr<SSL_CTX, openssl_free<SSL_CTX_free>>;
using ssl_session_ptr = std::unique_ptr<SSL_SESSION, openssl_free<SSL_SESSION_free>>;
using x509_ptr = std::unique_ptr<X509, openssl_free<X509_free>>;
using pkey_ptr = std::unique_ptr<EVP_PKEY, openssl_free<EVP_PKEY_free>>;

// The sessions that a client may resume, each with whom it was made, the newest first. A ticket of TLS 1.3 is for one
// use (RFC 8446, C.4), and services give several: taken out, and not put back.
class tls_sessions {
public:
    static constexpr std::size_t most = 64;
    static constexpr std::size_t most_of_one = 4;

    void put(std::string peer, ssl_session_ptr s)
    {
        std::lock_guard lock(mutex_);
        list_.emplace_front(std::move(peer), std::move(s));
        std::size_t of_this = 0;
        list_.remove_if([&](auto const& e) { return e.first == list_.front().first && ++of_this > most_of_one; });
        if (list_.size() > most)
            list_.pop_back();
    }

    ssl_session_ptr take(std::string const& peer)
    {
        std::lock_guard lock(mutex_);
        auto const at = std::find_if(list_.begin(), list_.end(), [&](auto const& e) { return e.first == peer; });
        if (at == list_.end())
            return nullptr;
        auto s = std::move(at->second);
        list_.erase(at);
        return s;
    }

private:
    std::mutex mutex_;
    std::list<std::pair<std::string, ssl_session_ptr>> list_;
};

struct tls_context {
    tls_context(ssl_ctx_ptr c, bool as_client) : ssl(std::move(c)), client(as_client) {}
    ssl_ctx_ptr ssl;
    bool client;
    tls_sessions sessions{}; // of a client
};

// One secured stream, from the beginning of its handshake. OpenSSL's callbacks point here, so it stays in its place.
struct tls_state {
    std::shared_ptr<tls_context> context;
    std::unique_ptr<stream> inner;
    std::string peer;      // `host:port`
    std::string refusal{}; // which certificate was refused, and why
    attempt last{};        // how the inner stream's last try went
    bool ended = false;    // the inner stream has
    std::string reason{};  // what OpenSSL said when it failed
    bool broken = false;   // nothing more may be sent
    ssl_ptr ssl{};
};

inline std::string oneline(X509_NAME const* name)
{
    bio_ptr const out(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
    char* text = nullptr;
    auto const n = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(n)};
}

inline std::string last_tls_error()
{
    auto const code = ERR_peek_last_error();
    auto const* const reason = ERR_reason_error_string(code);
    return reason ? reason : "error " + std::to_string(code);
}

// ---- a BIO over a stream: OpenSSL reads and writes through the transport's own streams ------------------------------

inline int finish_bio(BIO* b, tls_state& s, int blocked_flag)
{
    if (s.last.blocked())
        BIO_set_flags(b, blocked_flag | BIO_FLAGS_SHOULD_RETRY);
    if (s.last.what == attempt::kind::ok)
        return static_cast<int>(s.last.n);
    return s.last.what == attempt::kind::eof ? 0 : -1;
}

inline int read_bio(BIO* b, char* into, int size)
{
    auto& s = *static_cast<tls_state*>(BIO_get_data(b));
    BIO_clear_retry_flags(b);
    s.last = s.inner->try_read({into, static_cast<std::size_t>(size)});
    s.ended = s.last.what == attempt::kind::eof;
    return finish_bio(b, s, BIO_FLAGS_READ);
}

inline int write_bio(BIO* b, char const* bytes, int size)
{
    auto& s = *static_cast<tls_state*>(BIO_get_data(b));
    BIO_clear_retry_flags(b);
    s.last = s.inner->try_write({bytes, static_cast<std::size_t>(size)});
    return finish_bio(b, s, BIO_FLAGS_WRITE);
}

inline long control_bio(BIO* b, int what, long, void*)
{
    if (what == BIO_CTRL_EOF)
        return static_cast<tls_state*>(BIO_get_data(b))->ended;
    return what == BIO_CTRL_FLUSH;
}

inline BIO_METHOD const* stream_bio()
{
    static auto const method = [] {
        std::unique_ptr<BIO_METHOD, openssl_free<BIO_meth_free>> m(
            BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "chatwire stream"));
        BIO_meth_set_read(m.get(), read_bio);
        BIO_meth_set_write(m.get(), write_bio);
        BIO_meth_set_ctrl(m.get(), control_bio);
        BIO_meth_set_create(m.get(), [](BIO* b) {
            BIO_set_init(b, 1);
            return 1;
        });
        return m;
    }();
    return method.get();
}

// ---- the stream -----------------------------------------------------------------------------------------------------

// What a call of OpenSSL's that did not succeed means.
inline attempt explain_tls(tls_state& s, int returned)
{
    switch (SSL_get_error(s.ssl.get(), returned)) {
    case SSL_ERROR_WANT_READ: return {.what = s.last.blocked() ? s.last.what : attempt::kind::needs_read};
    case SSL_ERROR_WANT_WRITE: return {.what = s.last.blocked() ? s.last.what : attempt::kind::needs_write};
    case SSL_ERROR_ZERO_RETURN: return {.what = attempt::kind::eof};
    default: break;
    }
    s.broken = true;
    if (s.ended) // and not what became of the alert that OpenSSL sends about it
        return {.what = attempt::kind::error, .error = errc::tls_truncated};
    if (s.last.what == attempt::kind::error)
        return {.what = attempt::kind::error, .error = s.last.error};
    s.reason = last_tls_error();
    return {.what = attempt::kind::error, .error = errc::tls_failed};
}

class tls_stream final : public stream {
public:
    explicit tls_stream(std::unique_ptr<tls_state> s) : state_(std::move(s)) {}
    ~tls_stream() override { say_goodbye(); } // also, OpenSSL forgets the session of a connection that ends without

    attempt try_read(std::span<char> into) override
    {
        std::size_t n = 0;
        return run([&] { return SSL_read_ex(state_->ssl.get(), into.data(), into.size(), &n); }, n);
    }

    // After a try that was blocked, the next one begins with the same bytes, as whoever writes a stream does anyway.
    attempt try_write(std::string_view bytes) override
    {
        if (state_->broken)
            return {.what = attempt::kind::error, .error = errc::connection_lost};
        std::size_t n = 0;
        return run([&] { return SSL_write_ex(state_->ssl.get(), bytes.data(), bytes.size(), &n); }, n);
    }

    void shutdown_write() noexcept override
    {
        say_goodbye();
        state_->inner->shutdown_write();
    }
    int native_handle() const noexcept override { return state_->inner->native_handle(); }
    std::string reason() const override { return state_->reason; }

private:
    template <class F>
    attempt run(F call, std::size_t& n)
    {
        ERR_clear_error();
        state_->last = {};
        int const r = call();
        return r > 0 ? attempt{.n = n} : explain_tls(*state_, r);
    }

    void say_goodbye() noexcept
    {
        if (state_->broken || (SSL_get_shutdown(state_->ssl.get()) & SSL_SENT_SHUTDOWN))
            return;
        ERR_clear_error();
        SSL_shutdown(state_->ssl.get()); // what a full socket does not take is not waited for
    }

    std::unique_ptr<tls_state> state_;
};

class tls_handshake final : public connection_attempt {
public:
    explicit tls_handshake(std::unique_ptr<tls_state> s) : state_(std::move(s)) {}

    attempt go_on() override
    {
        ERR_clear_error();
        state_->last = {};
        int const r = SSL_do_handshake(state_->ssl.get());
        if (r == 1) {
            keep_reusable();
            return {};
        }
        auto a = explain_tls(*state_, r);
        if (a.blocked())
            return a;
        auto const whom = state_->peer.empty() ? std::string() : " with " + state_->peer;
        if (!state_->refusal.empty()) {
            a.error = errc::bad_certificate;
            reason_ = state_->refusal;
        } else if (a.error == make_error_code(errc::tls_failed))
            reason_ = "no TLS" + whom + ": " + state_->reason;
        else
            reason_ = "the TLS handshake" + whom + " was cut short";
        return {.what = attempt::kind::error, .error = a.error};
    }
    int native_handle() const noexcept override { return state_->inner->native_handle(); }
    std::unique_ptr<stream> take() override { return std::make_unique<tls_stream>(std::move(state_)); }
    std::string reason() const override { return reason_; }

private:
    // Before TLS 1.3 a session can be resumed again and again, and is not given anew.
    void keep_reusable()
    {
        auto* const ssl = state_->ssl.get();
        if (state_->context->client && SSL_session_reused(ssl) && SSL_version(ssl) < TLS1_3_VERSION)
            state_->context->sessions.put(state_->peer, ssl_session_ptr(SSL_get1_session(ssl)));
    }

    std::unique_ptr<tls_state> state_;
    std::string reason_{};
};

// ---- callbacks ------------------------------------------------------------------------------------------------------

inline int verify_certificate(int accepted, X509_STORE_CTX* c)
{
    if (accepted)
        return 1;
    auto const* const ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(c, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto& s = *static_cast<tls_state*>(SSL_get_app_data(ssl));
    auto const* const certificate = X509_STORE_CTX_get_current_cert(c);
    s.refusal = (s.peer.empty() ? "a client's certificate" : "the certificate of " + s.peer) +
                " was refused: " + X509_verify_cert_error_string(X509_STORE_CTX_get_error(c));
    if (certificate)
        s.refusal += " (subject: " + oneline(X509_get_subject_name(certificate)) +
                     "; issuer: " + oneline(X509_get_issuer_name(certificate)) + ")";
    return 0;
}

inline int keep_session(SSL* ssl, SSL_SESSION* session)
{
    auto& s = *static_cast<tls_state*>(SSL_get_app_data(ssl));
    ssl_session_ptr owned(session);
    try {
        s.context->sessions.put(s.peer, std::move(owned));
    } catch (...) { // no memory: it is not resumed, then
    }
    return 1;
}

inline constexpr unsigned char alpn_http[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

inline int select_protocol(SSL*, unsigned char const** out, unsigned char* size, unsigned char const* offered,
                           unsigned int offered_size, void*)
{
    // A client that offers others only is told so (RFC 7301, 3.2).
    unsigned char* selected = nullptr;
    auto const r = SSL_select_next_proto(&selected, size, alpn_http, sizeof alpn_http, offered, offered_size);
    *out = selected;
    return r == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

// ---- certificates and keys ------------------------------------------------------------------------------------------

struct bad_tls_option {
    std::string what;
};

inline bio_ptr open_pem(char const* role, std::string const& text_or_path)
{
    if (text_or_path.find("-----BEGIN") != text_or_path.npos &&
        text_or_path.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()))
        return bio_ptr(BIO_new_mem_buf(text_or_path.data(), static_cast<int>(text_or_path.size())));
    errno = 0;
    bio_ptr file(BIO_new_file(text_or_path.c_str(), "r"));
    if (!file)
        throw bad_tls_option{
            std::string("the ") + role + " file " + text_or_path + " cannot be read: " +
            (errno ? error_code(errno, boost::system::system_category()).message() : last_tls_error())};
    return file;
}

inline int give_password(char* into, int size, int, void* password)
{
    auto const& p = *static_cast<std::string const*>(password);
    if (p.size() > static_cast<std::size_t>(size))
        return -1;
    std::copy(p.begin(), p.end(), into);
    return static_cast<int>(p.size());
}

// Reads certificates one after another; `each` takes them over.
template <class F>
void read_certificates(char const* role, std::string const& pem, F each)
{
    auto const in = open_pem(role, pem);
    std::string none;
    std::size_t count = 0;
    ERR_clear_error();
    while (x509_ptr certificate{PEM_read_bio_X509_AUX(in.get(), nullptr, give_password, &none)}) {
        each(count++, std::move(certificate));
        ERR_clear_error();
    }
    // The end of the text is reported as the absence of another beginning; anything else is a fault in it.
    auto const error = ERR_peek_last_error();
    ERR_clear_error();
    if (count == 0 || ERR_GET_LIB(error) != ERR_LIB_PEM || ERR_GET_REASON(error) != PEM_R_NO_START_LINE)
        throw bad_tls_option{std::string("the ") + role + " holds no certificate that can be read"};
}

inline void use_certificate(SSL_CTX* c, std::string const& certificate, std::string const& key,
                            std::string const& password)
{
    read_certificates("certificate", certificate, [&](std::size_t i, x509_ptr x) {
        if (i == 0 ? SSL_CTX_use_certificate(c, x.get()) != 1 : SSL_CTX_add0_chain_cert(c, x.get()) != 1)
            throw bad_tls_option{"the certificate cannot be used: " + last_tls_error()};
        if (i != 0)
            (void)x.release();
    });
    auto const in = open_pem("key", key);
    ERR_clear_error();
    pkey_ptr const read(PEM_read_bio_PrivateKey(in.get(), nullptr, give_password, const_cast<std::string*>(&password)));
    if (!read)
        throw bad_tls_option{"the key cannot be read: " + last_tls_error()};
    if (SSL_CTX_use_PrivateKey(c, read.get()) != 1 || SSL_CTX_check_private_key(c) != 1)
        throw bad_tls_option{"the key is not the certificate's"};
}

inline void trust(SSL_CTX* c, char const* role, std::string const& ca)
{
    auto* const store = SSL_CTX_get_cert_store(c);
    read_certificates(role, ca, [&](std::size_t, x509_ptr x) {
        X509_STORE_add_cert(store, x.get());
        SSL_CTX_add_client_CA(c, x.get()); // a server tells its clients whom it trusts
    });
    // What is named here is trusted, also where it is no root.
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
}

inline ssl_ctx_ptr make_context(SSL_METHOD const* method)
{
    ERR_clear_error();
    ssl_ctx_ptr c(SSL_CTX_new(method));
    if (!c || SSL_CTX_set_min_proto_version(c.get(), TLS1_2_VERSION) != 1)
        throw bad_tls_option{"OpenSSL: " + last_tls_error()};
    SSL_CTX_set_options(c.get(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_mode(c.get(),
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    return c;
}

inline std::shared_ptr<tls_context> make_client_context(tls_client_options const& o)
{
    auto c = make_context(TLS_client_method());
    if (!o.ca.empty())
        trust(c.get(), "ca", o.ca);
    else if (SSL_CTX_set_default_verify_paths(c.get()) != 1)
        throw bad_tls_option{"the system's certificates cannot be read"};
    if (!o.certificate.empty())
        use_certificate(c.get(), o.certificate, o.key, o.key_password);
    SSL_CTX_set_alpn_protos(c.get(), alpn_http, sizeof alpn_http);
    SSL_CTX_set_session_cache_mode(c.get(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(c.get(), keep_session);
    bool const verify = !o.accept_any_certificate_and_so_be_talking_to_anybody;
    SSL_CTX_set_verify(c.get(), verify ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, verify ? verify_certificate : nullptr);
    return std::make_shared<tls_context>(std::move(c), true);
}

inline std::shared_ptr<tls_context> make_server_context(tls_server_options const& o)
{
    auto c = make_context(TLS_server_method());
    use_certificate(c.get(), o.certificate, o.key, o.key_password);
    if (!o.client_ca.empty()) {
        trust(c.get(), "client_ca", o.client_ca);
        SSL_CTX_set_verify(c.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, verify_certificate);
    }
    static constexpr unsigned char sessions_of[] = "chatwire";
    SSL_CTX_set_session_id_context(c.get(), sessions_of, sizeof sessions_of - 1);
    SSL_CTX_set_session_cache_mode(c.get(), SSL_SESS_CACHE_OFF); // tickets hold the sessions, no memory of ours
    SSL_CTX_set_alpn_select_cb(c.get(), select_protocol, nullptr);
    return std::make_shared<tls_context>(std::move(c), false);
}

// ---- an attempt -----------------------------------------------------------------------------------------------------

// For what cannot even begin.
class failed_attempt final : public connection_attempt {
public:
    explicit failed_attempt(std::string reason) : reason_(std::move(reason)) {}
    attempt go_on() override { return {.what = attempt::kind::error, .error = errc::tls_failed}; }
    int native_handle() const noexcept override { return -1; }
    std::unique_ptr<stream> take() override { return nullptr; }
    std::string reason() const override { return reason_; }

private:
    std::string reason_;
};

// Whom the certificate has to be for, and which session might be resumed.
inline bool aim(tls_state& s, io::origin const& to)
{
    auto host = to.host;
    if (host.ends_with('.'))
        host.pop_back(); // the root of the name space is in no certificate
    s.peer = to.host + ':' + std::to_string(to.port);
    auto* const parameters = SSL_get0_param(s.ssl.get());
    if (X509_VERIFY_PARAM_set1_ip_asc(parameters, host.c_str()) != 1) {
        ERR_clear_error();
        X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
        if (host.empty() || X509_VERIFY_PARAM_set1_host(parameters, host.data(), host.size()) != 1 ||
            SSL_set_tlsext_host_name(s.ssl.get(), host.c_str()) != 1)
            return false;
    }
    if (auto const session = s.context->sessions.take(s.peer))
        SSL_set_session(s.ssl.get(), session.get());
    return true;
}

inline std::unique_ptr<connection_attempt> secure_stream(std::shared_ptr<tls_context> const& context,
                                                         std::unique_ptr<stream> inner, io::origin const& to)
{
    ERR_clear_error();
    auto s = std::make_unique<tls_state>();
    s->context = context;
    s->inner = std::move(inner);
    s->ssl.reset(SSL_new(context->ssl.get()));
    bio_ptr bio(BIO_new(stream_bio()));
    if (!s->ssl || !bio)
        return std::make_unique<failed_attempt>("OpenSSL: " + last_tls_error());
    BIO_set_data(bio.get(), s.get());
    SSL_set_bio(s->ssl.get(), bio.get(), bio.get());
    (void)bio.release();
    SSL_set_app_data(s->ssl.get(), s.get());
    if (!context->client)
        SSL_set_accept_state(s->ssl.get());
    else if (SSL_set_connect_state(s->ssl.get()); !aim(*s, to))
        return std::make_unique<failed_attempt>("'" + to.host + "' cannot be in a certificate");
    return std::make_unique<tls_handshake>(std::move(s));
}

inline securer secure_with(std::shared_ptr<tls_context> context)
{
    return [context = std::move(context)](std::unique_ptr<stream> inner, io::origin const& to) {
        return secure_stream(context, std::move(inner), to);
    };
}

} // namespace detail

CHATWIRE_DECL result<securer> tls_client(tls_client_options const& o)
{
    try {
        return detail::secure_with(detail::make_client_context(o));
    } catch (detail::bad_tls_option const& e) {
        return failure(errc::invalid_argument, e.what);
    }
}

CHATWIRE_DECL securer tls_client_of_the_system()
{
    struct lazy {
        std::once_flag once{};
        result<securer> made = failure(errc::out_of_order);
    };
    return [l = std::make_shared<lazy>()](std::unique_ptr<stream> inner,
                                          io::origin const& to) -> std::unique_ptr<connection_attempt> {
        std::call_once(l->once, [&] { l->made = tls_client(); });
        if (!l->made)
            return std::make_unique<detail::failed_attempt>(l->made.error().message);
        return (*l->made)(std::move(inner), to);
    };
}

CHATWIRE_DECL result<securer> tls_server(tls_server_options const& o)
{
    try {
        return detail::secure_with(detail::make_server_context(o));
    } catch (detail::bad_tls_option const& e) {
        return failure(errc::invalid_argument, e.what);
    }
}

} // namespace chatwire::transport
#endif
