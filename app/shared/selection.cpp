// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shared/selection.h"

#include <algorithm>

namespace thaw {

void Selection::setBlock(const QString& block) {
    if (block == block_) return;
    block_ = block;
    Q_EMIT blockChanged(block);
}

void Selection::setFirstSeed(quint64 seed) {
    if (seed == firstSeed_) return;
    firstSeed_ = seed;
    Q_EMIT firstSeedChanged(seed);
}

void Selection::setSigma(double sigma) {
    sigma = std::clamp(sigma, kSigmaMin, kSigmaMax);
    if (sigma == sigma_) return;
    sigma_ = sigma;
    Q_EMIT sigmaChanged(sigma);
}

void Selection::setSeed(quint64 seed) {
    if (seed_ == seed) return;
    seed_ = seed;
    Q_EMIT seedChanged(seed);
}

}  // namespace thaw
