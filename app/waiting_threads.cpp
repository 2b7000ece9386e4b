// SPDX-License-Identifier: GPL-3.0-or-later
// How long a thread of LibTorch's pool spins before it sleeps. GCC's OpenMP lets it try 300,000 times, which wins 3 % on an
// idle machine and costs a third of the speed beside another process: threads that wait keep those that work from a core.
// The library reads its environment while it is loaded, so the program, before any library is set up, starts itself again
// with the value; that takes 20 ms. Who sets OMP_WAIT_POLICY or GOMP_SPINCOUNT is left alone.
#include <unistd.h>
#include <cstring>
#if defined(__linux__) && defined(__GLIBC__)

namespace {

constexpr int kMost = 4096;  // variables; a larger environment stays as it is
char spins[] = "GOMP_SPINCOUNT=2000";
char* environment[kMost + 2];
char program[4096];

void startAgain(int, char** arguments, char** variables) {
    int count = 0;
    for (; variables[count]; ++count) {
        if (count == kMost || std::strncmp(variables[count], "GOMP_SPINCOUNT=", 15) == 0 ||
            std::strncmp(variables[count], "OMP_WAIT_POLICY=", 16) == 0)
            return;
        environment[count] = variables[count];
    }
    environment[count] = spins;
    const auto length = ::readlink("/proc/self/exe", program, sizeof program - 1);
    if (length > 0) ::execve(program, arguments, environment);  // comes back only where it fails
}

__attribute__((section(".preinit_array"), used)) void (*const beforeLibraries)(int, char**, char**) = startAgain;

}  // namespace
#endif
