#!/bin/bash
# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# Reads every header with clang-tidy, as .clang-tidy has it, and fails with its findings. CHATWIRE_TIDY names another
# clang-tidy than the first of that name.
set -euo pipefail
cd "$(dirname "$0")/.."
. tools/need.sh
need build test tidy

# two units, for two cores: what is declared, with all templates; and what is defined
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo '#include <chatwire/chatwire.hpp>' >"$work/declared.cpp"
echo '#include <chatwire/src.hpp>' >"$work/defined.cpp"
printf '%s\0' declared defined | xargs -0 -P2 -I{} sh -c '
    "$1" --quiet --config-file=.clang-tidy "$2/{}.cpp" -- -std=c++20 -Iinclude -I/usr/include/postgresql \
        -DCHATWIRE_SEPARATE_COMPILATION -DCHATWIRE_TLS -DCHATWIRE_SQLITE -DCHATWIRE_POSTGRES >"$2/{}.log" 2>&1 ||
        touch "$2/{}.failed"' sh "${CHATWIRE_TIDY:-clang-tidy}" "$work"
cat "$work"/*.log | grep -v 'warnings\? generated\.$' || true
if compgen -G "$work/*.failed" >/dev/null; then exit 1; fi
echo "clang-tidy has no finding in include/"
