// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/file_answers.h"

#include "core/formats/running_mark.h"

#include <pwd.h>
#include <unistd.h>
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <system_error>
#include <tuple>

namespace thaw {

namespace {

namespace fs = std::filesystem;

std::string homeFolder() {
    if (const char* home = std::getenv("HOME"); home && *home) return home;
    const passwd* user = ::getpwuid(::getuid());
    return user && user->pw_dir ? user->pw_dir : "/";
}

answer::Listing listingOf(const std::string& asked) {
    const std::string folder = asked.empty() ? homeFolder() : asked;
    answer::Listing listing{fs::absolute(folder).lexically_normal().string(), {}};
    for (const auto& entry : fs::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name.empty() || name.front() == '.') continue;
        std::error_code error;  // of a link that leads nowhere, or a file that has just gone
        const bool isFolder = entry.is_directory(error);
        const auto bytes = isFolder ? 0 : entry.file_size(error);
        listing.entries.push_back({name, isFolder, error ? 0 : std::int64_t(bytes)});
    }
    std::sort(listing.entries.begin(), listing.entries.end(), [](const auto& a, const auto& b) {
        return std::tuple(!a.isFolder, a.name) < std::tuple(!b.isFolder, b.name);
    });
    return listing;
}

answer::Interrupted interruptedOf(const question::Interrupted& asked) {
    answer::Interrupted found{interruptedRuns(asked.folder)};
    if (asked.last.empty()) return found;
    const auto isLast = [&](const InterruptedRun& run) { return run.folder == asked.last; };
    if (std::any_of(found.runs.begin(), found.runs.end(), isLast)) return found;
    if (auto run = interruptedRun(asked.last)) found.runs.push_back(std::move(*run));
    return found;
}

}  // namespace

std::string usualRunsFolder() {
    const char* data = std::getenv("XDG_DATA_HOME");
    const bool isNamed = data && *data == '/';  // a relative one is to be ignored
    return (isNamed ? std::string(data) : homeFolder() + "/.local/share") + "/thaw/runs";
}

FileAnswer FileAnswers::answer(const FileQuestion& question) {
    try {
        if (const auto* list = std::get_if<question::List>(&question)) return listingOf(list->folder);
        if (const auto* stats = std::get_if<question::Stats>(&question))
            return answer::Stats{runStatsIfAny(stats->folder)};
        if (const auto* asked = std::get_if<question::Interrupted>(&question)) return interruptedOf(*asked);
        if (const auto* steer = std::get_if<question::Steer>(&question))
            return answer::Steered{askedRun(steer->folder, steer->request, steer->step)};
        if (const auto* look = std::get_if<question::Look>(&question)) {
            const auto kind = look->runFolders ? RunsWatch::Kind::RunFolders : RunsWatch::Kind::AllFolders;
            auto& watch = watches_.try_emplace({look->folder, look->runFolders}, look->folder, kind).first->second;
            return answer::News{watch.look(
                {look->list, {look->shown.begin(), look->shown.end()}, {look->anew.begin(), look->anew.end()}})};
        }
        return answer::Place{machineName(), homeFolder(), usualRunsFolder()};
    } catch (const fs::filesystem_error& error) {
        return answer::Failed{"'" + error.path1().string() + "' cannot be read: " + error.code().message() + ".",
                              "Choose another folder."};
    } catch (const std::exception& error) {
        return answer::Failed{error.what(), {}};
    }
}

}  // namespace thaw
