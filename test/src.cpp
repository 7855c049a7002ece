// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// The library, compiled once for all of our programs.
#include <chatwire/src.hpp>
