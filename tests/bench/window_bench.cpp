// SPDX-License-Identifier: GPL-3.0-or-later

// How smooth the window stays while a run goes on flat out with a million points on screen, and what the window costs
// the run. Prints one JSON object; asserts nothing. `window-bench [seconds] [points]`
#include "core/session.h"
#include "tests/app/window_fixture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace thaw;

namespace {

double residentMiB() {
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly)) return 0;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("VmRSS:")) return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    return 0;
}

FinetuneConfig flatOut() {
    FinetuneConfig config;
    config.kimg = 10000;
    config.fidEveryKimg = 0;
    return config;
}

// Images a second of the same run without a window.
double alone(double seconds) {
    QTemporaryDir folder;
    Session session;
    session.openModel("builtin");
    session.openData("builtin");
    session.startRun(flatOut(), folder.path().toStdString());
    for (int i = 0; i < 3; ++i) session.step();
    const double from = session.step().kimg;
    double to = from;
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < seconds * 1000) to = session.step().kimg;
    const double rate = 1000 * (to - from) / (double(timer.elapsed()) / 1000);
    session.finishRun(RunOutcome::Stopped);
    return rate;
}

struct Beat {
    std::vector<double> gaps;  // ms between two turns of the event loop, beyond the timer's own interval
    double rate = 0, before = 0, after = 0;
};

Beat withWindow(double seconds, int points) {
    WindowFixture fixture;
    fixture.open();
    while (!fixture.window->isSettled()) QTest::qWait(50);
    fixture.window->runPage()->form()->setConfig(flatOut());
    fixture.clickStart();
    while (fixture.losses().pointCount(0) < 3) QTest::qWait(50);
    std::vector<double> x, g, d;
    unsigned noise = 1;
    for (int i = 0; i < points; ++i) {
        noise = noise * 1664525u + 1013904223u;
        x.push_back(-1000.0 + 1000.0 * i / points);
        g.push_back(0.8 + 0.2 * double(noise >> 8) / double(1u << 24));
        d.push_back(1.3 + 0.1 * double(noise >> 8) / double(1u << 24));
    }
    fixture.losses().prepend(0, x, g);
    fixture.losses().prepend(1, x, d);
    QTest::qWait(2000);

    Beat beat;
    beat.before = residentMiB();
    double first = -1, last = 0;
    QElapsedTimer clock, sinceBeat, sinceFirst;
    QObject::connect(fixture.window->compute().facts(), &Engine::stepsDone, fixture.window.get(), [&](const std::vector<StepMetrics>& steps) {
        last = steps.back().kimg;
        if (first < 0) first = last, sinceFirst.start();
    });
    constexpr int kEvery = 4;
    QTimer timer;
    timer.setTimerType(Qt::PreciseTimer);
    QObject::connect(&timer, &QTimer::timeout, [&] { beat.gaps.push_back(double(sinceBeat.nsecsElapsed()) * 1e-6 - kEvery), sinceBeat.restart(); });
    clock.start();
    sinceBeat.start();
    timer.start(kEvery);
    while (clock.elapsed() < seconds * 1000) QTest::qWait(500);
    timer.stop();
    beat.rate = first < 0 ? 0 : 1000 * (last - first) / (double(sinceFirst.elapsed()) / 1000);
    beat.after = residentMiB();
    fixture.clickStop();
    while (runIsOpen(fixture.state())) QTest::qWait(50);
    return beat;
}

}  // namespace

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    applyTheme(application, Theme::Light);
    const double seconds = argc > 1 ? QString::fromLocal8Bit(argv[1]).toDouble() : 30;
    const int points = argc > 2 ? QString::fromLocal8Bit(argv[2]).toInt() : 1'000'000;
    const double bare = alone(seconds);
    Beat beat = withWindow(seconds, points);
    std::sort(beat.gaps.begin(), beat.gaps.end());
    const auto at = [&](double share) { return beat.gaps.empty() ? 0 : beat.gaps[std::min(beat.gaps.size() - 1, std::size_t(share * double(beat.gaps.size())))]; };
    std::printf("{\"seconds\": %g, \"points\": %d, \"gap_ms\": {\"p50\": %.2f, \"p99\": %.2f, \"max\": %.2f}, \"images_per_second\": "
                "{\"alone\": %.1f, \"with_window\": %.1f, \"slowdown_percent\": %.1f}, \"resident_mib\": {\"before\": %.0f, \"after\": %.0f}}\n",
                seconds, points, at(0.5), at(0.99), at(1), bare, beat.rate, 100 * (1 - beat.rate / bare), beat.before, beat.after);
    return 0;
}
