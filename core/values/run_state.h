// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/enum_words.h"

#include <array>
#include <optional>
#include <utility>

namespace thaw {

/// Where the open work stands. One table says what may be asked in each state and what follows; the buttons, the
/// menus, the compute thread, the loop of `thaw-cli` and who steers a run from elsewhere (steering.h) all read it, so that
/// they cannot disagree.
enum class RunState {
    Empty,     ///< a model or a data set is missing: nothing to start
    Loading,   ///< a model or a data set is being read
    Ready,     ///< model and data are there, no run yet
    Starting,  ///< a run folder and a trainer are being made
    Running,
    Pausing,  ///< pause was asked for; the micro-batch in progress ends first
    Paused,
    Stopping,      ///< stop was asked for; the run is being saved
    Finished,      ///< all images seen, or stopped and saved
    Failed,        ///< the run ended with an error
    Diverged,      ///< the run produced numbers that are not finite; its last good snapshot stands
    Disconnected,  ///< the line to an engine on another machine is broken: nothing can be asked; only a window says so
};

template <>
struct EnumWords<RunState> {
    static constexpr std::array<std::pair<RunState, const char*>, 12> all{{{RunState::Empty, "empty"},
                                                                           {RunState::Loading, "loading"},
                                                                           {RunState::Ready, "ready"},
                                                                           {RunState::Starting, "starting"},
                                                                           {RunState::Running, "running"},
                                                                           {RunState::Pausing, "pausing"},
                                                                           {RunState::Paused, "paused"},
                                                                           {RunState::Stopping, "stopping"},
                                                                           {RunState::Finished, "finished"},
                                                                           {RunState::Failed, "failed"},
                                                                           {RunState::Diverged, "diverged"},
                                                                           {RunState::Disconnected, "disconnected"}}};
};

/// What the user may ask for.
enum class Command { OpenModel, OpenData, Start, Pause, Resume, Stop, Step, SetFreeze, MeasureFid, SaveSnapshot };

/// What the thread that trains reports.
enum class Fact {
    Opened,        ///< reading ended; model and data are both there
    StillMissing,  ///< reading ended, well or badly; model or data are not there yet
    RunStarted,
    StartRefused,  ///< no run folder was made
    PauseReached,
    RunCompleted,  ///< all configured images have been seen
    RunSaved,      ///< the answer to stop
    RunFailed,
    RunDiverged,
};

inline constexpr std::array kRunStates = {RunState::Empty,    RunState::Loading,  RunState::Ready,
                                          RunState::Starting, RunState::Running,  RunState::Pausing,
                                          RunState::Paused,   RunState::Stopping, RunState::Finished,
                                          RunState::Failed,   RunState::Diverged, RunState::Disconnected};
inline constexpr std::array kCommands = {Command::OpenModel,  Command::OpenData,    Command::Start, Command::Pause,
                                         Command::Resume,     Command::Stop,        Command::Step,  Command::SetFreeze,
                                         Command::MeasureFid, Command::SaveSnapshot};
inline constexpr std::array kFacts = {Fact::Opened,       Fact::StillMissing, Fact::RunStarted,
                                      Fact::StartRefused, Fact::PauseReached, Fact::RunCompleted,
                                      Fact::RunSaved,     Fact::RunFailed,    Fact::RunDiverged};

/// The state after a command, or nothing when the command is not allowed there.
std::optional<RunState> after(RunState state, Command command);
inline bool isAllowed(RunState state, Command command) { return after(state, command).has_value(); }

/// The state after a fact, or nothing when the fact cannot happen there.
std::optional<RunState> after(RunState state, Fact fact);

/// True from the moment a run is asked for until it has ended: its settings are fixed, leaving would lose work.
bool runIsOpen(RunState state);

}  // namespace thaw
