# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# cmake -DSOURCE= -DBUILD= -DWORK= -DGENERATOR= -DCXX= [-DLAUNCHER=] -P run.cmake
#
# Installs the build tree BUILD of the project SOURCE to a prefix under WORK, then configures, builds and runs each
# program here: two that find the installed package, one that has the project in its own tree.

function(run what)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${what} failed (${result}):\n${output}")
    endif()
    message(STATUS "${what}: ok")
endfunction()

file(REMOVE_RECURSE ${WORK})
run("install" ${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)

# What is installed is what is in include/, all of it.
file(GLOB_RECURSE sources RELATIVE ${SOURCE}/include ${SOURCE}/include/*)
file(GLOB_RECURSE installed RELATIVE ${WORK}/prefix/include ${WORK}/prefix/include/*)
set(missing ${sources})
list(REMOVE_ITEM missing ${installed})
set(extra ${installed})
list(REMOVE_ITEM extra ${sources})
if(missing OR extra)
    message(FATAL_ERROR "include/ and the installed headers differ; missing: [${missing}], extra: [${extra}]")
endif()

# The package must not lead back into our source or build tree.
file(GLOB_RECURSE package ${WORK}/prefix/*.cmake)
foreach(file IN LISTS package)
    file(READ ${file} text)
    foreach(place ${SOURCE}/include ${SOURCE}/cmake)
        string(FIND "${text}" "${place}" at)
        if(NOT at EQUAL -1)
            message(FATAL_ERROR "${file} names ${place}")
        endif()
    endforeach()
endforeach()

foreach(consumer find_core find_all subdirectory without_libraries)
    set(build ${WORK}/${consumer})
    run("${consumer}: configure" ${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR}/${consumer} -B ${build} -G ${GENERATOR}
        -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}
        -DCMAKE_PREFIX_PATH=${WORK}/prefix -DCHATWIRE_SOURCE=${SOURCE})
    run("${consumer}: build" ${CMAKE_COMMAND} --build ${build})
    run("${consumer}: run" ${build}/consumer)
endforeach()

# What was built without a library does not need it.
file(GET_RUNTIME_DEPENDENCIES EXECUTABLES ${WORK}/without_libraries/consumer RESOLVED_DEPENDENCIES_VAR linked
    UNRESOLVED_DEPENDENCIES_VAR unresolved)
if("${linked};${unresolved}" MATCHES "libssl|libcrypto|libsqlite|libpq")
    message(FATAL_ERROR "without_libraries links them: ${linked}")
endif()

# A level that does not exist is refused, not ignored.
file(WRITE ${WORK}/no_such/CMakeLists.txt "cmake_minimum_required(VERSION 3.24)\nproject(no_such LANGUAGES CXX)\n"
    "find_package(chatwire REQUIRED COMPONENTS no_such)\n")
execute_process(COMMAND ${CMAKE_COMMAND} -S ${WORK}/no_such -B ${WORK}/no_such/build -G ${GENERATOR}
    -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_PREFIX_PATH=${WORK}/prefix
    RESULT_VARIABLE result OUTPUT_QUIET ERROR_QUIET)
if(result EQUAL 0)
    message(FATAL_ERROR "find_package(chatwire COMPONENTS no_such) succeeded")
endif()
