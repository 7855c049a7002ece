#!/bin/bash
# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# bench/count.sh [--update]: counts the instructions of the main rows, as g++ -O2 compiles them, and fails when one takes
# a tenth more of them than bench/baseline.json says. --update writes that file anew.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
. tools/need.sh

need build count
configure build-count release -DCMAKE_CXX_COMPILER=g++ -DCMAKE_CXX_FLAGS_RELEASE="-O2 -DNDEBUG" \
    -DCHATWIRE_BUILD_TESTS=OFF -DCHATWIRE_BUILD_EXAMPLES=OFF
cmake --build build-count --target bench_count --parallel "$(processes)"
exec node bench/count.mjs "g++ $(g++ -dumpfullversion) -O2, $(uname -m)" build-count/bench/bench_count "$@"
