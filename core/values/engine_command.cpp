// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/engine_command.h"

namespace thaw {

namespace {

// Commands of the table; what is not named here has no place in it.
struct InTheTable {
    std::optional<Command> operator()(const command::OpenModel&) const { return Command::OpenModel; }
    std::optional<Command> operator()(const command::OpenData&) const { return Command::OpenData; }
    std::optional<Command> operator()(const command::Start&) const { return Command::Start; }
    std::optional<Command> operator()(const command::ContinueRun&) const { return Command::Start; }
    std::optional<Command> operator()(const command::Pause&) const { return Command::Pause; }
    std::optional<Command> operator()(const command::Resume&) const { return Command::Resume; }
    std::optional<Command> operator()(const command::Stop&) const { return Command::Stop; }
    std::optional<Command> operator()(const command::Step&) const { return Command::Step; }
    std::optional<Command> operator()(const command::SetFreeze&) const { return Command::SetFreeze; }
    std::optional<Command> operator()(const command::SetRates&) const { return Command::SetFreeze; }
    std::optional<Command> operator()(const command::MeasureFid&) const { return Command::MeasureFid; }
    std::optional<Command> operator()(const command::SaveSnapshot&) const { return Command::SaveSnapshot; }
    template <class Other>
    std::optional<Command> operator()(const Other&) const {
        return {};
    }
};

}  // namespace

std::optional<Command> tableCommand(const EngineCommand& command) { return std::visit(InTheTable{}, command); }

}  // namespace thaw
