// SPDX-License-Identifier: GPL-3.0-or-later

// How smooth the window stays while a run goes on flat out with a million points on screen, and what the window costs
// the run: pieces with a window and pieces of the same run without one take turns, and the median of the pairs counts.
// Prints one JSON object; asserts nothing. `window-bench [seconds] [points] [seconds a piece]`
#include "core/session/session.h"
#include "tests/app/window_fixture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>
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

// The same run without a window, to be taken in pieces between those with one: a machine's speed drifts.
class Alone {
public:
    Alone() {
        session_.files().openModel("builtin");
        session_.files().openData("builtin");
        session_.run().start(flatOut(), folder_.path().toStdString());
    }
    ~Alone() { session_.run().finish(RunOutcome::Stopped); }

    // Images a second over that time.
    double rate(double seconds) {
        const double from = session_.run().step().kimg;
        double to = from;
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < seconds * 1000) to = session_.run().step().kimg;
        return 1000 * (to - from) / (double(timer.elapsed()) / 1000);
    }

private:
    QTemporaryDir folder_;
    Session session_;
};

double guiThreadSeconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) * 1e-9;
}

struct Beat {
    std::vector<double> gaps;  // ms between two turns of the event loop, beyond the timer's own interval
    std::vector<double> alone, watched, slowdown;  // a pair a turn: images/s, images/s, percent
    std::vector<double> resident;                  // MiB after each turn
    double guiShare = 0;                           // of one core, while watched
};

class Watched {
public:
    explicit Watched(int points) {
        fixture_.open();
        while (!fixture_.window->isSettled()) QTest::qWait(50);
        fixture_.window->runPage()->form()->setConfig(flatOut());
        fixture_.clickStart();
        while (fixture_.losses().pointCount(0) < 3) QTest::qWait(50);
        std::vector<double> x, g, d;
        unsigned noise = 1;
        for (int i = 0; i < points; ++i) {
            noise = noise * 1664525u + 1013904223u;
            x.push_back(-1000.0 + 1000.0 * i / points);
            g.push_back(0.8 + 0.2 * double(noise >> 8) / double(1u << 24));
            d.push_back(1.3 + 0.1 * double(noise >> 8) / double(1u << 24));
        }
        fixture_.losses().prepend(0, x, g);
        fixture_.losses().prepend(1, x, d);
        QObject::connect(fixture_.window->compute().facts(), &EngineFacts::stepsDone, &timer_,
                         [&](const std::vector<StepMetrics>& steps) {
                             last_ = steps.back().kimg;
                             if (first_ < 0) first_ = last_, sinceFirst_.start();
                             sinceLast_ = double(sinceFirst_.nsecsElapsed()) * 1e-9;
                         });
        timer_.setTimerType(Qt::PreciseTimer);
        QObject::connect(&timer_, &QTimer::timeout, &timer_, [this] {
            gaps_->push_back(double(sinceBeat_.nsecsElapsed()) * 1e-6 - kEvery), sinceBeat_.restart();
        });
    }
    ~Watched() {
        fixture_.clickStop();
        while (runIsOpen(fixture_.state())) QTest::qWait(50);
    }

    void pause() {
        fixture_.clickPause();
        while (fixture_.state() != RunState::Paused || !fixture_.window->isSettled()) QTest::qWait(20);
    }

    double rate(double seconds, std::vector<double>& gaps) {
        gaps_ = &gaps;
        if (fixture_.state() == RunState::Paused) fixture_.clickPause();
        QTest::qWait(500);
        first_ = -1;
        QElapsedTimer clock;
        clock.start();
        sinceBeat_.start();
        timer_.start(kEvery);
        while (clock.elapsed() < seconds * 1000) QTest::qWait(500);
        timer_.stop();
        return first_ < 0 || sinceLast_ <= 0 ? 0 : 1000 * (last_ - first_) / sinceLast_;
    }

private:
    static constexpr int kEvery = 4;
    WindowFixture fixture_;
    QTimer timer_;
    QElapsedTimer sinceBeat_, sinceFirst_;
    std::vector<double>* gaps_ = nullptr;
    double first_ = -1, last_ = 0, sinceLast_ = 0;
};

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

Beat measure(double seconds, int points, double piece) {
    Beat beat;
    Watched watched(points);
    watched.pause();
    Alone alone;
    double busy = 0;
    for (int turn = 0, turns = std::max(1, int(seconds / (2 * piece))); turn < turns; ++turn) {
        beat.alone.push_back(alone.rate(piece));
        const double before = guiThreadSeconds();
        beat.watched.push_back(watched.rate(piece, beat.gaps));
        busy += guiThreadSeconds() - before;
        watched.pause();
        beat.slowdown.push_back(100 * (1 - beat.watched.back() / beat.alone.back()));
        beat.resident.push_back(residentMiB());
        std::fprintf(stderr, "%d of %d: %.1f alone, %.1f watched, %.0f MiB\n", turn + 1, turns, beat.alone.back(),
                     beat.watched.back(), beat.resident.back());
    }
    beat.guiShare = 100 * busy / (double(beat.watched.size()) * (piece + 0.5));
    return beat;
}

}  // namespace

int main(int argc, char** argv) {
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    applyTheme(application, Theme::Light);
    const double seconds = argc > 1 ? QString::fromLocal8Bit(argv[1]).toDouble() : 30;
    const int points = argc > 2 ? QString::fromLocal8Bit(argv[2]).toInt() : 1'000'000;
    const double piece = argc > 3 ? QString::fromLocal8Bit(argv[3]).toDouble() : 8;
    Beat beat = measure(seconds, points, piece);
    std::sort(beat.gaps.begin(), beat.gaps.end());
    const auto at = [&](double share) {
        return beat.gaps.empty()
                   ? 0
                   : beat.gaps[std::min(beat.gaps.size() - 1, std::size_t(share * double(beat.gaps.size())))];
    };
    std::printf(
        "{\"seconds\": %g, \"points\": %d, \"gap_ms\": {\"p50\": %.2f, \"p99\": %.2f, \"max\": %.2f}, "
        "\"images_per_second\": "
        "{\"alone\": %.1f, \"with_window\": %.1f, \"slowdown_percent\": %.1f}, \"gui_core_percent\": %.1f, "
        "\"resident_mib\": {\"first\": %.0f, \"last\": %.0f}}\n",
        seconds, points, at(0.5), at(0.99), at(1), median(beat.alone), median(beat.watched), median(beat.slowdown),
        beat.guiShare, beat.resident.front(), beat.resident.back());
    return 0;
}
