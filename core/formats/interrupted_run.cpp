// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/interrupted_run.h"

#include "core/formats/running_mark.h"
#include "core/values/number_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <utility>

namespace thaw {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kLongestHead = 64 << 20;

std::string stateOf(const std::string& runFolder) { return (fs::path(runFolder) / "state.safetensors").string(); }

// Of a safetensors file: its length in eight bytes, the least significant first, and JSON.
nlohmann::json headOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    unsigned char bytes[8] = {};
    file.read(reinterpret_cast<char*>(bytes), sizeof bytes);
    std::uint64_t length = 0;
    for (int i = 7; i >= 0; --i) length = length << 8 | bytes[i];
    if (!file || length > kLongestHead) return {};
    std::string text(length, ' ');
    file.read(text.data(), std::streamsize(length));
    return nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
}

}  // namespace

std::optional<InterruptedRun> interruptedRun(const std::string& runFolder) {
    if (!wasInterrupted(runFolder)) return {};
    try {
        const auto head = headOf(stateOf(runFolder));
        const auto& metadata = head.at("__metadata__");
        const auto config = nlohmann::json::parse(metadata.at("config").get<std::string>());
        const double steps = numberOf(metadata.at("step").get<std::string>()).value();
        return InterruptedRun{runFolder, steps * config.at("batch").get<double>() / 1000,
                              config.at("kimg").get<double>()};
    } catch (const std::exception&) {
        return {};
    }
}

std::vector<InterruptedRun> interruptedRuns(const std::string& runsFolder) {
    std::vector<std::pair<fs::file_time_type, InterruptedRun>> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(runsFolder, error)) {
        const auto run = interruptedRun(entry.path().string());
        if (run) found.emplace_back(fs::last_write_time(stateOf(run->folder), error), *run);
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<InterruptedRun> runs;
    runs.reserve(found.size());
    for (auto& [time, run] : found) runs.push_back(std::move(run));
    return runs;
}

}  // namespace thaw
