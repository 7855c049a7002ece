# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# How our own programs (tests, examples, benchmarks) are compiled. Nothing here reaches a program that uses the library.

if(PROJECT_IS_TOP_LEVEL)
    if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
        set(CMAKE_BUILD_TYPE Debug CACHE STRING "Debug, Release, RelWithDebInfo or MinSizeRel" FORCE)
    endif()
    find_program(CHATWIRE_CCACHE ccache)
    if(CHATWIRE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
        set(CMAKE_CXX_COMPILER_LAUNCHER ${CHATWIRE_CCACHE})
    endif()
endif()

set(CHATWIRE_SANITIZE "" CACHE STRING "Sanitizers for our own programs, such as address,undefined or thread")

option(CHATWIRE_COVERAGE "Have our own programs count the lines they run (tools/coverage.mjs)" OFF)
# (not those with the property CHATWIRE_UNCOUNTED, which then compile in half the time)

add_library(chatwire_own INTERFACE)
target_link_libraries(chatwire_own INTERFACE chatwire_chatwire)
if(PROJECT_IS_TOP_LEVEL)
    target_compile_options(chatwire_own INTERFACE -Wall -Wextra -pedantic -Werror)
endif()
if(CHATWIRE_SANITIZE)
    target_compile_options(chatwire_own INTERFACE
        -fsanitize=${CHATWIRE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(chatwire_own INTERFACE -fsanitize=${CHATWIRE_SANITIZE})
    # clang's -fsanitize=function reads before the start of a function, where a coroutine's resume part has nothing.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CHATWIRE_SANITIZE MATCHES "undefined")
        target_compile_options(chatwire_own INTERFACE -fno-sanitize=function)
    endif()
endif()
if(CHATWIRE_COVERAGE)
    # (Counts of threads may be lost, not that there were any: atomic ones make programs five times slower.)
    target_compile_options(chatwire_own INTERFACE $<$<NOT:$<BOOL:$<TARGET_PROPERTY:CHATWIRE_UNCOUNTED>>>:--coverage>)
    target_link_options(chatwire_own INTERFACE --coverage)
endif()

option(CHATWIRE_FUZZ "libFuzzer in the program of the fuzz targets (clang only)" OFF)

# Our programs use separate compilation: everything that is no template is compiled once, here.
add_library(chatwire_compiled OBJECT ${PROJECT_SOURCE_DIR}/test/src.cpp)
set_target_properties(chatwire_compiled PROPERTIES UNITY_BUILD OFF)
target_compile_definitions(chatwire_compiled PUBLIC CHATWIRE_SEPARATE_COMPILATION)
target_link_libraries(chatwire_compiled PUBLIC chatwire_own)
# What is fuzzed counts which way it went, and should be quick.
set(CHATWIRE_FUZZ_OPTIONS "")
if(CHATWIRE_FUZZ)
    set(CHATWIRE_FUZZ_OPTIONS -fsanitize=fuzzer-no-link -O1)
    target_compile_options(chatwire_compiled PRIVATE ${CHATWIRE_FUZZ_OPTIONS})
endif()

# chatwire_program(<name> <sources>...): an executable of ours.
function(chatwire_program name)
    add_executable(${name} ${ARGN})
    target_link_libraries(${name} PRIVATE chatwire_compiled)
endfunction()
