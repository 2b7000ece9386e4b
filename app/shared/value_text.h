// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/band_filter.h"
#include "core/values/run_record.h"
#include "core/values/train_state.h"

#include <QString>
#include <QStringList>

namespace thaw {

/// "band 3–8 × 0 at dec.14x14_block0"; a band without an end says "3–∞".
QString bandText(const BandFilter& band);

/// "1,000 samples · features: … · reference: …": a distance never goes without.
QString provenanceText(const FidPoint& point);
/// What the distance of a point may be called: FID, FD or FWD.
QString distanceName(const FidPoint& point);

/// "CPU, 2 threads, bf16": where and how something is computed, most important first; what is not known is left out.
QStringList computeWords(const RunEnvironment& environment);

}  // namespace thaw
