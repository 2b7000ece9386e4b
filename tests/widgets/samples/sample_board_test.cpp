// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/samples/sample_board.h"

#include "tests/registry.h"
#include "tests/widgets/sample_values.h"
#include "widgets/samples/sample_scene.h"

#include <QTest>

using namespace thaw;

namespace {

SampleBoard threeBlocks() {
    SampleBoard board;
    board.setCount(3);
    for (int b = 0; b < 3; ++b) {
        board.setHeading(b, QStringLiteral("block %1").arg(b), QString());
        board.setSamples(b, test::flatSamples(4, b + 1));
    }
    return board;
}

}  // namespace

class SampleBoardTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatNamesNoBlockIsIgnored() {
        SampleBoard board = threeBlocks();
        for (const int wrong : {-1, 3}) {
            board.setHeading(wrong, QStringLiteral("x"), {});
            board.setSamples(wrong, {});
            board.setBusy(wrong, QStringLiteral("x"));
            board.setEmptyHint(wrong, QStringLiteral("x"));
            QVERIFY(board[wrong].title.isEmpty() && board[wrong].samples.images.empty());
            QVERIFY(board.imageOf(wrong, 1).isNull());
        }
        QCOMPARE(board.places().size(), std::size_t(4));
    }

    void everySeedHasOnePlaceAndSeedsThatWereSetKeepTheirs() {
        SampleBoard board = threeBlocks();
        QCOMPARE(board.placeOf(2), 2);
        QCOMPARE(board.placeOf(17), -1);
        board.setSeeds({3, 17, 0});
        QCOMPARE(board.places(), (std::vector<std::uint64_t>{3, 17, 0}));
        QVERIFY(board.imageAt(1, 0) && !board.imageAt(1, 1));
        QCOMPARE(board.imageAt(1, 0)->pixels, board[1].samples.images[3].pixels);
        board.setSeeds({});
        QCOMPARE(board.places(), board[0].samples.seeds);
    }

    void aSortedFigureKeepsTheOrderOfTheScreenAndSaysSo() {
        SampleBoard board = threeBlocks();
        SampleColumn sharp = test::flatSamples(4, 3);
        for (std::size_t k = 0; k < 4; ++k)
            sharp.images[k].pixels[5] = std::uint8_t(50 * k);  // one bright pixel inside
        board.setSamples(2, sharp);
        QCOMPARE(board.figure().order, (std::vector<std::uint64_t>{0, 1, 2, 3}));
        QVERIFY(board.orderText().isEmpty());
        board.setSort(SampleMetric::Sharpness);
        const SampleFigure figure = board.figure();
        QCOMPARE(figure.order, board.places());
        QCOMPARE(placesOf(figure), (std::vector<std::uint64_t>{3, 2, 1, 0}));
        QVERIFY2(figure.caption.endsWith("by sharpness of block 2, largest first"), qPrintable(figure.caption));
        board.setSort(SampleMetric::Psnr);
        QCOMPARE(board.orderText(), QString("by PSNR of block 2 against block 1, largest first"));
    }

    void aReferenceThatIsGoneIsTheLeftNeighbour() {
        SampleBoard board = threeBlocks();
        board.setReference(2);
        QCOMPARE(board.referenceOf(0), 2);
        board.setCount(2);
        QCOMPARE(board.referenceOf(0), 1);
        board.setReference(9);
        QCOMPARE(board.reference(), -1);
        board.setCount(1);
        QCOMPARE(board.referenceOf(0), -1);
    }

    void aSceneShowsTheReferenceOnlyWhereItIsFlipped() {
        SampleScene scene;
        scene.board = threeBlocks();
        scene.flipping = true;
        QCOMPARE(scene.shownBlock(2), 1);
        QCOMPARE(scene.shownBlock(1), 1);
        scene.hovered = {1, 0};
        QCOMPARE(scene.shownBlock(1), 0);
        QCOMPARE(scene.shownBlock(2), 2);
        QVERIFY(scene.readout().contains(QStringLiteral("block 0")));
    }

    // Where columns are narrow, captions take more lines, and the scale of differences one of its own; the room for them is
    // kept in every mode, so that comparing moves no image.
    void captionsAreBrokenAndComparingMovesNothing() {
        const FigureStyle style = paperStyle({}, 9, 96.0 / 72);
        SampleScene scene;
        scene.board = threeBlocks();
        scene.board.setHeading(0, QStringLiteral("one step, nach dem Training"),
                               QStringLiteral("run 0003 · 37 kimg · band 7–20 × 0 at dec.14x14_block0"));
        scene.board.setReference(0);
        for (const double width : {330.0, 900.0, 2400.0}) {
            std::vector<QRectF> grids;
            for (const CompareMode mode : {CompareMode::Plain, CompareMode::Wipe, CompareMode::Difference}) {
                scene.mode = mode;
                scene.layOut({0, 0, width, 400}, style);
                if (grids.empty()) grids = scene.layout.grids;
                QVERIFY(scene.layout.grids == grids);
                for (int b = 0; b < 3; ++b) {
                    const QRectF& box = scene.layout.headings[std::size_t(b)];
                    const CaptionLines caption = scene.caption(b, box.width(), style);
                    for (const QString& line : caption.lines)
                        QVERIFY(textWidth(style.small(), line) <= box.width() + 0.5);
                    QVERIFY(box.top() + lineHeight(style.font) + caption.rows() * lineHeight(style.small()) <=
                            box.bottom());
                    QVERIFY(scene.layout.grids[std::size_t(b)].top() >= box.bottom());
                    const bool compared = mode == CompareMode::Difference && b > 0;
                    QCOMPARE(caption.scaleRow >= 0, compared);
                    // Beside a caption of one line, or below all of them.
                    if (compared) QCOMPARE(caption.scaleRow, width < 1000 ? int(caption.lines.size()) : 0);
                }
            }
            scene.mode = CompareMode::Plain;
            QCOMPARE(scene.caption(0, scene.layout.headings[0].width(), style).lines.size() > 1, width < 1000);
        }
    }

    void aSceneComparesABlockWithItsReferenceAndNotWithItself() {
        SampleScene scene;
        scene.board = threeBlocks();
        QCOMPARE(scene.comparedWith(1), -1);
        scene.mode = CompareMode::Difference;
        scene.board.setReference(0);
        QCOMPARE(scene.comparedWith(1), 0);
        QCOMPARE(scene.comparedWith(0), -1);
        QVERIFY(scene.caption(2, 400, paperStyle({}, 9, 96.0 / 72))
                    .lines.join(QLatin1Char(' '))
                    .contains(QStringLiteral("block 0")));
        scene.flipping = true;
        QCOMPARE(scene.comparedWith(1), -1);
    }
};

THAW_TEST(SampleBoardTest);
#include "sample_board_test.moc"
