# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# dependencies.sh COMPILER [INCLUDE-DIRECTORY]...
#
# What a header really reads, as the compiler says (-M), directly or through others:
#   sse/, chat/, io/            no Asio, Beast, Boost.JSON or OpenSSL, definitions included
#   http/                       neither Asio nor Beast in its interface (its definitions use Beast's parser)
#   json/                       Boost.JSON in value.hpp's interface only
#   client/, server/, store/    none of them in the interface, nor a data base's library
#   services                    neither Asio, Beast nor OpenSSL in the interface
#   transport/                  no OpenSSL, but in a program that asks for TLS; and in no interface
#   everything                  no other library that a program did not ask for
. "$(dirname "$0")/common.sh"

compiler=${1:-g++}
shift || true
system=()
errors=$(mktemp)
trap 'rm -f "$errors"' EXIT
for directory; do
    # the compiler has this one already, and given again it would hide the C headers from the C++ ones
    if [ "$directory" != /usr/include ]; then system+=(-isystem "$directory"); fi
done

# reads_none PATTERN DIRECTORY [FLAG...]: no header of the folder reads a file that matches
reads_none() {
    local pattern=$1 folder=$2
    shift 2
    local headers=()
    mapfile -t headers < <(find "include/chatwire/$folder" -name '*.hpp' ! -path '*/detail/*' 2>/dev/null | sort)
    if [ "${#headers[@]}" -eq 0 ]; then return 0; fi
    local read
    # one rule a header, one file a line
    if ! read=$("$compiler" -std=c++20 -x c++ "$@" "${system[@]}" -Iinclude -M "${headers[@]}" 2>"$errors"); then
        fault "$folder does not compile: $(head -n 5 "$errors")"
        return 0
    fi
    checked=$((checked + ${#headers[@]}))
    faults_from_stdin < <(tr -s ' \\' '\n\n' <<<"$read" | awk -v folder="$folder" -v pattern="$pattern" '
        /:$/ { header = $0; sub(/\.o:$/, ".hpp", header) }
        $0 ~ pattern { if (!seen[header]++) print folder "/" header " reads " $0 }')
}

heavy='boost/(asio|beast|json)[./]|openssl/|/sqlite3\.h|/libpq-fe\.h'
for folder in sse chat io; do reads_none "$heavy" "$folder"; done

interface=-DCHATWIRE_SEPARATE_COMPILATION
reads_none "$heavy" http $interface
reads_none 'boost/(asio|beast)[./]|openssl/' json $interface
for folder in store client server; do reads_none "$heavy" "$folder" $interface; done
for folder in crypto pathors chats mcp; do reads_none 'boost/(asio|beast)[./]|openssl/' "$folder" $interface; done

reads_none 'openssl/' transport $interface -DCHATWIRE_TLS
faults_from_stdin < <(printf '#include <chatwire/chatwire.hpp>\n' |
    "$compiler" -std=c++20 -x c++ "${system[@]}" -Iinclude -M - 2>&1 | tr -s ' \\' '\n\n' |
    grep -E 'openssl/|/sqlite3\.h|/libpq-fe\.h|/(tls|seal|sqlite|postgres)\.[hi]pp' |
    sed 's/^/without CHATWIRE_TLS and its like, chatwire.hpp reads /' || true)

# Boost.JSON in json/: in value.hpp, and in who includes that
faults_from_stdin < <(grep -rn --include='*.hpp' 'include <boost/json' include/chatwire/json 2>/dev/null |
    grep -v '^include/chatwire/json/value\.hpp:' || true)

finish headers
