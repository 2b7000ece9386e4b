// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/figure_queue.h"

#include "core/engine/failures.h"
#include "core/engine/figure_now.h"

#include <utility>

namespace thaw {
namespace {

FigureAnswer answerOf(FigureMeasurement& measurement) {
    FigureAnswer answer{measurement.recipe(), measurement.panels(), {}, {}, {}};
    if (answer.recipe.version.empty()) answer.recipe.version = THAW_VERSION;
    return answer;
}

// How the allocators say that memory ran out is of no use to anybody: the code says it.
FigureAnswer answerOf(const FigureRecipe& recipe, const Failure& failure) {
    FigureAnswer answer{recipe, {}, failure.code.value_or(ErrorCode::Configuration), {}, {}};
    if (failure.code == ErrorCode::OutOfMemory) return answer;
    answer.message = failure.message;
    answer.hint = failure.hint;
    return answer;
}

}  // namespace

void FigureQueue::drop(std::uint64_t generation) {
    if (!waiting_.empty() && waiting_.begin()->first == generation) measurement_.reset();
    waiting_.erase(generation);
}

std::map<std::uint64_t, FigureRecipe> FigureQueue::takeAll() {
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
