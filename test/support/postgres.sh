#!/bin/bash
# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# A PostgreSQL for one test, in a directory of its own, on a Unix-domain socket only:
#
#   postgres.sh [NAME=VALUE]...        settings of the server, such as fsync=off
#
# Says `ready DIRECTORY` (the socket's) and then obeys commands, one a line, each answered with `done` or `failed`:
#
#   restart        ends it as an operator does, which cuts every connection, and starts it again
#   stop, start    the two halves of that
#   crash          kill -9 of all its processes; starts it again
#   kill-backend   kill -9 of one process that serves a connection, which makes the server start over
#   sql STATEMENT
#
# At the end of the input it is stopped and everything is removed: nothing is left of it when the test is killed.
# Ends with 77 where PostgreSQL is not installed.
set -u
if [ -r "$0" ]; then self=$(cat "$0"); fi
cd /

find_programs() {
    local initdb
    initdb=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
    if [ ! -x "$initdb" ]; then initdb=$(command -v initdb || true); fi
    if [ -z "$initdb" ]; then return 1; fi
    dirname "$(readlink -f "$initdb")"
}

if ! programs=$(find_programs); then
    echo "PostgreSQL is not installed (tools/need.sh test would)"
    exit 77
fi

# The server refuses to be root's. Another account may not be allowed to read this file.
if [ "$(id -u)" -eq 0 ]; then
    user=nobody
    if id postgres >/dev/null 2>&1; then user=postgres; fi
    exec setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups \
        bash -c "$self" "$0" "$@"
fi

export LC_ALL=C
directory=$(mktemp -d /tmp/chatwire-postgres-XXXXXX) || exit 1 # short: the path of a socket is
data=$directory/data
server() { "$programs/pg_ctl" -D "$data" -w -t 60 -s "$@" >>"$directory/log" 2>&1; }
finish() {
    trap - EXIT
    server stop -m immediate
    rm -rf "$directory"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap '' PIPE

"$programs/initdb" -D "$data" -U chatwire --auth=trust --encoding=UTF8 --locale=C --no-sync \
    >"$directory/initdb.log" 2>&1 || {
    cat "$directory/initdb.log" >&2
    exit 1
}
# one role has to show a password
sed -i '1i local all locked scram-sha-256' "$data/pg_hba.conf"
{
    echo "listen_addresses = ''"
    echo "unix_socket_directories = '$directory'"
    echo "log_min_messages = log"
    printf '%s\n' "$@"
} >>"$data/postgresql.conf"
chmod 711 "$directory"

sql() { "$programs/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h "$directory" -U chatwire -d postgres -c "$1" 2>>"$directory/log"; }

kill_backend() {
    local pid
    pid=$(sql "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
               ORDER BY random() LIMIT 1")
    [ -n "$pid" ] && kill -KILL "$pid"
}

crash() {
    local pid
    pid=$(head -n 1 "$data/postmaster.pid") || return 1
    local all=("$pid")
    mapfile -t -O 1 all < <(awk -v p="$pid" '$4 == p { print $1 }' /proc/[0-9]*/stat 2>/dev/null)
    kill -KILL "${all[@]}" 2>/dev/null
    # while one of them is left (some may have been made meanwhile), a new server refuses to start
    for _ in $(seq 100); do
        server start && return 0
        sleep 0.1
    done
    return 1
}

server start || {
    cat "$directory/log" >&2
    exit 1
}
echo "ready $directory"
while read -r command rest; do
    case $command in
    restart) server restart -m fast ;;
    stop) server stop -m fast ;;
    start) server start ;;
    crash) crash ;;
    kill-backend) kill_backend ;;
    sql) sql "$rest" >/dev/null ;;
    *) false ;;
    esac && echo "done" || echo failed
done
exit 0
