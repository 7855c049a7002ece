# Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#
# Every public header has a test file of its name at the same path. Definitions, details, and the headers that only
# gather others or put them together (at the top: client.hpp, server.hpp and their like) need none.
. "$(dirname "$0")/common.sh"

while IFS= read -r header; do
    name=${header#include/chatwire/}
    case $name in
    impl/* | */detail/* | config.hpp | src.hpp | chatwire.hpp) continue ;;
    */* | error.hpp | diagnostic.hpp) ;;
    *) continue ;; # facades: tested as the roles and the drivers they put together
    esac
    checked=$((checked + 1))
    if [ ! -f "test/${name%.hpp}.cpp" ]; then fault "$header has no test/${name%.hpp}.cpp"; fi
done < <(find include/chatwire -name '*.hpp' | sort)

# ... and definitions have a header
while IFS= read -r definitions; do
    name=${definitions#include/chatwire/impl/}
    if [ ! -f "include/chatwire/${name%.ipp}.hpp" ]; then fault "$definitions has no include/chatwire/${name%.ipp}.hpp"; fi
done < <(find include/chatwire/impl -name '*.ipp' 2>/dev/null | sort)

finish headers
