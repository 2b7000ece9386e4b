// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/study/study_plans.h"

namespace thaw {

/// One step of every objective at equal images: GAN, each imitation, and (further) all weights free, random weights, GAN
/// beside each imitation.
StudyKind objectivesStudy();
/// The GAN objective under freeze plans from nothing to nearly everything, and random subsets as large as D2O-F's.
StudyKind freezingStudy();
/// Distance against images seen, and against the size of the training set.
StudyKind dataEfficiencyStudy();
/// Teachers of few and of many steps and their one-step students: do both end near the data, and near each other?
StudyKind localMinimaStudy();
/// Does a student make its teacher's image of the same seed?
StudyKind pairingStudy();
/// How far D2O, D2O-F and distilled students change what the layers of the pre-trained network respond, and which
/// frequencies their images have, with seeds of training as the replicate.
StudyKind frequencyStudy();

}  // namespace thaw
