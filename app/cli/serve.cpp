// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/serve_engine.h"
#include "app/cli/serve_files.h"
#include "app/cli/serve_relay.h"
#include "app/cli/verbs.h"
#include "core/values/error.h"
#include "core/values/train_words.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

extern char** environ;

namespace thaw::cli {
namespace {

// Above the numbers of the standard streams and of the engine's socket, and closed in other programs.
constexpr int kFirstOwnNumber = 10;

[[noreturn]] void failToBegin(const std::string& what, int error) {
    throw Error(ErrorCode::OutOfMemory, "The engine cannot be started: " + what + ": " + std::strerror(error) + ".",
                "End other programs of this user there, and connect again.");
}

int ownNumber(int descriptor) {
    const int own = ::fcntl(descriptor, F_DUPFD_CLOEXEC, kFirstOwnNumber);
    if (own < 0) failToBegin("no more files can be opened", errno);
    return own;
}

// Standard output belongs to the line alone: what a library prints goes to standard error. Returns the line's number.
int keepOutputForTheLine() {
    const int line = ownNumber(STDOUT_FILENO);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    return line;
}

// Its true name, by which the mark in a run folder is known as that of a living Thaw.
std::string thisProgram() {
    std::error_code error;
    const auto path = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::string("/proc/self/exe") : path.string();
}

// In a session of its own, so that it outlives the connection.
pid_t startEngine(const Context& context, int socket) {
    std::vector<std::string> words{"thaw-cli",
                                   "serve",
                                   "--engine",
                                   "--device",
                                   context.compute.device,
                                   "--precision",
                                   wordFor(context.compute.precision),
                                   "--threads",
                                   std::to_string(context.compute.threads)};
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, STDERR_FILENO, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, socket, kEngineSocket);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    pid_t engine = 0;
    const int error = posix_spawn(&engine, thisProgram().c_str(), &files, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) failToBegin("'" + thisProgram() + "'", error);
    return engine;
}

// It has told by itself why it ended.
int exitCodeOf(pid_t engine) {
    int status = 0;
    while (::waitpid(engine, &status, 0) < 0)
        if (errno != EINTR) return 0;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

void serve(Context& context) {
    if (::isatty(STDIN_FILENO))
        throw Error(ErrorCode::Usage, "'thaw-cli serve' talks to a window, not to a terminal.",
                    "A window starts it on another machine, over ssh.");
    const int line = keepOutputForTheLine();
    std::signal(SIGPIPE, SIG_IGN);
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) failToBegin("no socket", errno);
    const int socket = ownNumber(ends[0]), engines = ownNumber(ends[1]);
    ::close(ends[0]);
    ::close(ends[1]);
    const pid_t engine = startEngine(context, engines);
    ::close(engines);
    const int files = startFileAnswers({line, socket});
    if (relay(STDIN_FILENO, line, socket, files)) context.status = exitCodeOf(engine);
}

}  // namespace

void addServe(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("serve", "be the engine of a window on another machine, over ssh");
    auto isEngine = std::make_shared<bool>(false);
    verb->add_flag("--engine", *isEngine)->group("");
    addCommonOptions(*verb, context);
    verb->callback([isEngine, &context] {
        context.run = [isEngine, &context] { *isEngine ? serveEngine(context) : serve(context); };
    });
}

}  // namespace thaw::cli
