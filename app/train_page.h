// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/run_stats.h"
#include "core/values/train_config.h"
#include "core/values/train_state.h"

#include <QMap>
#include <QWidget>

#include <vector>

class QSplitter;

namespace thaw {

class CurvePlot;
class ExportButton;
class Settings;
struct RunMark;

/// The curves of the run: the losses of generator and discriminator in one plot, the Fréchet distance in the other.
class TrainPage : public QWidget {
    Q_OBJECT
public:
    explicit TrainPage(Settings& settings, QWidget* parent = nullptr);

    /// Empties the curves for a new run.
    void beginRun(const QString& title, const FinetuneConfig& config);
    void addSteps(const std::vector<StepMetrics>& steps);
    void addFid(const FidPoint& point);
    void addMark(const RunMark& mark);
    void setOriginalFid(const FidPoint& point);
    void forgetOriginalFid();

    /// Curves of another run beside the open one's, until taken away again; `run` is its folder.
    void showOverlay(const QString& run, const RunStats& stats);
    void hideOverlay(const QString& run);

    CurvePlot* losses() const { return losses_; }
    CurvePlot* fid() const { return fid_; }
    ExportButton* lossExport() const { return lossExport_; }
    ExportButton* fidExport() const { return fidExport_; }

Q_SIGNALS:
    void hovered(const QString& readout);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* framed(const QString& heading, CurvePlot* plot, ExportButton* button);

    CurvePlot* losses_;
    CurvePlot* fid_;
    ExportButton* lossExport_;
    ExportButton* fidExport_;
    QSplitter* plots_;
    int generator_ = 0;
    int discriminator_ = 0;
    int distance_ = 0;
    int imitation_ = -1;  // added by the first run that imitates
    struct Overlay {
        RunStats stats;
        int generator, discriminator, distance;
        bool shown;
    };
    void fill(const Overlay& overlay);
    QMap<QString, Overlay> overlays_;
};

/// "1,000 samples · features: … · reference: …": a distance never goes without.
QString provenanceText(const FidPoint& point);

}  // namespace thaw
