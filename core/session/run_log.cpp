// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/run_log.h"

#include "core/formats/json_text.h"
#include "core/formats/measure_json.h"
#include "core/io/run_folder.h"
#include "core/values/steering.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace thaw {
namespace {

using LogLine = nlohmann::ordered_json;

constexpr int kBlockGradientSteps = 10;  // how often norms per block are logged

// What was not measured, or came out as no number, is null.
LogLine orNull(std::optional<double> value) { return value && std::isfinite(*value) ? LogLine(*value) : LogLine(); }

// Nowhere without a folder.
void appendLine(const std::string& folder, const LogLine& line) {
    if (!folder.empty()) appendStats(folder, jsonText(line));
}

}  // namespace

RunLog::RunLog(const std::string& runFolder, bool tensorboard, std::optional<std::int64_t> resumedStep)
    : folder_(runFolder), tensorboard_(tensorboard ? TensorboardFile(runFolder, resumedStep) : TensorboardFile()) {}

void RunLog::step(const StepMetrics& m) {
    LogLine line{{"step", m.step}, {"kimg", m.kimg}};
    if (m.part != StepPart::Both) line["part"] = m.part == StepPart::Generator ? "g" : "d";
    for (const auto& field : kStepFields)
        if (field.run == StepField::Run::Finetuning) line[field.key] = orNull(m.*field.value);
    if (m.augmentP > 0) line["augment_p"] = m.augmentP;
    line["seconds_per_step"] = m.secondsPerStep;
    line["calls"] = {{"student", m.calls.student},
                     {"teacher", m.calls.teacher},
                     {"discriminator", m.calls.discriminator},
                     {"features", m.calls.features}};
    line["sanitised_gradients"] = m.sanitisedGradients;
    const bool withBlocks = m.step % kBlockGradientSteps == 0;
    if (withBlocks)
        for (const auto& [block, norm] : m.blockGradients) line["grad_blocks"][block] = norm;
    appendLine(folder_, line);
    tensorboard_.add(m.step, scalarsOf(m, withBlocks));
}

void RunLog::pretrainingStep(const StepMetrics& m, double learningRate, double seconds) {
    const LogLine line{{"step", m.step},
                       {"kimg", m.kimg},
                       {"loss", m.loss.value()},
                       {"learning_rate", learningRate},
                       {"seconds", seconds}};
    appendLine(folder_, line);
    auto scalars = scalarsOf(m, false);
    scalars.push_back({"Progress/learning_rate", learningRate});
    scalars.push_back({"Progress/seconds", seconds});
    tensorboard_.add(m.step, scalars);
}

void RunLog::distance(const FidPoint& point, std::int64_t step) {
    LogLine line{{"event", "fid"},
                 {"kimg", point.kimg},
                 {"fid", orNull(point.fid)},
                 {"kid", orNull(point.kid)},
                 {"precision", orNull(point.precision)},
                 {"recall", orNull(point.recall)},
                 {"best", point.best},
                 {"num", point.num},
                 {"features", point.features},
                 {"reference", point.reference},
                 {"measure", measureJson(measureOf(point))}};
    if (!point.bands.empty()) line["bands"] = point.bands;
    appendLine(folder_, line);
    tensorboard_.add(step, scalarsOf(point));
}

void RunLog::freeze(const std::string& plan, std::int64_t step) {
    appendLine(folder_, LogLine{{"event", "freeze"}, {"step", step}, {"text", plan}});
    tensorboard_.addText(step, "Events/freeze", plan);
}

void RunLog::rates(std::optional<double> g, std::optional<double> d, std::int64_t step) {
    LogLine line{{"event", "rate"}, {"step", step}, {"text", ratesText(g, d)}};
    if (g) line["g"] = *g;
    if (d) line["d"] = *d;
    appendLine(folder_, line);
    tensorboard_.addText(step, "Events/rate", ratesText(g, d));
}

void RunLog::resumed(std::int64_t step, double kimg, std::optional<int> microBatch) {
    LogLine line{{"event", "resume"}, {"step", step}, {"kimg", kimg}};
    if (microBatch) line["micro_batch"] = *microBatch;
    appendLine(folder_, line);
}

void RunLog::ended(const std::string& how, std::int64_t step) {
    appendLine(folder_, LogLine{{"event", how}, {"step", step}});
}

}  // namespace thaw
