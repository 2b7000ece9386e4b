// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/frequency_study.h"

#include "core/study/study_kinds.h"

#include <algorithm>

namespace thaw {
namespace {

constexpr int kMostProbed = 64;     // images a noise level
constexpr int kMostSampled = 1000;  // samples of a spectrum
const std::vector<double> kProbedSigmas{0.1, 0.5, 2, 10, 80};

std::vector<std::string> frequencyRowNames(const StudyRequest&) {
    std::vector<std::string> names;
    for (const auto& row : frequencyRows()) names.push_back(row.first);
    return names;
}

bool hasDiverged(const StudyResults& results, const std::string& run) {
    const auto* result = resultOf<TrainingResult>(results, run);
    return result && result->diverged;
}

std::vector<StudyJob> frequencyJobs(const StudyState& state) {
    const auto& request = state.request;
    const int probed = std::min(request.scale.images, kMostProbed);
    const int sampled = std::min(request.scale.images, kMostSampled);
    const StudyGenerator oneStep, manySteps{{}, SamplerConfig{}};
    std::vector<StudyJob> jobs{{kOriginalResponses, ResponsesJob{{}, probed, kProbedSigmas}},
                               {kOneStepPower, ImagePowerJob{oneStep, sampled}},
                               {kManyStepsPower, ImagePowerJob{manySteps, sampled}},
                               {kRealPower, ImagePowerJob{{}, sampled}}};
    for (int seed = 1; seed <= request.scale.seeds; ++seed)
        for (const auto& [row, config] : frequencyRows()) {
            if (!request.wants(row)) continue;
            const auto name = seedName(row, seed);
            jobs.push_back({name, jobOfLength(config, request.scale, seed, request.precision)});
            // Of a run that diverged there is nothing to measure.
            if (hasDiverged(state.results, name)) continue;
            jobs.push_back({responsesOfRun(name), ResponsesJob{{name}, probed, kProbedSigmas}});
            jobs.push_back({powerOfRun(name), ImagePowerJob{StudyGenerator{name}, sampled}});
        }
    return jobs;
}

}  // namespace

std::vector<StudyRow> frequencyRows() {
    auto free = comparedSettings("gan"), frozen = free;
    free.freeze = parseFreezePlan("none");
    frozen.freeze = parseFreezePlan("d2o-f");
    std::vector<StudyRow> rows{{"d2o", free}, {"d2o-f", frozen}};
    for (const char* objective : {"regression", "cd", "pd"}) rows.emplace_back(objective, comparedSettings(objective));
    return rows;
}

StudyKind frequencyStudy() {
    return {"frequency",       "what fine-tuning changes in the layers' responses and in the images, by frequency",
            {1, 1, 200},       {10, 3, 5000},
            frequencyRowNames, frequencyJobs,
            frequencyReport};
}

}  // namespace thaw
