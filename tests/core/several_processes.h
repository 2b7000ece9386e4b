// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parallel/processes.h"

#include <torch/torch.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cstdio>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

/// The processes of a job, forked from a test. Threads would do for c10d, but not for a BLAS that is made for one thread.
namespace thaw::several {

inline int freePort() {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    const bool got = ::bind(descriptor, reinterpret_cast<sockaddr*>(&address), length) == 0 &&
                     ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &length) == 0;
    ::close(descriptor);
    return got ? ntohs(address.sin_port) : 29511;
}

inline void require(bool holds, const std::string& what) {
    if (!holds) throw std::runtime_error(what);
}

/// Calls `work` in each of `count` processes, and throws what the first of them threw, in words. What they change is theirs: only
/// files and faults come back. The test itself must not have used autograd before, which does not survive a fork.
inline void processes(int count, const std::function<void(const ProcessesPtr&)>& work) {
    const int port = freePort();
    struct Child {
        pid_t process;
        int words;
    };
    std::vector<Child> children;
    for (int rank = 0; rank < count; ++rank) {
        int ends[2];
        if (::pipe(ends) != 0) throw std::runtime_error("no pipe");
        const pid_t process = ::fork();
        if (process == 0) {
            std::string fault;
            try {
                torch::set_num_threads(1);
                work(Processes::join({rank, count, rank, "127.0.0.1", port}, torch::kCPU, std::chrono::seconds(60)));
            } catch (const std::exception& thrown) {
                fault = "process " + std::to_string(rank) + ": " + thrown.what();
            }
            // Nothing of the parent's is taken down here.
            ::_exit(::write(ends[1], fault.data(), fault.size()) == ssize_t(fault.size()) && fault.empty() ? 0 : 1);
        }
        ::close(ends[1]);
        children.push_back({process, ends[0]});
    }
    std::string first;
    for (const auto& child : children) {
        std::string fault;
        char piece[256];
        for (ssize_t n; (n = ::read(child.words, piece, sizeof piece)) > 0;) fault.append(piece, std::size_t(n));
        ::close(child.words);
        int status = 0;
        ::waitpid(child.process, &status, 0);
        if (fault.empty() && status != 0) fault = "a process ended with the status " + std::to_string(status);
        if (first.empty()) first = fault;
    }
    if (first.empty()) return;
    std::fprintf(stderr, "%s\n", first.c_str());
    throw std::runtime_error(first);
}

}  // namespace thaw::several
