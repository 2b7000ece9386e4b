// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/values/engine_command_check.h"

#include "core/values/range_check.h"

namespace thaw {

namespace {

constexpr int kMostSamplerSteps = 1000;
constexpr double kMostSeeds = 1e6, kMostMeasuredImages = 1e8;

void checkSamples(RangeCheck& check, const SampleRequest& request) {
    check.range("steps", request.steps, kGeneratorSteps, kMostSamplerSteps);
    check.range("seeds", double(request.seeds.size()), 0, kMostSeeds);
}

struct CommandCheck {
    RangeCheck& check;

    void operator()(const command::RequestSamples& asked) const { checkSamples(check, asked.request); }
    void operator()(const command::RequestTrajectory& asked) const {
        check.range("steps", asked.request.steps, kTrainedSteps, kMostSamplerSteps);
    }
    void operator()(const command::RequestMeasurement& asked) const {
        if (const auto* job = std::get_if<ImagesJob>(&asked.job)) checkSamples(check, job->request.images);
    }
    void operator()(const command::MeasureFid& asked) const {
        check.range("images", asked.images, 1, kMostMeasuredImages);
    }
    void operator()(const command::RequestOriginalFid& asked) const {
        check.range("images", asked.images, 1, kMostMeasuredImages);
    }
    template <class Other>
    void operator()(const Other&) const {}
};

}  // namespace

std::vector<ConfigProblem> problemsOf(const EngineCommand& command) {
    std::vector<ConfigProblem> problems;
    RangeCheck check(problems);
    std::visit(CommandCheck{check}, command);
    return problems;
}

}  // namespace thaw
