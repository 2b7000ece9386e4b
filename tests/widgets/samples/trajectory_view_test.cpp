// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/samples/trajectory_view.h"
#include "tests/registry.h"
#include "widgets/base/theme.h"

#include <QApplication>
#include <QSlider>
#include <QTest>
#include <QToolButton>

using namespace thaw;

namespace {

// Three levels; x is 10, 20, 30 and D(x) 110, 120, 130.
Trajectory trajectory(std::uint64_t seed = 5) {
    Trajectory made{seed, 2, {80, 1, 0}, {}, {}};
    for (int i = 1; i <= 3; ++i) {
        made.noisy.push_back({8, 8, 1, std::vector<std::uint8_t>(64, std::uint8_t(10 * i))});
        made.denoised.push_back({8, 8, 1, std::vector<std::uint8_t>(64, std::uint8_t(100 + 10 * i))});
    }
    return made;
}

struct TrajectoryBench {
    TrajectoryView view;
    TrajectoryBench() {
        view.resize(500, 160);
        view.show();
    }
    bool shows(int grey) {
        const QImage image = view.grab().toImage();
        int found = 0;
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x) found += image.pixel(x, y) == qRgb(grey, grey, grey);
        return found > 64;
    }
};

}  // namespace

class TrajectoryViewTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, Theme::Light); }

    void aNewTrajectoryIsShownAtItsEnd() {
        TrajectoryBench bench;
        QCOMPARE(bench.view.step(), -1);
        bench.view.setTrajectory(trajectory());
        QCOMPARE(bench.view.step(), 2);
        QVERIFY(bench.shows(30) && bench.shows(130) && !bench.shows(110));
    }

    void theSliderScrubsWithoutAskingForAnything() {
        TrajectoryBench bench;
        bench.view.setTrajectory(trajectory());
        auto* slider = bench.view.findChild<QSlider*>("trajectoryStep");
        slider->setFocus();
        QTest::keyClick(slider, Qt::Key_Home);
        QCOMPARE(bench.view.step(), 0);
        QVERIFY(bench.view.accessibleDescription().endsWith(QStringLiteral("σ 80")));
        QVERIFY(bench.shows(10) && bench.shows(110));
        QTest::keyClick(slider, Qt::Key_Right);
        QVERIFY(bench.shows(20) && bench.shows(120));
    }

    void anotherSeedKeepsThePlaceOnTheTrajectory() {
        TrajectoryBench bench;
        bench.view.setTrajectory(trajectory());
        bench.view.setStep(1);
        bench.view.setTrajectory(trajectory(6));
        QCOMPARE(bench.view.step(), 1);
        QVERIFY(bench.view.accessibleDescription().contains("Seed 6"));
    }

    void stillsStandBesideIt() {
        TrajectoryBench bench;
        bench.view.setTrajectory(trajectory());
        QImage still(8, 8, QImage::Format_RGB32);
        still.fill(qRgb(201, 201, 201));
        bench.view.setStills({{"1 step, after", "run 0003", still}});
        QVERIFY(bench.shows(201));
        bench.view.setModel("EDM teacher");
        QVERIFY2(bench.view.accessibleDescription().endsWith("; EDM teacher; 1 step, after (run 0003)"),
                 qPrintable(bench.view.accessibleDescription()));
    }

    void playGoesRoundAndStopsWhenThereIsNothing() {
        TrajectoryBench bench;
        bench.view.setTrajectory(trajectory());
        auto* play = bench.view.findChild<QToolButton*>("trajectoryPlay");
        QTest::mouseClick(play, Qt::LeftButton);
        QVERIFY(bench.view.isPlaying());
        QTRY_COMPARE(bench.view.step(), 0);
        QTRY_COMPARE(bench.view.step(), 1);
        bench.view.clear();
        QVERIFY(!bench.view.isPlaying() && !play->isEnabled());
        QCOMPARE(bench.view.step(), -1);
    }
};

THAW_TEST(TrajectoryViewTest);
#include "trajectory_view_test.moc"
