// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/freeze_plan.h"
#include "core/values/run_record.h"

#include <QToolBar>

class QComboBox;
class QPushButton;
class QSpinBox;

namespace thaw {

class Actions;
class BlocksPage;
class DeviceLabel;
class RunActions;
class Selection;
class SigmaSlider;

/// Open; start, pause, stop, step; preset, first seed, noise level; the device.
class MainToolBar : public QToolBar {
    Q_OBJECT
public:
    MainToolBar(const Actions& actions, const RunActions& run, const BlocksPage& blocks, Selection& selection,
                QWidget* parent = nullptr);

    void setDevice(const RunEnvironment& computing);
    QPushButton* startButton() const { return start_; }
    QComboBox* presetBox() const { return preset_; }

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void addField(const QString& label, QWidget* field);
    void keepWidth(QAction& pause);
    void showPlan(const FreezePlan& plan);
    void showWhatFits();
    void retint();

    QPushButton* start_;
    QComboBox* preset_;
    QSpinBox* seed_;
    SigmaSlider* sigma_;
    DeviceLabel* device_;
    QAction* pause_ = nullptr;
    int widestPause_ = 0;
    int wide_ = 0;  // pixels that it needs with all words
};

}  // namespace thaw
