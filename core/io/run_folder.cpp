// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/io/run_folder.h"

#include "core/values/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <vector>

namespace thaw {
namespace {

namespace fs = std::filesystem;

void makeFolder(const fs::path& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error)
        throw Error(ErrorCode::FileMissing,
                    "The folder '" + path.string() + "' cannot be made: " + error.message() + ".",
                    "Choose a folder you may write to.");
}

std::vector<fs::path> snapshots(const std::string& runFolder) {
    std::vector<fs::path> found;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(runFolder, error)) {
        const auto name = entry.path().filename().string();
        if (name.starts_with("ema-") && name.ends_with(".safetensors")) found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

std::string createNumberedRun(const std::string& parent, const std::string& label) {
    makeFolder(parent);
    int next = 0;
    for (const auto& entry : fs::directory_iterator(parent)) {
        int number = 0;
        if (std::sscanf(entry.path().filename().string().c_str(), "%d-", &number) == 1)
            next = std::max(next, number + 1);
    }
    // create_directory fails when another program took the number meanwhile; then the next one is tried.
    for (; next < 100000; ++next) {
        char number[16];
        std::snprintf(number, sizeof number, "%04d-", next);
        const auto path = fs::path(parent) / (number + label);
        std::error_code error;
        if (fs::create_directory(path, error)) return path.string();
        if (error)
            throw Error(ErrorCode::FileMissing,
                        "The folder '" + path.string() + "' cannot be made: " + error.message() + ".",
                        "Choose a folder you may write to.");
    }
    throw Error(ErrorCode::Configuration, "'" + parent + "' holds 100,000 runs already.", "Choose another folder.");
}

void claimRunFolder(const std::string& path) {
    std::error_code error;
    if (fs::exists(path, error) && (!fs::is_directory(path) || !fs::is_empty(path, error)))
        throw Error(ErrorCode::Configuration,
                    "'" + path + "' exists already and is not empty; runs are never overwritten.",
                    "Choose a new folder, or continue that run with --resume.");
    makeFolder(path);
}

namespace {

// A line that a kill or a full disk cut short is no record; what came after it would be glued to it. One that lacks only
// its end is kept.
void endLastLine(const std::string& path) {
    std::ifstream stream(path, std::ios::binary | std::ios::ate);
    if (!stream || stream.tellg() <= 0) return;
    const auto size = std::int64_t(stream.tellg());
    auto begin = size;
    std::string line;
    for (; begin > 0; --begin) {
        stream.seekg(begin - 1);
        const char c = char(stream.get());
        if (c == '\n') break;
        line.insert(line.begin(), c);
    }
    stream.close();
    if (line.empty()) return;
    if (nlohmann::json::accept(line)) std::ofstream(path, std::ios::app) << '\n';
    else fs::resize_file(path, std::uintmax_t(begin));
}

}  // namespace

void appendStats(const std::string& runFolder, const std::string& jsonLine) {
    const auto path = (fs::path(runFolder) / "stats.jsonl").string();
    endLastLine(path);
    std::ofstream stream(path, std::ios::app);
    stream << jsonLine << '\n';
    stream.flush();
    if (!stream)
        throw Error(ErrorCode::FileMissing, "Cannot write '" + path + "'.", "Check free space and permissions.");
}

namespace {

// Ten digits, so that names sort by age.
std::string numbered(const char* format, std::int64_t images) {
    char name[64];
    std::snprintf(name, sizeof name, format, static_cast<long long>(images));
    return name;
}

}  // namespace

std::string snapshotName(std::int64_t images) { return numbered("ema-%010lld.safetensors", images); }
std::string gridName(std::int64_t images) { return numbered("fakes-%010lld.png", images); }

std::string newestSnapshot(const std::string& runFolder) {
    const auto found = snapshots(runFolder);
    if (found.empty())
        throw Error(ErrorCode::WrongKind, "'" + runFolder + "' is no run folder with a snapshot (ema-*.safetensors).",
                    "Name a run folder, a .safetensors model file, or 'builtin'.");
    return found.back().string();
}

void dropReplaced(const std::string& runFolder, const std::string& replaced, const std::string& written) {
    std::error_code ignored;
    if (!replaced.empty() && replaced != written) fs::remove(fs::path(runFolder) / replaced, ignored);
}

void rotateSnapshots(const std::string& runFolder, int keep) {
    const auto found = snapshots(runFolder);
    std::error_code ignored;
    for (std::size_t i = 0; i + std::size_t(keep) < found.size(); ++i) fs::remove(found[i], ignored);
}

}  // namespace thaw
