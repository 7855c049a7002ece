# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# Tests that run the example programs: by themselves, and with clients that others wrote.

option(CHATWIRE_NPM_TESTS "Run clients from npm against the gateway (test/run.sh installs them)" OFF)

# The programs have threads of their own, so their tests run under ThreadSanitizer too.
foreach(program gateway chat decode)
    if(TARGET ${program})
        add_dependencies(threaded_tests ${program})
    endif()
endforeach()

function(chatwire_npm_test file)
    add_test(NAME npm_${file} COMMAND ${CHATWIRE_BASH} npm/run ${file}.test.mjs
        WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    set_tests_properties(npm_${file} PROPERTIES
        TIMEOUT 300 LABELS threads
        ENVIRONMENT "CHATWIRE_EXAMPLES_DIR=${CHATWIRE_EXAMPLES_DIR};CHATWIRE_BUILD_DIR=${PROJECT_BINARY_DIR}")
endfunction()

if(CHATWIRE_NPM_TESTS)
    chatwire_npm_test(openai)
    chatwire_npm_test(pathors)
    chatwire_npm_test(ai_sdk)
    chatwire_npm_test(curl)
    chatwire_npm_test(raw)
    chatwire_npm_test(chat)
    chatwire_npm_test(decode)
    # builds (nothing, if all is built) in the tree that other tests use
    chatwire_npm_test(example_run)
    set_tests_properties(npm_example_run PROPERTIES RUN_SERIAL ON LABELS programs)
endif()

chatwire_structure_test(twins)
