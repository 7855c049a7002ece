# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# The blocking and the coroutine example are one program: they differ in co_await, co_return, the alias of the client
# and the last line of main, and in nothing else.
. "$(dirname "$0")/common.sh"

blocking=examples/blocking_chat.cpp
coroutine=examples/coroutine_chat.cpp
if [ ! -f $blocking ] || [ ! -f $coroutine ]; then
    fault "$blocking or $coroutine is missing"
    finish pairs
fi

# Comments aside, without the words that may differ. Aliases are the lines "using name = ...;" (the client, and what its
# calls return). The last line of main is the last before its brace.
plain() {
    awk '
        { sub(/[ \t]*\/\/.*$/, ""); sub(/[ \t]+$/, "") }
        /^[ \t]*$/ { next }
        /^using [a-z_]+ =/ { next }
        { gsub(/co_await /, ""); gsub(/co_return/, "return"); line[++n] = $0 }
        END {
            for (i = 1; i <= n; ++i) if (line[i] ~ /^int main\(/) inside = i
            last = 0
            if (inside) for (i = inside; i <= n; ++i) if (line[i] == "}") { last = i - 1; break }
            if (!last) exit 1
            for (i = 1; i <= n; ++i) if (i != last) print line[i]
        }' "$1"
}

checked=1
if ! one=$(plain $blocking) || ! other=$(plain $coroutine); then
    fault "no main in $blocking or $coroutine"
elif ! difference=$(diff <(echo "$one") <(echo "$other")); then
    fault "$blocking and $coroutine differ in more than co_await, co_return, the alias and the last line of main"
    echo "$difference"
fi
if ! grep -q co_await $coroutine; then fault "$coroutine awaits nothing"; fi
if grep -q 'co_await\|co_return' $blocking; then fault "$blocking is a coroutine"; fi

finish pairs
