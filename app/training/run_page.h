// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/measure.h"

#include <QWidget>

#include <optional>

class QLabel;

namespace thaw {

struct DataSummary;
class ComputeThread;
class FarFiles;
class RunActions;
class RunForm;
class RunsList;

/// What a run will do (the form), the runs there are, and what can be done with the open one (the actions).
class RunPage : public QWidget {
    Q_OBJECT
public:
    RunPage(ComputeThread& compute, const QString& runsFolder, QWidget* parent = nullptr);

    /// Starts a run with the settings of the form; does nothing while something stands in the way.
    void start();
    /// Why the open files allow no run; empty = they do.
    void setObstacle(const QString& obstacle);

    /// Where runs go and which are listed; on another machine where `far` is one. An empty folder: it is not known yet.
    void setPlace(const QString& runsFolder, FarFiles* far);

    RunForm* form() const { return form_; }
    RunsList* runs() const { return runs_; }
    RunActions& actions() const { return *actions_; }
    /// What the run will be measured with, or that it will not be; empty without data.
    QString measureText() const;

private:
    void connectActions();
    void continueRun(const QString& folder);
    void compare(const QStringList& folders);
    void showState();
    void setData(const DataSummary& data);
    void showMeasure();

    ComputeThread& compute_;
    QString runsFolder_;
    QString obstacle_;
    std::optional<MeasuredImages> images_;
    RunForm* form_;
    QLabel* measure_;
    RunsList* runs_;
    RunActions* actions_;
};

}  // namespace thaw
