// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/run_stats_file.h"
#include "core/values/train_config.h"
#include "core/values/train_state.h"

#include <QMap>
#include <QObject>
#include <QString>

#include <map>
#include <optional>
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

    /// Curves of another run.
    void showOverlay(const QString& run, const RunStats& stats);
    void growOverlay(const QString& run, const RunStats& added);  ///< what it has logged since
    void hideOverlay(const QString& run);
    /// Whether the open run's names stand above the plots; `begin` offers what the run has.
    void offerOpenRun(bool offered);
    /// How the curves of a run are told apart from others: a name beside what they measure, and one colour for all. The
    /// patterns of lines always say what is measured. `run` is empty for the open one; without a colour each of its curves has
    /// its own.
    void setLook(const QString& run, const QString& legend, std::optional<int> colour);

private:
    struct Curve {
        CurvePlot* plot;
        int series, dash;
        QString name;  // of what is measured
        StepValue value;
    };
    static void fill(const std::vector<Curve>& curves, const RunStats& stats);
    void showBlock();
    std::vector<Curve> addCurves();

    Plots plots_;
    std::vector<Curve> curves_;
    int block_ = 0;  // the series of the selected block
    QString blockName_, legend_;
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
