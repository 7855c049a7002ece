#!/bin/bash
# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# Writes the two headers that list others: include/chatwire/src.hpp (every definition, for separate compilation) and
# include/chatwire/chatwire.hpp (every public header).
#
#   tools/includes.sh            writes them
#   tools/includes.sh --check    says what would change; exits 1 if anything would
set -eu
export LC_ALL=C
root=${CHATWIRE_ROOT:-$(cd "$(dirname "$0")/.." && pwd)}
cd "$root/include"

licence='// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)'

includes() { # FIND-EXPRESSION...: one #include line a file; what needs another library only where that is asked for
    find chatwire "$@" | sort | sed -e 's/.*/#include <&>/' \
        -e '/\/transport\/tls\.[hi]pp>$/ { s/^/#ifdef CHATWIRE_TLS\n/; s/$/\n#endif/; }' \
        -e '/\/crypto\/seal\.[hi]pp>$/ { s/^/#ifdef CHATWIRE_TLS\n/; s/$/\n#endif/; }' \
        -e '/\/store\/sqlite\.[hi]pp>$/ { s/^/#ifdef CHATWIRE_SQLITE\n/; s/$/\n#endif/; }' \
        -e '/\/store\/postgres\.[hi]pp>$/ { s/^/#ifdef CHATWIRE_POSTGRES\n/; s/$/\n#endif/; }'
}

src() {
    cat <<END
$licence
#ifndef CHATWIRE_SRC_HPP
#define CHATWIRE_SRC_HPP

// Everything that is no template, for exactly one source file of a program that defines
// CHATWIRE_SEPARATE_COMPILATION everywhere. Written by tools/includes.sh.

#include <chatwire/config.hpp>

#ifdef CHATWIRE_HEADER_ONLY
#error "define CHATWIRE_SEPARATE_COMPILATION for the whole program to compile chatwire separately"
#endif

END
    includes -path 'chatwire/impl/*' -name '*.ipp'
    echo '#endif'
}

all() {
    cat <<END
$licence
#ifndef CHATWIRE_CHATWIRE_HPP
#define CHATWIRE_CHATWIRE_HPP

// Everything but the test kit. Written by tools/includes.sh.

END
    includes -name '*.hpp' ! -path '*/impl/*' ! -path '*/detail/*' ! -path 'chatwire/test/*' \
        ! -path chatwire/src.hpp ! -path chatwire/chatwire.hpp
    echo '#endif'
}

status=0
for name in src chatwire; do
    file=chatwire/$name.hpp
    if [ "$name" = src ]; then new=$(src); else new=$(all); fi
    old=$(cat "$file" 2>/dev/null || true)
    [ "$new" = "$old" ] && continue
    if [ "${1:-}" = --check ]; then
        status=1
        echo "include/$file is not what tools/includes.sh writes:"
        diff <(echo "$old") <(echo "$new") || true
    else
        printf '%s\n' "$new" >"$file"
    fi
done
exit $status
