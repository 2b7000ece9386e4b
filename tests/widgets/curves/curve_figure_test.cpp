// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/registry.h"
#include "widgets/curves/curve_plot.h"

#include <QTest>

using namespace thaw;

class CurveFigureTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWholeFigureTakesTheOldOnesPlace() {
        CurveFigure figure;
        figure.title = QStringLiteral("Profile");
        figure.logX = figure.logY = true;
        CurveSeries line;
        line.name = QStringLiteral("before");
        line.x = {1, 2, 3};
        line.y = {8, 4, 2};
        CurveSeries band = line;
        band.kind = CurveKind::Band;
        band.low = {6, 3, 1};
        band.y = {10, 5, 3};
        figure.series = {band, line};
        figure.references = {{0.5, QStringLiteral("floor")}};
        CurvePlot plot;
        plot.resize(400, 260);
        plot.show();
        plot.setFigure(figure);
        CurveFigure back = plot.figure();
        QVERIFY(back.logX && back.logY);
        QCOMPARE(back.title, "Profile");
        QCOMPARE(back.references.size(), std::size_t(1));
        QCOMPARE(back.series.size(), std::size_t(2));
        QVERIFY(back.series[0].kind == CurveKind::Band);
        QCOMPARE(back.series[0].low, band.low);
        QCOMPARE(back.series[0].y, band.y);
        QCOMPARE(back.series[1].y, line.y);
        QVERIFY(plot.xRange().first > 0);
        // A band is no series of its own in what is read out.
        plot.flush();
        QVERIFY(!plot.accessibleDescription().contains("10"));
        plot.setFigure({});
        QVERIFY(plot.figure().series.empty());
        QVERIFY(plot.figure().references.empty());
    }
};

THAW_TEST(CurveFigureTest);
#include "curve_figure_test.moc"
