// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/reopening.h"

namespace thaw {

void Reopening::note(const EngineCommand& command) {
    if (!tableCommand(command)) return;
    ++count_;
    if (std::holds_alternative<command::OpenModel>(command) || std::holds_alternative<command::OpenData>(command) ||
        std::holds_alternative<command::ContinueRun>(command))
        asked_.push_back({count_, command});
    if (const auto* stop = std::get_if<command::Stop>(&command)) stop_ = *stop;
}

void Reopening::note(const EngineFact& fact) {
    if (const auto* state = std::get_if<fact::StateChanged>(&fact)) {
        noteState(*state);
    } else if (const auto* began = std::get_if<fact::OpeningBegan>(&fact)) {
        began_ = began->path;
        modelCame_ = false;
    } else if (std::holds_alternative<fact::ModelOpened>(fact)) {
        modelCame_ = true;
        model_ = openingOf(began_);
    } else if (std::holds_alternative<fact::DataOpened>(fact)) {
        // After a model from the same file the data are those of the run that the file is.
        if (modelCame_) data_.reset();
        else data_ = command::OpenData{began_};
    } else if (const auto* opened = std::get_if<fact::RunOpened>(&fact)) {
        model_ = openingOf(began_);
        if (opened->run.hasOpenedData) data_.reset();
    } else if (const auto* started = std::get_if<fact::RunStarted>(&fact)) {
        const auto* asked = askedRun(started->folder);
        const bool anyway = asked ? asked->anyway : run_ && run_->folder == started->folder && run_->anyway;
        run_ = command::ContinueRun{started->folder, anyway, true};
    }
}

// A command is answered by the states it leads through; the last of them is neither Loading nor Starting.
void Reopening::noteState(const fact::StateChanged& told) {
    const bool isUnderWay = told.state == RunState::Loading || told.state == RunState::Starting;
    while (!asked_.empty() &&
           (asked_.front().number < told.handled || (asked_.front().number == told.handled && !isUnderWay)))
        asked_.pop_front();
    paused_ = told.state == RunState::Pausing || told.state == RunState::Paused;
    if (runIsOpen(told.state)) return;
    run_.reset();
    stop_.reset();
}

// As it was asked for, with the teacher that was named.
command::OpenModel Reopening::openingOf(const std::string& path) const {
    for (const Asked& asked : asked_)
        if (const auto* model = std::get_if<command::OpenModel>(&asked.command); model && model->path == path)
            return *model;
    return model_ && model_->path == path ? *model_ : command::OpenModel{path, {}, false};
}

const command::ContinueRun* Reopening::askedRun(const std::string& folder) const {
    for (const Asked& asked : asked_)
        if (const auto* run = std::get_if<command::ContinueRun>(&asked.command); run && run->folder == folder)
            return run;
    return nullptr;
}

std::vector<EngineCommand> Reopening::commands() const {
    std::vector<EngineCommand> commands;
    if (model_) commands.emplace_back(*model_);
    if (data_) commands.emplace_back(*data_);
    std::optional<command::ContinueRun> run = run_;
    for (const Asked& asked : asked_) {
        if (const auto* goesOn = std::get_if<command::ContinueRun>(&asked.command)) {
            run = *goesOn;
            run->takeOver = true;
        } else {
            commands.push_back(asked.command);
        }
    }
    if (run) commands.emplace_back(*run);
    if (run && stop_) commands.emplace_back(*stop_);
    else if (run && paused_) commands.emplace_back(command::Pause{});
    return commands;
}

}  // namespace thaw
