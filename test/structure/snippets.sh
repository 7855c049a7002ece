# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# Every C++ block of README.md and docs/ equals a region of a file that is compiled. In the document:
#
#   <!-- snippet: examples/blocking_chat.cpp#call -->
#   ```cpp
#   ...
#   ```
#
# and in the file the region between the lines //[call and //], which may be indented as a whole.
. "$(dirname "$0")/common.sh"

documents=()
mapfile -t documents < <(find README.md docs -name '*.md' 2>/dev/null | sort)

# region FILE TAG: the lines, without the indentation that all share
region() {
    awk -v tag="$2" '
        { text = $0; sub(/^[ \t]+/, "", text) }
        text == "//[" tag { inside = 1; found = 1; next }
        inside && text == "//]" { inside = 0; next }
        inside && text ~ /^\/\/\[/ { next }
        inside { line[++n] = $0 }
        END {
            if (!found || inside) exit 1
            common = -1
            for (i = 1; i <= n; ++i) {
                if (line[i] ~ /^ *$/) continue
                match(line[i], /^ */)
                if (common < 0 || RLENGTH < common) common = RLENGTH
            }
            for (i = 1; i <= n; ++i) print (line[i] ~ /^ *$/ ? "" : substr(line[i], common + 1))
        }' "$1"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for document in "${documents[@]}"; do
    # each block into a file; a line "number reference file" for each
    awk -v work="$work" -v document="$document" '
        /^<!-- snippet: .* -->$/ { reference = $3; next }
        !block && /^```cpp/ {
            block = work "/" (++n) ".txt"
            printf "" > block
            print FNR, (reference == "" ? "-" : reference), block
            next
        }
        block && /^```/ { close(block); block = ""; reference = ""; next }
        block { print > block; next }
        /[^ ]/ { reference = "" }
    ' "$document" >"$work/list"
    while read -r line reference block; do
        checked=$((checked + 1))
        if [ "$reference" = - ]; then
            fault "$document:$line: a C++ block that is no snippet"
            continue
        fi
        file=${reference%%#*}
        tag=${reference#*#}
        case $file in
        test/* | examples/*) ;;
        *)
            fault "$document:$line: $file is not compiled by the tests"
            continue
            ;;
        esac
        if [ ! -f "$file" ] || ! region "$file" "$tag" >"$work/region"; then
            fault "$document:$line: no region $tag in $file"
            continue
        fi
        if ! diff "$work/region" "$block" >"$work/diff"; then
            fault "$document:$line: differs from $reference"
            cat "$work/diff"
        fi
    done <"$work/list"
done

finish snippets
