// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_IMPL_HTTP_PARSER_IPP
#define CHATWIRE_IMPL_HTTP_PARSER_IPP

#include <chatwire/http/parser.hpp>
#include <chatwire/impl/http/parser_base.ipp>

namespace chatwire::http {

CHATWIRE_DECL request_head const& request_parser::head() const noexcept { return impl_->request_; }
CHATWIRE_DECL bool request_parser::expects_continue() const noexcept { return impl_->expects_continue_; }

CHATWIRE_DECL void response_parser::expect(std::string_view method)
{
    using kind = impl::request_kind;
    impl_->expected_.push_back(method == "HEAD" ? kind::head : method == "CONNECT" ? kind::connect : kind::other);
}

CHATWIRE_DECL response_head const& response_parser::head() const noexcept { return impl_->response_; }
CHATWIRE_DECL unsigned response_parser::informational() const noexcept { return impl_->informational_; }
CHATWIRE_DECL bool response_parser::continued() const noexcept { return impl_->continued_; }
CHATWIRE_DECL bool response_parser::tunnel() const noexcept { return impl_->state_ == impl::state::tunnel; }

} // namespace chatwire::http
#endif
