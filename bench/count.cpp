// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// bench_count [ROW]: does a row's work, so that a tool can count the instructions of it. Without a row, checks what
// comes out, and prints the names of the rows that are counted, each after the number of its units.
//
// The work is done twice before it is counted: what is counted is the steady state. count.sh has valgrind count in
// bench::counted() alone.

#include "contender.hpp"
#include "rows.hpp"

#include <cstdint>
#include <iostream>

namespace bench {

__attribute__((noinline)) std::uint64_t counted(job& j)
{
    auto const sum = j.run();
    asm volatile("" ::: "memory"); // not a tail call: run() is to return to here
    return sum;
}

} // namespace bench

int main(int argc, char** argv)
{
    auto rows = bench::rows();
    rows.resize(bench::main_rows);
    for (auto& r : rows) {
        if (argc == 2 && r.name != argv[1])
            continue;
        r.load();
        auto const values = bench::read_values(r);
        for (auto const& c : bench::contenders()) {
            if (c->name() != "chatwire")
                continue;
            bench::job j(*c, r, values);
            if (argc == 2) {
                auto const before = j.run() + j.run();
                return bench::counted(j) * 2 == before ? 0 : 1;
            }
            j.check();
        }
        std::cout << r.units << ' ' << r.name << '\n';
    }
    return argc == 2 ? 1 : 0;
}
