# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# Tests that run the example programs: by themselves, and with clients that others wrote.

option(CHATWIRE_NPM_TESTS "Run clients from npm against the gateway (test/run.sh installs them)" OFF)

# The gateway has all the threads there are: what drives it hard runs under ThreadSanitizer too.
set(threaded_programs chats kill manners raw relay soak store)
add_dependencies(threaded_tests gateway)

# Further arguments: CHATWIRE_GATEWAY_ARGUMENTS for the test, and an ending of its name.
function(chatwire_npm_test file)
    set(name npm_${file}${ARGV2})
    add_test(NAME ${name} COMMAND ${CHATWIRE_BASH} npm/run ${file}.test.mjs
        WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    set_tests_properties(${name} PROPERTIES
        TIMEOUT 300
        ENVIRONMENT "CHATWIRE_EXAMPLES_DIR=${CHATWIRE_EXAMPLES_DIR};CHATWIRE_BUILD_DIR=${PROJECT_BINARY_DIR};CHATWIRE_GATEWAY_ARGUMENTS=${ARGV1}")
    if(file IN_LIST threaded_programs)
        set_tests_properties(${name} PROPERTIES LABELS threads)
    endif()
endfunction()

# The tools that the conformance suite of MCP wants to call.
chatwire_program(mcp_conformance npm/mcp_conformance.cpp)
set_target_properties(mcp_conformance PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CHATWIRE_EXAMPLES_DIR})

if(CHATWIRE_NPM_TESTS)
    foreach(file openai pathors ai_sdk curl raw chat chats chats_mcp manners relay tutorials)
        chatwire_npm_test(${file})
        chatwire_npm_test(${file} --blocking _blocking)
    endforeach()
    chatwire_npm_test(decode)
    chatwire_npm_test(mcp)
    if(CHATWIRE_WITH_TLS)
        chatwire_npm_test(tls)
    endif()
    # (both drivers, in the test itself)
    if(CHATWIRE_WITH_SQLITE AND CHATWIRE_WITH_POSTGRES)
        chatwire_npm_test(store)
        chatwire_npm_test(kill)
    endif()
    # (both drivers, in the test itself)
    chatwire_npm_test(soak)
    set_property(TEST npm_soak APPEND PROPERTY ENVIRONMENT "CHATWIRE_SANITIZE=${CHATWIRE_SANITIZE}")
    chatwire_npm_test(schema)
    # builds (nothing, if all is built) in the tree that other tests use
    chatwire_npm_test(example_run)
    set_tests_properties(npm_example_run PROPERTIES RUN_SERIAL ON LABELS programs)
endif()

chatwire_structure_test(twins)
