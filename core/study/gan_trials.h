// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/study/study_plans.h"
#include "core/study/tuning_trials.h"

#include <optional>
#include <vector>

namespace thaw {

/// What is tried for D2O-F where the settings are looked for: comparedSettings("gan"), and one change of it at a time: learning
/// rates, beta1, R1, augmentation, mirrored images, the discriminator's heads and width, EMA, batch, and, where
/// StudyRequest::backbone names a classifier, what D looks through. Named `base`, `g-lr-2e-3`, `r1-1e-2`, ...
std::vector<StudyRow> ganTrials(const StudyRequest& request);

/// Their runs: StudyRequest::tuning, seeds from kTuningSeed on, measured on StudyReference::Validation.
std::vector<StudyJob> ganTrialJobs(const StudyRequest& request);

/// The trial with the lowest mean distance of those that never diverged; none before one has run.
std::optional<StudyRow> bestGanTrial(const StudyState& state);

/// Every trial that ran, the best marked.
ReportTable ganTrialTable(const StudyState& state);

}  // namespace thaw
