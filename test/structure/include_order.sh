# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# Every include under include/ goes along an arrow of docs/physical_structure.md: to the own folder, to the ground
# (config.hpp, error.hpp, diagnostic.hpp), to a folder that the table allows, or to a part of Boost or another library
# that it allows. The table is read from the document, so the two cannot differ.
. "$(dirname "$0")/common.sh"

table=docs/physical_structure.md
if [ ! -f "$table" ]; then
    fault "$table is missing"
    finish table
fi

files=$(find include/chatwire \( -name '*.hpp' -o -name '*.ipp' \) | sort)
for f in $files; do checked=$((checked + 1)); done

# shellcheck disable=SC2086
faults_from_stdin < <(awk '
    function trim(s) { gsub(/[ `]/, " ", s); sub(/^ +/, "", s); sub(/ +$/, "", s); return s }

    # the part of the picture that a path (relative to include/) belongs to
    function part(path,    p, n) {
        sub(/^chatwire\//, "", path)
        sub(/^impl\//, "", path)
        n = index(path, "/")
        if (n) return substr(path, 1, n)
        sub(/\.[hi]pp$/, "", path)
        if (path == "config" || path == "error" || path == "diagnostic") return "ground"
        if (path == "src" || path == "chatwire") return "all"
        return "facades"
    }

    # rows of the table: | who | may include | and from outside |
    FNR == NR {
        if ($0 !~ /^\| *`/) next
        split($0, cell, "|")
        who = trim(cell[2])
        known[who] = 1
        n = split(trim(cell[3]), to, / +/)
        for (i = 1; i <= n; ++i) allowed[who, to[i]] = 1
        n = split(trim(cell[4]), to, / +/)
        for (i = 1; i <= n; ++i) { ++outside_count[who]; outside[who, outside_count[who]] = to[i] }
        next
    }

    FNR == 1 {
        me = FILENAME
        sub(/^include\//, "", me)
        who = part(me)
        if (who != "all" && !(who in known)) print FILENAME ": " who " has no row in the table"
    }

    /^[ \t]*#[ \t]*include/ {
        if (!match($0, /[<"][^>"]*[>"]/)) { print FILENAME ":" FNR ": an include that cannot be read"; next }
        path = substr($0, RSTART + 1, RLENGTH - 2)
        if (who == "all") next
        if (substr($0, RSTART, 1) == "\"") { print FILENAME ":" FNR ": write includes as <chatwire/...>"; next }
        if (path ~ /^chatwire\//) {
            to_part = part(path)
            if (to_part == who || to_part == "ground") next
            if (to_part != "all" && ((who, to_part) in allowed)) next
            print FILENAME ":" FNR ": " who " may not include " to_part " (" path ")"
            next
        }
        if (path !~ /\// || path ~ /^(sys|netinet|arpa)\//) next # of the standard or of the system
        for (i = 1; i <= outside_count[who]; ++i)
            if (index(path, outside[who, i]) == 1) next
        for (i = 1; i <= outside_count["ground"]; ++i)
            if (index(path, outside["ground", i]) == 1) next
        print FILENAME ":" FNR ": " who " may not include " path
    }
' "$table" $files)

finish "files"
