// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace thaw {

class ComputeThread;
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

    RunForm* form() const { return form_; }
    RunsList* runs() const { return runs_; }
    RunActions& actions() const { return *actions_; }

private:
    void connectActions();
    void showState();

    ComputeThread& compute_;
    QString runsFolder_;
    QString obstacle_;
    RunForm* form_;
    RunsList* runs_;
    RunActions* actions_;
};

}  // namespace thaw
