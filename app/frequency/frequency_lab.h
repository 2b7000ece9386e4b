// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/measuring.h"
#include "core/values/figure_recipe.h"
#include "core/values/panel_data.h"

#include <QMap>
#include <QObject>
#include <QString>

#include <optional>
#include <variant>
#include <vector>

namespace thaw {

class ComputeThread;

/// Asks the compute thread for what a panel of the frequency lab shows and keeps the answers, so that a view that was
/// measured once comes back at once. What is on screen says what is measured: everything else is left alone.
class FrequencyLab : public QObject {
    Q_OBJECT
public:
    explicit FrequencyLab(ComputeThread& compute, QObject* parent = nullptr);

    /// Another model or data set: forgets everything.
    void restart();
    /// The second model of comparisons; nothing when there is none.
    void setAgainst(const std::optional<ModelChoice>& against);
    const std::optional<ModelChoice>& against() const { return against_; }
    /// The tuned generator has learnt on: its measurements are taken again, and shown until the new ones come.
    void renewTuned();

    /// From now on, this panel's measurements are wanted.
    void want(const PanelRecipe& panel);
    /// What is known for it so far.
    PanelData data(const PanelRecipe& panel) const;

    bool isUpToDate() const { return awaited_.isEmpty() && awaitedSpectra_.isEmpty(); }
    double share() const;  ///< of what is being measured, 0 .. 1
    /// The measurement under way ended with an error.
    void giveUp();

Q_SIGNALS:
    void changed();

private:
    struct Wanted {
        MeasurementJob job;
        int slot;
        QString key;
    };
    using Jobs = std::vector<Wanted>;
    Jobs jobsFor(const PanelRecipe& panel) const;
    std::vector<std::pair<SpectrumRequest, QString>> spectraFor(const PanelRecipe& panel) const;
    std::optional<MeasurementJob> jobOf(const PanelRecipe& panel, PanelSide side) const;
    std::optional<SpectrumRequest> requestOf(const PanelRecipe& panel, PanelSide side) const;
    template <class Value>
    const Value* known(const PanelRecipe& panel, PanelSide side) const;
    const LayerSpectrum* spectrum(const PanelRecipe& panel, PanelSide side) const;
    /// The sweep that holds the panel's noise level: that of the level alone, or that of all.
    const LayerSweepTable* sweepAt(const PanelRecipe& panel, PanelSide side) const;
    const LayerDifferenceTable* differenceAt(const PanelRecipe& panel) const;
    const Measured* find(const MeasurementJob& job) const;
    bool hasAllLevels(const PanelRecipe& panel, PanelSide side) const;

    struct Awaited {
        int slot = 0;
        quint64 generation = 0;
        double share = 0;
    };

    ComputeThread& compute_;
    std::optional<ModelChoice> against_;
    QMap<QString, Measured> known_;   // by job
    QMap<QString, Awaited> awaited_;  // by job
    QMap<QString, LayerSpectrum> spectra_;
    QMap<QString, quint64> awaitedSpectra_;
    QStringList stale_;  // of the tuned generator as it was: shown until renewed
};

}  // namespace thaw
