#!/bin/bash
# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# bench/run.sh [COMPILER [LEVEL [bench_codec's arguments]]]: installs the libraries that are measured beside ours, builds,
# checks that all give the same results, measures, and prints the table. Without arguments it also draws
# docs/performance.svg. Takes some minutes; ends with 1 where a goal is not met.
#
#   bench/run.sh                          g++ -O3
#   bench/run.sh clang++ -O2              another compiler, another level
#   bench/run.sh g++ -O3 --rows encode    some of the rows; --rounds 11: in less time
#
# The figures are left in build-bench-COMPILER-LEVEL/result.json.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
. tools/need.sh

draw=$(($# == 0))
compiler=${1:-g++}
level=${2:--O3}
shift $(($# < 2 ? $# : 2))

need build bench
case $compiler in *clang*) need clang ;; esac
if [ bench/node/package-lock.json -nt bench/node/node_modules/.package-lock.json ]; then
    (cd bench/node && npm ci --loglevel=error </dev/null)
    touch bench/node/node_modules/.package-lock.json
fi
build=build-bench-$compiler$level
configure "$build" release -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_CXX_FLAGS_RELEASE="$level -DNDEBUG" \
    -DCHATWIRE_BUILD_TESTS=OFF -DCHATWIRE_BUILD_EXAMPLES=OFF
cmake --build "$build" --target bench_codec --parallel "$(processes)"

"$build/bench/bench_codec" --check
"$build/bench/bench_codec" --out "$build/result.json" "$@"
if [ "$draw" = 1 ]; then node bench/plot.mjs "$build/result.json" docs/performance.svg; fi
node bench/table.mjs "$build/result.json"
