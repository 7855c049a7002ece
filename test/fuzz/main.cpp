// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
//
// Runs the targets.
//
//   fuzz DIRECTORY...       every target over the files of DIRECTORY/NAME: as they are, and cut and changed in ways
//                           that are the same in every run
//   fuzz NAME FILE...       one target over files, as they are
//   fuzz_NAME ARGUMENT...   the same program by another name: libFuzzer with its arguments, where it is built in
#include "target.hpp"

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#ifdef CHATWIRE_LIBFUZZER
#include <sanitizer/common_interface_defs.h>
extern "C" int LLVMFuzzerRunDriver(int* argc, char*** argv, int (*callback)(std::uint8_t const*, std::size_t));
#endif

namespace {

namespace fs = std::filesystem;
using chatwire::fuzz::dice;
using chatwire::fuzz::target;

target const* find(std::string_view name)
{
    for (auto const& t : chatwire::fuzz::targets())
        if (t.name == name)
            return &t;
    return nullptr;
}

std::string read_file(fs::path const& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::set<fs::path> files_of(fs::path const& directory)
{
    std::set<fs::path> all;
    if (fs::is_directory(directory))
        for (auto const& entry : fs::directory_iterator(directory))
            if (entry.is_regular_file())
                all.insert(entry.path());
    return all;
}

// What is being run. After a crash it is all there is to go by, and is kept as a file.
std::string running, input;

extern "C" void say_what_was_running()
{
    constexpr char const* kept = "fuzz_failed_input";
    std::ofstream(kept, std::ios::binary) << input;
    std::cerr << "while running " << running << ": the input is in " << kept << std::endl;
}

extern "C" void on_abort(int)
{
    say_what_was_running();
    std::signal(SIGABRT, SIG_DFL);
}

std::size_t run(target const& t, std::string name, std::string bytes)
{
    running = std::string(t.name) + ", " + std::move(name);
    input = std::move(bytes);
    // a copy of its own size: what reads beyond its end is found out
    std::string const own(input.data(), input.size());
    t.run(own);
    return 1;
}

// What fuzzing begins with: ends anywhere, bytes that are others, pieces that stand twice or not at all.
std::size_t run_changed(target const& t, fs::path const& file)
{
    using namespace std::string_view_literals;
    constexpr std::size_t cuts = 24, changes = 48;
    constexpr auto telling = "\0\r\n \t:;,\"\\{}[]-+.0129eE/?#%*&=d\x7f\x80\xC3\xE2\xED\xEF\xF0\xFF"sv;
    auto const text = read_file(file);
    auto const name = file.filename().string();
    auto count = run(t, name, text);
    for (std::size_t i = 0; i < std::min(cuts, text.size()); ++i)
        count += run(t, name + " cut", text.substr(0, text.size() * i / std::min(cuts, text.size())));
    dice d(text, text.size());
    for (std::size_t i = 0; i < changes; ++i) {
        auto changed = text;
        for (auto n = 1 + d.below(3); n > 0; --n) {
            auto const at = d.below(changed.size() + 1);
            auto const size = 1 + d.below(8);
            switch (d.below(5)) {
            case 0:
            case 1:
                if (at < changed.size())
                    changed[at] = telling[d.below(telling.size())];
                break;
            case 2: changed.insert(at, 1, telling[d.below(telling.size())]); break;
            case 3: changed.erase(at, size); break;
            default: changed.insert(d.below(changed.size() + 1), std::string(changed, at, size)); break;
            }
        }
        count += run(t, name + " changed", std::move(changed));
    }
    return count;
}

int run_directories(int argc, char** argv)
{
    std::size_t count = 0;
    for (auto const& t : chatwire::fuzz::targets()) {
        std::size_t of_this = 0;
        for (int i = 1; i < argc; ++i)
            for (auto const& file : files_of(fs::path(argv[i]) / t.name))
                of_this += run_changed(t, file);
        if (of_this == 0) {
            std::cerr << "there is nothing to begin with for " << t.name << '\n';
            return 1;
        }
        count += of_this;
    }
    std::cout << chatwire::fuzz::targets().size() << " targets, " << count << " inputs\n";
    return 0;
}

#ifdef CHATWIRE_LIBFUZZER
target const* chosen;

int run_one(std::uint8_t const* data, std::size_t size)
{
    chosen->run({reinterpret_cast<char const*>(data), size});
    return 0;
}
#endif

} // namespace

int main(int argc, char** argv)
{
    auto const own_name = fs::path(argv[0]).filename().string();
    if (own_name.starts_with("fuzz_")) {
#ifdef CHATWIRE_LIBFUZZER
        chosen = find(std::string_view(own_name).substr(5));
        if (chosen)
            return LLVMFuzzerRunDriver(&argc, &argv, &run_one);
        std::cerr << "there is no such target\n";
#else
        std::cerr << "libFuzzer is not in this build\n";
#endif
        return 2;
    }
    if (argc < 2) {
        std::cerr << "usage: fuzz DIRECTORY... | fuzz NAME FILE...\n";
        return 2;
    }
    std::signal(SIGABRT, &on_abort);
#ifdef CHATWIRE_LIBFUZZER
    __sanitizer_set_death_callback(&say_what_was_running);
#endif
    auto const* const one = find(argv[1]);
    if (!one)
        return run_directories(argc, argv);
    for (int i = 2; i < argc; ++i)
        run(*one, argv[i], read_file(argv[i]));
    return 0;
}
