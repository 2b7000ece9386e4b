// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/class_choice.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>

namespace thaw {

/// The one selection of the window: every view shows the same block, seeds, noise level and classes, and changing one of them
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
    /// What conditional models are told; random while the open model has no classes.
    ClassChoice classes() const { return classCount_ > 0 ? classes_ : ClassChoice(); }
    int classCount() const { return classCount_; }  ///< of the open model; 0 = it has none
    /// Of the open data, as many as the model's classes; else empty.
    QStringList classNames() const { return classNames_.size() == classCount_ ? classNames_ : QStringList(); }

public Q_SLOTS:
    void setBlock(const QString& block);
    void setFirstSeed(quint64 seed);
    void setSigma(double sigma);  ///< clamped to the range
    void setSeed(quint64 seed);
    void setClasses(const thaw::ClassChoice& classes);  ///< nothing for a class that the open model has not
    /// Of a newly opened model. A class that it has not is given up.
    void setClassCount(int count);
    void setClassNames(const QStringList& names);

Q_SIGNALS:
    void blockChanged(const QString& block);
    void firstSeedChanged(quint64 seed);
    void sigmaChanged(double sigma);
    void seedChanged(quint64 seed);
    void classesChanged(const thaw::ClassChoice& classes);
    void classesKnown();  ///< their number or their names

private:
    QString block_;
    quint64 firstSeed_ = 0;
    double sigma_ = kSigmaMax;
    std::optional<quint64> seed_;
    ClassChoice classes_;
    int classCount_ = 0;
    QStringList classNames_;
};

}  // namespace thaw
