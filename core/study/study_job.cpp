// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/study_job.h"

#include "core/formats/config_json.h"
#include "core/formats/json_text.h"

#include <nlohmann/json.hpp>

namespace thaw {
namespace {

using JobJson = nlohmann::ordered_json;

JobJson generatorJson(const StudyGenerator& generator) {
    const auto& s = generator.sampler;
    JobJson sampler{{"title", samplerTitle(s)}, {"rho", s.rho}, {"sigma_mid", s.sigmaMid}};
    if (s.sigmaMin) sampler["sigma_min"] = *s.sigmaMin;
    if (s.sigmaMax) sampler["sigma_max"] = *s.sigmaMax;
    return {{"run", generator.run}, {"sampler", sampler}};
}

JobJson workJson(const TrainingJob& job) {
    return {{"kind", "training"},
            {"config", JobJson::parse(toJson(job.config))},
            {"training_images", job.trainingImages},
            {"reference", job.reference == StudyReference::Test ? "test" : "validation"}};
}

JobJson workJson(const DistanceJob& job) {
    JobJson json{{"kind", "distance"}, {"generator", generatorJson(job.generator)}, {"images", job.images}};
    if (job.against) json["against"] = generatorJson(*job.against);
    return json;
}

JobJson workJson(const PairingJob& job) {
    return {{"kind", "pairing"}, {"a", generatorJson(job.a)}, {"b", generatorJson(job.b)}, {"images", job.images}};
}

JobJson workJson(const ResponsesJob& job) {
    return {{"kind", "responses"},
            {"generator", generatorJson(job.generator)},
            {"images", job.images},
            {"sigmas", job.sigmas}};
}

JobJson workJson(const ImagePowerJob& job) {
    return {{"kind", "image_power"},
            {"generator", job.generator ? generatorJson(*job.generator) : JobJson()},
            {"images", job.images}};
}

}  // namespace

std::vector<std::string> neededRuns(const StudyJob& job) {
    std::vector<std::string> names;
    const auto need = [&](const StudyGenerator& generator) {
        if (!generator.run.empty()) names.push_back(generator.run);
    };
    if (const auto* distance = std::get_if<DistanceJob>(&job.work)) {
        need(distance->generator);
        if (distance->against) need(*distance->against);
    } else if (const auto* pairing = std::get_if<PairingJob>(&job.work)) {
        need(pairing->a);
        need(pairing->b);
    } else if (const auto* responses = std::get_if<ResponsesJob>(&job.work)) {
        need(responses->generator);
    } else if (const auto* power = std::get_if<ImagePowerJob>(&job.work)) {
        if (power->generator) need(*power->generator);
    }
    return names;
}

std::string jobText(const StudyJob& job) {
    return jsonText(std::visit([](const auto& work) { return workJson(work); }, job.work));
}

}  // namespace thaw
