// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/open_requests.h"

#include <utility>

namespace thaw {

void OpenRequests::note(const EngineCommand& command) {
    if (const auto* samples = std::get_if<command::RequestSamples>(&command))
        samples_[samples->slot] = samples->generation;
    else if (const auto* forget = std::get_if<command::ForgetSamples>(&command)) samples_.erase(forget->slot);
    else if (const auto* job = std::get_if<command::RequestMeasurement>(&command))
        measurements_[job->slot] = job->generation;
    else if (const auto* forgotten = std::get_if<command::ForgetMeasurement>(&command))
        measurements_.erase(forgotten->slot);
    else if (const auto* walk = std::get_if<command::RequestTrajectory>(&command)) trajectory_ = walk->generation;
    else if (const auto* figure = std::get_if<command::RequestFigure>(&command))
        figures_[figure->generation] = figure->recipe;
    else if (const auto* dropped = std::get_if<command::ForgetFigure>(&command)) figures_.erase(dropped->generation);
}

void OpenRequests::note(const EngineFact& fact) {
    if (const auto* made = std::get_if<fact::FigureMade>(&fact)) figures_.erase(made->generation);
    else if (const auto* ready = std::get_if<fact::TrajectoryReady>(&fact); ready && trajectory_ == ready->generation)
        trajectory_.reset();
}

std::vector<EngineFact> OpenRequests::giveUp(const std::string& message, const std::string& hint) {
    std::vector<EngineFact> told;
    for (auto& [generation, recipe] : std::exchange(figures_, {}))
        told.emplace_back(fact::FigureMade{generation, {recipe, {}, ErrorCode::Interrupted, message, hint}});
    fact::GivenUp views;
    for (const auto* slots : {&samples_, &measurements_})
        for (const auto& [slot, generation] : *slots) views.generations.push_back(generation);
    if (trajectory_) views.generations.push_back(*trajectory_);
    samples_.clear();
    measurements_.clear();
    trajectory_.reset();
    if (!views.generations.empty()) told.emplace_back(std::move(views));
    return told;
}

}  // namespace thaw
