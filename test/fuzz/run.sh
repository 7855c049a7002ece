#!/bin/bash
# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# Builds the fuzz targets (preset asan) and runs each for a while, as many at once as there are cores.
#
#   test/fuzz/run.sh SECONDS [TARGET]...
#
# Prints a line for each target: what was run, how fast, how much of the library it went through (edges), how many
# inputs there are by now that differ in that, and what was found. Ends with 1 if anything was found; then the input is
# in test/fuzz/crashes/TARGET, where fuzz_replay runs it as a test from then on.
#
# What it has learnt is kept in the build directory (fuzz-corpus), and gone on with the next time.
#
# CHATWIRE_FUZZ_BUILD   the build directory (build-asan)
# CHATWIRE_FUZZ_JOBS    how many run at once
set -euo pipefail
export LC_ALL=C
cd "$(dirname "$0")/../.."
root=$PWD
. tools/need.sh

seconds=${1:-}
case $seconds in
'' | *[!0-9]*)
    echo "usage: test/fuzz/run.sh SECONDS [TARGET]..." >&2
    exit 2
    ;;
esac
shift
export build=${CHATWIRE_FUZZ_BUILD:-build-asan}
case $build in /*) ;; *) build=$root/$build ;; esac
jobs=${CHATWIRE_FUZZ_JOBS:-$(nproc 2>/dev/null || echo 2)}

need build clang
configure "$build" asan -DCHATWIRE_BUILD_TESTS=ON
cmake --build "$build" -j"$(processes)" --target fuzz >"$build/fuzz-build.log" || {
    cat "$build/fuzz-build.log" >&2
    exit 1
}

targets=("$@")
if [ ${#targets[@]} -eq 0 ]; then
    for source in test/fuzz/*.cpp; do
        name=$(basename "$source" .cpp)
        if [ "$name" != main ]; then targets+=("$name"); fi
    done
fi
for name in "${targets[@]}"; do
    if [ ! -e "$build/test/fuzz_$name" ]; then
        echo "there is no target $name" >&2
        exit 2
    fi
done

# The vectors are whole messages of HTTP: inputs as they are, and their bodies are the streams and the texts.
from_vectors() { # TARGET DIRECTORY
    local file kind
    for file in test/vectors/*.http; do
        if [ ! -e "$file" ]; then continue; fi
        kind=request
        if [ "$(head -c 5 "$file")" = HTTP/ ]; then kind=response; fi
        case $1:$kind in
        http_response:response | http_request:request)
            awk '!body && !/\r$/ { $0 = $0 "\r" } { print } /^\r?$/ { body = 1 }' "$file" >"$2/$(basename "$file")"
            ;;
        sse:response | stream:response | completion:response | json:response | request:request | json:request)
            awk 'body { print } /^\r?$/ { body = 1 }' "$file" >"$2/$(basename "$file")"
            ;;
        chunk:response) # the data of the first event with any
            sed -n 's/^data: *{/{/p' "$file" | head -n 1 >"$2/$(basename "$file")"
            ;;
        esac
    done
}

run_one() { # TARGET
    local name=$1 log=$build/fuzz-$1.log corpus=$build/fuzz-corpus/$1 vectors=$build/fuzz-vectors/$1
    local crashes=$root/test/fuzz/crashes/$1 found=$build/fuzz-found/$1/ dictionary=() known=() status=0 what
    # files that the input names are looked for in an empty directory
    local place=$build/fuzz-place/$1
    rm -rf "$vectors" "$found"
    mkdir -p "$corpus" "$vectors" "$found" "$place"
    from_vectors "$name" "$vectors"
    if [ -e "test/fuzz/$name.dict" ]; then dictionary=("-dict=$root/test/fuzz/$name.dict"); fi
    if [ -d "$crashes" ]; then known=("$crashes"); fi
    local before=$SECONDS
    (
        cd "$place"
        export ASAN_OPTIONS="detect_leaks=${CHATWIRE_FUZZ_LEAKS:-1}:quarantine_size_mb=64"
        export UBSAN_OPTIONS=print_stacktrace=1
        exec "$build/test/fuzz_$name" -max_total_time="$seconds" -max_len=2048 -timeout=10 -rss_limit_mb=2048 \
            -use_value_profile=1 -print_final_stats=1 -artifact_prefix="$found" "${dictionary[@]}" \
            "$corpus" "$root/test/fuzz/seeds/$name" "${known[@]}" "$vectors"
    ) >"$log" 2>&1 </dev/null || status=$?

    number() { awk -v name="stat::$1:" '$1 == name { n = $2 } END { print n + 0 }' "$log"; }
    what=nothing
    if [ "$status" -ne 0 ]; then
        what=$(grep -m1 -E '^broken: |runtime error: |^==[0-9]+== ?ERROR: ' "$log" || echo "status $status")
        for file in "$found"*; do
            if [ ! -e "$file" ]; then continue; fi
            mkdir -p "$crashes"
            cp "$file" "$crashes/"
            what+=" -> test/fuzz/crashes/$name/$(basename "$file")"
            # for those who see the output and not the machine
            what+=$'\n'"$(base64 -w 0 <"$file" | head -c 4000)"
        done
    fi
    printf '%-14s %6d s %9d runs %6d/s %6d edges %6d inputs  found: %s\n' "$name" $((SECONDS - before)) \
        "$(number number_of_executed_units)" "$(number average_exec_per_sec)" \
        "$(grep -o 'cov: [0-9]*' "$log" | tail -n 1 | tr -cd 0-9 || true)" \
        "$(find "$corpus" -type f | wc -l)" "$what"
    return $((status != 0))
}
export -f run_one from_vectors
export root seconds

printf '%s\n' "${targets[@]}" | xargs -P "$jobs" -I{} bash -c 'run_one "$1"' run_one {} || {
    echo "something was found; the logs are fuzz-TARGET.log in ${build#"$root"/}" >&2
    exit 1
}
