// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/freeze_plan.h"

#include <QToolBar>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace thaw {

class Actions;
class BlocksPage;
class RunActions;
class Selection;
class SigmaSlider;

/// Open; start, pause, stop, step; preset, first seed, noise level; the device.
class MainToolBar : public QToolBar {
    Q_OBJECT
public:
    MainToolBar(const Actions& actions, const RunActions& run, const BlocksPage& blocks, Selection& selection,
                QWidget* parent = nullptr);

    void setDevice(const QString& title);
    QPushButton* startButton() const { return start_; }
    QComboBox* presetBox() const { return preset_; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void addField(const QString& label, QWidget* field);
    void keepWidth(QAction& pause);
    void showPlan(const FreezePlan& plan);
    void retint();

    QPushButton* start_;
    QComboBox* preset_;
    QSpinBox* seed_;
    SigmaSlider* sigma_;
    QLabel* device_;
};

}  // namespace thaw
