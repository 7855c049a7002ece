# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# House rules that a machine can read.
. "$(dirname "$0")/common.sh"

headers=$(find include -name '*.hpp' -o -name '*.ipp' | sort)
for f in $headers; do checked=$((checked + 1)); done

# The text without comments and string literals, each line after its file and number.
# shellcheck disable=SC2086
code=$(awk '
    FNR == 1 { comment = 0 }
    {
        line = $0
        gsub(/\\["\\]/, "", line)
        gsub(/"[^"]*"/, "\"\"", line)
        out = ""
        while (line != "") {
            if (comment) {
                n = index(line, "*/")
                if (!n) break
                line = substr(line, n + 2)
                comment = 0
                continue
            }
            n = index(line, "//")
            m = index(line, "/*")
            if (n && (!m || n < m)) { out = out substr(line, 1, n - 1); break }
            if (!m) { out = out line; break }
            out = out substr(line, 1, m - 1)
            line = substr(line, m + 2)
            comment = 1
        }
        if (out ~ /[^ \t]/) print FILENAME ":" FNR ": " out
    }' $headers /dev/null)

# forbid REASON PATTERN [EXCEPT-PATTERN]
forbid() {
    faults_from_stdin < <(grep -E -- "$2" <<<"$code" | grep -E -v -- "${3:-^$}" | awk -v reason="$1" '{ print reason ": " $0 }' || true)
}

word='(^|[^A-Za-z0-9_.>])'
forbid 'the library does not print' "${word}(std::)?(cout|cerr|clog|wcout|wcerr)([^A-Za-z0-9_(]|$)"
forbid 'the library does not print' "${word}(std::)?(printf|fprintf|puts|fputs|putchar|perror|vprintf)[ ]*\\("
forbid 'the library does not print' '# *include *<(iostream|cstdio|stdio\.h|print)>'
forbid 'the library reads no environment' "${word}(std::|::)?(secure_)?getenv[ ]*\\("
forbid 'the library does not end the program' "${word}((std::|::)?(exit|_exit|_Exit|quick_exit)|(std|[^A-Za-z0-9_])::(abort|terminate))[ ]*\\("
forbid 'Beast is named in http/ only' 'boost/beast|beast::' '^include/chatwire/(impl/)?http/'

# plain ASCII
faults_from_stdin < <(grep -rnI --include='*.hpp' --include='*.ipp' --include='*.cpp' '[^ -~	]' include test examples bench \
    2>/dev/null | grep -v /node_modules/ | sed 's/^/not ASCII: /' || true)

# the first line, and the guard
licence='Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)'
while IFS= read -r f; do
    case $f in
    *.hpp | *.ipp | *.cpp | *.cmake | */CMakeLists.txt | CMakeLists.txt | *.sh | *.mjs | */run)
        case $(head -n 2 "$f") in *"$licence"*) ;; *) fault "$f: no licence line" ;; esac
        ;;
    esac
    case $f in
    include/*)
        guard=$(sed 's,^include/,,; s,[/.],_,g' <<<"$f" | tr '[:lower:]' '[:upper:]')
        if ! grep -q "^#ifndef $guard\$" "$f" || ! grep -q "^#define $guard\$" "$f"; then
            fault "$f: no include guard $guard"
        fi
        ;;
    esac
done < <(project_files)

# What a clone elsewhere could not find: this tree's own place, home folders, a registry's host in a lock file.
mapfile -t files < <(project_files)
faults_from_stdin < <(grep -nIF -- "$root/" "${files[@]}" /dev/null | sed 's/^/a path of this machine: /' || true)
faults_from_stdin < <(grep -nIE -- '(^|[^A-Za-z0-9_.])/(home|root|Users)/[A-Za-z]' "${files[@]}" /dev/null |
    grep -v '^test/structure/' | sed 's/^/a path of some machine: /' || true)
faults_from_stdin < <(printf '%s\n' "${files[@]}" | grep 'package-lock\.json$' | xargs -r grep -n -- '"resolved"' /dev/null |
    sed 's/^/a lock file names where from: /' || true)

finish headers
