// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace thaw {

class RunForm;
class RunsList;

/// What a run will do (the form) and the runs there are.
class RunPage : public QWidget {
    Q_OBJECT
public:
    explicit RunPage(const QString& runsFolder, QWidget* parent = nullptr);

    RunForm* form() const { return form_; }
    RunsList* runs() const { return runs_; }

private:
    RunForm* form_;
    RunsList* runs_;
};

}  // namespace thaw
