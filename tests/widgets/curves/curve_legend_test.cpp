// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curves/curve_paint.h"

#include "tests/registry.h"

#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

CurveSeries line(const QString& name, std::vector<double> y, CurveKind kind = CurveKind::Line) {
    CurveSeries series;
    series.name = name;
    series.kind = kind;
    for (std::size_t i = 0; i < y.size(); ++i) series.x.push_back(double(i) + 1);
    series.y = std::move(y);
    return series;
}

QStringList namesOf(const CurveLegend& legend) {
    QStringList names;
    for (const auto& entry : legend.entries) names << entry.lines.join(' ');
    return names;
}

}  // namespace

class CurveLegendTest : public QObject {
    Q_OBJECT
    const FigureStyle style_ = paperStyle({}, 8, 20);

private Q_SLOTS:
    void onlyWhatIsSeenIsNamed() {
        CurveFigure figure;
        figure.logY = true;
        figure.series = {line("a", {1, 2, 3}), line("no points", {}), line("not finite", {NAN, NAN}),
                         line("not above nothing", {-1, -1, -1}), line("b", {2, 3, 4})};
        figure.series.push_back(line("hidden", {1, 2, 3}));
        figure.series.back().visible = false;
        QCOMPARE(namesOf(curveLegend(figure, 1e5, style_)), (QStringList{"a", "b"}));
        figure.yRange = {0.5, 1.5};
        figure.series[4].y = {4, 5, 6};  // now above the window
        QCOMPARE(namesOf(curveLegend(figure, 1e5, style_)), (QStringList{"a"}));
    }

    void aLineThatCrossesTheWindowBetweenTwoPointsIsSeen() {
        CurveFigure figure;
        figure.series = {line("a", {1, 1, 1}), line("steep", {-50, 50, 50})};
        figure.yRange = {0.5, 1.5};
        QCOMPARE(namesOf(curveLegend(figure, 1e5, style_)), (QStringList{"a", "steep"}));
    }

    void referenceLinesAreNamedThereAndASeriesAloneIsNot() {
        CurveFigure figure;
        figure.series = {line("a", {1, 2, 3})};
        QVERIFY(curveLegend(figure, 1e5, style_).entries.empty());
        QCOMPARE(curveLegend(figure, 1e5, style_).height, 0.0);
        figure.references = {{2, "the teacher"}, {3, {}}};
        QCOMPARE(namesOf(curveLegend(figure, 1e5, style_)), (QStringList{"a", "the teacher"}));
        figure.yRange = {0.0, 1.5};
        QVERIFY(curveLegend(figure, 1e5, style_).entries.empty());
    }

    void entriesAreWholeAndApart() {
        CurveFigure figure;
        for (const char* name : {"gain, EDM, pre-trained", "coherence, EDM, pre-trained", "gain, D2O-F, 20 kimg",
                                 "coherence, D2O-F, 20 kimg", "short"})
            figure.series.push_back(line(name, {1, 2, 3}));
        figure.references = {{2, "95 % of independent signals have less coherence"}};
        for (const double points : {60.0, 120.0, 240.0, 500.0}) {
            const double width = points * style_.pt;
            const CurveLegend legend = curveLegend(figure, width, style_);
            QCOMPARE(legend.entries.size(), std::size_t(6));
            for (std::size_t i = 0; i < 6; ++i) {
                const auto& entry = legend.entries[i];
                QVERIFY(entry.sign.right() < entry.text.left());
                QVERIFY(entry.text.right() <= width + 1);
                QVERIFY(entry.text.bottom() <= legend.height);
                for (const QString& words : entry.lines)
                    QVERIFY(textWidth(style_.small(), words) <= entry.text.width() + 1);
                for (std::size_t j = 0; j < i; ++j)
                    QVERIFY(!entry.sign.united(entry.text)
                                 .intersects(legend.entries[j].sign.united(legend.entries[j].text)));
            }
        }
        // Two columns of a table, not lines of unequal beginnings.
        const CurveLegend two = curveLegend(figure, 400 * style_.pt, style_);
        QCOMPARE(two.entries[0].sign.left(), two.entries[2].sign.left());
        QCOMPARE(two.entries[1].sign.left(), two.entries[3].sign.left());
    }
};

THAW_TEST(CurveLegendTest);
#include "curve_legend_test.moc"
