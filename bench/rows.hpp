// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_BENCH_ROWS_HPP
#define CHATWIRE_BENCH_ROWS_HPP

#include "contender.hpp"
#include "workload.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

/// A row of the table: one kind of work on one text.
struct row {
    std::string name{};
    work what{};
    stream (*make)() = nullptr; ///< the text, and in how many units it is to be measured
    std::size_t piece = std::string::npos;
    std::string text{}; ///< encoding: of the value to be encoded. 64 bytes after its end may be read.
    std::size_t units = 0;

    /// Makes the text.
    void load();
};

/// The rows, without their text. The first @ref main_rows have goals, or are the worst cases.
std::vector<row> rows();
inline constexpr std::size_t main_rows = 10;

/// The text of a row as values, read by chatwire's general reader.
struct values {
    std::vector<bench::chunk> chunks{};
    bench::request request{};
    bench::completion completion{};
};
values read_values(row const& r);

/// A contender at a row's work.
class job {
public:
    /// All of these outlive the job.
    job(contender& who, row const& r, values const& v);

    /// Does it once.
    /// @return what depends on all of the result
    std::uint64_t run();

    /// How long that took, where somebody else has done it; else 0.
    double seconds() const { return who_.seconds(); }

    /// Does it, and compares the result with the row's values.
    /// @throw std::runtime_error it is another
    void check();

private:
    contender& who_;
    row const& row_;
    values const& values_;
    std::string out_{};
};

} // namespace bench

#endif
