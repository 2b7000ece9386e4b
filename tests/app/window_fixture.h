// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/engine/compute_thread.h"
#include "app/frequency/frequency_page.h"
#include "app/model/blocks_page.h"
#include "app/samples/compare_page.h"
#include "app/shared/selection.h"
#include "app/shared/settings.h"
#include "app/training/run_actions.h"
#include "app/training/run_page.h"
#include "app/training/train_page.h"
#include "app/window/actions.h"
#include "app/window/figure_windows.h"
#include "app/window/main_toolbar.h"
#include "app/window/main_window.h"
#include "app/window/opening.h"
#include "app/window/session_keeper.h"
#include "app/window/status_line.h"
#include "app/window/workbench.h"
#include "widgets/base/message_strip.h"
#include "widgets/curves/curve_plot.h"
#include "widgets/heatmap/heatmap_view.h"
#include "widgets/model/block_tree.h"
#include "widgets/run/run_form.h"
#include "widgets/samples/sample_grid.h"
#include "widgets/samples/trajectory_view.h"

#include <QApplication>
#include <QDir>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <memory>

namespace thaw {

inline constexpr int kLong = 240'000;  ///< ms; a busy machine may take its time

/// A window on the embedded model with settings and runs of its own, used as a user does.
class WindowFixture {
public:
    WindowFixture() : settings(folder.filePath("thaw.ini")) {
        options.runs = folder.filePath("runs");
        options.device = "cpu";
    }

    void open() {
        window = std::make_unique<MainWindow>(settings, options);
        window->resize(1280, 800);
        window->show();
    }

    RunState state() const { return window->compute().state(); }
    CurvePlot& losses() const { return *window->trainPage()->losses(); }
    SampleGrid& grid() const { return *window->comparePage()->grid(); }
    const SampleColumn& column(int block) const { return grid().block(block).samples; }

    /// The button of the toolbar that does what the action does.
    QWidget* button(QAction* action) const { return window->toolBar()->widgetForAction(action); }
    // What was shown just now has no area before its layout's turn, and a click would miss it.
    void click(QWidget* widget) const {
        QTRY_VERIFY(!widget->rect().isEmpty());
        QTest::mouseClick(widget, Qt::LeftButton);
    }
    void clickStart() const { click(window->toolBar()->startButton()); }
    void clickPause() const { click(button(window->runPage()->actions().pause)); }
    void clickStop() const { click(button(window->runPage()->actions().stop)); }

    /// Types a number into a field of the run form, e.g. "batch".
    void type(const QString& field, const QString& text) const {
        auto* edit = window->runPage()->form()->findChild<QLineEdit*>("run_" + field);
        QVERIFY2(edit, qPrintable(field));
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }

    /// Settings with which a run makes a step in a blink.
    void typeTinyRun(const QString& kimg) const {
        type("batch", "8");
        type("kimg", kimg);
        type("fid_images", "200");
        type("fid_every_kimg", "0");
        for (const ConfigProblem& problem : window->runPage()->form()->problems())
            QFAIL(qPrintable(QString::fromStdString(problem.field + ": " + problem.message)));
    }

    QStringList runFolders() const {
        return QDir(options.runs).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    }

    QTemporaryDir folder;
    Settings settings;
    WindowOptions options;
    std::unique_ptr<MainWindow> window;
};

}  // namespace thaw
