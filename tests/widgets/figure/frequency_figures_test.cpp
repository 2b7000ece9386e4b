// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/figure/frequency_figures.h"

#include "tests/registry.h"

#include <QTest>

#include <cmath>

using namespace thaw;

namespace {

// Four cells of one block: a change, one without significance, one below the floor, one that has no value.
LayerDifferenceTable fourCells() {
    LayerDifferenceTable table;
    table.model = "B";
    table.against = "A";
    table.blocks = {"dec"};
    table.sigmas = {80};
    table.frequencies = {0, 1, 2, 3};
    table.difference = {-3, 2, 0.49, NAN};
    table.standardError = {0.1, 2, 0.01, NAN};
    table.q = {0.001, 0.06, 0.001, NAN};
    table.images = {16};
    table.imagesAsked = 16;
    table.complete = true;
    return table;
}

TransferFunction transferOfRings() {
    TransferFunction transfer;
    transfer.model = "EDM";
    transfer.sigma = 80;
    transfer.images = 16;
    transfer.frequencies = {0, 1, 2, 3};
    transfer.responseGain = {1, 0.5, 0.25, 0.125};
    transfer.ringCoherence = {0.9, 0.8, -0.02, 0.15};
    transfer.coherenceLine = 0.2;
    return transfer;
}

}  // namespace

class FrequencyFiguresTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void dotsMarkWhatIsNotSignificantOrTooSmall() {
        const auto table = fourCells();
        for (const auto& map : {blocksHeatmap(table, 0), sigmasHeatmap(table, 0)}) {
            QVERIFY((map.marked == std::vector<char>{0, 1, 1, 0}));
            QVERIFY2(map.caption.contains("q > 0.05") && map.caption.contains("0.5 dB") &&
                         map.caption.contains("B − A") && map.caption.contains("16"),
                     qPrintable(map.caption));
            QVERIFY(cellText(map, 0, 1).contains("not significant"));
            QVERIFY(!cellText(map, 0, 0).contains("not significant"));
        }
        QVERIFY(blocksHeatmap(table, 0).caption.contains("80"));
    }

    void picturesOnTheWayHaveNoDotsAndSayWhenItIsDecided() {
        auto table = fourCells();
        table.complete = false;
        table.images = {2};
        table.q.assign(4, NAN);
        const auto map = blocksHeatmap(table, 0);
        QVERIFY((map.marked == std::vector<char>{0, 0, 0, 0}));
        QVERIFY2(map.caption.contains("interim") && map.caption.contains("16") && !map.caption.contains("dots"),
                 qPrintable(map.caption));
    }

    // The same cells as the heatmap's, on the line; the mean of all has no place on a logarithmic axis.
    void aCurveOfDifferencesHasTheSameDots() {
        auto table = fourCells();
        const auto dotsOf = [](const CurveFigure& figure) {
            for (const auto& series : figure.series)
                if (series.kind == CurveKind::Dots) return series;
            return CurveSeries();
        };
        const auto figure = differenceFigure(table, 0, 0);
        QVERIFY((dotsOf(figure).x == std::vector<double>{1, 2}));
        QVERIFY((dotsOf(figure).y == std::vector<double>{2, 0.49}));
        QVERIFY2(figure.caption.contains("q > 0.05"), qPrintable(figure.caption));
        table.complete = false;
        QVERIFY(dotsOf(differenceFigure(table, 0, 0)).x.empty());
        QVERIFY(differenceFigure(table, 0, 0).caption.contains("interim"));
    }

    void aPlaneOfDifferencesMarksWhatIsNotSignificantOrTooSmall() {
        LayerSpectrum a, b;
        a.images = b.images = 16;
        a.spectrum.height = a.spectrum.width = b.spectrum.height = b.spectrum.width = 4;
        a.spectrum.power.assign(16, 1);
        a.levelError.assign(16, 0.01);
        b.levelError = a.levelError;
        for (int i = 0; i < 16; ++i) b.spectrum.power.push_back(i % 2 ? 4 : 1);
        b.levelError[1] = 50;       // one wave across: nothing is known of it
        b.spectrum.power[4] = 2.5;  // one wave down: 10 log10(2.5/2.594) = -0.16 dB
        const auto map = planeDifference(b, a, 16);
        QVERIFY(map.has_value());
        std::vector<char> marked(16, 0);
        marked[2 * 4 + 3] = marked[3 * 4 + 2] = 1;  // frequency 0 is at row 2, column 2
        QVERIFY(map->marked == marked);
        QVERIFY(planeMarkText(b, a, 16).contains("q > 0.05"));
        QVERIFY(planeDifference(b, a, 32)->marked.empty());  // not all of them are in
        QVERIFY(planeMarkText(b, a, 32).contains("interim"));
        b.levelError.clear();
        QVERIFY(planeDifference(b, a, 16)->marked.empty() && planeMarkText(b, a, 16).isEmpty());
    }

    void everyAxisHasTheSameWords() {
        const QString words = QStringLiteral("spatial frequency (cycles/image)");
        QCOMPARE(differenceFigure(fourCells(), 0, 0).xLabel, words);
        QCOMPARE(transferFigure({transferOfRings()}, {"Before"}).xLabel, words);
        const auto map = blocksHeatmap(fourCells(), 0);
        QCOMPARE(QStringLiteral("%1 (%2)").arg(map.x.label, map.x.unit), words);
    }

    void aTransferFunctionNamesItsModelNoiseLevelAndImages() {
        const auto figure = transferFigure({transferOfRings()}, {"Before"});
        QVERIFY2(figure.caption.contains("EDM") && figure.caption.contains("80") && figure.caption.contains("16"),
                 qPrintable(figure.caption));
        QCOMPARE(figure.references.size(), std::size_t(1));
        QCOMPARE(figure.references.front().y, 0.2);
    }

    // The axis is logarithmic: a coherence of about nothing lies on its bottom, a tenth of the line.
    void coherenceOfNothingIsDrawnAtTheBottom() {
        auto transfer = transferOfRings();
        const auto figure = transferFigure({transfer}, {"Before"});
        QVERIFY((figure.series.at(1).y == std::vector<double>{0.8, 0.1 * 0.2, 0.15}));
        QVERIFY(figure.caption.contains("tenth"));
        transfer.ringCoherence[2] = 0.3;
        QVERIFY(!transferFigure({transfer}, {"Before"}).caption.contains("tenth"));
    }

    // As in a profile: A is solid in the first colour, B dashed in the second; coherence has its model's colour.
    void colourTellsTheModelAndDashTheQuantity() {
        const auto figure = transferFigure({transferOfRings(), transferOfRings()}, {"Before", "After"});
        QCOMPARE(figure.yLabel, QString("gain, coherence"));
        std::vector<std::pair<int, int>> looks;
        for (const auto& series : figure.series) looks.emplace_back(series.colour, series.dash);
        QVERIFY((looks == std::vector<std::pair<int, int>>{{0, 0}, {0, 2}, {1, 1}, {1, 3}}));
    }

    void withoutACoherenceThereIsNoLine() {
        auto transfer = transferOfRings();
        transfer.ringCoherence.assign(4, NAN);  // two images
        transfer.coherenceLine = NAN;
        const auto figure = transferFigure({transfer}, {"Before"});
        QCOMPARE(figure.series.size(), std::size_t(1));
        QCOMPARE(figure.yLabel, QString("gain"));
        QVERIFY(figure.references.empty());
    }
};

THAW_TEST(FrequencyFiguresTest);
#include "frequency_figures_test.moc"
