# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# src.hpp includes every definition and chatwire.hpp every public header: both are what tools/includes.sh writes. And
# every header with definitions includes them, so that the header-only way has them too.
. "$(dirname "$0")/common.sh"

faults_from_stdin < <(CHATWIRE_ROOT=$root bash "$here/../../tools/includes.sh" --check 2>&1 || true)

while IFS= read -r definitions; do
    checked=$((checked + 1))
    name=${definitions#include/chatwire/impl/}
    header=include/chatwire/${name%.ipp}.hpp
    if ! grep -q "^#include <chatwire/impl/$name>" "$header" 2>/dev/null; then
        fault "$header does not include $definitions"
    fi
    if ! grep -q "^#include <chatwire/impl/$name>" include/chatwire/src.hpp; then
        fault "src.hpp does not include $definitions"
    fi
done < <(find include/chatwire/impl -name '*.ipp' | sort)

finish definitions
