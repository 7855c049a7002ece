#!/bin/bash
# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# Installs what is missing (Debian packages; npm packages into test/npm), builds everything, runs every test.
#
#   test/run.sh [CTEST-ARGUMENT]...
#
# CHATWIRE_PRESET   the preset of CMakePresets.json to use (dev)
# CHATWIRE_TARGETS  what to build (everything)
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
. tools/need.sh

preset=${CHATWIRE_PRESET:-dev}
build=$root/build
if [ "$preset" != dev ]; then build=$root/build-$preset; fi

echo "== what is needed"
need build test

# npm clients for test/npm, when the lock file changed
if [ ! -e test/npm/node_modules/.package-lock.json ] ||
    [ test/npm/package-lock.json -nt test/npm/node_modules/.package-lock.json ]; then
    echo "installing npm packages into test/npm"
    (cd test/npm && npm ci --loglevel=error </dev/null)
    touch test/npm/node_modules/.package-lock.json
fi

echo "== build ($preset, into ${build#"$root"/})"
configure "$build" "$preset" -DCHATWIRE_BUILD_TESTS=ON -DCHATWIRE_BUILD_EXAMPLES=ON -DCHATWIRE_NPM_TESTS=ON
targets=(all)
if [ "$preset" = dev ] || [ "$preset" = coverage ]; then targets+=(all_verify_interface_header_sets); fi
if [ -n "${CHATWIRE_TARGETS:-}" ]; then read -ra targets <<<"$CHATWIRE_TARGETS"; fi
cmake --build "$build" -j"$(processes)" --target "${targets[@]}"

export TSAN_OPTIONS="suppressions=$root/test/tsan.supp ${TSAN_OPTIONS:-}"

echo "== test"
cd "$build"
ctest --output-on-failure -j2 "$@" </dev/null
