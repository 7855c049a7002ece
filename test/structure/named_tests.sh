# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# Documents that promise something name the test that shows it, between backquotes: `test_http near_misses_are_taken`
# for a case of test/http/ (test_core: of test/ itself), `npm_tls` for test/npm/tls.test.mjs. Each of these is there.
. "$(dirname "$0")/common.sh"

for document in docs/security.md docs/robustness.md; do
    [ -f "$document" ] || continue
    named=0
    while IFS=: read -r line text; do
        text=${text//\`/}
        named=$((named + 1))
        checked=$((checked + 1))
        case $text in
        npm_*)
            if [ ! -f "test/npm/${text#npm_}.test.mjs" ]; then fault "$document:$line: no test/npm/${text#npm_}.test.mjs"; fi
            continue
            ;;
        esac
        folder=${text%% *}
        folder=${folder#test_}
        files=(test/"$folder")
        if [ "$folder" = core ]; then mapfile -t files < <(find test -maxdepth 1 -name '*.cpp'); fi
        if ! grep -rqsE --include='*.cpp' --include='*.hpp' \
            "BOOST_[A-Z]+_TEST_CASE(_TEMPLATE)?\(${text#* }[,)]" "${files[@]}"; then
            fault "$document:$line: no case ${text#* } in $folder"
        fi
    done < <(grep -noE '`(test_[a-z_]+ [A-Za-z0-9_]+|npm_[a-z_]+)`' "$document")
    if [ "$named" -eq 0 ]; then fault "$document names no test"; fi
done

finish 'named tests'
