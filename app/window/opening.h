// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/run_report.h"
#include "core/values/run_state.h"

#include <QObject>

class QWidget;

namespace thaw {

class Actions;
class ComputeThread;
class FarFiles;
class FitNotice;
class MessageStrip;
class FileChooser;
class ProgressStrip;
class Settings;

/// How models, data sets and runs come into the window: dialogs, drops, the list of recent files and offers of the strip
/// name them, the compute thread reads them while a strip shows the progress, and a second strip says where the open model
/// and the open data set do not fit together.
class Opening : public QObject {
    Q_OBJECT
public:
    Opening(ComputeThread& compute, RunReport& report, const Actions& actions, Settings& settings,
            const QString& runsFolder, QWidget* window);

    /// `path` may be `builtin`, a file, or a run: its folder, or one of its snapshots there (command::OpenModel). Nothing
    /// happens while a run is going.
    void openModel(const QString& path);
    void openModelAlone(const QString& path);  ///< a run, too, as the model that its generator is, without its teacher
    void openData(const QString& path);

    /// What was asked for and is open now, a run among it; `builtin` for the embedded files, also before anything is open.
    const QString& modelPath() const { return modelPath_; }
    /// The file that is shown as the original: of a run its teacher.
    const QString& originalPath() const { return originalPath_; }
    const QString& dataPath() const { return dataPath_; }

    /// Files are those of another machine, of this name; null = of this one.
    void setFar(FarFiles* far, const QString& host);

    FileChooser* files() const { return files_; }
    ProgressStrip* progress() const { return progress_; }  ///< the window places it
    MessageStrip* fitStrip() const { return fitStrip_; }   ///< likewise

Q_SIGNALS:
    /// Why no run can start with the open files, in sentences; empty = they fit.
    void obstacleChanged(const QString& obstacle);

private:
    void connectFiles(const Actions& actions);
    void connectProgress();
    void connectFit();
    void refuse(const QString& path);
    void askToContinueAnyway(const QString& folder, const QString& message);
    void takeOffer(RunReport::Offer offer);

    ComputeThread& compute_;
    RunReport& report_;
    QWidget* window_;
    FileChooser* files_;
    ProgressStrip* progress_;
    MessageStrip* fitStrip_;
    FitNotice* fit_;
    QString modelPath_ = QStringLiteral("builtin"), originalPath_ = modelPath_, dataPath_ = modelPath_;
};

}  // namespace thaw
