// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/run_stats_file.h"
#include "core/values/train_config.h"
#include "core/values/train_state.h"

#include <QMap>
#include <QObject>
#include <QString>

#include <map>
#include <vector>

namespace thaw {

class CurvePlot;

/// What every step measures, in three plots over the same kimg: losses, the discriminator's logits and their signs, and
/// gradient norms (of G, of D, and of the block that is selected).
class StepCurves : public QObject {
    Q_OBJECT
public:
    struct Plots {
        CurvePlot* losses;
        CurvePlot* logits;
        CurvePlot* gradients;
    };
    explicit StepCurves(const Plots& plots, QObject* parent = nullptr);

    void begin(const FinetuneConfig& config);
    void add(const std::vector<StepMetrics>& steps);
    /// What a run that goes on logged before; points from the first live one on are dropped.
    void addHistory(const RunStats& stats);
    /// Whose gradient norm is drawn, e.g. `dec.14x14_block0`; empty = none.
    void setBlock(const QString& block);

    std::vector<BlockGradient> gradientsAt(double kimg) const;

    /// Curves of another run, all in one colour.
    void showOverlay(const QString& run, const QString& name, int colour, const RunStats& stats);
    void hideOverlay(const QString& run);

private:
    struct Curve {
        CurvePlot* plot;
        int series;
        StepValue value;
    };
    void fill(const std::vector<Curve>& curves, const std::vector<StepMetrics>& steps);
    void showBlock();

    Plots plots_;
    std::vector<Curve> curves_;
    int block_ = 0;  // the series of the selected block
    QString blockName_;
    // Norms of every block since the run was opened, one a step; NaN where the block was frozen.
    std::vector<double> kimg_;
    std::map<std::string, std::vector<float>> norms_;
    struct Overlay {
        std::vector<Curve> curves;
        RunStats stats;
        bool shown;
    };
    QMap<QString, Overlay> overlays_;
};

}  // namespace thaw
