// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/engine/figure_queue.h"

#include "app/engine/failures.h"
#include "app/engine/figure_now.h"

#include <QCoreApplication>

#include <utility>

namespace thaw {
namespace {

FigureAnswer answerOf(FigureMeasurement& measurement) {
    FigureAnswer answer{measurement.recipe(), measurement.panels(), {}, {}, {}};
    if (answer.recipe.version.empty()) answer.recipe.version = THAW_VERSION;
    return answer;
}

FigureAnswer answerOf(const FigureRecipe& recipe, const Failure& failure) {
    FigureAnswer answer{recipe, {}, failure.code.value_or(ErrorCode::Configuration), failure.message, failure.hint};
    if (failure.code == ErrorCode::OutOfMemory) {
        answer.message =
            QCoreApplication::translate("thaw::FigureReader", "There is not enough memory for this figure.")
                .toStdString();
        answer.hint =
            QCoreApplication::translate("thaw::FigureReader", "Ask for fewer images in its recipe.").toStdString();
    }
    return answer;
}

}  // namespace

void FigureQueue::drop(quint64 generation) {
    if (!waiting_.empty() && waiting_.begin()->first == generation) measurement_.reset();
    waiting_.erase(generation);
}

std::map<quint64, FigureRecipe> FigureQueue::takeAll() {
    measurement_.reset();
    return std::exchange(waiting_, {});
}

FigureQueue::Advanced FigureQueue::advance(const std::function<const Session&()>& open, const Progress& progress) {
    const auto& [generation, recipe] = *waiting_.begin();
    Advanced advanced{generation};
    Failure failure;
    bool more = true;
    const WorkResult result = attemptWork(
        [&, &recipe = recipe] {
            if (!measurement_) measurement_.emplace(open().another(), recipe);
            more = measurement_->advance(progress);
        },
        failure);
    if (measurement_) advanced.share = measurement_->share();
    if (result == WorkResult::Failed) advanced.answer = answerOf(recipe, failure);
    else if (!more) advanced.answer = answerOf(*measurement_);
    if (advanced.answer) drop(advanced.generation);
    return advanced;
}

FigureAnswer figureNow(const std::string& device, const FigureRecipe& recipe, const Progress& progress) {
    ComputeOptions compute;
    compute.device = device;
    FigureAnswer answer;
    Failure failure;
    const WorkResult result = attemptWork(
        [&] {
            FigureMeasurement measurement(std::make_unique<Session>(compute), recipe);
            while (measurement.advance(progress)) progress(measurement.share());
            answer = answerOf(measurement);
        },
        failure);
    if (result == WorkResult::Interrupted) failure.code = ErrorCode::Interrupted;
    return result == WorkResult::Done ? answer : answerOf(recipe, failure);
}

}  // namespace thaw
