# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# One interface target for each level of what has to be installed and linked:
#
#   chatwire::core      errors, chat/, sse/, io/, http/       Boost headers, nothing to link
#   chatwire::json      json/                                 + Boost.JSON, linked (for json/value.hpp)
#   chatwire::roles     client/, server/, services, stores    + threads
#   chatwire::asio      transport/, facades (client.hpp, ...) + Boost.Asio (headers)
#   chatwire::tls       transport/tls.hpp, crypto/seal.hpp    + OpenSSL, and CHATWIRE_TLS: https is spoken
#   chatwire::sqlite    store/sqlite.hpp                      + SQLite, and CHATWIRE_SQLITE
#   chatwire::postgres  store/postgres.hpp                    + libpq, and CHATWIRE_POSTGRES
#   chatwire::chatwire  everything there is, and the test kit
#
# A dependency that not everybody wants (OpenSSL, SQLite, PostgreSQL) is a level of its own: a row below with the headers
# that need it, and a component in chatwireConfig.cmake.in.

set(CHATWIRE_LEVELS "")
set(CHATWIRE_PUBLIC_HEADERS "")

# chatwire_level(<name> LINK <targets>... PARTS <folder or header>... [EXCEPT <header>...])
#
# A folder stands for its headers, and for what defines them in impl/; a header for itself. Folders that do not exist
# yet are empty.
function(chatwire_level name)
    cmake_parse_arguments(PARSE_ARGV 1 level "" "" "LINK;PARTS;EXCEPT")
    set(root ${PROJECT_SOURCE_DIR}/include/chatwire)
    set(public "")
    set(private "")
    foreach(part IN LISTS level_PARTS)
        if(part MATCHES "\\.hpp$")
            if(EXISTS ${root}/${part})
                list(APPEND public ${root}/${part})
            endif()
            string(REPLACE ".hpp" ".ipp" definitions ${part})
            if(EXISTS ${root}/impl/${definitions})
                list(APPEND private ${root}/impl/${definitions})
            endif()
        else()
            file(GLOB_RECURSE headers CONFIGURE_DEPENDS ${root}/${part}/*.hpp)
            list(APPEND public ${headers})
            file(GLOB_RECURSE definitions CONFIGURE_DEPENDS ${root}/impl/${part}/*.ipp)
            list(APPEND private ${definitions})
        endif()
    endforeach()

    foreach(header IN LISTS level_EXCEPT)
        string(REPLACE ".hpp" ".ipp" definitions ${header})
        list(REMOVE_ITEM public ${root}/${header})
        list(REMOVE_ITEM private ${root}/impl/${definitions})
    endforeach()

    add_library(chatwire_${name} INTERFACE)
    add_library(chatwire::${name} ALIAS chatwire_${name})
    set_target_properties(chatwire_${name} PROPERTIES EXPORT_NAME ${name})
    target_compile_features(chatwire_${name} INTERFACE cxx_std_20)
    target_include_directories(chatwire_${name} INTERFACE
        $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
        $<INSTALL_INTERFACE:include>)
    # Only headers are verified to stand alone; a .ipp is a part of its header.
    target_sources(chatwire_${name} INTERFACE
        FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/include FILES ${public}
        FILE_SET definitions TYPE HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/include FILES ${private})
    set_target_properties(chatwire_${name} PROPERTIES INTERFACE_HEADER_SETS_TO_VERIFY HEADERS)
    target_link_libraries(chatwire_${name} INTERFACE ${level_LINK})

    set(CHATWIRE_LEVELS ${CHATWIRE_LEVELS} chatwire_${name} PARENT_SCOPE)
    set(CHATWIRE_PUBLIC_HEADERS ${CHATWIRE_PUBLIC_HEADERS} ${public} PARENT_SCOPE)
endfunction()

if(CHATWIRE_BUILD_TESTS)
    set(CMAKE_VERIFY_INTERFACE_HEADER_SETS ON)
endif()

chatwire_level(core
    LINK Boost::headers
    PARTS config.hpp error.hpp diagnostic.hpp chat sse io http)

# Without Boost.JSON's library the level is there, and says so to whoever links it.
chatwire_level(json
    LINK chatwire_core Boost::json
    PARTS json)

chatwire_level(roles
    LINK chatwire_json Threads::Threads
    PARTS client server relay store crypto pathors chats mcp
    EXCEPT crypto/seal.hpp store/sqlite.hpp store/postgres.hpp)

# The facades are the headers at the top that are neither the ground nor the gathering ones.
file(GLOB facades RELATIVE ${PROJECT_SOURCE_DIR}/include/chatwire CONFIGURE_DEPENDS include/chatwire/*.hpp)
list(REMOVE_ITEM facades config.hpp error.hpp diagnostic.hpp chatwire.hpp src.hpp)
chatwire_level(asio
    LINK chatwire_roles
    PARTS transport ${facades}
    EXCEPT transport/tls.hpp)

set(everything chatwire_asio)
if(CHATWIRE_WITH_TLS)
    chatwire_level(tls
        LINK chatwire_asio OpenSSL::SSL
        PARTS transport/tls.hpp crypto/seal.hpp)
    target_compile_definitions(chatwire_tls INTERFACE CHATWIRE_TLS)
    list(APPEND everything chatwire_tls)
endif()
if(CHATWIRE_WITH_SQLITE)
    chatwire_level(sqlite
        LINK chatwire_roles SQLite::SQLite3
        PARTS store/sqlite.hpp)
    target_compile_definitions(chatwire_sqlite INTERFACE CHATWIRE_SQLITE)
    list(APPEND everything chatwire_sqlite)
endif()
if(CHATWIRE_WITH_POSTGRES)
    chatwire_level(postgres
        LINK chatwire_roles PostgreSQL::PostgreSQL
        PARTS store/postgres.hpp)
    target_compile_definitions(chatwire_postgres INTERFACE CHATWIRE_POSTGRES)
    list(APPEND everything chatwire_postgres)
endif()

chatwire_level(chatwire
    LINK ${everything}
    PARTS test chatwire.hpp)

# src.hpp is no header like the others: it is included once, by who compiles the library separately.
target_sources(chatwire_chatwire INTERFACE
    FILE_SET definitions FILES ${PROJECT_SOURCE_DIR}/include/chatwire/src.hpp)

unset(CMAKE_VERIFY_INTERFACE_HEADER_SETS)
