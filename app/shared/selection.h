// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <cstdint>
#include <optional>

namespace thaw {

/// The one selection of the window: every view shows the same block, seeds and noise level, and changing one of them
/// anywhere moves all views. Setters do nothing when the value stays.
class Selection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    static constexpr double kSigmaMin = 0.002;  ///< EDM's sampling range
    static constexpr double kSigmaMax = 80;

    const QString& block() const { return block_; }  ///< module path, e.g. `enc.28x28_block0`
    quint64 firstSeed() const { return firstSeed_; }
    double sigma() const { return sigma_; }
    std::optional<quint64> seed() const { return seed_; }  ///< the picked image, if any

public Q_SLOTS:
    void setBlock(const QString& block);
    void setFirstSeed(quint64 seed);
    void setSigma(double sigma);  ///< clamped to the range
    void setSeed(quint64 seed);

Q_SIGNALS:
    void blockChanged(const QString& block);
    void firstSeedChanged(quint64 seed);
    void sigmaChanged(double sigma);
    void seedChanged(quint64 seed);

private:
    QString block_;
    quint64 firstSeed_ = 0;
    double sigma_ = kSigmaMax;
    std::optional<quint64> seed_;
};

}  // namespace thaw
