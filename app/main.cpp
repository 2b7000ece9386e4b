// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/figure_maker.h"
#include "app/figure/report_maker.h"
#include "app/shared/action_icons.h"
#include "app/shared/languages.h"
#include "app/shared/settings.h"
#include "app/window/command_line.h"
#include "app/window/main_window.h"
#include "app/window/screenshot.h"
#include "app/window/signal_watch.h"

#include <QApplication>

#include <clocale>
#include <cstdio>
#include <cstdlib>

using namespace thaw;

namespace {

void name(QCoreApplication& application) {
    application.setApplicationName(QStringLiteral("thaw"));
    application.setApplicationVersion(QStringLiteral(THAW_VERSION));
}

QStringList toList(int argc, char** argv) {
    QStringList arguments;
    for (int i = 0; i < argc; ++i) arguments << QString::fromLocal8Bit(argv[i]);
    return arguments;
}

/// Answers `--help`, `--version` and wrong usage; needs no display.
int answer(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    name(application);
    installLanguage(application, {});
    const CommandLine line = parseCommandLine(application.arguments());
    std::FILE* stream = *line.exitCode == 0 ? stdout : stderr;
    const bool said = std::fprintf(stream, "%s\n", qPrintable(line.output)) >= 0 && std::fflush(stream) == 0;
    return said || *line.exitCode != 0 ? *line.exitCode : 3;
}

// On a server there is no desktop session, of which Qt complains on every start.
void withoutDesktopNoise(QtMsgType type, const QMessageLogContext&, const QString& text) {
    if (type == QtWarningMsg && text.startsWith(QLatin1String("QStandardPaths"))) return;
    std::fprintf(stderr, "%s\n", qPrintable(text));
    if (type == QtFatalMsg) std::abort();
}

// Qt sets the locale of the desktop for the C library too, under which libraries write and read 85,5. People get their
// commas from QLocale.
void keepNumbersPlain() { std::setlocale(LC_NUMERIC, "C"); }

int refuse(const QString& problem, int code) {
    std::fprintf(stderr, "thaw: %s\n", qPrintable(problem));
    return code;
}

// A terminal that is closed or a shutdown must not cost a run.
void saveOnSignals(SignalWatch& watch, MainWindow& window) {
    QObject::connect(&watch, &SignalWatch::leaveAsked, &window, &MainWindow::leaveAtOnce);
}

}  // namespace

int main(int argc, char** argv) {
    const CommandLine asked = parseCommandLine(toList(argc, argv));
    if (asked.exitCode) return answer(argc, argv);
    // A figure needs fonts, but no display; it looks the same with and without one.
    if (!asked.figure.isEmpty() || !asked.report.isEmpty()) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        qInstallMessageHandler(withoutDesktopNoise);
    }

    QApplication application(argc, argv);
    keepNumbersPlain();
    name(application);
    if (!asked.figure.isEmpty())
        return makeFigure(application, {asked.figure, asked.out, asked.device, asked.force, asked.quiet});
    if (!asked.report.isEmpty()) return makeReport(application, asked.report);
    application.setDesktopFileName(QStringLiteral("io.github.thaw.Thaw"));
    application.setWindowIcon(programIcon());
    const CommandLine line = parseCommandLine(application.arguments());
    if (line.exitCode) return *line.exitCode;

    if (!line.screenshot.isEmpty())
        if (const auto wrong = screenshotProblem(line.screenshot)) return refuse(wrong->text, wrong->exitCode);
    Settings settings;
    installLanguage(application, line.language.value_or(settings.language()));
    application.setApplicationDisplayName({});
    applyTheme(application, line.theme.value_or(settings.theme()));

    WindowOptions options;
    options.model = line.model;
    options.data = line.data;
    options.runs = line.runs;
    options.device = line.device;
    // A picture or a started run shows what was asked for, not what the window showed the last time.
    const bool plain = line.start || !line.screenshot.isEmpty();
    QString problem;
    if (!line.session.isEmpty()) options.session = readSession(line.session, &problem);
    else if (line.nothingNamed && !plain) options.session = readSession(lastSessionPath(), &problem);
    if (!line.session.isEmpty() && !options.session) return refuse(problem, 3);
    if (!plain) options.autosave = lastSessionPath();
    SignalWatch signalWatch;
    MainWindow window(settings, options);
    saveOnSignals(signalWatch, window);
    if (!line.screenshot.isEmpty()) window.resize(line.size);
    window.show();
    if (line.start) {
        auto* once = new QObject(&window);
        QObject::connect(&window, &MainWindow::settled, once, [&window, once] {
            once->deleteLater();
            window.start();
        });
    }
    if (!line.screenshot.isEmpty()) pictureAndQuit(window, line.screenshot, line.afterMs);
    else if (!line.start && !settings.tourSeen()) window.startTour();
    return application.exec();
}
