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

void Selection::setClasses(const ClassChoice& classes) {
    const bool known = classes.kind != ClassChoice::Kind::One || (classes.index >= 0 && classes.index < classCount_);
    if (classes == classes_ || !known) return;
    classes_ = classes;
    Q_EMIT classesChanged(this->classes());
}

void Selection::setClassCount(int count) {
    if (count == classCount_) return;
    classCount_ = count;
    if (classes_.kind == ClassChoice::Kind::One && classes_.index >= count) classes_ = {};
    Q_EMIT classesKnown();
    Q_EMIT classesChanged(classes());
}

void Selection::setClassNames(const QStringList& names) {
    if (names == classNames_) return;
    classNames_ = names;
    Q_EMIT classesKnown();
}

}  // namespace thaw
