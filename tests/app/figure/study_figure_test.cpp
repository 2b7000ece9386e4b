// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/figure/study_figure.h"
#include "app/figure/panel_figure.h"
#include "tests/registry.h"

#include <QLocale>
#include <QTest>

#include <cmath>
#include <limits>

using namespace thaw;

class StudyFigureTest : public QObject {
    Q_OBJECT
    static constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

    static ReportChart chartOf(std::vector<ReportSeries> series, bool logX = false, bool logY = false) {
        return {"by", "Chart", "kimg", "distance", logX, logY, std::move(series)};
    }
    static std::vector<CurveKind> kindsOf(const CurveFigure& figure) {
        std::vector<CurveKind> kinds;
        for (const auto& series : figure.series) kinds.push_back(series.kind);
        return kinds;
    }

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }

    void pointsAreSortedAndTheBandIsMeanAndDeviation() {
        const auto figure = studyCurves(chartOf({{"one", {10, 1, 5}, {3, 1, 2}, {kUnknown, 0.5, 0.25}, {}}}),
                                        QStringLiteral("A study"));
        QVERIFY(kindsOf(figure) == std::vector({CurveKind::Band, CurveKind::Points}));
        const auto &band = figure.series[0], &points = figure.series[1];
        QCOMPARE(points.name, QString("one"));
        QCOMPARE(points.x, std::vector<double>({1, 5, 10}));
        QCOMPARE(points.y, std::vector<double>({1, 2, 3}));
        QCOMPARE(points.notes, QStringList({"± 0.5", "± 0.25", ""}));
        QCOMPARE(band.x, points.x);
        QCOMPARE(band.low, std::vector<double>({0.5, 1.75, 3}));
        QCOMPARE(band.y, std::vector<double>({1.5, 2.25, 3}));
        QCOMPARE(figure.title, QString("Chart"));
        QCOMPARE(figure.xLabel, QString("kimg"));
        QCOMPARE(figure.yLabel, QString("distance"));
        QVERIFY2(figure.caption.startsWith("A study · ") && figure.caption.contains("deviation"),
                 qPrintable(figure.caption));
        QCOMPARE(figure.provenance[0].second, QString("A study"));
        QCOMPARE(figure.provenance[1].second, QString("by"));
    }

    void aSingleRunHasNoBand() {
        for (const double deviation : {kUnknown, 0.0}) {
            const auto figure = studyCurves(chartOf({{"one", {1, 2}, {3, 4}, {deviation, deviation}, {}}}), "A study");
            QVERIFY(kindsOf(figure) == std::vector({CurveKind::Points}));
            QCOMPARE(figure.caption, QString("A study"));
        }
        QVERIFY(studyCurves(chartOf({{"one", {1}, {3}, {kUnknown}, {}}}), {}).caption.isEmpty());
    }

    // A band would cover the points of the others.
    void bandsLieBehindAllPointsAndAreOfTheirColour() {
        const auto figure =
            studyCurves(chartOf({{"none", {1, 2}, {kUnknown, kUnknown}, {1, 1}, {}},  // nothing of it was measured
                                 {"one", {1, 2}, {3, 4}, {1, 1}, {}},
                                 {"two", {1, 2}, {5, 6}, {1, 1}, {}}}),
                        {});
        QVERIFY(kindsOf(figure) ==
                std::vector({CurveKind::Band, CurveKind::Band, CurveKind::Points, CurveKind::Points}));
        for (const std::size_t i : {0u, 1u}) {
            QCOMPARE(figure.series[i].name, figure.series[i + 2].name);
            QCOMPARE(figure.series[i].colour, figure.series[i + 2].colour);
        }
        // As in the charts where the first has a place.
        QCOMPARE(figure.series[2].colour, 1);
        QCOMPARE(figure.series[3].colour, 2);
        QVERIFY(figure.series[2].dash != figure.series[3].dash);
    }

    void whatHasNoPlaceOnAnAxisIsLeftOut() {
        const ReportSeries series{"one", {0, 1, 10, 100}, {1, 0, 3, kUnknown}, {0.5, 0.5, 0.5, 0.5}, {}};
        const auto xOf = [&](bool logX, bool logY) {
            const auto figure = studyCurves(chartOf({series}, logX, logY), {});
            return figure.logX == logX && figure.logY == logY ? figure.series.back().x : std::vector<double>();
        };
        QCOMPARE(xOf(false, false), std::vector<double>({0, 1, 10}));
        QCOMPARE(xOf(true, false), std::vector<double>({1, 10}));
        QCOMPARE(xOf(false, true), std::vector<double>({0, 10}));
        QCOMPARE(xOf(true, true), std::vector<double>({10}));
    }

    void theLowerEdgeHasAPlaceOnALogarithmicAxis() {
        const ReportSeries series{"one", {1, 2}, {2, 4}, {3, 1}, {}};
        QCOMPARE(studyCurves(chartOf({series}), {}).series[0].low, std::vector<double>({-1, 3}));
        QCOMPARE(studyCurves(chartOf({series}, false, true), {}).series[0].low, std::vector<double>({2.0 / 10, 3}));
        QCOMPARE(studyCurves(chartOf({series}, false, true), {}).series[0].y, std::vector<double>({5, 5}));
    }

    void aBandOfASinglePlaceIsAsWideAsAMark_data() {
        QTest::addColumn<bool>("logX");
        QTest::newRow("linear") << false;
        QTest::newRow("logarithmic") << true;
    }
    void aBandOfASinglePlaceIsAsWideAsAMark() {
        QFETCH(const bool, logX);
        const auto figure = studyCurves(chartOf({{"one", {10}, {3}, {0.5}, {}},
                                                 {"two", {1}, {3}, {kUnknown}, {}},
                                                 {"three", {100}, {3}, {kUnknown}, {}}},
                                                logX),
                                        {});
        const auto& band = figure.series[0];
        QCOMPARE(band.kind, CurveKind::Band);
        QCOMPARE(band.x.size(), std::size_t(2));
        QCOMPARE(band.low, std::vector<double>({2.5, 2.5}));
        QCOMPARE(band.y, std::vector<double>({3.5, 3.5}));
        // Equally far to either side, and more than nothing but less than a twentieth of the axis.
        const double left = logX ? std::log(10 / band.x[0]) : 10 - band.x[0];
        const double right = logX ? std::log(band.x[1] / 10) : band.x[1] - 10;
        const double axis = logX ? std::log(100.0) : 99;
        QVERIFY(std::abs(left - right) < 1e-9);
        QVERIFY(left > 0.001 * axis && left < 0.025 * axis);
    }

    void aPanelIsOfTheChartThatWasRead() {
        PanelRecipe panel;
        panel.kind = PanelKind::Study;
        PanelData data;
        QVERIFY(isEmpty(panelFigure(panel, data)));
        data.chart = chartOf({{"one", {1}, {kUnknown}, {kUnknown}, {}}});
        QVERIFY(isEmpty(panelFigure(panel, data)));
        data.chart = chartOf({{"one", {1}, {3}, {kUnknown}, {}}});
        data.studyTitle = "A study";
        const auto curves = [&] { return std::get<CurveFigure>(panelFigure(panel, data)); };
        QCOMPARE(curves().title, QString("Chart"));
        QCOMPARE(curves().caption, QString("A study"));
        QVERIFY(!curves().yRange);
        panel.range = std::pair{1.0, 4.0};
        QVERIFY(curves().yRange == panel.range);
    }

    void whatIsComparedWithIsALineAcross() {
        auto chart = chartOf({{"one", {1, 2}, {3, 4}, {kUnknown, kUnknown}, {}}}, false, true);
        chart.lines = {{0.95, "18 steps"}, {kUnknown, "not known yet"}, {-1, "has no place on this axis"}};
        const auto figure = studyCurves(chart, {});
        QCOMPARE(int(figure.references.size()), 1);
        QCOMPARE(figure.references[0].y, 0.95);
        QCOMPARE(figure.references[0].text, QString("18 steps"));
    }
};

THAW_TEST(StudyFigureTest);
#include "study_figure_test.moc"
