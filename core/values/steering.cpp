// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/steering.h"

#include "core/values/number_text.h"

namespace thaw {

void RunStatus::note(const StepMetrics& metrics) {
    step = metrics.step;
    kimg = metrics.kimg;
    loss = metrics.loss;
    gLoss = metrics.gLoss;
    dLoss = metrics.dLoss;
    distillLoss = metrics.distillLoss;
}

Command commandOf(SteeringVerb verb) {
    switch (verb) {
    case SteeringVerb::Pause: return Command::Pause;
    case SteeringVerb::Resume: return Command::Resume;
    case SteeringVerb::Stop: return Command::Stop;
    case SteeringVerb::Snapshot: return Command::SaveSnapshot;
    case SteeringVerb::Freeze:
    case SteeringVerb::Rate: break;
    }
    return Command::SetFreeze;
}

std::string refusalIn(RunState state, SteeringVerb verb) {
    return std::string("The run is ") + wordFor(state) + ", so it cannot be asked for '" + wordFor(verb) + "'.";
}

std::string doneText(const SteeringRequest& request, double kimg) {
    const std::string at = " at " + shortNumber(kimg) + " kimg";
    switch (request.verb) {
    case SteeringVerb::Pause: return "Paused" + at + ".";
    case SteeringVerb::Resume: return "Goes on" + at + ".";
    case SteeringVerb::Stop: return "Stopped" + at + "; everything is saved.";
    case SteeringVerb::Snapshot: return "Saved" + at + ".";
    case SteeringVerb::Freeze: return "Frozen from the next step on: " + toText(request.plan) + ".";
    case SteeringVerb::Rate: break;
    }
    return "Learning rate from the next step on: " + ratesText(request.g, request.d) + ".";
}

std::string ratesText(std::optional<double> g, std::optional<double> d) {
    std::string text;
    if (g) text = "G " + shortNumber(*g);
    if (d) text += (text.empty() ? "D " : ", D ") + shortNumber(*d);
    return text;
}

}  // namespace thaw
