// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TEST_SUPPORT_TEMPORARY_DIRECTORY_HPP
#define CHATWIRE_TEST_SUPPORT_TEMPORARY_DIRECTORY_HPP

#include <filesystem>
#include <stdexcept>
#include <string>
#include <system_error>

#include <stdlib.h>

namespace chatwire::test {

/// A directory that is gone, with what is in it, at the end.
class temporary_directory {
public:
    temporary_directory() : path_((std::filesystem::temp_directory_path() / "chatwire-XXXXXX").string())
    {
        if (!::mkdtemp(path_.data()))
            throw std::runtime_error("no directory " + path_);
    }
    temporary_directory(temporary_directory const&) = delete;
    temporary_directory& operator=(temporary_directory const&) = delete;
    ~temporary_directory()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    std::string const& path() const noexcept { return path_; }

private:
    std::string path_;
};

} // namespace chatwire::test
#endif
