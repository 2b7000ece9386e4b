// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/image.h"

#include <QWidget>

#include <array>

class QComboBox;
class QLabel;
class QSpinBox;

namespace thaw {

class Compute;
class ExportButton;
class SampleGrid;
class Selection;
class Settings;

/// The same seeds side by side: multi-step, one step before, one step after.
class ComparePage : public QWidget {
    Q_OBJECT
public:
    /// Places in the grid, left to right.
    enum Column { MultiStep, Before, After, ColumnCount };

    ComparePage(Compute& compute, Selection& selection, Settings& settings, QWidget* parent = nullptr);

    void setModelTitle(const QString& title) { modelTitle_ = title; }
    /// What the third column is called, e.g. "run 0003".
    void setRunTitle(const QString& title);
    /// Forgets every image and asks for the columns of the original anew.
    void restart();
    /// Asks for the tuned generator's images; what is shown stays until they come.
    void refreshTuned();
    void forgetTuned();
    void giveUp();  ///< the samples under way ended with an error
    /// True once the two columns of the original are complete.
    bool originalComplete() const;

    SampleGrid* grid() const { return grid_; }
    ExportButton* exportButton() const { return export_; }

Q_SIGNALS:
    void hovered(const QString& readout);
    void originalCompleted();

private:
    void request(Column column);
    void requestOriginal();
    void show(quint64 generation, const SampleColumn& column);
    void showSeeds();
    std::vector<std::uint64_t> seeds() const;

    Compute& compute_;
    Selection& selection_;
    QString modelTitle_;
    QString runTitle_;
    std::array<quint64, ColumnCount> generation_{};  // of the newest request; older answers are dropped
    std::array<bool, ColumnCount> complete_{};
    SampleGrid* grid_;
    QLabel* seedRange_;
    QComboBox* count_;
    QSpinBox* steps_;
    ExportButton* export_;
};

}  // namespace thaw
