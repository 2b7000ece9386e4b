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

    void withoutACoherenceThereIsNoLine() {
        auto transfer = transferOfRings();
        transfer.ringCoherence.assign(4, NAN);  // two images
        transfer.coherenceLine = NAN;
        const auto figure = transferFigure({transfer}, {"Before"});
        QCOMPARE(figure.series.size(), std::size_t(1));
        QVERIFY(figure.references.empty());
    }
};

THAW_TEST(FrequencyFiguresTest);
#include "frequency_figures_test.moc"
