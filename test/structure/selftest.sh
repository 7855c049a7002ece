# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# The structure tests, run over a small tree with one fault at a time: each must find it, and the tree without faults
# must pass.
set -eu
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0
checked=0
licence='// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)'

header() { # FILE BODY: a header with licence and guard
    local guard
    guard=$(sed 's,[/.],_,g' <<<"$1" | tr '[:lower:]' '[:upper:]')
    mkdir -p "$work/tree/include/$(dirname "$1")"
    printf '%s\n#ifndef %s\n#define %s\n%s\n#endif\n' "$licence" "$guard" "$guard" "$2" >"$work/tree/include/$1"
}

fresh() {
    rm -rf "$work/tree"
    mkdir -p "$work/tree/docs" "$work/tree/test/sse" "$work/tree/test/chat" "$work/tree/tools"
    printf '%s\n' '| who | may include | and from outside |' '|---|---|---|' '| `ground` | | `boost/system` |' \
        '| `sse/` | | |' '| `chat/` | | |' '| `http/` | | `boost/beast` |' '| `json/` | `chat/` | `boost/json` |' \
        >"$work/tree/docs/physical_structure.md"
    header chatwire/config.hpp '#define CHATWIRE_HEADER_ONLY'
    header chatwire/error.hpp '#include <chatwire/config.hpp>'
    header chatwire/sse/parser.hpp '#include <chatwire/error.hpp>
#include <string>
struct s { void abort(); };
inline int parse() { return 1; } // never printf("x") here
#ifdef CHATWIRE_HEADER_ONLY
#include <chatwire/impl/sse/parser.ipp>
#endif'
    header chatwire/impl/sse/parser.ipp '#include <chatwire/sse/parser.hpp>'
    header chatwire/chat/role.hpp '#include <chatwire/error.hpp>'
    printf '%s\n' "$licence" '    //[use' '    parse();' '    //]' >"$work/tree/test/sse/parser.cpp"
    printf '%s\n' "$licence" >"$work/tree/test/chat/role.cpp"
    printf '%s\n' "$licence" >"$work/tree/test/error.cpp"
    printf '%s\n' '# x' '<!-- snippet: test/sse/parser.cpp#use -->' '```cpp' 'parse();' '```' >"$work/tree/README.md"
    mkdir -p "$work/tree/test/npm"
    printf '%s\n' 'BOOST_AUTO_TEST_CASE(it_parses)' >>"$work/tree/test/sse/parser.cpp"
    printf '%s\n' 'BOOST_AUTO_TEST_CASE_TEMPLATE(it_errs, T, all)' >>"$work/tree/test/error.cpp"
    printf '%s\n' "$licence" >"$work/tree/test/npm/tls.test.mjs"
    printf '%s\n' '| a | `test_sse it_parses`, `npm_tls` |' '| b | `test_core it_errs` |' \
        >"$work/tree/docs/security.md"
    CHATWIRE_ROOT=$work/tree bash "$here/../../tools/includes.sh"
}

run() { CHATWIRE_ROOT=$work/tree bash "$here/$1.sh" "${@:2}" >"$work/out" 2>&1; }

passes() {
    checked=$((checked + 1))
    if ! run "$@"; then
        failed=1
        echo "FAULT: $1 refuses a good tree:"
        cat "$work/out"
    fi
}

finds() { # TEST TEXT: the test fails and says TEXT
    checked=$((checked + 1))
    if run "$1"; then
        failed=1
        echo "FAULT: $1 does not find: $2"
    elif ! grep -q -- "$2" "$work/out"; then
        failed=1
        echo "FAULT: $1 fails, but does not say: $2"
        cat "$work/out"
    fi
    fresh
}

fresh
for test in include_order dependencies house_rules test_files src_hpp snippets named_tests; do passes $test; done

header chatwire/sse/bad.hpp '#include <chatwire/chat/role.hpp>'
finds include_order 'sse/ may not include chat/'
header chatwire/chat/bad.hpp '#include <boost/asio/buffer.hpp>'
finds include_order 'chat/ may not include boost/asio'
header chatwire/new/bad.hpp ''
finds include_order 'new/ has no row'
header chatwire/impl/sse/bad.ipp '#include <chatwire/json/x.hpp>'
finds include_order 'sse/ may not include json/'
header chatwire/sse/bad.hpp '#include "parser.hpp"'
finds include_order 'write includes as'
rm -r "$work/tree/include/chatwire"
finds include_order 'nothing to check'

mkdir -p "$work/tree/include/boost/asio"
echo >"$work/tree/include/boost/asio/fake.hpp"
header chatwire/impl/sse/parser.ipp '#include <boost/asio/fake.hpp>'
finds dependencies 'reads .*boost/asio/fake.hpp'
header chatwire/sse/parser.hpp '#include <not_there.hpp>'
finds dependencies 'does not compile'
header chatwire/json/other.hpp '#include <boost/json/value.hpp>'
finds dependencies 'include <boost/json'

header chatwire/sse/bad.hpp 'inline void f() { std::cout << 1; }'
finds house_rules 'does not print'
header chatwire/sse/bad.hpp 'inline void f() { printf("x"); }'
finds house_rules 'does not print'
header chatwire/sse/bad.hpp 'inline auto f() { return ::getenv("x"); }'
finds house_rules 'no environment'
header chatwire/sse/bad.hpp 'inline void f() { /* sorry */ std::exit(1); }'
finds house_rules 'does not end the program'
header chatwire/sse/bad.hpp 'inline void f() { std::abort(); }'
finds house_rules 'does not end the program'
header chatwire/sse/bad.hpp 'namespace b = boost::beast::http;'
finds house_rules 'Beast is named'
header chatwire/sse/bad.hpp "// $(printf '\342\200\246')"
finds house_rules 'not ASCII'
echo '#pragma once' >"$work/tree/include/chatwire/sse/bad.hpp"
finds house_rules 'no licence line'
header chatwire/sse/bad.hpp ''
sed -i 's/BAD_HPP/WORSE_HPP/' "$work/tree/include/chatwire/sse/bad.hpp"
finds house_rules 'no include guard CHATWIRE_SSE_BAD_HPP'
echo "see $work/tree/docs" >"$work/tree/docs/place.md"
finds house_rules 'a path of this machine'

header chatwire/sse/writer.hpp ''
finds test_files 'has no test/sse/writer.cpp'
header chatwire/impl/sse/writer.ipp ''
finds test_files 'has no include/chatwire/sse/writer.hpp'

header chatwire/impl/sse/writer.ipp ''
finds src_hpp 'src.hpp does not include include/chatwire/impl/sse/writer.ipp'
header chatwire/sse/parser.hpp ''
finds src_hpp 'sse/parser.hpp does not include'

sed -i 's/parse();/pars();/' "$work/tree/README.md"
finds snippets 'differs from'
sed -i '/snippet:/d' "$work/tree/README.md"
finds snippets 'no snippet'
sed -i 's/#use/#abuse/' "$work/tree/README.md"
finds snippets 'no region abuse'

sed -i 's/it_parses/it_parse/' "$work/tree/docs/security.md"
finds named_tests 'no case it_parse in sse'
sed -i 's/test_core/test_sse/' "$work/tree/docs/security.md"
finds named_tests 'no case it_errs in sse'
rm "$work/tree/test/npm/tls.test.mjs"
finds named_tests 'no test/npm/tls.test.mjs'
echo 'Nothing is named.' >"$work/tree/docs/robustness.md"
finds named_tests 'docs/robustness.md names no test'

echo "$checked cases"
exit $failed
