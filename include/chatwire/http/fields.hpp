// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_HTTP_FIELDS_HPP
#define CHATWIRE_HTTP_FIELDS_HPP

#include <chatwire/error.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chatwire::http {

/// One header field.
struct field {
    std::string name;
    std::string value;

    friend bool operator==(field const&, field const&) = default;
};

/// Header fields in their order. Names are found whatever their case, and kept as they were given.
///
/// Nothing that HTTP forbids can be in one: no field can end early, or begin another.
///
/// @par Thread safety
/// As for a vector.
class fields {
public:
    using const_iterator = std::vector<field>::const_iterator;

    /// Appends a field, also when there is one of that name. Spaces around the value are dropped.
    /// @return errc::invalid_header when the name is no token or the value holds a control character
    CHATWIRE_DECL error_code insert(std::string_view name, std::string_view value);

    /// Puts the value in place of the first field of that name and erases the others; appends it if there is none.
    /// @return as @ref insert; then nothing has changed
    CHATWIRE_DECL error_code set(std::string_view name, std::string_view value);

    /// The value of the first field of that name. Valid until the fields change.
    CHATWIRE_DECL std::optional<std::string_view> find(std::string_view name) const noexcept;

    CHATWIRE_DECL std::size_t count(std::string_view name) const noexcept;

    /// Whether a field of that name is a comma-separated list in which `token` stands, whatever its case.
    CHATWIRE_DECL bool has_token(std::string_view name, std::string_view token) const noexcept;

    /// Erases every field of that name. @return how many there were
    CHATWIRE_DECL std::size_t erase(std::string_view name);

    void clear() noexcept { all_.clear(); }
    bool empty() const noexcept { return all_.empty(); }
    std::size_t size() const noexcept { return all_.size(); }
    const_iterator begin() const noexcept { return all_.begin(); }
    const_iterator end() const noexcept { return all_.end(); }

    /// Equal names (in their exact case), values and order.
    friend bool operator==(fields const&, fields const&) = default;

private:
    std::vector<field> all_;
};

} // namespace chatwire::http

#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/http/fields.ipp>
#endif
#endif
