// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/process_place.h"

#include "core/values/error.h"

#include <charconv>
#include <cstring>

namespace thaw {
namespace {

constexpr int kMostProcesses = 65536, kLastPort = 65535;

// A launcher's number, or `absent` where it is not set.
int launcherNumber(const EnvironmentVariable& variable, const char* name, int least, int most,
                   std::optional<int> absent = {}) {
    const char* text = variable(name);
    const bool missing = !text || !*text;
    if (missing && absent) return *absent;
    int number = 0;
    const char* end = missing ? nullptr : text + std::strlen(text);
    const auto read = missing ? std::from_chars_result{} : std::from_chars(text, end, number);
    if (!missing && read.ec == std::errc() && read.ptr == end && number >= least && number <= most) return number;
    throw Error(ErrorCode::Usage,
                std::string(name) + (missing ? " is not set" : " is '" + std::string(text) + "'") + ", and must be " +
                    std::to_string(least) + " to " + std::to_string(most) + " for a job of several processes.",
                "Start it with torchrun --no-python, or set RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT; unset "
                "WORLD_SIZE for a job of one process.");
}

bool isSet(const EnvironmentVariable& variable, const char* name) {
    const char* text = variable(name);
    return text && *text;
}

}  // namespace

std::optional<ProcessPlace> processPlaceOf(const EnvironmentVariable& variable) {
    const bool general = isSet(variable, "WORLD_SIZE");
    const bool slurm = !general && isSet(variable, "SLURM_STEP_NUM_TASKS") && isSet(variable, "MASTER_ADDR");
    if (!general && !slurm) return {};
    ProcessPlace place;
    place.size = launcherNumber(variable, general ? "WORLD_SIZE" : "SLURM_STEP_NUM_TASKS", 1, kMostProcesses);
    place.rank = launcherNumber(variable, general ? "RANK" : "SLURM_PROCID", 0, place.size - 1);
    place.localRank = launcherNumber(variable, general ? "LOCAL_RANK" : "SLURM_LOCALID", 0, kMostProcesses, 0);
    place.restarts = launcherNumber(variable, "TORCHELASTIC_RESTART_COUNT", 0, 1'000'000, 0);
    if (isSet(variable, "MASTER_ADDR")) place.host = variable("MASTER_ADDR");
    const char* store = variable("TORCHELASTIC_USE_AGENT_STORE");
    const bool launchersPort = store && std::strcmp(store, "True") == 0;
    place.port = launcherNumber(variable, "MASTER_PORT", 1, launchersPort ? kLastPort - 1 : kLastPort, 29500);
    if (launchersPort) ++place.port;
    return place;
}

}  // namespace thaw
