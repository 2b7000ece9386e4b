// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/screenshot.h"

#include "app/engine/compute_thread.h"
#include "app/window/main_window.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QImageWriter>
#include <QTimer>

#include <cstdio>

namespace thaw {
namespace {

constexpr int kFileFault = 3, kUnforeseen = 1;

void sayFault(const QString& what, const QString& hint = {}) {
    std::fprintf(stderr, "thaw: %s\n", qPrintable(what));
    if (!hint.isEmpty()) std::fprintf(stderr, "      %s\n", qPrintable(hint));
}

// Closing saves what has to be saved, so the program leaves once the window is gone.
void closeAndLeave(MainWindow& window, int code) {
    QObject::connect(qApp, &QApplication::lastWindowClosed, qApp, [code] { QCoreApplication::exit(code); });
    window.close();
}

void savePicture(MainWindow& window, const QString& path) {
    const bool saved = window.grab().save(path);
    if (!saved) sayFault(QStringLiteral("'%1' cannot be written.").arg(path), QStringLiteral("Check the free space."));
    closeAndLeave(window, saved ? 0 : kFileFault);
}

}  // namespace

std::optional<ScreenshotProblem> screenshotProblem(const QString& path) {
    const QFileInfo file(path);
    const QByteArray ending = file.suffix().toLower().toLatin1();
    if (!QImageWriter::supportedImageFormats().contains(ending))
        return ScreenshotProblem{2,
                                 QStringLiteral("--screenshot '%1': a picture is written as .png or .jpg.").arg(path)};
    const QFileInfo folder(file.absolutePath());
    if (!folder.isDir())
        return ScreenshotProblem{kFileFault,
                                 QStringLiteral("There is no folder '%1' to write into.").arg(folder.filePath())};
    if (file.isDir() || !folder.isWritable())
        return ScreenshotProblem{kFileFault, QStringLiteral("'%1' cannot be written.").arg(path)};
    return {};
}

void pictureAndQuit(MainWindow& window, const QString& path, int afterMs) {
    auto* once = new QObject(&window);
    QObject::connect(&window, &MainWindow::settled, once, [&window, path, afterMs, once] {
        once->deleteLater();
        QTimer::singleShot(afterMs, &window, [&window, path] { savePicture(window, path); });
    });
    QObject::connect(&window, &MainWindow::failed, once, [&window, once](const Failure& failure) {
        // What was not measured is missing in the picture; without these there is none.
        const bool hopeless = failure.task == Task::OpenModel || failure.task == Task::OpenData ||
                              failure.task == Task::Start || failure.task == Task::Sample;
        if (!hopeless) return;
        once->deleteLater();
        QObject::disconnect(&window, &MainWindow::settled, once, nullptr);
        sayFault(QString::fromStdString(failure.message), QString::fromStdString(failure.hint));
        closeAndLeave(window, failure.code ? exitCode(*failure.code) : kUnforeseen);
    });
}

}  // namespace thaw
