// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/formats/run_stats_file.h"
#include "core/values/sample_request.h"

#include <QDialog>

#include <vector>

class QLabel;
class QTableWidget;

namespace thaw {

class ComputeThread;
class SampleGrid;

/// Runs side by side: what the newest generator of each makes of the same seeds, what was measured, and the settings in which
/// they differ. Not modal; Ctrl+C copies the table.
class RunComparison : public QDialog {
    Q_OBJECT
public:
    /// Two runs or more, in the order of the columns; `open` is the folder of the open run, whose images are those of the
    /// generator as it is, all others have them from their newest snapshot.
    RunComparison(ComputeThread& compute, const std::vector<RunSummary>& runs, const QString& open,
                  QWidget* parent = nullptr);
    ~RunComparison() override;

    QString text() const;  ///< the table as tab-separated lines
    SampleGrid* grid() const { return grid_; }

Q_SIGNALS:
    void columnsRequested(const QStringList& folders);  ///< of the sample grid

private:
    struct Column {
        SampleRequest request;
        int slot = 0;            // of its requests on the compute thread
        quint64 generation = 0;  // of the newest one
        bool complete = false;
    };

    void prepareGrid(const QString& open);
    void requestImages();
    void askAgain();
    void showImages(quint64 generation, const SampleColumn& samples);
    void giveUp();
    void fillTable();
    void addSection(const QString& title);
    void addRow(const QString& what, const QStringList& values);
    QString remark(std::size_t settings) const;

    ComputeThread& compute_;
    std::vector<RunSummary> runs_;
    SampleGrid* grid_;
    QLabel* remark_;
    QTableWidget* table_;
    std::vector<Column> columns_;  // one a run
};

}  // namespace thaw
