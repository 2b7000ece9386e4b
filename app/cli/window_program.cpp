// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/window_program.h"

#include "app/cli/output.h"
#include "app/cli/verbs.h"
#include "core/formats/figure_recipe_json.h"
#include "core/formats/json_text.h"

#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <utility>

extern char** environ;

namespace thaw::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kLookForSignalsMs = 200;

// Where it should be.
fs::path besideThis() {
    std::error_code error;
    const auto here = fs::read_symlink("/proc/self/exe", error);
    return error ? fs::path() : here.parent_path() / "thaw";
}

// All that it prints. A signal to this program alone is passed on, so that no figure goes on without anybody waiting.
void readUntilEnd(int end, pid_t child, bool passSignals, std::string& printed) {
    std::array<char, 4096> piece;
    bool passedOn = !passSignals;
    while (true) {
        pollfd ready{end, POLLIN, 0};
        if (poll(&ready, 1, kLookForSignalsMs) < 0 && errno != EINTR) return;
        if (interrupted() && !std::exchange(passedOn, true)) kill(child, SIGTERM);
        if (ready.revents == 0) continue;
        const ssize_t count = read(end, piece.data(), piece.size());
        if (count == 0 || (count < 0 && errno != EINTR)) return;
        if (count > 0) printed.append(piece.data(), std::size_t(count));
    }
}

// Runs it and reads what it prints; its errors and its progress go where ours go.
int runProgram(std::vector<std::string> words, std::string& printed, bool passSignals = true) {
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    int ends[2];
    if (pipe(ends) != 0)
        throw Error(ErrorCode::OutOfMemory,
                    std::string("No pipe to the program 'thaw': ") + std::strerror(errno) + ".");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    pid_t child = 0;
    const int fault = posix_spawn(&child, words[0].c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (fault != 0) {
        close(ends[0]);
        throw Error(ErrorCode::FileMissing, "'" + words[0] + "' cannot be started: " + std::strerror(fault) + ".",
                    "Reinstall Thaw.");
    }
    readUntilEnd(ends[0], child, passSignals, printed);
    close(ends[0]);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// A recipe is JSON, and the window's file names are Unicode: neither can hold other bytes.
void requireUtf8(const std::vector<std::string>& paths) {
    for (const auto& path : paths)
        if (nlohmann::json::parse(jsonText(nlohmann::json(path))) != nlohmann::json(path))
            throw Error(ErrorCode::Configuration,
                        "The name '" + path + "' is not UTF-8, so no figure can be made with it.",
                        "Rename it, or write the numbers as .csv or .npz.");
}

/// A file that is gone when this is.
struct TemporaryFile {
    std::string path;
    ~TemporaryFile() {
        std::error_code ignored;
        fs::remove(path, ignored);
    }
};

}  // namespace

bool hasWindowProgram() {
    std::error_code error;
    return fs::is_regular_file(besideThis(), error);
}

std::string numbersInstead(const std::string& picture, bool force) {
    auto numbers = fs::path(picture).replace_extension(".csv").string();
    requireOutput({numbers, {".csv"}, force});
    std::cerr << "thaw-cli: There is no program 'thaw' beside this one to draw '" << picture
              << "', so the numbers go to '" << numbers << "'; build with Qt for the picture." << std::endl;
    return numbers;
}

nlohmann::json drawFigure(Context& context, const std::string& recipe, const std::string& out) {
    if (!hasWindowProgram())
        throw Error(ErrorCode::Usage,
                    "There is no program 'thaw' beside this one (" + besideThis().string() +
                        "), which measures and draws figures.",
                    "Build with Qt, or write .csv or .npz with 'thaw-cli spectrum'.");
    requireUtf8({recipe, out});
    // Whether a file may be replaced was asked before.
    std::vector<std::string> words{besideThis().string(), "--figure", recipe, "--out", out, "--force", "--device",
                                   context.compute.device};
    if (context.quiet) words.push_back("--quiet");
    if (context.compute.threads > 0) setenv("OMP_NUM_THREADS", std::to_string(context.compute.threads).c_str(), 1);
    std::string printed;
    context.status = runProgram(words, printed);
    if (interrupted() && context.status != 0) throw Error(ErrorCode::Interrupted, "The figure was interrupted.");
    if (context.status != 0) return nullptr;
    auto answer = nlohmann::json::parse(printed, nullptr, false);
    if (!answer.is_object())
        throw Error(
            ErrorCode::WrongKind,
            "'" + out + "' is written, but the program 'thaw' beside this one gave an answer of another version.",
            "Install both programs together.");
    return answer;
}

nlohmann::json drawFigure(Context& context, const FigureRecipe& recipe, const std::string& out) {
    requireUtf8({recipe.model.path, recipe.data.path, recipe.against ? recipe.against->path : std::string()});
    for (const auto& panel : recipe.panels) requireUtf8(panel.runs);
    // Beside the figure, so that its relative paths are those of this program's folder made absolute by the caller.
    const TemporaryFile file{out + "." + std::to_string(getpid()) + ".recipe.json"};
    writeText(file.path, toJson(recipe));
    return drawFigure(context, file.path, out);
}

bool drawReport(const Context& context, const std::string& studyFolder) {
    if (!hasWindowProgram()) {
        say(context,
            "There is no program 'thaw' beside this one to draw the figures; on a machine that has it, "
            "'thaw --report " +
                studyFolder + "' does.");
        return false;
    }
    std::string printed;
    // It takes a second or two, and is what a study that is stopped ends with.
    return runProgram({besideThis().string(), "--report", studyFolder}, printed, /*passSignals=*/false) == 0;
}

}  // namespace thaw::cli
