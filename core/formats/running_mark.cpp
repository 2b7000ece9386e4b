// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/running_mark.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#include <cerrno>
#include <csignal>
#endif

namespace thaw {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSuspended = "suspended";  // in place of a process

std::string markOf(const std::string& runFolder) { return (fs::path(runFolder) / "running").string(); }

#if defined(__unix__) || defined(__APPLE__)
std::string machine() {
    char name[256] = {};
    return gethostname(name, sizeof name - 1) == 0 ? name : "";
}
long ownNumber() { return long(getpid()); }
bool isAlive(long number) { return kill(pid_t(number), 0) == 0 || errno == EPERM; }
#else
std::string machine() { return ""; }
long ownNumber() { return 0; }
bool isAlive(long) { return true; }
#endif

}  // namespace

void markRunning(const std::string& runFolder) {
    std::ofstream(markOf(runFolder)) << ownNumber() << ' ' << machine() << '\n';
}

void markSuspended(const std::string& runFolder) { std::ofstream(markOf(runFolder)) << kSuspended << '\n'; }

void unmarkRunning(const std::string& runFolder) {
    std::error_code ignored;
    fs::remove(markOf(runFolder), ignored);
}

bool wasInterrupted(const std::string& runFolder) {
    std::ifstream file(markOf(runFolder));
    std::string process, host;
    std::error_code ignored;
    if (!(file >> process) || !fs::exists(fs::path(runFolder) / "state.safetensors", ignored)) return false;
    if (process == kSuspended) return true;
    file >> host;
    const long number = std::strtol(process.c_str(), nullptr, 10);
    return number > 0 && host == machine() && number != ownNumber() && !isAlive(number);
}

}  // namespace thaw
