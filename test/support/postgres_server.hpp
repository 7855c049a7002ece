// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_POSTGRES_SERVER_HPP
#define CHATWIRE_TEST_SUPPORT_POSTGRES_SERVER_HPP

#include <cstdlib>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern "C" char** environ;

namespace chatwire::test {

/// A PostgreSQL of this test's own, from test/support/postgres.sh; it ends with the object, or with the process.
class postgres_server {
public:
    /// @param setting of the server. Nothing is to outlive these tests, so by default it does not wait for the disk.
    explicit postgres_server(std::string const& setting = "fsync=off")
    {
        auto const* const root = std::getenv("CHATWIRE_SOURCE_DIR");
        std::string const script = std::string(root ? root : ".") + "/test/support/postgres.sh";
        int in[2], out[2];
        if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0)
            throw std::runtime_error("no pipe");
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, in[0], 0);
        posix_spawn_file_actions_adddup2(&actions, out[1], 1);
        std::string words[] = {"bash", script, setting};
        char* const argv[] = {words[0].data(), words[1].data(), words[2].data(), nullptr};
        auto const failed = ::posix_spawnp(&process_, "bash", &actions, nullptr, argv, environ);
        posix_spawn_file_actions_destroy(&actions);
        ::close(in[0]);
        ::close(out[1]);
        to_ = in[1];
        from_ = out[0];
        if (failed)
            throw std::runtime_error("no bash");
        auto const said = line();
        if (said.starts_with("ready "))
            directory_ = said.substr(6);
    }
    postgres_server(postgres_server const&) = delete;
    postgres_server& operator=(postgres_server const&) = delete;
    ~postgres_server()
    {
        ::close(to_);
        ::waitpid(process_, nullptr, 0);
        ::close(from_);
    }

    /// False: PostgreSQL is not installed.
    bool running() const noexcept { return !directory_.empty(); }

    /// Of its socket, which is named `.s.PGSQL.5432` there.
    std::string const& directory() const noexcept { return directory_; }

    std::string connection(std::string const& directory, std::string const& user = "chatwire") const
    {
        return "postgresql://" + user + "@/postgres?host=" + directory;
    }
    std::string connection() const { return connection(directory_); }

    /// See the script for the commands.
    bool tell(std::string const& command) const
    {
        auto const text = command + '\n';
        return ::write(to_, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && line() == "done";
    }

private:
    std::string line() const
    {
        std::string text;
        for (char c = 0; ::read(from_, &c, 1) == 1 && c != '\n';)
            text += c;
        return text;
    }

    pid_t process_ = 0;
    int to_ = -1;
    int from_ = -1;
    std::string directory_{};
};

} // namespace chatwire::test
#endif
