// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/shared/compare_columns.h"
#include "core/values/image.h"
#include "core/values/response_info.h"
#include "core/values/sample_request.h"

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

class ClassBox;
class ComputeThread;
class ExportButton;
class FigureSources;
class KnownRuns;
struct ModelSummary;
class SampleColumns;
class SampleGrid;
class SampleMenus;
class Selection;
class Settings;
class SurgeryStrip;
class TrajectoryView;

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
    /// The runs that are offered as columns; headings name them as the table of runs does.
    void setRuns(KnownRuns& runs);
    /// A student is sampled as it was trained, whatever number of Heun steps a column of diffusion models has.
    void setModel(const ModelSummary& model);
    /// What the columns of the tuned generator are called, e.g. "run 0003".
    void setRunTitle(const QString& title);
    /// Forgets every image and asks for the columns of the original anew.
    void restart();
    /// Asks for the tuned generator's images; what is shown stays until they come.
    void refreshTuned();
    void renewTuned();  ///< SampleColumns::renewTuned
    void forgetTuned();
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
    const LatentShift& shift() const;
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

private:
    QWidget* buildHead();
    void connectGrid();
    void connectSurgery();
    void moveTo(const LatentShift& shift);
    void showSeeds();
    void waitForRest();
    void requestTrajectory();
    std::optional<TrajectoryRequest> wantedTrajectory() const;
    void showTrajectoryFreshness();
    int chosenSteps() const;
    void showStills();

    ComputeThread& compute_;
    const FigureSources* sources_ = nullptr;
    Selection& selection_;
    QString modelTitle_;
    quint64 trajectoryGeneration_ = 0;  // of the one under way; 0 = none
    std::optional<TrajectoryRequest> trajectoryAsked_, trajectoryShown_;
    SampleGrid* grid_;
    SampleColumns* columns_;
    SampleMenus* menus_;
    TrajectoryView* trajectory_;
    QLabel* seedRange_;
    QButtonGroup* modes_ = nullptr;
    QComboBox* sort_;
    QComboBox* count_;
    QSpinBox* steps_;
    ClassBox* classes_;
    QToolButton* trajectoryButton_;
    ExportButton* export_;
    QAction* exportSamples_;
    QToolButton* surgeryButton_;
    SurgeryStrip* surgery_;
    QTimer* idleTimer_;  // ends when nothing has moved for a moment
};

}  // namespace thaw
