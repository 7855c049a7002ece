// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// bench_codec [--rows PART] [--with PART] [--rounds N] [--check] [--out FILE] [--benchmark_...]
//
// Checks that all contenders give the same results, then measures them in pairs: in each round of a row every contender
// runs once, each time beginning with another one, so that what slows the machine down for a while slows all of them
// down. Google Benchmark takes the times (of the processor, not of the clock; other processes take theirs) and finds
// how often a run has to be repeated to take 4 ms. FILE gets the nanoseconds a unit of each round, which table.mjs
// makes a table of.

#include "contender.hpp"
#include "rows.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {

// Keeps what was measured, and prints nothing.
class collector final : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(Context const&) override { return true; }
    void ReportRuns(std::vector<Run> const& runs) override
    {
        for (auto const& run : runs) {
            bool const elsewhere = !run.run_name.time_type.empty(); // "manual_time"
            iterations = run.iterations;
            each[run.run_name.function_name] =
                (elsewhere ? run.real_accumulated_time : run.cpu_accumulated_time) / static_cast<double>(iterations);
        }
    }

    benchmark::IterationCount iterations = 0;
    std::map<std::string, double> each{}; // seconds an iteration, by name
};

struct arguments {
    std::string rows{};
    std::string with{};
    std::string out{};
    std::size_t rounds = 81;
    bool check = false;
};

arguments read_arguments(int argc, char** argv)
{
    arguments a;
    for (int i = 1; i < argc; ++i) {
        std::string_view const name = argv[i];
        if (name == "--check") {
            a.check = true;
            continue;
        }
        if (i + 1 == argc)
            throw std::runtime_error("what is " + std::string(name) + "?");
        std::string const value = argv[++i];
        if (name == "--rows")
            a.rows = value;
        else if (name == "--with")
            a.with = value;
        else if (name == "--out")
            a.out = value;
        else if (name == "--rounds")
            a.rounds = std::strtoul(value.c_str(), nullptr, 10);
        else
            throw std::runtime_error("what is " + std::string(name) + "?");
    }
    return a;
}

struct entrant {
    std::string name;
    bench::job job;
    bool elsewhere = false; // done, and timed, by another process
    benchmark::IterationCount iterations = 0;
    std::vector<double> times{}; // ns a unit, by round
};

void enter(entrant& e, bool fixed)
{
    auto* const b = benchmark::RegisterBenchmark(e.name.c_str(), [&e](benchmark::State& state) {
        for (auto _ : state) {
            benchmark::DoNotOptimize(e.job.run());
            if (e.elsewhere)
                state.SetIterationTime(e.job.seconds());
        }
    });
    if (e.elsewhere)
        b->UseManualTime();
    if (fixed)
        b->Iterations(e.iterations);
    else
        b->MinTime(0.004);
}

void measure(std::vector<entrant>& entrants, std::size_t rounds, std::size_t units)
{
    collector seen;
    for (auto& e : entrants) {
        benchmark::ClearRegisteredBenchmarks();
        enter(e, false);
        benchmark::RunSpecifiedBenchmarks(&seen, ".");
        e.iterations = seen.iterations;
    }
    for (std::size_t round = 0; round < rounds; ++round) {
        benchmark::ClearRegisteredBenchmarks();
        for (std::size_t i = 0; i < entrants.size(); ++i)
            enter(entrants[(round + i) % entrants.size()], true);
        seen.each.clear();
        benchmark::RunSpecifiedBenchmarks(&seen, ".");
        for (auto& e : entrants)
            for (auto const& [name, seconds] : seen.each)
                if (name == e.name)
                    e.times.push_back(seconds * 1e9 / static_cast<double>(units));
    }
}

double median(std::vector<double> v)
{
    std::nth_element(v.begin(), v.begin() + static_cast<std::ptrdiff_t>(v.size() / 2), v.end());
    return v[v.size() / 2];
}

int run(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    auto const arg = read_arguments(argc, argv);
    auto const all = bench::contenders();

    std::string json;
    for (auto r : bench::rows()) {
        if (r.name.find(arg.rows) == std::string::npos)
            continue;
        r.load();
        auto const values = bench::read_values(r);
        std::vector<entrant> entrants;
        for (auto const& c : all)
            if (c->does(r.what) && c->name().find(arg.with) != std::string_view::npos) {
                entrants.push_back({std::string(c->name()), bench::job(*c, r, values)});
                entrants.back().job.check();
                entrants.back().elsewhere = entrants.back().job.seconds() > 0;
            }
        if (arg.check || entrants.empty())
            continue;
        measure(entrants, arg.rounds, r.units);

        std::cerr << r.name << '\n';
        json += json.empty() ? "\n" : ",\n";
        json += "    {\"row\": \"" + r.name + "\", \"units\": " + std::to_string(r.units) +
                ", \"bytes\": " + std::to_string(r.text.size()) + ", \"ns\": {";
        for (auto const& e : entrants) {
            auto const m = median(e.times);
            std::cerr << "    " << e.name << std::string(28 - std::min<std::size_t>(e.name.size(), 27), ' ') << m
                      << " ns\n";
            json += &e == &entrants.front() ? "\n" : ",\n";
            json += "        \"" + e.name + "\": [";
            for (auto const t : e.times)
                json += (json.back() == '[' ? "" : ", ") + std::to_string(t);
            json += ']';
        }
        json += "}}";
    }
    if (!arg.out.empty()) {
        std::ofstream file(arg.out);
        file << "{\"build\": \"" CHATWIRE_BENCH_BUILD "\", \"rounds\": " << arg.rounds << ", \"rows\": [" << json
             << "\n]}\n";
        if (!file)
            throw std::runtime_error("cannot write " + arg.out);
    }
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return run(argc, argv);
    } catch (std::exception const& e) {
        std::cerr << "bench_codec: " << e.what() << '\n';
        return 1;
    }
}
