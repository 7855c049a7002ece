# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# Sourced by the structure tests. They read the tree at $root, report each fault on a line of its own through fault(),
# and end with finish. CHATWIRE_ROOT puts another tree in place of ours: selftest.sh does that, to see them fail.
set -eu
export LC_ALL=C
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${CHATWIRE_ROOT:-$(cd "$here/../.." && pwd)}
cd "$root"

faults=0
checked=0

fault() {
    faults=$((faults + 1))
    echo "FAULT: $*"
}

# Each line of standard input is a fault.
faults_from_stdin() {
    local line
    while IFS= read -r line; do fault "$line"; done
}

# finish WHAT: the verdict. A test that looked at nothing has not passed.
finish() {
    if [ "$checked" -eq 0 ]; then fault "nothing to check: no $1"; fi
    echo "$checked $1 checked, $faults faults"
    [ "$faults" -eq 0 ]
    exit
}

# The files of the project, one a line: what git knows or would add; without git, everything but build trees.
project_files() {
    if [ -d .git ] && command -v git >/dev/null && git -c safe.directory='*' ls-files >/dev/null 2>&1; then
        git -c safe.directory='*' ls-files --cached --others --exclude-standard | sort -u | while IFS= read -r f; do
            if [ -f "$f" ]; then printf '%s\n' "$f"; fi
        done
    else
        find . -type d \( -name .git -o -name 'build*' -o -name node_modules -o -name out \) -prune -o -type f -print |
            sed 's,^\./,,' | sort
    fi
}
