// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/serve_engine.h"

#include "app/cli/serve_line.h"
#include "app/cli/verbs.h"
#include "core/engine/engine_core.h"
#include "core/engine/stopwatch.h"
#include "core/session/steering_port.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <csignal>
#include <optional>
#include <utility>

namespace thaw::cli {
namespace {

// A paused run that nobody can resume holds a GPU for nothing.
constexpr double kRestWithoutWindowSeconds = 600;
constexpr int kLookForSignalsEveryMs = 500;

void requireLine() {
    struct stat info {};
    if (::fstat(kEngineSocket, &info) == 0 && S_ISSOCK(info.st_mode)) return;
    throw Error(ErrorCode::Usage, "'--engine' is what 'thaw-cli serve' starts by itself.", "Leave it out.");
}

// What is printed from here on would go to a terminal or a connection that is not there any more, or keep it from
// ending.
void leaveTerminal() {
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (nowhere < 0) return;
    ::dup2(nowhere, STDOUT_FILENO);
    ::dup2(nowhere, STDERR_FILENO);
    ::close(nowhere);
}

}  // namespace

void serveEngine(Context& context) {
    requireLine();
    // Whoever takes a run over may ask more than once, over another line, while it is being saved.
    outlastRepeatedSignals();
    // Nobody may listen to standard error any more, and the line says by itself when it is closed.
    std::signal(SIGPIPE, SIG_IGN);
    EngineCore* engineOf = nullptr;
    ServeLine line(kEngineSocket, [&](const EngineCommand& command) { engineOf->announce(command); });
    const auto listen = [&] {
        line.exchange();
        const bool isUnwanted = !line.isOpen() && !runIsOpen(engineOf->state());
        if (interrupted() || isUnwanted) engineOf->announce(command::CancelOpening{});
        if (interrupted()) engineOf->announceEnd();
    };
    EngineCore engine(
        context.compute, [&](EngineFact&& fact) { line.tell(std::move(fact)); }, listen);
    engineOf = &engine;
    bool isAlone = false;
    bool isResting = false;  // a paused run that nobody looks at
    Stopwatch resting;
    while (!interrupted()) {
        line.exchange();
        if (const auto command = line.take()) {
            engine.obey(*command);
            continue;
        }
        if (!line.isOpen() && !std::exchange(isAlone, true)) {
            if (runIsOpen(engine.state())) leaveTerminal();
            engine.dropViews();
        }
        if (isAlone && !runIsOpen(engine.state())) break;
        const bool rests = isAlone && engine.state() == RunState::Paused;
        if (rests && !isResting) resting.start();
        isResting = rests;
        if (isResting && resting.seconds() > kRestWithoutWindowSeconds) break;
        if (engine.hasWork() || engine.isSteered()) engine.advance();
        line.exchange();
        if (!engine.hasWork())
            line.wait(engine.isSteered() ? int(SteeringPort::kLookEvery.count()) : kLookForSignalsEveryMs);
    }
    if (interrupted()) context.status = exitCode(ErrorCode::Interrupted);
    else if (line.fault()) throw Error(*line.fault());
}

}  // namespace thaw::cli
