#!/bin/bash
# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# A conversation of two turns, from nothing: installs what is missing, builds the gateway and the chat client, starts
# the gateway (its model is built in and offline), creates a session with variables, says NAME in the first turn and
# asks for it in the second. Both answers are streamed. The gateway is gone at the end.
#
#   examples/run.sh [NAME]
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
. tools/need.sh

name=${1:-Ada}
build=${CHATWIRE_BUILD_DIR:-$root/build}

need build
have curl || need test
if [ ! -e "$build/CMakeCache.txt" ]; then
    echo "configuring"
    configure "$build" dev -DCHATWIRE_BUILD_TESTS=OFF -DCHATWIRE_BUILD_BENCH=OFF
fi
echo "building (a minute or two the first time)"
log=$(mktemp)
if ! cmake --build "$build" -j"$(processes)" --target gateway chat >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    exit 1
fi

gateway=""
finish() {
    if [ -n "$gateway" ]; then
        kill -TERM "$gateway" 2>/dev/null || true
        wait "$gateway" 2>/dev/null || true
    fi
    rm -f "$log"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

"$build/examples/gateway" --config examples/gateway.json --port 0 --store memory >"$log" 2>&1 &
gateway=$!
url=""
for _ in $(seq 200); do
    url=$(sed -n 's/^listening on \(http:[^ ]*\).*/\1/p' "$log")
    if [ -n "$url" ]; then break; fi
    if ! kill -0 "$gateway" 2>/dev/null; then break; fi
    sleep 0.05
done
if [ -z "$url" ]; then
    echo "the gateway did not start:" >&2
    cat "$log" >&2
    exit 1
fi
echo "gateway at $url"

base=$url/api/project/prj_demo/integration/api
session=example-$(od -An -N8 -tx8 /dev/urandom | tr -d ' ')
variables='{"city":"Lisbon","plan":"gold"}'
answer=$(curl -sS --fail-with-body -H 'Authorization: Bearer demo-key' -H 'Content-Type: application/json' \
    --data "{\"session_id\":\"$session\",\"variables\":$variables}" "$base/session")
echo "session $answer with variables $variables"

say() {
    echo
    echo "you:     $1"
    printf 'chatwire: '
    "$build/examples/chat" --base-url "$base" --key demo-key --session "$session" "$1"
}

say "Hello, my name is $name."
say "What is my name, and which city am I in?"
