// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/finished_run.h"

#include "core/formats/run_stats_file.h"
#include "core/study/run_cost.h"

#include <filesystem>
#include <vector>

namespace thaw {

namespace fs = std::filesystem;

TrainingResult resultFromRun(const std::string& folder) {
    TrainingResult result;
    const auto cost = costOf(folder);
    result.images = cost.images;
    result.seconds = cost.seconds;
    result.student = cost.student;
    result.teacher = cost.teacher;
    result.discriminator = cost.discriminator;
    result.features = cost.features;
    for (const auto& fid : runStatsIfAny(folder).fids) {
        // Killed after its last measurement, a run is measured there once more.
        if (!result.points.empty() && result.points.back().kimg == fid.kimg) result.points.pop_back();
        result.points.push_back({fid.kimg, cost.secondsAt(fid.kimg), fid.fid});
        result.measure = measureOf(fid);
        result.precision = fid.precision;
        result.recall = fid.recall;
    }
    result.measure.selection = false;  // what counts is the last point, not the lowest
    return result;
}

void dropWeights(const std::string& runFolder) {
    std::vector<fs::path> heavy;
    for (const auto& file : fs::directory_iterator(runFolder))
        if (file.path().extension() == ".safetensors" || file.path().extension() == ".png")
            heavy.push_back(file.path());
    for (const auto& file : heavy) fs::remove(file);
}

}  // namespace thaw
