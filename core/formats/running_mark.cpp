// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/running_mark.h"

#include <filesystem>
#include <fstream>
#include <optional>

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#include <cerrno>
#include <csignal>
#endif

namespace thaw {
namespace {

namespace fs = std::filesystem;

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

struct Mark {
    long number = 0;
    std::string host;
};

std::optional<Mark> readMark(const std::string& runFolder) {
    std::ifstream file(markOf(runFolder));
    Mark mark;
    if (!(file >> mark.number) || mark.number <= 0) return std::nullopt;
    file >> mark.host;
    return mark;
}

}  // namespace

void markRunning(const std::string& runFolder) {
    std::ofstream(markOf(runFolder)) << ownNumber() << ' ' << machine() << '\n';
}

void unmarkRunning(const std::string& runFolder) {
    std::error_code ignored;
    fs::remove(markOf(runFolder), ignored);
}

bool wasInterrupted(const std::string& runFolder) {
    const auto mark = readMark(runFolder);
    std::error_code ignored;
    return mark && mark->host == machine() && mark->number != ownNumber() && !isAlive(mark->number) &&
           fs::exists(fs::path(runFolder) / "state.safetensors", ignored);
}

bool isRunning(const std::string& runFolder) {
    const auto mark = readMark(runFolder);
    return mark && (mark->host != machine() || isAlive(mark->number));
}

}  // namespace thaw
