// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/parallel/processes.h"

#include <torch/torch.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
#include <exception>
#include <functional>
#include <thread>
#include <vector>

/// The processes of a job as threads of a test: to c10d it makes no difference.
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

/// Calls `work` as each of `count` processes at once, and throws what the first of them threw.
inline void processes(int count, const std::function<void(const ProcessesPtr&)>& work) {
    const int port = freePort();
    std::vector<std::exception_ptr> faults(static_cast<std::size_t>(count));
    std::vector<std::thread> threads;
    for (int rank = 0; rank < count; ++rank)
        threads.emplace_back([&, rank] {
            torch::set_num_threads(1);
            try {
                work(Processes::join({rank, count, rank, "127.0.0.1", port}, torch::kCPU, std::chrono::seconds(60)));
            } catch (...) {
                faults[static_cast<std::size_t>(rank)] = std::current_exception();
            }
        });
    for (auto& thread : threads) thread.join();
    for (const auto& fault : faults)
        if (fault) std::rethrow_exception(fault);
}

}  // namespace thaw::several
