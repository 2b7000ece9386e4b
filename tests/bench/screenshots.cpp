// SPDX-License-Identifier: GPL-3.0-or-later

// Pictures of every page for README and help, made by the harness of the tests. `screenshots FOLDER NAME light|dark
// LANGUAGE WIDTHxHEIGHT`: files FOLDER/NAME-page.png. The scale is QT_SCALE_FACTOR's; packaging/screenshots.sh makes
// the whole set.
#include "app/figure/export_button.h"
#include "app/figure/figure_window.h"
#include "app/shared/languages.h"
#include "app/window/help_window.h"
#include "app/window/tour.h"
#include "tests/app/window_fixture.h"
#include "widgets/figure/figure_editor.h"

#include <QDockWidget>
#include <QScrollBar>
#include <QTextBrowser>

#include <cstdio>
#include <functional>

using namespace thaw;

namespace {

void wait(const std::function<bool()>& done) {
    while (!done()) QTest::qWait(50);
}

class Pictures {
public:
    Pictures(MainWindow& window, QString stem) : window_(window), stem_(std::move(stem)) {}
    void take(const QString& page, QWidget* part = nullptr) {
        QTest::qWait(300);  // animations, queued frames
        QWidget* shown = part ? part : &window_;
        const QString path = stem_ + QLatin1Char('-') + page + QStringLiteral(".png");
        if (!shown->grab().save(path)) std::fprintf(stderr, "screenshots: cannot write '%s'\n", qPrintable(path));
    }

private:
    MainWindow& window_;
    QString stem_;
};

}  // namespace

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    if (arguments.size() != 6) {
        std::fprintf(stderr, "usage: screenshots FOLDER NAME light|dark LANGUAGE WIDTHxHEIGHT\n");
        return 2;
    }
    installLanguage(application, arguments[4]);
    applyTheme(application, arguments[3] == QLatin1String("dark") ? Theme::Dark : Theme::Light);
    QDir().mkpath(arguments[1]);
    const auto size = arguments[5].split(QLatin1Char('x'));

    WindowFixture fixture;
    fixture.window = std::make_unique<MainWindow>(fixture.settings, fixture.options);
    MainWindow& window = *fixture.window;
    window.resize(size.value(0).toInt(), size.value(1).toInt());
    window.show();
    Pictures pictures(window, arguments[1] + QLatin1Char('/') + arguments[2]);
    wait([&] { return window.isSettled(); });
    pictures.take(QStringLiteral("first-look"));

    fixture.type("fid_images", "500");
    fixture.type("fid_every_kimg", "1");
    fixture.type("kimg", "6");
    fixture.clickStart();
    wait([&] { return fixture.state() == RunState::Finished; });
    window.strip()->hide();
    wait([&] { return window.isSettled() && fixture.column(ComparePage::After).images.size() == 16; });
    pictures.take(QStringLiteral("train"));
    pictures.take(QStringLiteral("blocks"), window.workbench()->blocks());
    pictures.take(QStringLiteral("run"), window.workbench()->run());
    window.trainPage()->showStepView(TrainPage::Gradients);
    pictures.take(QStringLiteral("curves"), window.workbench()->curves());

    window.workbench()->arrange("compare");
    window.selection().setSeed(3);
    window.comparePage()->setTrajectoryShown(true);
    wait([&] { return !window.comparePage()->trajectory()->trajectory().sigmas.empty(); });
    window.comparePage()->trajectory()->setStep(8);
    pictures.take(QStringLiteral("samples"));
    QTest::keyClick(window.comparePage()->grid(), Qt::Key_D);
    pictures.take(QStringLiteral("difference"));
    QTest::keyClick(window.comparePage()->grid(), Qt::Key_Escape);

    window.comparePage()->setTrajectoryShown(false);
    window.selection().setBlock(QStringLiteral("dec.28x28_block0"));
    window.comparePage()->setSurgeryShown(true);
    wait([&] {
        for (int column = 0; column < 3; ++column)
            if (!fixture.grid().staleWord(column).isEmpty() || fixture.column(column).images.size() < 16) return false;
        return window.isSettled();
    });
    pictures.take(QStringLiteral("surgery"));
    window.comparePage()->setSurgeryShown(false);

    window.workbench()->arrange("frequency");
    FrequencyPage& frequency = *window.frequencyPage();
    const auto nameOf = [](PanelKind view) {
        return view == PanelKind::Sigmas ? QStringLiteral("levels") : QString::fromLatin1(wordOf(view));
    };
    for (const PanelKind view : FrequencyPage::views()) {
        frequency.setView(view);
        wait([&] { return frequency.isUpToDate(); });
        pictures.take(QStringLiteral("frequency-") + nameOf(view));
    }
    frequency.setSource(FrequencyPage::Difference);
    for (const auto view : {PanelKind::Profile, PanelKind::Sigmas, PanelKind::Blocks}) {
        frequency.setView(view);
        frequency.setSource(FrequencyPage::Difference);
        wait([&] { return frequency.isUpToDate(); });
        pictures.take(QStringLiteral("frequency-change-") + nameOf(view));
    }
    for (const auto view : {PanelKind::Blocks, PanelKind::Images, PanelKind::Sigmas}) {
        frequency.setView(view);
        frequency.setSource(FrequencyPage::Tuned);
        wait([&] { return frequency.isUpToDate(); });
        frequency.exportButton()->addToFigure();
    }
    window.comparePage()->exportButton()->addToFigure();
    FigureOptions options;
    options.widthMm = 171.45;
    window.figures().current()->editor()->setOptions(options);
    QTest::qWait(500);  // the preview
    pictures.take(QStringLiteral("figure"), window.figures().current());
    window.figures().current()->editor()->setModified(false);
    window.figures().current()->close();
    window.actions().helpHere->trigger();
    // Found first: while the help page is waited for, windows that were closed go away.
    HelpWindow* help = nullptr;
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (auto* found = qobject_cast<HelpWindow*>(widget)) help = found;
    if (help) {
        help->showPage(QStringLiteral("frequency"));
        QTest::qWait(300);
        help->browser()->verticalScrollBar()->setValue(help->browser()->verticalScrollBar()->maximum() / 2);
        pictures.take(QStringLiteral("help"), help);
        help->close();
    }
    window.startTour();
    window.findChild<Tour*>()->goTo(4);
    pictures.take(QStringLiteral("tour"));
    window.close();
    wait([&] { return !window.isVisible(); });
    return 0;
}
