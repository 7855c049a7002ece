// Distributed under the Boost Software License, Version 1.0. (See LICENSE_1_0.txt)
#ifndef CHATWIRE_TRANSPORT_DESCRIPTOR_HPP
#define CHATWIRE_TRANSPORT_DESCRIPTOR_HPP

#include <chatwire/error.hpp>

#include <cerrno>
#include <unistd.h>
#include <utility>

namespace chatwire::transport {

/// Owns a POSIX file descriptor.
class descriptor {
public:
    descriptor() = default;
    explicit descriptor(int fd) noexcept : fd_(fd) {}
    descriptor(descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept
    {
        if (this != &other) {
            reset();
            fd_ = std::exchange(other.fd_, -1);
        }
        return *this;
    }
    ~descriptor() { reset(); }

    int get() const noexcept { return fd_; }
    explicit operator bool() const noexcept { return fd_ >= 0; }
    int release() noexcept { return std::exchange(fd_, -1); }
    void reset() noexcept
    {
        if (fd_ >= 0)
            ::close(std::exchange(fd_, -1));
    }

private:
    int fd_ = -1;
};

/// `errno` as an error code.
inline error_code last_system_error() noexcept { return {errno, boost::system::system_category()}; }

} // namespace chatwire::transport
#endif
