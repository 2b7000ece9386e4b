// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/shared/compare_columns.h"
#include "core/values/band_filter.h"
#include "core/values/image.h"
#include "core/values/response_info.h"

#include <QWidget>

#include <optional>
#include <vector>

class QAction;
class QBoxLayout;
class QButtonGroup;
class QComboBox;
class QLabel;
class QSpinBox;
class QTimer;
class QToolButton;

namespace thaw {

class ComputeThread;
class ExportButton;
class FigureSources;
class SampleGrid;
class Selection;
class Settings;
class SurgeryStrip;
class TrajectoryView;
struct SheetPanel;

/// The same seeds side by side: a column a generator or step count, at first multi-step, one step before, one step after.
/// Dragging an image walks through the latents: one-step columns follow at once, slow ones once the pointer
/// has been still for a moment. Below, on demand, the trajectory of the selected seed from noise to image.
class ComparePage : public QWidget {
    Q_OBJECT
public:
    /// Places of the columns at the beginning, left to right.
    enum Column { MultiStep, Before, After, ColumnCount };

    ComparePage(ComputeThread& compute, Selection& selection, Settings& settings, QWidget* parent = nullptr);

    void setSources(const FigureSources* sources) { sources_ = sources; }
    void setModelTitle(const QString& title) { modelTitle_ = title; }
    /// What the columns of the tuned generator are called, e.g. "run 0003".
    void setRunTitle(const QString& title);
    /// Forgets every image and asks for the columns of the original anew.
    void restart();
    /// Asks for the tuned generator's images; what is shown stays until they come.
    void refreshTuned();
    void forgetTuned();
    void giveUp();  ///< the samples under way ended with an error
    /// True once all columns but the tuned generator's are complete.
    bool originalComplete() const;

    void setColumns(const std::vector<ColumnSpec>& columns);
    std::vector<ColumnSpec> columns() const;
    void addColumn(const ColumnSpec& column);
    void removeColumn(int column);
    void moveColumn(int column, int to);
    /// Writes one image as it is, with seed and generator in its text; a sentence when it cannot be written.
    QString saveImage(int column, quint64 seed, const QString& path) const;

    /// Band surgery: what can be filtered, and the strip above the images.
    void setResponses(const std::vector<ResponseInfo>& responses);
    void setSurgeryShown(bool shown);
    bool surgeryShown() const;
    SurgeryStrip* surgery() const { return surgery_; }

    void setTrajectoryShown(bool shown);
    bool trajectoryShown() const;
    const LatentShift& shift() const { return shift_; }
    void walkHome();

    SampleGrid* grid() const { return grid_; }
    TrajectoryView* trajectory() const { return trajectory_; }
    ExportButton* exportButton() const { return export_; }
    QAction* exportAction() const { return exportSamples_; }

Q_SIGNALS:
    void hovered(const QString& readout);
    void originalCompleted();
    void saved(const QString& path);
    void saveFailed(const QString& path, const QString& why);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Shown {
        ColumnSpec spec;
        int slot = 0;            // of its requests on the compute thread
        quint64 generation = 0;  // of the newest request; older answers are dropped
        bool complete = false;
    };

    QWidget* buildHead();
    void connectGrid();
    void connectSurgery();
    SheetPanel sheetPanel() const;
    QMenu* columnMenu();
    void showColumns();
    void request(Shown& column);
    void requestWhere(bool slow);
    void show(quint64 generation, const SampleColumn& column);
    void showSeeds();
    void requestTrajectory();
    void showStills();
    void imageMenu(int column, quint64 seed, const QPoint& at);
    void headingMenu(int column, const QPoint& at);
    void askForModel(bool folder);
    std::vector<std::uint64_t> seeds() const;

    ComputeThread& compute_;
    const FigureSources* sources_ = nullptr;
    Selection& selection_;
    Settings& settings_;
    QString modelTitle_;
    QString runTitle_;
    std::vector<Shown> columns_;
    int nextSlot_ = 16;  // apart from the slots that sources have of their own
    LatentShift shift_;
    quint64 trajectoryGeneration_ = 0;
    SampleGrid* grid_;
    TrajectoryView* trajectory_;
    QBoxLayout* head_ = nullptr;
    QLabel* seedRange_;
    QButtonGroup* modes_ = nullptr;
    QComboBox* sort_;
    QComboBox* count_;
    QSpinBox* steps_;
    QToolButton* trajectoryButton_;
    ExportButton* export_;
    QAction* exportSamples_;
    QToolButton* surgeryButton_;
    SurgeryStrip* surgery_;
    std::optional<BandFilter> filter_;  // of the images asked for last
    QTimer* idleTimer_;                 // ends when nothing has moved for a moment
};

}  // namespace thaw
