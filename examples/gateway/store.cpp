// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#include "store.hpp"

#include <chatwire/store/memory.hpp>

#ifdef CHATWIRE_SQLITE
#include <chatwire/store/sqlite.hpp>
#endif
#ifdef CHATWIRE_POSTGRES
#include <chatwire/store/postgres.hpp>
#endif

#include <string>
#include <utility>

namespace gateway {
namespace {

using chatwire::errc;
using chatwire::failure;
using opened = chatwire::result<std::shared_ptr<chatwire::store::backend>>;

template <class Store>
[[maybe_unused]] opened as_backend(chatwire::result<std::unique_ptr<Store>> made)
{
    if (!made)
        return made.error();
    return std::shared_ptr<chatwire::store::backend>(*std::move(made));
}

opened open_sqlite([[maybe_unused]] std::string_view path)
{
#ifdef CHATWIRE_SQLITE
    return as_backend(chatwire::store::sqlite::open({.path = std::string(path)}));
#else
    return failure(errc::unsupported, "SQLite is not in this build");
#endif
}

opened open_postgres([[maybe_unused]] std::string_view url)
{
#ifdef CHATWIRE_POSTGRES
    return as_backend(chatwire::store::postgres::open({.connection = std::string(url), .connections = 8}));
#else
    return failure(errc::unsupported, "PostgreSQL is not in this build");
#endif
}

} // namespace

std::string_view default_store() noexcept
{
#ifdef CHATWIRE_SQLITE
    return "sqlite:chatwire.db";
#else
    return "memory";
#endif
}

opened open_store(std::string_view spec)
{
    constexpr std::string_view file = "sqlite:";
    if (spec == "memory")
        return std::shared_ptr<chatwire::store::backend>(std::make_shared<chatwire::store::memory>());
    if (spec.starts_with(file))
        return open_sqlite(spec.substr(file.size()));
    if (spec.starts_with("postgresql://") || spec.starts_with("postgres://"))
        return open_postgres(spec);
    return failure(errc::invalid_argument, "expected memory, sqlite:PATH or postgresql://...");
}

} // namespace gateway
