// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QPixmap>
#include <QString>

class QLabel;
class QScrollArea;

namespace thaw {

/// The grid of samples that a run wrote itself (fakes-NNNNNNNNNN.png), with how far the run was. Not modal; renewed while it is
/// open.
class RunSamplesWindow : public QDialog {
    Q_OBJECT
public:
    explicit RunSamplesWindow(QWidget* parent);

    /// The file is read on another thread; one that has vanished leaves what was shown.
    void showGrid(const QString& run, const QString& file, double kimg);
    const QString& file() const { return shown_; }  ///< whose images are on screen; empty = none yet
    QString caption() const;

private:
    QLabel* caption_;
    QLabel* image_;
    QScrollArea* area_;
    QString asked_, shown_;
};

}  // namespace thaw
