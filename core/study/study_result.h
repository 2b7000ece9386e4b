// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/pairing.h"
#include "core/values/measure.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace thaw {

/// A Fréchet distance on a run's way.
struct StudyPoint {
    double kimg = 0;
    double seconds = 0;  ///< of training up to it, measurements not counted
    double distance = 0;
};

/// What a training job came to.
struct TrainingResult {
    bool diverged = false;
    double images = 0, seconds = 0;  ///< training alone
    double frozenPercent = 0;        ///< of G's parameters, in scalars
    /// Forward passes for every image seen, those of backward and of measurements not counted.
    double student = 0, teacher = 0, discriminator = 0, features = 0;
    std::vector<StudyPoint> points;           ///< in order; the last one at the end of the run
    Measure measure;                          ///< what the distances are
    std::optional<double> precision, recall;  ///< at the end
    std::string folder;                       ///< of the run, within the study's
    /// At the end; infinite where the run diverged.
    double distance() const;
};

struct DistanceResult {
    double distance = 0;
    Measure measure;
};

/// Of a ResponsesJob, as LayerSweepTable has them. Row-major: B blocks in forward order, S noise levels, K frequencies; NaN
/// where a block's resolution has no such frequency.
struct ResponsesResult {
    std::vector<std::string> blocks;
    std::vector<double> sigmas, frequencies;          ///< cycles per image
    std::vector<double> power;                        ///< [B][S][K]
    std::vector<double> centroid, centroidDeviation;  ///< [B][S] cycles per image; deviation over images
    std::int64_t images = 0;                          ///< at every noise level

    std::size_t cell(std::size_t block, std::size_t sigma) const { return block * sigmas.size() + sigma; }
    std::size_t cell(std::size_t block, std::size_t sigma, std::size_t frequency) const {
        return cell(block, sigma) * frequencies.size() + frequency;
    }
};

/// Of an ImagePowerJob, as ImageSpectrumTable has it.
struct ImagePowerResult {
    std::string title;                                  ///< of the images
    std::vector<double> frequencies, power, deviation;  ///< [K] cycles per image; azimuthal mean; deviation over images
    std::int64_t images = 0;
};

using StudyResult = std::variant<TrainingResult, DistanceResult, PairingResult, ResponsesResult, ImagePowerResult>;

/// By the job's name. What is missing was not run yet.
using StudyResults = std::map<std::string, StudyResult>;

/// The result of that name and kind; null where it is missing.
template <class Result>
const Result* resultOf(const StudyResults& results, const std::string& name) {
    const auto found = results.find(name);
    return found == results.end() ? nullptr : std::get_if<Result>(&found->second);
}

/// JSON as a study's folder keeps it, and back; nothing for other text.
std::string resultText(const StudyResult& result);
std::optional<StudyResult> resultFromText(const std::string& text);

}  // namespace thaw
