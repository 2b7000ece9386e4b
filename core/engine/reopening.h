// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/engine_command.h"
#include "core/values/engine_fact.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace thaw {

/// What a window has open in an engine, learnt from its commands and from what it is told: what has to be asked of the
/// next engine when the line to this one is lost. Files that were asked for and not yet answered are asked for again;
/// a run is taken over from the process that goes on with it, and paused or stopped where that was asked for.
class Reopening {
public:
    /// Every command of the window, in their order.
    void note(const EngineCommand& command);
    /// Every fact; `handled` of StateChanged counts the commands that were noted.
    void note(const EngineFact& fact);

    /// To be sent to the next engine, in this order; they are not noted.
    std::vector<EngineCommand> commands() const;
    /// The run that is open; empty = none.
    std::string runFolder() const { return run_ ? run_->folder : std::string(); }

private:
    struct Asked {
        std::uint64_t number = 0;  // among the commands of the table
        EngineCommand command;
    };
    void noteState(const fact::StateChanged& told);
    command::OpenModel openingOf(const std::string& path) const;
    const command::ContinueRun* askedRun(const std::string& folder) const;

    std::deque<Asked> asked_;  // files and runs whose opening has not ended
    std::uint64_t count_ = 0;
    std::string began_;       // the file that is being read
    bool modelCame_ = false;  // from it
    std::optional<command::OpenModel> model_;
    std::optional<command::OpenData> data_;  // none where the run that is the model brings its own
    std::optional<command::ContinueRun> run_;
    bool paused_ = false;
    std::optional<command::Stop> stop_;  // on its way
};

}  // namespace thaw
