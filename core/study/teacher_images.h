// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/session.h"
#include "core/values/measure.h"
#include "core/values/sampler_config.h"

#include <string>

namespace thaw {

/// Images that many jobs of a study look at: those of the model it is about, by one sampler, seeds 0 .. count - 1. Made once
/// and kept in the study's folder, in `images/`; many steps of a teacher would take longer than all else.
struct TeacherImages {
    std::string folder;  ///< of the study
    std::string model;   ///< file, run folder, or `builtin`
    std::string key;     ///< of the model's contents and of what else decides the images
    SamplerConfig sampler;
    int count = 0;
};

/// Path of a `.npy` of uint8 [n, C, R, R], n = count, or n >= count where more will do. Throws what generateImages throws.
std::string teacherImagesFile(const TeacherImages& images, bool moreWillDo, const ComputeOptions& compute,
                              const Progress& progress);

/// Path of the statistics (`.npz`) of exactly `count` of them, to be compared with: what EvaluationRequest::reference takes.
/// `features` as EvaluationRequest has it, `featuresKey` of its contents.
std::string teacherStatisticsFile(const TeacherImages& images, const std::string& features, const std::string& data,
                                  const std::string& featuresKey, const ComputeOptions& compute,
                                  const Progress& progress);

}  // namespace thaw
