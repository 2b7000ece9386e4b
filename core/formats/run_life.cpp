// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/run_life.h"

#include "core/formats/run_stats_file.h"

#include <nlohmann/json.hpp>

#include <sys/stat.h>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace thaw {
namespace {

using StatusJson = nlohmann::json;

std::int64_t changeOf(const std::string& file) {
    struct stat info {};
    return ::stat(file.c_str(), &info) == 0 ? std::int64_t(info.st_mtime) : 0;
}

std::string fileIn(const std::string& runFolder, const char* name) {
    return (std::filesystem::path(runFolder) / name).string();
}

template <class Value>
std::optional<Value> fieldOf(const StatusJson& status, const char* key) {
    const auto it = status.find(key);
    if (it == status.end()) return {};
    if constexpr (std::is_same_v<Value, std::string>) {
        if (it->is_string()) return it->get<std::string>();
    } else if (it->is_number()) {
        return it->get<Value>();
    }
    return {};
}

// Days from 1970 to a date of the Gregorian calendar.
std::int64_t daysOf(std::int64_t year, int month, int day) {
    using namespace std::chrono;
    const year_month_day date{std::chrono::year(int(year)), std::chrono::month(unsigned(month)),
                              std::chrono::day(unsigned(day))};
    return date.ok() ? sys_days(date).time_since_epoch().count() : 0;
}

std::int64_t timeOf(const StatusJson& status, const char* key) {
    if (const auto seconds = fieldOf<double>(status, key)) return std::int64_t(*seconds);
    const auto text = fieldOf<std::string>(status, key);
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    if (!text || std::sscanf(text->c_str(), "%d-%d-%dT%d:%d:%d", &year, &month, &day, &hour, &minute, &second) != 6)
        return 0;
    const auto days = daysOf(year, month, day);
    return days == 0 ? 0 : ((days * 24 + hour) * 60 + minute) * 60 + second;
}

// What its process says. A file of the process before it, which is gone, is not meant.
void addStatus(RunLife& life, const std::string& runFolder) {
    std::ifstream file(fileIn(runFolder, "status.json"), std::ios::binary);
    const auto status = StatusJson::parse(file, nullptr, /*allow_exceptions=*/false);
    if (!status.is_object()) return;
    auto& process = *life.process;
    if (const auto number = fieldOf<long>(status, "pid"); number && process.number > 0 && *number != process.number)
        return;
    process.state = valueOfWord<RunState>(fieldOf<std::string>(status, "state").value_or(std::string()));
    process.paused = process.state == RunState::Paused || process.state == RunState::Pausing;
    process.imagesPerSecond = fieldOf<double>(status, "images_per_second");
    life.targetKimg = fieldOf<double>(status, "target_kimg");
    if (process.host.empty()) process.host = fieldOf<std::string>(status, "host").value_or(std::string());
    if (const auto since = timeOf(status, "since"); since > 0) process.since = since;
}

}  // namespace

std::int64_t secondsSince1970() {
    using namespace std::chrono;
    return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

RunLife runLife(const std::string& runFolder) {
    using Holder = RunningMark::Holder;
    const auto mark = runningMark(runFolder);
    RunLife life;
    life.holder = mark.holder;
    if (mark.holder != Holder::Alive && mark.holder != Holder::Unsure) return life;
    RunProcess process;
    process.number = mark.process;
    process.host = mark.host;
    process.own = mark.own;
    process.isSure = mark.holder == Holder::Alive;
    process.since = mark.since;
    process.lastWord =
        std::max({mark.since, changeOf(fileIn(runFolder, "stats.jsonl")), changeOf(fileIn(runFolder, "status.json"))});
    life.process = process;
    addStatus(life, runFolder);
    return life;
}

void addLife(RunSummary& summary, const RunLife& life, std::int64_t now, bool seenAlive) {
    using Holder = RunningMark::Holder;
    summary.process = life.process;
    if (life.targetKimg) summary.targetKimg = life.targetKimg;
    const bool fresh = seenAlive || (life.process && std::abs(now - life.process->lastWord) <= kSignOfLifeSeconds);
    summary.running = life.process && (life.process->isSure || fresh);
    summary.interrupted = life.holder == Holder::Gone || life.holder == Holder::Suspended;
}

}  // namespace thaw
