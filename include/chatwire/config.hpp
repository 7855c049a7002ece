// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_CONFIG_HPP
#define CHATWIRE_CONFIG_HPP

/// The version, as major * 10000 + minor * 100 + patch. The one place it is written; CMake reads it from here.
#define CHATWIRE_VERSION 100

// Header-only by default. A program that defines CHATWIRE_SEPARATE_COMPILATION everywhere includes
// <chatwire/src.hpp> in exactly one of its source files, which then holds every function that is no template.
#if defined(CHATWIRE_SEPARATE_COMPILATION)
#define CHATWIRE_DECL
#else
#define CHATWIRE_HEADER_ONLY
#define CHATWIRE_DECL inline
#endif

#endif
