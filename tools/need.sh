# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# Sourced by scripts that build something. need GROUP... installs what is missing of
#
#   build    g++, CMake, Ninja, Boost 1.81 headers and Boost.JSON, OpenSSL, SQLite
#   test     Boost.Test, curl, openssl, Node.js and npm; libpq and a PostgreSQL that tests start; libcurl and
#            cpp-httplib, for the examples of embedding
#   clang    clang with its sanitizers
#   tidy     clang-tidy
#   count    valgrind, which counts instructions
#   bench    Google Benchmark, and the libraries that are measured beside ours; Node.js and npm
#
# from Debian's packages, as root or through sudo. Where that cannot be (another system, no rights) it says what is
# missing and goes on: what follows fails with the name of what it did not find. CHATWIRE_NO_INSTALL=1 turns it off.

# have_boost NAME: a CMake package of Boost 1.81 or later is there
have_boost() {
    local found
    for found in /usr/lib/*/cmake/"$1"-* /usr/lib/cmake/"$1"-* /usr/local/lib/cmake/"$1"-* "${BOOST_ROOT:-/none}"/lib/cmake/"$1"-*; do
        case ${found##*-} in
        1.8[1-9].* | 1.9[0-9].* | 1.[1-9][0-9][0-9].*) if [ -d "$found" ]; then return 0; fi ;;
        esac
    done
    return 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# have_library NAME: by its pkg-config file
have_library() { have pkg-config && pkg-config --exists "$1"; }

need() {
    if [ "${CHATWIRE_NO_INSTALL:-0}" = 1 ]; then return 0; fi
    local missing=() group
    for group; do
        case $group in
        build)
            have g++ || missing+=(g++)
            have cmake || missing+=(cmake)
            have ninja || have make || missing+=(ninja-build)
            have_boost boost_headers || missing+=(libboost1.81-dev)
            have_boost boost_json || missing+=(libboost-json1.81-dev)
            [ -e /usr/include/openssl/ssl.h ] || missing+=(libssl-dev)
            [ -e /usr/include/sqlite3.h ] || missing+=(libsqlite3-dev)
            ;;
        test)
            have_boost boost_unit_test_framework || missing+=(libboost-test1.81-dev)
            have curl || missing+=(curl)
            have openssl || missing+=(openssl)
            have node || missing+=(nodejs)
            have npm || missing+=(npm)
            have pkg-config || missing+=(pkg-config)
            have_library libcurl || missing+=(libcurl4-openssl-dev)
            have_library cpp-httplib || missing+=(libcpp-httplib-dev)
            [ -e /usr/include/postgresql/libpq-fe.h ] || missing+=(libpq-dev)
            have initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || missing+=(postgresql)
            [ -e /etc/ssl/certs/ca-certificates.crt ] || missing+=(ca-certificates)
            ;;
        clang)
            have clang++ || missing+=(clang)
            echo 'int main() {}' | clang++ -fsanitize=thread -x c++ - -o /dev/null 2>/dev/null ||
                missing+=(libclang-rt-14-dev)
            ;;
        tidy) have clang-tidy || missing+=(clang-tidy) ;;
        count)
            have valgrind || missing+=(valgrind)
            have node || missing+=(nodejs)
            ;;
        bench)
            [ -e /usr/include/benchmark/benchmark.h ] || missing+=(libbenchmark-dev)
            [ -e /usr/include/nlohmann/json.hpp ] || missing+=(nlohmann-json3-dev)
            [ -e /usr/include/rapidjson/rapidjson.h ] || missing+=(rapidjson-dev)
            [ -e /usr/include/simdjson.h ] || missing+=(libsimdjson-dev)
            have node || missing+=(nodejs)
            have npm || missing+=(npm)
            ;;
        esac
    done
    if [ "${#missing[@]}" -eq 0 ]; then return 0; fi

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
    if ! have apt-get || { [ "${#as_root[@]}" -ne 0 ] && ! sudo -n true 2>/dev/null; }; then
        echo "missing, and not mine to install: ${missing[*]}" >&2
        return 0
    fi
    # ccache makes the second run quick; it is not asked for where nothing else is.
    have ccache || missing+=(ccache)
    echo "installing ${missing[*]}"
    # With PostgreSQL, Debian starts a server. The tests want the programs only, and start their own.
    local no_server=/etc/postgresql-common/createcluster.d/chatwire-tests.conf
    case " ${missing[*]} " in *' postgresql '*)
        "${as_root[@]}" mkdir -p "${no_server%/*}"
        echo 'create_main_cluster = false' | "${as_root[@]}" tee "$no_server" >/dev/null
        ;;
    esac
    local log
    log=$(mktemp)
    if ! { "${as_root[@]}" apt-get update -q && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=120 install -q -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
        tail -n 30 "$log" >&2
        rm -f "$log"
        if [ -e "$no_server" ]; then "${as_root[@]}" rm -f "$no_server"; fi
        echo "could not install: ${missing[*]}" >&2
        return 1
    fi
    rm -f "$log"
    if [ -e "$no_server" ]; then "${as_root[@]}" rm -f "$no_server"; fi
}

# configure DIRECTORY PRESET [CMAKE-ARGUMENT]...: quiet unless it fails
configure() {
    local directory=$1 preset=$2 log
    shift 2
    if [ ! -e "$directory/CMakeCache.txt" ] && have ninja; then set -- -G Ninja "$@"; fi
    log=$(mktemp)
    if ! cmake -S "$root" --preset "$preset" -B "$directory" "$@" >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
}

# processes: how many compilers to run at once; a unit may take 1.5 GB
processes() {
    local cores memory
    cores=$(nproc 2>/dev/null || echo 2)
    memory=$(awk '/^MemAvailable/ { print int($2 / 1500000) }' /proc/meminfo 2>/dev/null || echo "$cores")
    if [ "${memory:-0}" -lt 1 ]; then memory=1; fi
    if [ "$memory" -lt "$cores" ]; then echo "$memory"; else echo "$cores"; fi
}
