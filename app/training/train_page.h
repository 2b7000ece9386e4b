// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/run_stats_file.h"
#include "core/values/train_config.h"
#include "core/values/train_state.h"

#include <QMap>
#include <QStringList>
#include <QWidget>

#include <optional>
#include <vector>

class QAction;
class QButtonGroup;
class QHBoxLayout;
class QSplitter;
class QStackedWidget;

namespace thaw {

class CurvePlot;
class ExportButton;
class FigureSources;
class Settings;
class StepCurves;
struct RunMark;
struct SheetPanel;

/// The curves of the run: what every step measures (losses, logits or gradient norms, one at a time) beside the Fréchet
/// distance. All of them share the window along x, the crosshair and the marks.
class TrainPage : public QWidget {
    Q_OBJECT
public:
    enum StepView { Losses, Logits, Gradients };

    explicit TrainPage(Settings& settings, QWidget* parent = nullptr);

    /// Empties the curves for a new run.
    void beginRun(const QString& title, const FinetuneConfig& config);
    void addSteps(const std::vector<StepMetrics>& steps);
    void addFid(const FidPoint& point);
    void addMark(const RunMark& mark);
    /// The open model makes images in one step, or few, already: its line is not that of an original before its run.
    void setModelIsGenerator(bool isGenerator) { modelIsGenerator_ = isGenerator; }
    void setOriginalFid(const FidPoint& point);
    void forgetOriginalFid();
    /// What the open run logged before it was taken up again.
    void addHistory(const RunStats& stats);
    /// Whose gradient norm is drawn.
    void setBlock(const QString& block);
    /// Of all blocks at the step nearest to that kimg; empty where there is none.
    std::vector<BlockGradient> gradientsAt(double kimg) const;
    /// The folder of the open run; panels carry it in their recipe.
    void setRunFolder(const QString& folder);
    void setSources(const FigureSources* sources) { sources_ = sources; }
    void showStepView(StepView view);
    StepView stepView() const;

    /// Curves of another run beside the open one's, until taken away again; `run` is its folder.
    void showOverlay(const QString& run, const RunStats& stats);
    void growOverlay(const QString& run, const RunStats& added);  ///< what it has logged since
    void hideOverlay(const QString& run);

    /// Both plots side by side; one above the other they need less.
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    CurvePlot* losses() const { return losses_; }
    CurvePlot* logits() const { return logits_; }
    CurvePlot* gradients() const { return gradients_; }
    CurvePlot* fid() const { return fid_; }
    ExportButton* lossExport() const { return stepExport_; }
    ExportButton* fidExport() const { return fidExport_; }
    QAction* exportLossesAction() const { return exportLosses_; }
    QAction* exportFidAction() const { return exportFid_; }

Q_SIGNALS:
    void hovered(const QString& readout);
    void pinChanged(std::optional<double> kimg);  ///< a click on a curve picked a step, or let it go

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* framed(QHBoxLayout* head, QWidget* plot, ExportButton* button);
    CurvePlot* shownStepPlot() const;
    void nameStepExport();
    SheetPanel sheetPanel(const CurvePlot& plot, const char* curve) const;
    void showBest(const FidPoint& point);
    void fill(int series, const std::vector<FidPoint>& points);
    void tellRunsApart();
    QStringList drawnRuns() const;
    void nameDistance(int series, const std::vector<FidPoint>& points, const QString& legend);

    const FigureSources* sources_ = nullptr;
    QString runFolder_;
    CurvePlot* losses_;
    CurvePlot* logits_;
    CurvePlot* gradients_;
    CurvePlot* fid_;
    QStackedWidget* stepPlots_;
    QButtonGroup* stepViews_ = nullptr;
    ExportButton* stepExport_;
    ExportButton* fidExport_;
    QAction* exportLosses_;
    QAction* exportFid_;
    QSplitter* plots_;
    StepCurves* steps_;
    bool modelIsGenerator_ = false;
    int distance_ = 0;
    int best_ = 0;
    // Of the open run; before the first there is none.
    bool hasRun_ = false;
    QString title_;
    std::string objective_;
    std::vector<RunEvent> plans_;
    std::vector<FidPoint> points_;
    struct Overlay {
        int series;
        QString legend;
        std::vector<FidPoint> points;
        RunStats named;  // what its name is made from
    };
    QMap<QString, Overlay> overlays_;
    QStringList shown_;  // overlays, in the order in which they came
};

}  // namespace thaw
