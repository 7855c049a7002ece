// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)

// decode [--events] [--fold] [--split N] [--strict]
//
// Reads the body of a streamed answer (text/event-stream) and prints what it says, one JSON object a line: the chunks,
// what was tolerated, and how the stream ended; with --events the events themselves, with --fold the whole answer.
// --split feeds the decoder N bytes at a time, --strict tolerates nothing. Ends with status 0 if the answer is whole,
// 1 if it is not, 2 on wrong usage.

#include "common/arguments.hpp"
#include "common/event_lines.hpp"

#include <chatwire/chat/accumulator.hpp>
#include <chatwire/client/stream_decoder.hpp>
#include <chatwire/json/completion.hpp>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <iostream>
#include <limits>
#include <span>
#include <string_view>

namespace {

constexpr std::string_view usage = "usage: decode [--events] [--fold] [--split N] [--strict]\n"
                                   "reads a text/event-stream body from the standard input\n";

struct options {
    bool events = false;
    bool fold = false;
    bool strict = false;
    std::size_t split = std::numeric_limits<std::size_t>::max();
};

options parse(examples::arguments args)
{
    options o;
    while (args.more()) {
        auto const word = args.take();
        if (word == "--events")
            o.events = true;
        else if (word == "--fold")
            o.fold = true;
        else if (word == "--strict")
            o.strict = true;
        else if (word == "--split")
            o.split = static_cast<std::size_t>(args.number(1));
        else
            throw examples::wrong_usage("unknown argument '" + word + "'");
    }
    return o;
}

class program {
public:
    explicit program(options const& o)
        : options_(o), decoder_({.strict = o.strict, .events = o.events}, &log_), folded_({}, &log_)
    {
        log_.hook = [](chatwire::diagnostic const& d) { examples::print_diagnostic(d); };
    }

    int run()
    {
        std::array<char, 65536> buffer;
        while (!ended_) {
            auto const n = ::read(STDIN_FILENO, buffer.data(), buffer.size());
            if (n < 0 && errno == EINTR)
                continue;
            if (n < 0)
                decoder_.fail(chatwire::failure(chatwire::error_code(errno, boost::system::system_category())));
            else if (n == 0)
                decoder_.commit_eof();
            else
                feed({buffer.data(), static_cast<std::size_t>(n)});
            take();
        }
        return end_.success() ? 0 : 1;
    }

private:
    void feed(std::string_view bytes)
    {
        while (!bytes.empty() && !ended_) {
            auto const n = std::min(options_.split, bytes.size());
            decoder_.feed(bytes.substr(0, n));
            bytes.remove_prefix(n);
            take();
        }
    }

    // Prints whatever can be told of the bytes so far.
    void take()
    {
        while (!ended_) {
            switch (decoder_.next()) {
            case chatwire::decoded::more: return;
            case chatwire::decoded::event: examples::print_sse(decoder_.event()); break;
            case chatwire::decoded::chunk: chunk(decoder_.chunk()); break;
            case chatwire::decoded::end: end(decoder_.end()); break;
            }
        }
    }

    void chunk(chatwire::chunk const& c)
    {
        examples::print_chunk(c);
        auto const before = log_.count();
        auto const error = folded_.add(c, decoder_.offset());
        if (error)
            end(chatwire::failure(error));
        else if (options_.strict && log_.count() != before)
            end(chatwire::failure(chatwire::errc::protocol_violation));
    }

    void end(chatwire::stream_end e)
    {
        ended_ = true;
        end_ = std::move(e);
        if (options_.fold)
            examples::print_completion(folded_.snapshot());
        if (end_.error)
            examples::print_failure(*end_.error);
        examples::print_end(end_.how, decoder_.chunks(), log_.count());
    }

    options options_;
    chatwire::diagnostics log_{};
    chatwire::stream_decoder decoder_;
    chatwire::accumulator<> folded_;
    chatwire::stream_end end_{};
    bool ended_ = false;
};

} // namespace

int main(int argc, char** argv)
try {
    return program(parse({argc, argv})).run();
} catch (examples::wrong_usage const& e) {
    std::cerr << "decode: " << e.what() << '\n' << usage;
    return 2;
}
